"""The coverage of a survey in words and rows, the same on its page and by command."""

from pulse.domain.rotation_coverage import Coverage, Covered
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys.models import Programme
from pulse.surveys.rotations import met_by_each
from pulse.web.formatting import plural

WAVE_HEADINGS = ("Wave", "Closed", "Open", "Minutes", "Reversed")
MEASURE_HEADINGS = (N_("Measure"), N_("Questions"), N_("Asked"), N_("All asked by wave"))
ITEM_HEADINGS = ("Question", "Times", "In waves")


def cycle_sentence(programme: Programme, found: Coverage) -> str:
    """How long the cycle is, and how many of its questions one person meets."""
    fewest, most = met_by_each(programme)
    met = str(fewest) if fewest == most else _("%(low)s to %(high)s", low=fewest, high=most)
    return _(
        "%(waves)s with %(questions)s in all, then from the first again; one person meets %(met)s of them.",
        waves=plural(len(found.waves), "wave"),
        questions=plural(len(found.items), "question"),
        met=met,
    )


def wave_rows(found: Coverage) -> list[list[str]]:
    """For each wave how much it asks of a person, by WAVE_HEADINGS."""
    return [
        [str(load.number), str(load.closed), str(load.open), f"{load.minutes:.1f}", str(load.reversed)]
        for load in found.waves
    ]


def measure_rows(found: Coverage) -> list[list[str]]:
    """For each measure how much of it is asked, and by when, by MEASURE_HEADINGS."""
    return [
        [_(each.measure.label), str(len(each.measure.items)), str(each.asked), _whole(each)]
        for each in found.measures
    ]


def _whole(each: Covered) -> str:
    return _("never") if each.whole_by is None else str(each.whole_by)


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
