"""The stages of change in words: how each stands, and what a reader must know before a label is believed."""

from collections.abc import Mapping
from typing import Any

from pulse.dashboards.words import join
from pulse.web.formatting import format_number

#: standings in the order in which a title tells them; with and without a stage in place before
_STANDINGS = {
    "in place": ("in place", "in place"),
    "emerging": ("emerging", "emerging"),
    "not yet": ("not yet in place", "not yet"),
}
_NO_ORDER = "The stages of change follow no one order here"
_SIDE_BY_SIDE = "The stages of change, side by side"


def label_of(stage: Mapping[str, Any]) -> str:
    return str(stage.get("label") or stage.get("id", ""))


def stages_title(detail: Mapping[str, Any]) -> str:
    """How each stage stands, in one sentence; none is named where the stages form no ladder."""
    if not detail.get("labelled"):
        return _NO_ORDER
    found: dict[str, list[str]] = {}
    for stage in detail["stages"]:
        found.setdefault(stage.get("standing", ""), []).append(label_of(stage))
    if not found.keys() <= _STANDINGS.keys():
        return _SIDE_BY_SIDE
    if found.keys() == {"not yet"}:
        return "No stage of change is in place yet"
    return ("Uneven: " if detail.get("uneven") else "") + _standings(found)


def _standings(found: Mapping[str, list[str]]) -> str:
    told = [standing for standing in _STANDINGS if standing in found]
    shortly = told[:-1] == ["in place"]
    return "; ".join(
        f"{join(found[one])} {'is' if len(found[one]) == 1 else 'are'} {_STANDINGS[one][shortly]}"
        for one in told
    )


def stages_words(detail: Mapping[str, Any]) -> list[str]:
    """What a reader must know of the label: unevenness, and whether the stages form a ladder here."""
    said = []
    if detail.get("uneven"):
        said.append("Uneven: a later stage is in place before an earlier one. That is a finding, no error.")
    ladder = detail.get("reproducibility")
    if not detail.get("labelled"):
        how = f" (reproducibility {format_number(ladder, 2)})" if ladder is not None else ""
        said.append(f"No stage is named, because the teams' stages do not fit one order{how}.")
    elif ladder is None:
        said.append("There are too few teams to check whether the stages come in this order.")
    else:
        said.append(
            f"The teams' stages fit one order (reproducibility {format_number(ladder, 2)}). One survey "
            "cannot show that anybody moved along it."
        )
    return said


def stage_now(detail: Mapping[str, Any]) -> str:
    """The one label of a profile: the stage worked on now; empty where the stages form no ladder."""
    labels = {stage.get("id"): label_of(stage) for stage in detail["stages"]}
    if not detail.get("labelled"):
        return ""
    if detail.get("now") is None:
        return "All of them are in place."
    return f"The stage worked on now is {labels.get(detail['now'], detail['now'])}."
