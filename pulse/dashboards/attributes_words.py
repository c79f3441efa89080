"""What a page of attribute tables says: who clearly differs from whom, or that nobody does. Pure.

Many pairs are compared on one page, so some lie far apart by chance. A pair is said to differ only where the
intervals do not overlap, the two are LEAST_CHANGE points or more apart, and the distance is beyond chance
for as many comparisons as the page makes (Bonferroni: Dunn, J. Am. Stat. Assoc. 56, 1961).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import hypot
from statistics import NormalDist

from pulse.dashboards.attributes_reading import Category, Family, Row
from pulse.dashboards.words import join, shown
from pulse.domain.disclosure import LEAST_SHOWN, MOST_SHOWN, most_counted
from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.results.released_types import ReleasedCell

#: a headline measure in a sentence, and where it clearly differs
_MEASURES = {
    "PTA": N_("permission to act"),
    "AMB": N_("mixed feelings"),
    "TAA": N_("being treated as an asset"),
}
_HIGHER = {
    "PTA": N_("Permission to act is higher for %(high)s than for %(low)s"),
    "AMB": N_("Mixed feelings are higher for %(high)s than for %(low)s"),
    "TAA": N_("Being treated as an asset is higher for %(high)s than for %(low)s"),
}
_ERROR = 0.05
_SPACE = "\N{NO-BREAK SPACE}"
#: half a 95 % interval in standard errors; the spread behind it is that of all blocks, so t is near enough
_HALF = NormalDist().inv_cdf(0.975)
Shown = tuple[Category, ReleasedCell]
#: (the higher, the lower)
Pair = tuple[Shown, Shown]


def pairs_of(rows: Sequence[Row]) -> list[Pair]:
    """Shown categories to compare; of two attributes together those that differ in one of the two only."""
    known = [(category, cell) for category, cell in rows if cell is not None and cell.low is not None]
    pairs = combinations(known, 2)
    return [_ordered(*pair) for pair in pairs if _steps(pair[0][0], pair[1][0]) == 1]


def furthest_apart(pairs: Sequence[Pair], compared: int) -> Pair | None:
    """The two that differ most of those that clearly differ, if any do; `compared` pairs are on the page."""
    apart = [pair for pair in pairs if _differ(pair[0][1], pair[1][1], compared)]
    return max(apart, key=_distance, default=None)


def _who(pair: Pair) -> dict[str, str]:
    """What the sentences about two kinds of people name."""
    return {"high": quoted(pair[0][0]), "low": quoted(pair[1][0])}


def quoted(category: Category) -> str:
    return f"“{', '.join(category)}”"


def family_title(family: Family, found: Mapping[str, Pair | None], compared: int) -> str:
    """What stands out in one attribute over the headline measures; `compared` is 0 where nothing may be."""
    by = by_words(family)
    if not compared:
        return _("Too little may be shown to compare people %(by)s", by=by)
    apart = {measure: pair for measure, pair in found.items() if pair is not None}
    if not apart:
        return _("No clear difference %(by)s", by=by)
    if len(apart) > 1:
        named = join([_(_MEASURES[measure]) for measure in apart])
        return _capital(_("%(measures)s differ %(by)s", measures=named, by=by))
    measure, pair = next(iter(apart.items()))
    return _(_HIGHER[measure], **_who(pair))


def measure_title(label: str, pair: Pair | None, compared: int) -> str:
    """What stands out on one measure; its name alone where nothing may be compared."""
    if not compared:
        return label
    if pair is None:
        return _("%(measure)s: no clear difference", measure=label)
    return _("%(measure)s: higher for %(high)s than for %(low)s", measure=label, **_who(pair))


def by_words(family: Family) -> str:
    """ "by length of service", "by length of service and grade together"."""
    said = N_("by %(attributes)s together") if len(family.labels) > 1 else N_("by %(attributes)s")
    return _(said, attributes=_in_words(family.labels))


def labels_alone(families: Sequence[Family]) -> str:
    """Every single attribute; empty where none was declared."""
    return _in_words([family.labels[0] for family in families if len(family.labels) == 1])


def _in_words(labels: Sequence[str]) -> str:
    return join([mid_sentence(label) for label in labels]) if labels else ""


def mid_sentence(label: str) -> str:
    """A label within a sentence: a word in capitals such as NHS keeps them."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def questions_title(many: int, different: int, compared: int) -> str:
    """How many questions are clearly answered differently by different people."""
    if not compared:
        return _("Too little may be shown to compare people question by question")
    if not different:
        return _("No question is clearly answered differently by different people")
    return ngettext(
        "%(num)s of %(all)s questions is clearly answered differently by different people",
        "%(num)s of %(all)s questions are clearly answered differently by different people",
        different,
        all=many,
    )


