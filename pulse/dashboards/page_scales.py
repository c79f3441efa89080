"""What a survey measured beside the headlines: cards of its own where that is all, else a table."""

from collections.abc import Mapping
from typing import Any

from pulse.dashboards import words
from pulse.dashboards.flags import Done
from pulse.dashboards.page import Table
from pulse.dashboards.page_cards import Card, card_of
from pulse.dashboards.reading import DIMENSIONS_BANK, HEADLINES, Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import interval
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.asked import scores_asked, trends_asked
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedFigure

#: the whole scale: another group's card must not stand on another axis
LIMITS = (0, 100)
_WAYS = {"up": N_("rose"), "down": N_("fell"), "none": N_("none beyond noise")}
_NOTHING = N_("nothing to compare")
#: methods whose measure is one score from 0 to 100
_SCORES = ("mean", "mean_of_facets", "griffin")


def scales(result: Result) -> dict[str, str]:
    """Labels of the scores that this survey asked and that have no place of their own on the page, by id."""
    asked = scores_asked(result.plan)
    return {
        one["id"]: one["label"]
        for one in result.plan["measures"]
        if one["method"] in _SCORES
        and one["bank"] != DIMENSIONS_BANK
        and one["id"] not in HEADLINES
        and one["id"] in asked
    }


def asks_headlines(result: Result) -> bool:
    """Whether the survey asked anything that the page leads with."""
    return not trends_asked(result.plan).isdisjoint(HEADLINES)


def scale_cards(result: Result, trends: Mapping[str, ReleasedTrend], done: Done) -> list[Card]:
    """A card for each of these scores, in the order of the survey."""
    return [
        card_of(result, name, label, trends[name], LIMITS, done.here(trends[name], {name}))
        for name, label in scales(result).items()
    ]


def headline(cards: list[Card]) -> str:
    """The page in one sentence: what moved, else what was measured; empty where nothing may be shown."""
    known = [card for card in cards if card.figure is not None]
    rose, fell = ([card.label for card in known if card.direction == way] for way in ("up", "down"))
    if rose:
        return _("%(names)s rose: more than noise", names=_sentence(rose))
    if fell:
        return _("%(names)s fell: more than noise", names=_sentence(fell))
    if len(known) == 1 and known[0].figure is not None:
        score = shown(known[0].figure.value)
        return _("%(label)s: %(score)s of 100", label=known[0].label, score=score)
    compared = bool(known) and all(card.direction == "none" for card in known)
    if compared:
        names = _sentence([card.label for card in known])
        return _("%(names)s did not change beyond noise", names=names)
    names = words.join([card.label.lower() for card in known]) if known else ""
    return _("Measured here: %(names)s", names=names) if known else ""


def others(result: Result) -> Table:
    """The same scores as a table, for a survey that leads with the headlines; empty without any.

    Its note says so where none of them is a good or bad mark.
    """
    rows: list[list[Any]] = []
    for name, label in scales(result).items():
        figure = result.trend_figure(name) or result.figure(name)
        if figure is None:
            rows.append([_(label), *[{"hidden": result.why_hides_score(name)}] * 4])
            continue
        change = _change(figure) if name in result.figures else _("its questions take turns")
        rows.append([_(label), f"{shown(figure.value)}", interval(figure), f"{figure.n:,}", change])
    headers = [_("What was asked about"), _("Score of 100"), _("95 % interval"), "n", _("Change")]
    marks = {one["direction"] for one in result.plan["measures"] if one["id"] in scales(result)}
    note = "" if "higher_is_better" in marks else _("Information, not good or bad marks.")
    return {"headers": headers, "rows": rows, "numeric": [1, 2, 3], "note": note} if rows else {}


def _change(figure: ReleasedFigure) -> str:
    """A word or two for a table that has to fit on a phone."""
    way = words.change_words(figure)[1]
    return _(_WAYS.get(way, _NOTHING))


def _sentence(labels: list[str]) -> str:
    """Several labels as the beginning of a sentence."""
    return words.join([labels[0], *(label.lower() for label in labels[1:])])
