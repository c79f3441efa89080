"""Downloads of what the people of one group said: feelings, answers, attributes, and who answered."""

from typing import Any

from pulse.dashboards import figures_feelings
from pulse.dashboards.attributes_reading import declared, read_tables, too_deep
from pulse.dashboards.downloads_parts import Groups, hidden_here
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.page_gaps import pairs
from pulse.dashboards.reading import HEADLINES, Result
from pulse.dashboards.technical_parts import SAY_DO
from pulse.languages.saying import gettext as _
from pulse.results.asked import items_asked, trends_asked
from pulse.results.exporting_sheets import (
    AnswerSheet,
    Beside,
    CellSheet,
    FigureSheet,
    MapSheet,
    ResponseSheet,
    Sheet,
)
from pulse.results.released import read_attributes, read_feelings_map, read_tallies
from pulse.results.released_tables import ReleasedTable

#: in attribute tables: the measure that counts whoever answered anything
_RESPONSES = "RESPONSES"
Item = dict[str, Any]


def feelings(result: Result, _groups: Groups) -> Sheet | None:
    """How hopeful and how worried people are at once; hidden where not even a map of four may be shown."""
    title, figure = _("Hope and worry in each person"), result.figures.find("AMB")
    if not result.hides_trend("AMB") and (figure is None or "agreement" not in figure.detail):
        return None
    found = read_feelings_map(result.group) if figure is not None else None
    if found is None:
        return FigureSheet("feelings", title, [], hidden_here(result, [title]))
    return MapSheet("feelings", title, found, figures_feelings.labels(found.side), result.why_hidden)


def say_do(result: Result, _groups: Groups) -> Sheet | None:
    """What is expected of staff less what they experience: over all, and by principle with both sides."""
    overall = result.figures.picked([SAY_DO]).relabelled(lambda *_: "All together")
    gaps, hidden = pairs(result), _hidden_pairs(result)
    if not gaps and not hidden:
        return None
    asked, heads = frozenset(gaps.labels), ("Expected", "Experienced")
    sides = [Beside(head, _side(result, gaps, place), asked) for place, head in enumerate(heads)]
    title = _("What is expected of staff, and what they experience (score: expected less experienced)")
    return FigureSheet("saydo", title, [overall, gaps], hidden_here(result, hidden), beside=sides)


def _hidden_pairs(result: Result) -> list[str]:
    """Principles that were asked from both sides and are not shown here."""
    asked = trends_asked(result.plan)
    measures = (one for one in result.plan["measures"] if one["id"] == SAY_DO)
    found = {f"{SAY_DO}.{pair['id']}": pair for one in measures for pair in one.get("pairs", [])}
    missing = [pair for name, pair in found.items() if name in asked and name not in result.figures]
    return [str(pair.get("label") or pair["id"]) for pair in missing]


def _side(result: Result, gaps: ReleasedTable, place: int) -> ReleasedTable:
    """The figures of one question of each pair, under the pair's label."""
    items = {
        gap.detail["items"][place]: label for label, gap in gaps if len(gap.detail.get("items", ())) == 2
    }
    return result.figures.picked(items).relabelled(lambda item, _: items[item])


def response(result: Result, _groups: Groups) -> Sheet:
    """Who answered, and what all the others could change about permission to act."""
    act = result.figures.picked(["PTA"]).relabelled(lambda measure, _label: CARD_LABELS[measure])
    return ResponseSheet("response", _("Who answered"), result.group, act)


def answers(result: Result, _groups: Groups) -> Sheet | None:
    """Every scored question: its score, and how many chose each option."""
    items = {item["id"]: item for item in items_asked(result.plan)}
    if not items:
        return None
    words = {name: str(item["text"]) for name, item in items.items()}
    hidden = [name for name in items if name not in result.figures]
    places = [
        place for name in hidden for place in hidden_here(result, [words[name]], result.why_hides([name]))
    ]
    return AnswerSheet(
        "answers",
        _("What people answered"),
        read_tallies(result.group).picked(items),
        result.figures.picked(items),
        words,
        {name: _options(item) for name, item in items.items()},
        _judged(result, items),
        places,
    )


def _options(item: Item) -> list[str]:
    """Lowest score to highest: a reversed question is turned round."""
    codes = [str(code) for code, _label in item["options"]]
    return codes[::-1] if item["reverse"] else codes


def _judged(result: Result, items: dict[str, Item]) -> frozenset[str]:
    """Questions some of whose answers are favourable: of agreement, and about more than feelings."""
    better: set[str] = set()
    apart: set[str] = set()
    for measure in result.plan["measures"]:
        (better if measure["direction"] == "higher_is_better" else apart).update(measure["items"])
    bipolar = {name for name, item in items.items() if item["kind"] == "bipolar"}
    return frozenset(bipolar - (apart - better))


def attributes(result: Result, _groups: Groups) -> Sheet | None:
    """Every category of every declared attribute: headlines and questions, shown or not."""
    families = declared(result.plan)
    if not families or too_deep(result.group):
        return None
    tables, measures = read_tables(result), _attribute_measures(result)
    words = {family.name: " and ".join(family.labels) for family in families}
    places = [
        (words[family.name], " | ".join(category), measures[measure])
        for family in families
        for measure in measures
        if measure in HEADLINES or len(family.sides) == 1
        for category, cell in tables.rows(family, measure)
        if cell is None
    ]
    cells = read_attributes(result.wave, result.group.number)
    single = {family.name for family in families if len(family.sides) == 1}
    known = cells.filtered(lambda _, cell: cell.measure in (measures if cell.family in single else HEADLINES))
    title = _("Different people, side by side")
    return CellSheet("attributes", title, result.group, known, words, measures, places, tables.why_hidden)


def _attribute_measures(result: Result) -> dict[str, str]:
    asked = trends_asked(result.plan)
    heads = {name: CARD_LABELS[name] for name in HEADLINES if name in asked}
    texts = {item["id"]: str(item["text"]) for item in items_asked(result.plan)}
    return {_RESPONSES: "Answered anything"} | heads | texts
