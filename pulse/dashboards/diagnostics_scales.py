"""Of which scales a closed wave tells how their questions go together, and of the others why not."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulse.dashboards.words import join
from pulse.domain.measurement.comoments import LEAST_PEOPLE, CoMoments
from pulse.domain.measurement.diagnostics import LEAST_ITEMS
from pulse.domain.sheets import asked_in_part
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_number

Plan = dict[str, Any]
Kept = Mapping[str, CoMoments]
#: measures whose score is a mean of questions: only these are meant to go together
_MEANS = ("mean", "mean_of_facets")
#: reason -> the cell of a question; of one in no scale, and of one that everybody answered alike
_CELLS = {
    "part": N_("scale asked in part"),
    "turns": N_("asked by turns"),
    "short": N_("fewer than %(items)s questions"),
    "few": N_("fewer than %(people)s people"),
}
NO_SCALE, ALIKE = N_("in no scale"), N_("answered alike")
#: what the sentences may name
_LEAST = {"items": LEAST_ITEMS, "people": LEAST_PEOPLE}
#: reason -> what is said of all the scales that it holds for
_SENTENCES = {
    "part": N_(
        "%(scales)s: this survey asked only some of the questions, and how they go together is known only of "
        "a scale that is asked whole, as a baseline does."
    ),
    "turns": N_(
        "%(scales)s: different people were asked different questions, so too few answered all of them."
    ),
    "short": N_("%(scales)s: it takes %(items)s questions to tell which of them goes with the others."),
    "few": N_("%(scales)s: fewer than %(people)s people could be counted who answered all of its questions."),
}


def told(plan: Plan, kept: Kept) -> list[str]:
    """A sentence about the scales that can be looked at, then one for each reason why others cannot."""
    whole: list[str] = []
    absent: dict[str, list[str]] = {reason: [] for reason in _SENTENCES}
    for measure, reason in _reasons(plan, kept):
        if reason:
            absent[reason].append(_(measure["label"]))
        else:
            whole.append(f"{_(measure['label'])} ({format_number(kept[measure['id']].n)})")
    said = [
        _(_SENTENCES[reason], scales=join(labels), **_LEAST) for reason, labels in absent.items() if labels
    ]
    if not whole:
        return said
    known = _(
        "How questions go together comes from people who answered a whole scale: %(scales)s.",
        scales=join(whole),
    )
    return [known, *said]


def usable(plan: Plan, kept: Kept) -> dict[str, CoMoments]:
    """The matrices of the scales that can be looked at, by measure."""
    return {measure["id"]: kept[measure["id"]] for measure, reason in _reasons(plan, kept) if not reason}


def cells(plan: Plan, kept: Kept) -> dict[str, str]:
    """Question in some scale -> in a few words why nothing is told of it beside the others."""
    return {
        item: _(_CELLS.get(reason, ALIKE), **_LEAST)
        for measure, reason in _reasons(plan, kept)
        for item in measure["items"]
    }


def _reasons(plan: Plan, kept: Kept) -> Iterator[tuple[dict[str, Any], str]]:
    """Each scale of the wave, and why it cannot be looked at; empty where it can."""
    in_part = asked_in_part(plan)
    for measure in plan["measures"]:
        if measure["method"] in _MEANS:
            yield measure, _reason(measure, kept, not in_part.isdisjoint(measure["items"]))


def _reason(measure: dict[str, Any], kept: Kept, by_turns: bool) -> str:
    if not measure.get("whole"):
        return "part"
    if len(measure["items"]) < LEAST_ITEMS:
        return "short"
    if measure["id"] in kept:
        return ""
    return "turns" if by_turns else "few"
