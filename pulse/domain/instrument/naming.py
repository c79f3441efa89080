"""What people who edit on pages call a thing, where files have an id or a code for it."""

from pulse.domain.instrument.library import Library
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_


def name_scale(library: Library, scale_id: str) -> str:
    """The id with the first and the last answer; the id alone of a scale that is not there."""
    scale = next((each for each in library.scales if each.id == scale_id), None)
    if scale is None:
        return scale_id
    if not scale.options:
        return Sentence(N_("%(id)s (a text box)"), id=scale_id)
    first, last = (_filled(library, scale.options[end][1]) for end in (0, -1))
    return f"{scale_id} ({first} … {last})"


def name_subject(before: Library, changed: Library, subject: str) -> str:
    """A question by its id, once a page can show it; a measure or a pair by its name, also a new one.

    Empty of anything else, such as a question that is just being made: its form says what it is.
    """
    if subject in before:
        return subject
    labels = {pair.id: pair.label for bank in changed.banks for pair in bank.pairs}
    labels |= {index.id: index.label for bank in changed.banks for index in bank.indices}
    return f"“{_filled(changed, labels[subject])}”" if subject in labels else ""


def _filled(library: Library, words: str) -> str:
    """As people read it; a term that nobody set stays as it is written, for other checks to tell."""
    try:
        return library.fill(words)
    except KeyError:
        return words
