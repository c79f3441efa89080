"""The comments that stand at the head of each file of banks: how to edit it, and how to read its measures."""

from pulse.banks.yaml_words import heads
from pulse.domain.instrument import Bank

_EDIT = "How to edit this file"
_RUN = "un `pulse bank check` when you have finished."
_BANK_HELP = (
    "  text            what people read; change spelling freely, but a new meaning needs a new id "
    "(the trend would break)",
    "  sources         ids from sources.yaml that say where the question comes from",
    "  reverse: yes    agreeing is the unfavourable answer, so the score is turned round",
    '  does_not_apply: yes   people may choose "Does not apply to me"',
    "  reserve: yes    kept for later; asked only if you put it in a survey yourself",
)
_PAIRS = {
    "positive": "  pair, side      the positive and the negative question of a pair are always asked "
    "together, on one screen",
    "expected": '  pair, side      an "expected" question is asked only with its "experienced" one; the '
    "second may be asked alone",
}
_APPROACH = "  {approach}      stands for words that you set once in scales.yaml, under terms"
_PARTNER = (
    "  compare_with    the staff question with the same content; keep scale and reverse the same on both"
)
_RETIRED = "  retired: yes    no longer offered to new surveys; those that ask it go on"
#: how a measure of each method is read
_METHODS = {
    "griffin": "griffin is the Griffin index of mixed feelings; a pair counts only if both of its sides are "
    "answered.",
    "gap": "gap is expected minus experienced, pair by pair, from the same person.",
    "leader_gap": "leader_gap is the leaders' mean minus the staff's mean on 0 to 100. A leader who is alone "
    "sees their own gap only,\nin private. Prompts are never scored.",
    "mean_of_facets": "mean_of_facets is the mean of sections, each the mean of its answered questions; "
    "need_facets of them are needed.",
    "stage": "A stage is in place when the chance that its true score is in_place_from or more reaches "
    "in_place_chance, and not yet\nwhen that chance is not_yet_chance or less. These limits are judgement.",
}
_NEED_SHARE = (
    "Measures: need is how many questions a person must answer for a score; need_share is the share of those "
    "shown."
)
_BESIDE = "beside: shown beside the measure, not scored in it."
SCALE_HEAD = (
    "Answer scales, and the words that your organisation may set once.",
    "",
    _EDIT,
    "  Codes (the numbers) are stored with the answers: never renumber a scale that has been used. "
    "Labels may be reworded",
    "  only for spelling; any other change breaks the trend, so make a new scale with a new name instead.",
    "  kind: bipolar (disagree to agree), unipolar (none to a lot), choice (not scored) or text.",
    "  Scores run from 0 (lowest code) to 100 (highest code); a reversed question is scored the other way "
    "round.",
    "  set_apart: shown apart from the others, never scored. na appears only on questions with "
    "does_not_apply: yes;",
    "  pns appears on every question of the scale.",
    f"R{_RUN}",
)
TERMS = (
    "Words in {curly brackets} in a question are replaced by these. A change of term is marked on the charts."
)
SWAPS = (
    "Words that the questions use on the left, your own words on the right. Leave both the same to change "
    "nothing."
)
SOURCE_HEAD = (
    "Where each question comes from: the document, the heading in it, and the point it makes, in our own "
    "words.",
    "",
    _EDIT,
    "  points          id: the point, said shortly in our own words, never copied out of the document",
    "  Questions name these ids under sources. Give a new point a new id; do not reuse one.",
    "  A question that we thought of ourselves names no source and says so in its note.",
    f"R{_RUN}",
)


def bank_head(bank: Bank) -> list[str]:
    """The comment of a bank: what it is about, how to edit it, and what its measures are."""
    about = f"{bank.title}: {bank.about}." if bank.about else f"{bank.title}."
    closing = f"Put words in double quotes, keep the indent, and r{_RUN}"
    lines = [about, "", _EDIT, *_BANK_HELP, *_more_help(bank), closing]
    notes = _measure_notes(bank)
    return heads([*lines, "", *notes] if notes else lines)


def _more_help(bank: Bank) -> list[str]:
    """Keys that only some banks use are explained in those."""
    sides = {item.side for item in bank.items}
    told = [words for side, words in _PAIRS.items() if side in sides]
    if any("{approach}" in text for text in (bank.lead_in, *(item.text for item in bank.items))):
        told.append(_APPROACH)
    if any(item.partner for item in bank.items):
        told.append(_PARTNER)
    if any(item.retired for item in bank.items):
        told.append(_RETIRED)
    return told


def _measure_notes(bank: Bank) -> list[str]:
    methods = {index.method for index in bank.indices}
    notes = [words for method, words in _METHODS.items() if method in methods]
    if any(index.need_share for index in bank.indices):
        notes.append(_NEED_SHARE)
    if any(index.beside for index in bank.indices):
        notes.append(_BESIDE)
    return [line for note in notes for line in note.split("\n")]
