"""What people answered: every question that may be shown for a group, most favourable first."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures_people, home
from pulse.dashboards.home import Frame
from pulse.dashboards.page import Table
from pulse.dashboards.reading import Result
from pulse.dashboards.words import change_words, shown
from pulse.domain.measurement.items import largest_remainder
from pulse.results import queries
from pulse.results.models import Group

#: options that are counted and never scored
APART = {"na": "does not apply", "pns": "prefer not to say", "none": "no answer"}


@dataclass(frozen=True)
class Answers:
    """The answers page of one group."""

    frame: Frame
    title: str
    chart: str
    summary: str
    table: Table
    other: Table
    other_title: str
    #: the section of the method page that explains these numbers
    method: str = "items"


def build(result: Result, groups: list[Group]) -> Answers:
    """Agreement as a chart and a table; feelings, which are neither good nor bad marks, as a table."""
    counts = _counts(result)
    items = [item for item in result.plan["items"] if item["id"] in result.figures]
    feelings = _about_feelings(result)
    agree = [item for item in items if item["kind"] == "bipolar" and item["id"] not in feelings]
    agree.sort(key=lambda item: -(result.figures[item["id"]].value or 0.0))
    rows = [(item["text"], _options(counts, item)) for item in agree]
    most = f"“{rows[0][0]}” is answered most favourably" if rows else "Too few answered to show any question"
    others = [item for item in items if item not in agree]
    return Answers(
        frame=home.frame_of(result, groups),
        title=most,
        chart=json.dumps(figures_people.answers([(text, given) for text, given in rows])),
        summary=f"{len(rows)} questions from the most to the least favourable; every number is in the table.",
        table=_table(result, agree, counts, favourable=True),
        other=_table(result, others, counts, favourable=False),
        other_title=_other_title(result, {item["id"] for item in others}),
    )


def _about_feelings(result: Result) -> set[str]:
    """Items of mixed feelings and of worry: information, never favourable or unfavourable."""
    apart: set[str] = set()
    others: set[str] = set()
    for measure in result.plan["measures"]:
        (others if measure["direction"] == "higher_is_better" else apart).update(measure["items"])
    return apart - others


def _other_title(result: Result, others: set[str]) -> str:
    """Names what is asked beside feelings: what staff are expected to do is no mark either."""
    gaps = (measure for measure in result.plan["measures"] if measure["method"] == "gap")
    expected = any(others.intersection(measure["items"]) for measure in gaps)
    return "Feelings, and what is expected of people" if expected else "Questions about feelings"


def _counts(result: Result) -> dict[str, Counter[str]]:
    """Option counts of each item over the group's blocks."""
    counts: dict[str, Counter[str]] = {}
    for item, option, people in queries.list_tallies(result.group.id):
        counts.setdefault(item, Counter())[option] += people
    return counts


def _options(counts: dict[str, Counter[str]], item: dict[str, Any]) -> list[int]:
    """Counts from the least to the most favourable option: a reversed item is turned round."""
    given = [counts[item["id"]][str(code)] for code, _ in item["options"]]
    return given[::-1] if item["reverse"] else given


def _table(
    result: Result, items: list[dict[str, Any]], counts: dict[str, Counter[str]], favourable: bool
) -> Table:
    heads = ["Favourable", "Neutral", "Unfavourable"] if favourable else []
    rows = [_row(result, item, counts, favourable) for item in items]
    headers = ["Question", "Score", "95 % interval", *heads, "n", "Not scored", "Change"]
    return {"headers": headers, "rows": rows, "numeric": list(range(1, len(headers) - 2))}


def _row(
    result: Result, item: dict[str, Any], counts: dict[str, Counter[str]], favourable: bool
) -> list[str]:
    figure = result.figures[item["id"]]
    shares = largest_remainder(_options(counts, item))
    thirds = [f"{sum(shares[3:])} %", f"{shares[2]} %", f"{sum(shares[:2])} %"] if favourable else []
    apart = [
        f"{counts[item['id']][code]} {words}" for code, words in APART.items() if counts[item["id"]][code]
    ]
    turned = " (disagreeing is favourable)" if favourable else " (agreeing gives the lower score)"
    text = item["text"] + (turned if item["reverse"] else "")
    interval = f"{shown(figure.low)} to {shown(figure.high)}"
    return [
        text,
        str(shown(figure.value)),
        interval,
        *thirds,
        f"{figure.n:,}",
        ", ".join(apart),
        change_words(figure)[0],
    ]
