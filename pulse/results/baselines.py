"""How easy each question is to agree with, from the latest wave that asked a measure whole.

A rotation asks some of a measure's questions at a time. Without knowing that one is easier than another, a
level would go up and down with what happens to be asked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pulse.domain.measurement.adjusted import item_baseline
from pulse.domain.measurement.moments import Moment
from pulse.results import queries
from pulse.results.metrics import Baseline
from pulse.results.models import Figure
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of


def find_baselines(wave: Wave, plan: dict[str, Any]) -> dict[str, Baseline]:
    """Measure (or "MEASURE.facet") -> its baseline, for what this wave asks in part.

    Only waves of the same people count: of the same audience, released before this wave closes.
    """
    wanted = {m["id"] for m in plan["measures"] if set(m["items"]) - set(plan["anchors"])}
    found: dict[str, Baseline] = {}
    for earlier, release in queries.list_releases_before(wave):
        if not wanted:
            break
        whole = [m for m in plan_of(earlier)["measures"] if m.get("whole") and m["id"] in wanted]
        if not whole:
            continue
        figures = queries.find_organisation_figures(release.id)
        for measure in whole:
            parts = dict(_baselines_of(measure, figures, _name(earlier, wave)))
            if parts:
                found |= parts
                wanted.discard(measure["id"])
    return found


def _name(earlier: Wave, wave: Wave) -> str:
    """The label of a wave, with its survey's name where that is another survey."""
    other = earlier.programme_id != wave.programme_id
    return f"{earlier.label} ({earlier.programme.name})" if other else earlier.label


def _baselines_of(
    measure: dict[str, Any], figures: Mapping[str, Figure], label: str
) -> Iterator[tuple[str, Baseline]]:
    """One for each facet, or one for a measure without; none for a part with too few answers.

    A measure of facets has none as a whole: its facets weigh alike, whatever their number of questions.
    """
    parts = {f"{measure['id']}.{facet['id']}": facet["items"] for facet in measure["facets"]}
    for name, items in (parts or {measure["id"]: measure["items"]}).items():
        if items and all(item in figures for item in items):
            moments = {item: _moment(figures[item]) for item in items}
            try:
                yield name, Baseline(item_baseline(moments), label)
            except ValueError:  # fewer than 100 answers to some question
                continue


def _moment(figure: Figure) -> Moment:
    return Moment.from_summary(figure.n, figure.detail["mean"], figure.detail["sd"])
