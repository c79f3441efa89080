"""The coverage of a survey in words and rows, the same on its page and by command."""

from pulse.domain.rotation_coverage import Coverage, Covered
from pulse.surveys.models import Programme
from pulse.surveys.rotations import met_by_each
from pulse.web.formatting import plural

WAVE_HEADINGS = ("Wave", "Closed", "Open", "Minutes", "Reversed")
MEASURE_HEADINGS = ("Measure", "Questions", "Asked", "All asked by wave")
ITEM_HEADINGS = ("Question", "Times", "In waves")


def cycle_sentence(programme: Programme, found: Coverage) -> str:
    """How long the cycle is, and how many of its questions one person meets."""
    fewest, most = met_by_each(programme)
    met = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    waves, questions = plural(len(found.waves), "wave"), plural(len(found.items), "question")
    return f"{waves} with {questions} in all, then from the first again; one person meets {met} of them."


def wave_rows(found: Coverage) -> list[list[str]]:
    """For each wave how much it asks of a person, by WAVE_HEADINGS."""
    return [
        [str(load.number), str(load.closed), str(load.open), f"{load.minutes:.1f}", str(load.reversed)]
        for load in found.waves
    ]


def measure_rows(found: Coverage) -> list[list[str]]:
    """For each measure how much of it is asked, and by when, by MEASURE_HEADINGS."""
    return [
        [each.measure.label, str(len(each.measure.items)), str(each.asked), _whole(each)]
        for each in found.measures
    ]


def _whole(each: Covered) -> str:
    return "never" if each.whole_by is None else str(each.whole_by)


def item_rows(found: Coverage) -> list[list[str]]:
    """For each question its waves, by ITEM_HEADINGS."""
    every = len(found.waves)
    return [
        [
            item.id,
            str(len(item.waves)),
            "every wave" if len(item.waves) == every else ", ".join(map(str, item.waves)),
        ]
        for item in found.items
    ]
