"""What a translation must keep of the English: nothing that is filled in may be lost, and nothing may break.

A page string is filled with Python's `%`, so a wrong sign in it would break the page that says it.
"""

import re
from collections.abc import Collection

from pulse.domain.plain_text import first_unseen
from pulse.domain.wording import Context, asks_about, blocking
from pulse.languages.catalogue import count_forms, is_for_staff
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.languages.sentences import say
from pulse.languages.texts import LANGUAGES, PAGE, PAGE_PLURAL, Text

LONGEST_WORDS = 5_000
#: of what people are asked: the longest question twice over, or its English if that is longer still
_LONGEST_ASKED = 320
LONGEST_NOTE = 300
_FILLED = re.compile(r"%\([^)]*\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]")
_TERM = re.compile(r"\{[^{}]*\}")


class TranslationRefused(Exception):
    """What cannot be saved, or reviewed; the message is one sentence that says what to do."""


def tidy(text: Text, words: str) -> str:
    """The words on one line if the English is, and with the blanks at its ends that the English has."""
    lines = [line.expandtabs(1).strip() for line in re.split(r"\r\n|\r|\n", words)]
    if text.context == PAGE_PLURAL:
        return "\n".join(line for line in lines if line)
    kept = "\n".join(lines).strip() if "\n" in text.source else " ".join(" ".join(lines).split())
    bare = text.source.strip()
    return text.source.replace(bare, kept, 1) if kept and bare else kept


def check_note(note: str) -> str:
    """The note on one line; raises TranslationRefused when it is too long."""
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise TranslationRefused(_("Write a note of up to %(most)s characters.", most=LONGEST_NOTE))
    _check_characters(note)
    return note


def check_words(language: str, text: Text, words: str) -> None:
    """Raises TranslationRefused, one sentence, for words that cannot stand for the English."""
    if not words:
        raise TranslationRefused(_("Write the translation."))
    most = _longest(text)
    if len(words) > most:
        raise TranslationRefused(
            _(
                "The translation has %(length)s characters and may have %(most)s: shorten it.",
                length=f"{len(words):,}",
                most=f"{most:,}",
            )
        )
    _check_characters(words)
    if text.context == PAGE_PLURAL:
        _check_forms(language, text, words)
    elif text.context == PAGE:
        _check_filled(set(_FILLED.findall(text.source)), set(_FILLED.findall(words)))
        _check_per_cent(text.source, words)
    if text.context not in (PAGE, PAGE_PLURAL):
        _check_terms(set(_TERM.findall(text.source)), set(_TERM.findall(words)))
    if text.context not in (PAGE, PAGE_PLURAL) or is_for_staff(language, text):
        _check_asks(text, words)


def _check_asks(text: Text, words: str) -> None:
    """A translation may not ask who somebody is where the English does not.

    The label of an answer may name a detail as its English does: "E-bost" stands for "E-mail".
    """
    found, english = blocking(words, Context()), asks_about(text.source)
    named = bool(english) and text.context.startswith("scale ")
    if found and not named and asks_about(words) - english:
        raise TranslationRefused(say(found.why))


def _longest(text: Text) -> int:
    if text.context in (PAGE, PAGE_PLURAL):
        return LONGEST_WORDS
    return max(_LONGEST_ASKED, 2 * len(text.source))


def _check_characters(words: str) -> None:
    if place := first_unseen(words):
        raise TranslationRefused(_("Character %(place)s is one that cannot be seen: remove it.", place=place))


def _check_forms(language: str, text: Text, words: str) -> None:
    """Each form may leave out the number where an English one does, and brings in nothing else."""
    forms, needed = words.split("\n"), count_forms(language)
    if len(forms) != needed:
        raise TranslationRefused(
            ngettext(
                "Write one form on each line: %(language)s needs %(needed)s, and there is %(num)s.",
                "Write one form on each line: %(language)s needs %(needed)s, and there are %(num)s.",
                len(forms),
                language=LANGUAGES[language],
                needed=needed,
            )
        )
    english = [set(_FILLED.findall(line)) for line in text.source.split("\n")]
    for form in forms:
        found = set(_FILLED.findall(form))
        _check_filled(set.intersection(*english) | (found & set.union(*english)), found)
        _check_per_cent(text.source, form)


def _check_filled(needed: Collection[str], found: Collection[str]) -> None:
    for place in sorted(set(needed) - set(found)):
        raise TranslationRefused(
            _("The translation must hold %(place)s as the English does: it is filled in later.", place=place)
        )
    for place in sorted(set(found) - set(needed)):
        raise TranslationRefused(
            _("The English does not hold %(place)s: remove it from the translation.", place=place)
        )


def _check_per_cent(english: str, words: str) -> None:
    """Filled strings write the sign twice; others are shown as they are, or with the sign twice too."""
    filled = bool(_FILLED.search(english)) or "%%" in english
    rest = _FILLED.sub("", words)
    if filled and "%" in rest.replace("%%", ""):
        raise TranslationRefused(_("Write each per cent sign twice, as the English does."))
    if not filled and "%" in rest and "%" not in english:
        raise TranslationRefused(_("The English has no per cent sign: write the translation without one."))
    if not filled and "%%" in rest:
        raise TranslationRefused(_("Write each per cent sign once, as the English does."))


def _check_terms(needed: set[str], found: set[str]) -> None:
    for place in sorted(found - needed):
        raise TranslationRefused(
            _("Write the words themselves in place of %(place)s: nothing is filled in here.", place=place)
        )
