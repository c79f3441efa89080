"""How far each group has come along the stages of change, and whether they form a ladder here at all."""

from typing import Any

from pulse.domain.disclosure.groups import Group
from pulse.domain.measurement.intervals import level_mean
from pulse.domain.measurement.shrinkage import LEAST_UNITS
from pulse.domain.measurement.stages import (
    LEAST_REPRODUCIBILITY,
    StageProfile,
    reproducibility,
    stage_profile,
)
from pulse.results.comparing import Drafts
from pulse.results.drafting import Drafting
from pulse.results.figures import Draft


def with_stages(drafting: Drafting, drafts: Drafts) -> Drafts:
    """The same figures with a profile for every group that may show all stages."""
    found = {group_id: list(listed) for group_id, listed in drafts.items()}
    for measure in (m for m in drafting.context.plan["measures"] if m["method"] == "stage"):
        names = [f"{measure['id']}.{facet['id']}" for facet in measure["facets"]]
        if not set(names) <= drafting.shown.keys():
            continue
        profiles = {
            group.id: _profile(drafting, group, measure, names)
            for group in drafting.blocks.groups
            if _may_show(drafting, group, measure, names)
        }
        ladder = _reproducibility(drafting, names, profiles)
        for group_id, profile in profiles.items():
            found[group_id].append(_figure(drafting, group_id, measure, profile, ladder))
    return found


def _may_show(drafting: Drafting, group: Group, measure: dict[str, Any], names: list[str]) -> bool:
    if any(group.id not in drafting.shown[name] for name in names):
        return False
    least = max(2, int(measure["stage"]["min_n"]))
    return all(drafting.moment(group, name).n >= least for name in names)


def _profile(drafting: Drafting, group: Group, measure: dict[str, Any], names: list[str]) -> StageProfile:
    """Levels without population correction: "in place" is not said of one day."""
    stages = [facet["id"] for facet in measure["facets"]]
    levels = [level_mean(drafting.moment(group, name)) for name in names]
    rule = measure["stage"]
    return stage_profile(
        list(zip(stages, levels, strict=True)),
        in_place_from=rule["threshold"],
        in_place_chance=rule["in_place"],
        not_yet_chance=rule["not_yet"],
    )


def _reproducibility(drafting: Drafting, names: list[str], profiles: dict[int, StageProfile]) -> float | None:
    """How well the units' stages follow one ladder; None with too few units to say."""
    units = [group.id for group in drafting.innermost(names[0]) if group.id in profiles]
    if len(units) < LEAST_UNITS:
        return None
    return reproducibility([profiles[unit].pattern for unit in units])


def _figure(
    drafting: Drafting, group_id: int, measure: dict[str, Any], profile: StageProfile, ladder: float | None
) -> Draft:
    group = drafting.blocks.groups[group_id]
    labels = {facet["id"]: facet["label"] for facet in measure["facets"]}
    stages = []
    for stage in profile.stages:
        level = level_mean(drafting.moment(group, f"{measure['id']}.{stage.id}"))
        low, high = max(0.0, level.low), min(100.0, level.high)
        stages.append(
            {
                "id": stage.id,
                "label": labels[stage.id],
                "value": stage.value,
                "low": low,
                "high": high,
                "z": stage.z,
                "standing": stage.standing,
            }
        )
    detail = {
        "stages": stages,
        "reached": profile.reached,
        "now": profile.now,
        "uneven": profile.uneven,
        "reproducibility": ladder,
        "labelled": ladder is None or ladder >= LEAST_REPRODUCIBILITY,
    }
    n = min(drafting.moment(group, f"{measure['id']}.{stage.id}").n for stage in profile.stages)
    return Draft(measure["id"], n, detail=detail)
