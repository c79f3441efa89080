"""The stages of change in words: how each stands, and what a reader must know before a label is believed."""

from collections.abc import Mapping
from typing import Any

from pulse.dashboards.words import join
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_number

#: standings in the order in which a title tells them; with and without a stage in place before
_STANDINGS = {
    "in place": (
        (N_("%(names)s is in place"), N_("%(names)s are in place")),
        (N_("%(names)s is in place"), N_("%(names)s are in place")),
    ),
    "emerging": (
        (N_("%(names)s is emerging"), N_("%(names)s are emerging")),
        (N_("%(names)s is emerging"), N_("%(names)s are emerging")),
    ),
    "not yet": (
        (N_("%(names)s is not yet in place"), N_("%(names)s are not yet in place")),
        (N_("%(names)s is not yet"), N_("%(names)s are not yet")),
    ),
}
_NO_ORDER = N_("The stages of change follow no one order here")
_SIDE_BY_SIDE = N_("The stages of change, side by side")


def label_of(stage: Mapping[str, Any]) -> str:
    return _(str(stage.get("label") or stage.get("id", "")))


def stages_title(detail: Mapping[str, Any]) -> str:
    """How each stage stands, in one sentence; none is named where the stages form no ladder."""
    if not detail.get("labelled"):
        return _(_NO_ORDER)
    found: dict[str, list[str]] = {}
    for stage in detail["stages"]:
        found.setdefault(stage.get("standing", ""), []).append(label_of(stage))
    if not found.keys() <= _STANDINGS.keys():
        return _(_SIDE_BY_SIDE)
    if found.keys() == {"not yet"}:
        return _("No stage of change is in place yet")
    said = _standings(found)
    return _("Uneven: %(standings)s", standings=said) if detail.get("uneven") else said


def _standings(found: Mapping[str, list[str]]) -> str:
    told = [standing for standing in _STANDINGS if standing in found]
    shortly = told[:-1] == ["in place"]
    return "; ".join(_(_STANDINGS[one][shortly][len(found[one]) > 1], names=join(found[one])) for one in told)


def stages_words(detail: Mapping[str, Any]) -> list[str]:
    """What a reader must know of the label: unevenness, and whether the stages form a ladder here."""
    said = []
    if detail.get("uneven"):
        said.append(
            _("Uneven: a later stage is in place before an earlier one. That is a finding, no error.")
        )
    ladder = detail.get("reproducibility")
    if not detail.get("labelled"):
        said.append(_unnamed(ladder))
    elif ladder is None:
        said.append(_("There are too few teams to check whether the stages come in this order."))
    else:
        said.append(
            _(
                "The teams' stages fit one order (reproducibility %(score)s). One survey cannot show that "
                "anybody moved along it.",
                score=format_number(ladder, 2),
            )
        )
    return said


def _unnamed(ladder: float | None) -> str:
    if ladder is None:
        return _("No stage is named, because the teams' stages do not fit one order.")
    return _(
        "No stage is named, because the teams' stages do not fit one order (reproducibility %(score)s).",
        score=format_number(ladder, 2),
    )


def stage_now(detail: Mapping[str, Any]) -> str:
    """The one label of a profile: the stage worked on now; empty where the stages form no ladder."""
    labels = {stage.get("id"): label_of(stage) for stage in detail["stages"]}
    if not detail.get("labelled"):
        return ""
    if detail.get("now") is None:
        return _("All of them are in place.")
    stage = labels.get(detail["now"], detail["now"])
    return _("The stage worked on now is %(stage)s.", stage=stage)
