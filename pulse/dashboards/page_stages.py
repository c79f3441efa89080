"""The profile of the stages of change of one group: four bars and a label, never a ladder across teams."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards import figures_stages
from pulse.dashboards import technical_words as texts
from pulse.dashboards.page import Section, Table, hidden_section
from pulse.dashboards.page_shared import changes
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import interval, points, signed, spread_of, table_of
from pulse.dashboards.words_hidden import why_hidden
from pulse.dashboards.words_stages import label_of, stage_now, stages_title, stages_words
from pulse.languages.saying import gettext as _
from pulse.results.asked import trends_asked
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

STAGES = "TOC"
#: what a stage must carry to be drawn
_DRAWN = ("value", "low", "high", "standing")


def stages(result: Result) -> Section | None:
    """Four bars in the order of the theory; None if the survey did not ask every stage."""
    profile = result.figures.find(STAGES)
    if profile is None or not drawable(profile):
        hidden = profile is None and _asked(result)
        return hidden_section("stages", _("The stages of change"), _why(result)) if hidden else None
    detail, line, levels = profile.detail, _rule(result).get("threshold"), _levels(result)
    return Section(
        id="stages",
        title=stages_title(detail),
        lede=_lede(detail, line),
        chart=json.dumps(figures_stages.stages(profile, line)),
        summary="; ".join(_said(stage) for stage in detail["stages"]),
        note=" ".join([_n(profile, levels), *stages_words(detail), changes(levels)]),
        table=stages_table(profile),
        method="stages",
    )


def drawable(profile: ReleasedFigure) -> bool:
    """Whether every stage has a score, an interval and a standing."""
    found: Sequence[Mapping[str, Any]] = profile.detail.get("stages", ())
    return bool(found) and all(stage.get(part) is not None for stage in found for part in _DRAWN)


def stages_table(profile: ReleasedFigure) -> Table:
    """Each stage with its score, interval, z and standing; no row where the figure has no stages."""
    rows = [
        [
            label_of(stage),
            points(stage.get("value")),
            interval(points(stage.get("low")), points(stage.get("high"))),
            signed(stage.get("z"), 1),
            _standing(stage).capitalize(),
        ]
        for stage in profile.detail.get("stages", ())
    ]
    return table_of(texts.STAGES, rows)


def _lede(detail: Mapping[str, Any], line: float | None) -> str:
    """What is drawn, the one label if there is one, and that the line is a judgement."""
    drawn = _("Each stage has its own score of 100 with its 95 % interval.")
    judged = "" if line is None else _("Dotted: %(line)s, half-way from neutral to agree.", line=f"{line:g}")
    return " ".join(part for part in (drawn, judged, stage_now(detail), *map(_, texts.STAGES.words)) if part)


def _said(stage: Mapping[str, Any]) -> str:
    return f"{label_of(stage)} {points(stage['value'])}, {_standing(stage)}"


def _standing(stage: Mapping[str, Any]) -> str:
    return _(str(stage.get("standing", "")))


def _n(profile: ReleasedFigure, levels: ReleasedTable) -> str:
    return f"n = {spread_of([one.n for one in levels.cells] or [profile.n])}."


def _levels(result: Result) -> ReleasedTable:
    """The stages' own scores, which carry what changed, labelled in words."""
    labels = {f"{STAGES}.{stage['id']}": _(stage.get("label") or stage["id"]) for stage in _parts(result)}
    return result.figures.picked(labels).relabelled(lambda name, _figure: labels[name])


def _asked(result: Result) -> bool:
    """Whether every stage was asked so that a profile could be made."""
    names = {f"{STAGES}.{stage['id']}" for stage in _parts(result)}
    return bool(names) and names <= trends_asked(result.plan)


def _why(result: Result) -> str:
    """A profile needs a number of people of its own, which may be above the threshold."""
    return why_hidden(max(result.release.k, int(_rule(result).get("min_n", 0))))


def _measure(result: Result) -> Mapping[str, Any]:
    return next((one for one in result.plan["measures"] if one["id"] == STAGES), {})


def _parts(result: Result) -> Sequence[Mapping[str, Any]]:
    return list(_measure(result).get("facets", ()))


def _rule(result: Result) -> Mapping[str, Any]:
    return dict(_measure(result).get("stage", {}))
