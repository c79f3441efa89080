"""What a measure's code stands for, in words: for a table that is read away from the pages."""

from typing import Any

from pulse.results.feelings import FEELINGS
from pulse.results.metrics import ADJUSTED, LEVEL

_ENDINGS = {
    LEVEL: "level over the last surveys",
    ADJUSTED: "level over the last surveys, adjusted for which questions were asked",
    ".least": "the weaker of a person's two feelings",
    ".mixed": "people with both feelings, %",
}
_BEGINNINGS = {
    "UNITS:": "can units be compared, ICC(2)",
    "ALPHA:": "reliability, alpha",
    "GOES:": "what goes together with it, R squared",
    "VALID:": "correlation with feeling torn",
    "BRIDGE:": "new wording less the old, with a 90 % interval",
    "GAP:": "leaders' mean less staff's",
}


def names_of(plan: dict[str, Any]) -> dict[str, str]:
    """Code -> words, for the measures, parts, pairs and questions of a plan."""
    names = {item["id"]: str(item["text"]) for item in plan["items"] + plan["leader_items"]}
    names.setdefault(FEELINGS, "Mixed feelings")
    for measure in plan["measures"]:
        names[measure["id"]] = measure["label"]
        for part in (*measure["facets"], *measure["pairs"]):
            names[f"{measure['id']}.{part['id']}"] = f"{measure['label']}: {part['label']}"
    return names


def name_of(code: str, names: dict[str, str]) -> str:
    """The words for one code; the code itself where the plan does not know it."""
    for beginning, words in _BEGINNINGS.items():
        if code.startswith(beginning):
            return f"{name_of(code.removeprefix(beginning), names)} ({words})"
    for ending, words in _ENDINGS.items():
        if code.endswith(ending):
            return f"{name_of(code.removesuffix(ending), names)} ({words})"
    return names.get(code, code)
