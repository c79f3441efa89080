"""Hope and worry in words: torn inside people, split between them, faint, or leaning one way. Pure."""

from typing import NamedTuple

from pulse.dashboards.words import shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure


class _Feelings(NamedTuple):
    """One pattern of hope and worry in words: a title, what it means, and a word for a table."""

    title: str
    lede: str
    word: str


_INFORMATION = N_("Mixed feelings are information, not a bad mark.")
_NO_PATTERN = "mixed"
#: `domain.measurement.griffin.feeling_pattern` decides which it is
_FEELINGS = {
    "split": _Feelings(
        N_("People are split: some hopeful, some worried"),
        N_("Two camps stand apart here: that is a difference between people, not inside them."),
        N_("split"),
    ),
    "torn": _Feelings(
        N_("Many are torn: hopeful and worried at once"),
        N_("That is mixed feelings inside people, not two camps. It is information, not a bad mark."),
        N_("torn"),
    ),
    "indifferent": _Feelings(
        N_("Few people feel strongly either way"),
        N_("Both hope and worry are faint here. Mixed feelings are information, not a bad mark."),
        N_("faint"),
    ),
    "hopeful": _Feelings(N_("Of those who lean one way, more are hopeful"), _INFORMATION, N_("hopeful")),
    "worried": _Feelings(N_("Of those who lean one way, more are worried"), _INFORMATION, N_("worried")),
    _NO_PATTERN: _Feelings(N_("Feelings are mixed, with no clear pattern"), _INFORMATION, N_("no pattern")),
}


def _pattern(feelings: ReleasedFigure) -> str:
    """The pattern that the measurement found; a figure that carries none claims none."""
    pattern = feelings.detail.get("pattern", _NO_PATTERN)
    return pattern if pattern in _FEELINGS else _NO_PATTERN


def feelings_title(feelings: ReleasedFigure) -> str:
    """Torn (within people), split (between people), faint, or leaning one way."""
    return _(_FEELINGS[_pattern(feelings)].title)


def feelings_lede(feelings: ReleasedFigure, mixed: ReleasedFigure | None) -> str:
    """Says what the picture is made of: one person's two feelings, or two camps."""
    lede = _(_FEELINGS[_pattern(feelings)].lede)
    if mixed is None:
        return lede
    both = _("%(share)s in 100 are both hopeful and worried.", share=shown(mixed.value))
    return f"{both} {lede}"


def feelings_pattern(feelings: ReleasedFigure | None) -> str:
    """Which pattern it is, as a key; empty where the figure is hidden."""
    return "" if feelings is None else _pattern(feelings)


def feelings_word(feelings: ReleasedFigure | None) -> str:
    """A word or two for a table of units; empty where the figure is hidden."""
    return "" if feelings is None else _(_FEELINGS[_pattern(feelings)].word)
