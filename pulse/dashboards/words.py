"""What a page says of its numbers: one sentence a finding, or that there is none. Pure; no chart here."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.measurement.griffin import reading
from pulse.domain.measurement.items import round_shown
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

#: facet -> (when it is the strongest, when it is the weakest)
_FACET_WORDS = {
    "licence": ("People know they may act", "People are not sure that they may act"),
    "room": ("There is time and space to try things", "There is too little time and space to try things"),
    "learning": ("Mistakes are used to learn", "Mistakes are not yet used to learn"),
    "trust": ("People feel trusted", "Work is checked more than it needs to be"),
}
FACET_LABELS = {"licence": "Licence", "room": "Room", "learning": "Learning", "trust": "Trust"}
FACET_MEANINGS = {
    "licence": "I know I may act",
    "room": "time and space to try things",
    "learning": "mistakes are for learning",
    "trust": "checked less, stretched more",
}
#: the same where they stand within a sentence about the weakest
_FACET_NAMES = FACET_LABELS | {"licence": "Licence to act", "room": "Room to try things"}
#: half-way from neutral (50) to "agree" (75), and the neutral middle
_THERE, _MIDDLE = 62.5, 50.0


class _Feelings(NamedTuple):
    """One pattern of hope and worry in words: a title, what it means, and a word for a table."""

    title: str
    lede: str
    word: str


_NOTHING_APART = "No principle and no part of permission to act stands out."
_NOTHING_SHOWN = "Too little may be shown here to say what stands out."
_INFORMATION = "Mixed feelings are information, not a bad mark."
_NO_PATTERN = "mixed"
#: `domain.measurement.griffin.feeling_pattern` decides which it is
_FEELINGS = {
    "split": _Feelings(
        "People are split: some hopeful, some worried",
        "Two camps stand apart here: that is a difference between people, not inside them.",
        "split",
    ),
    "torn": _Feelings(
        "Many are torn: hopeful and worried at once",
        "That is mixed feelings inside people, not two camps. It is information, not a bad mark.",
        "torn",
    ),
    "indifferent": _Feelings(
        "Few people feel strongly either way", f"Both hope and worry are faint here. {_INFORMATION}", "faint"
    ),
    "hopeful": _Feelings("Of those who lean one way, more are hopeful", _INFORMATION, "hopeful"),
    "worried": _Feelings("Of those who lean one way, more are worried", _INFORMATION, "worried"),
    _NO_PATTERN: _Feelings("Feelings are mixed, with no clear pattern", _INFORMATION, "no pattern"),
}


def shown(value: float | None) -> int:
    """A figure as it is printed: whole points, rounded last."""
    return int(round_shown(value or 0.0))


def clear_gap(higher: ReleasedFigure, lower: ReleasedFigure) -> bool:
    """Whether two levels differ beyond doubt: their intervals do not touch."""
    return (higher.low or 0.0) > (lower.high or 0.0)


def join(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def build_on(dimensions: ReleasedTable) -> list[str]:
    """The one or two dimensions that clearly stand above the next; none if none does."""
    for many in (2, 1):
        if len(dimensions) > many and clear_gap(dimensions[many - 1][1], dimensions[many][1]):
            return list(dimensions.labels[:many])
    return []


def look_at(dimensions: ReleasedTable) -> list[str]:
    """The one or two dimensions (or facets) that lie clearly below the one before; none if none does."""
    for many in (1, 2):
        if len(dimensions) > many and clear_gap(dimensions[-many - 1][1], dimensions[-many][1]):
            return list(dimensions.labels[-many:])
    return []


def dimensions_title(dimensions: ReleasedTable) -> str:
    strong = [label.lower() for label in build_on(dimensions)]
    return f"Build on {join(strong)}" if strong else "No principle clearly stands out as the strongest"


def facets_title(facets: ReleasedTable) -> str:
    """Names the weakest part, or says that none is clearly weaker."""
    weak = look_at(facets)
    if not weak:
        return "No part of permission to act is clearly weaker than the others"
    if len(weak) == 2:
        return f"{join([_FACET_NAMES[facet] for facet in weak])} are the weakest parts of permission to act"
    if _told_yes(facets):
        return "Told yes, given no time"
    return f"{_FACET_NAMES[weak[0]]} is the weakest part of permission to act"


def _lacking(facets: ReleasedTable) -> bool:
    """Whether the one weakest part lies below the neutral middle with its whole interval."""
    weakest = facets[-1][1] if len(look_at(facets)) == 1 else None
    return weakest is not None and weakest.high is not None and weakest.high < _MIDDLE


def _told_yes(facets: ReleasedTable) -> bool:
    """Whether people know that they may act, and have no time to."""
    there = (facets[0][1].value or 0.0) >= _THERE
    return there and _lacking(facets) and (facets[0][0], facets[-1][0]) == ("licence", "room")


def headline(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """The page in one or two short sentences, what is strong first.

    A part of permission to act is said to be there only from half-way to "agree" on, and to be lacking only
    where its interval lies below the neutral middle; between the two it is only the weakest part.
    """
    if not facets and not dimensions:
        return _NOTHING_SHOWN
    weak = look_at(facets)
    if weak and _told_yes(facets):
        return "People know they may act. They do not have the time to."
    lacking = bool(weak) and _lacking(facets)
    lack = f"{_FACET_WORDS[weak[0]][1]}." if lacking else f"{facets_title(facets)}." if weak else ""
    return " ".join(part for part in (strength(facets, dimensions), lack) if part) or _NOTHING_APART


def strength(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """What is strong, in one sentence: empty where nothing clearly is."""
    if look_at(facets) and (facets[0][1].value or 0.0) >= _THERE:
        return f"{_FACET_WORDS[facets[0][0]][0]}."
    return f"{dimensions_title(dimensions)}." if build_on(dimensions) else ""


def trend_words(figure: ReleasedFigure) -> tuple[str, str] | None:
    """A steady rise or fall that no single step shows; None where there is none beyond noise."""
    line = figure.detail.get("trend", {})
    if not line.get("flagged"):
        return None
    up = line["slope"] > 0
    by = f"{abs(line['slope']):.1f} a survey, {abs(shown(line['rise']))} since {line['since']}"
    return f"{'Rising' if up else 'Falling'} steadily, by {by}: more than noise", "up" if up else "down"


def change_words(
    figure: ReleasedFigure, least: ReleasedFigure | None = None, seen: bool = True
) -> tuple[str, str]:
    """(sentence, up/down/none/first). For mixed feelings `least` guards against reading indifference as torn.

    A step since the last survey comes first, then a steady trend, then what could have been `seen`, if that
    is not said beside it.
    """
    steady = trend_words(figure)
    if not figure.flagged and steady is not None:
        return steady
    if figure.change is None:
        return "No recent survey with the same people and questions to compare with", "first"
    since = figure.detail.get("since", "the last survey")
    if not figure.flagged:
        # what is smaller than 5 points is never called a change, so it could not have been seen either
        visible = f" (we could have seen {ceil(max(figure.detectable or 0.0, LEAST_CHANGE))})" if seen else ""
        return f"No change beyond noise since {since}{visible}", "none"
    up = figure.change > 0
    sentence = f"{'Up' if up else 'Down'} {abs(shown(figure.change))} since {since}: more than noise"
    weaker = least.change if least is not None else None  # unknown is not "no change"
    if weaker is not None and reading(figure.change, weaker) == "less engaged":
        sentence += ", but because fewer people feel strongly either way"
    return sentence, "up" if up else "down"


def made_of(name: str, items: Sequence[str], scale: Sequence[str]) -> str:
    """What a headline is made of: the whole `scale`, or the few questions that can carry a trend.

    Mixed feelings are counted in pairs of questions. Empty where the figure does not name its questions.
    """
    pairs = name == "AMB"
    count = len(items) // 2 if pairs else len(items)
    if not count:
        return ""
    kind = "pairs of questions" if pairs else "questions"
    if set(items) == set(scale):
        one = "the one pair of questions" if pairs else "the one question"
        all_of_it = {1: one, 2: f"both {kind}"}
        return f"from {all_of_it.get(count, f'all {count} {kind}')} of the scale"
    return f"from {'one' if count == 1 else count} of its {kind}, asked every time"


def _pattern(feelings: ReleasedFigure) -> str:
    """The pattern that the measurement found; a figure that carries none claims none."""
    pattern = feelings.detail.get("pattern", _NO_PATTERN)
    return pattern if pattern in _FEELINGS else _NO_PATTERN


def feelings_title(feelings: ReleasedFigure) -> str:
    """Torn (within people), split (between people), faint, or leaning one way."""
    return _FEELINGS[_pattern(feelings)].title


def feelings_lede(feelings: ReleasedFigure, mixed: ReleasedFigure | None) -> str:
    """Says what the picture is made of: one person's two feelings, or two camps."""
    share = f"{shown(mixed.value)} in 100 are both hopeful and worried. " if mixed is not None else ""
    return share + _FEELINGS[_pattern(feelings)].lede


def feelings_word(feelings: ReleasedFigure | None) -> str:
    """A word or two for a table of units; empty where the figure is hidden."""
    return "" if feelings is None else _FEELINGS[_pattern(feelings)].word


def gaps_title(gaps: ReleasedTable) -> str:
    """Leaders against staff, in one sentence."""
    sure = [figure for figure in gaps.cells if (figure.low or 0) > 0 or (figure.high or 0) < 0]
    if not sure:
        return "No gap between leaders and staff beyond what these answers can show"
    above = sum((figure.value or 0.0) > 0 for figure in sure)
    if above == len(sure):
        return "Leaders see it rosier than staff"
    return "Staff see it rosier than leaders" if above == 0 else "Leaders and staff see things differently"


def lede(dimensions: ReleasedTable, act: ReleasedFigure | None) -> str:
    """The line under the headline: what is strong, then whether permission to act moved."""
    strong = build_on(dimensions)
    parts = [f"What is strong: {join([label.lower() for label in strong])}." if strong else ""]
    if act is not None:
        change, way = change_words(act)
        parts.append(
            f"{change}." if way == "first" else f"Permission to act: {change[0].lower()}{change[1:]}."
        )
    return " ".join(part for part in parts if part)