def question_says(found: Sequence[tuple[Family, Pair | None]], compared: int, judged: bool) -> str:
    """Who clearly answered one question differently, attribute by attribute."""
    said = _MORE if judged else _MOST_ON
    told = [_(said, by=_capital(by_words(family)), **_who(pair)) for family, pair in found if pair]
    nothing = _("No clear difference.") if compared else _("Too little may be shown to compare.")
    return " ".join(told) or nothing


_MORE = N_("%(by)s: more favourable for %(high)s than for %(low)s.")
_MOST_ON = N_("%(by)s: higher for %(high)s than for %(low)s.")


def caution(compared: int) -> str:
    """When a difference is said to be one; empty where nothing is compared."""
    if not compared:
        return ""
    return _(
        "Two kinds of people are said to differ only where their intervals do not overlap, they are "
        "%(points)s points or more apart, and chance is an unlikely reason even among the %(pairs)s pairs "
        "compared here. A difference is a question to ask, not a mark.",
        points=f"{LEAST_CHANGE:.0f}",
        pairs=f"{compared:,}",
    )


def answered(rows: Sequence[Row]) -> str:
    """How many of each category answered, and which of them are hidden."""
    known = [f"{', '.join(category)} {cell.n:,}" for category, cell in rows if cell is not None]
    hidden = [", ".join(category) for category, cell in rows if cell is None]
    parts = [_("Answered: %(categories)s.", categories="; ".join(known))] if known else []
    if hidden:
        parts.append(_("Hidden: %(categories)s.", categories=join(hidden)))
    return " ".join(parts)


def score(cell: ReleasedCell) -> str:
    """ "61 (55 to 67)"; "85 or more" where nearly all think alike, and just how many do is not told."""
    if cell.value in (LEAST_SHOWN, MOST_SHOWN):
        least = cell.value == LEAST_SHOWN
        return _(N_("%(score)s or less") if least else N_("%(score)s or more"), score=shown(cell.value))
    if cell.low is None or cell.high is None:
        return str(shown(cell.value))
    ends = {"low": shown(cell.low), "high": shown(cell.high)}
    return _("%(score)s (%(low)s to %(high)s)", score=shown(cell.value), **ends)


def score_and_n(cell: ReleasedCell) -> str:
    """ "61 (55 to 67), n = 34", which breaks only before n."""
    return f"{score(cell)}, n{_SPACE}={_SPACE}{cell.n:,}"


def about(people: int | None, n: int) -> str:
    """A share of people who are counted to the nearest few; empty for a question without sides."""
    if people is None:
        return ""
    share = round(100 * people / n)
    said = N_("%(share)s %% or more") if people >= most_counted(n) else N_("about %(share)s %%")
    return _(said, share=share)


def _differ(one: ReleasedCell, other: ReleasedCell, compared: int) -> bool:
    """Of a higher and a lower cell."""
    distance = (one.value or 0.0) - (other.value or 0.0)
    if distance < LEAST_CHANGE or (one.low or 0.0) <= (other.high or 0.0):
        return False
    far = NormalDist().inv_cdf(1 - _ERROR / (2 * max(1, compared)))
    return distance >= far * hypot(_error(one), _error(other))


def _error(cell: ReleasedCell) -> float:
    """From the wider side of the interval: the other may have been cut at 0 or 100."""
    value = cell.value or 0.0
    return max((cell.high or 0.0) - value, value - (cell.low or 0.0)) / _HALF


def _ordered(one: Shown, other: Shown) -> Pair:
    return (one, other) if (one[1].value or 0.0) >= (other[1].value or 0.0) else (other, one)


def _distance(pair: Pair) -> float:
    return (pair[0][1].value or 0.0) - (pair[1][1].value or 0.0)


def _steps(one: Category, other: Category) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
