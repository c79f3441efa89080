"""The burden in words: the heaviest quarter, the shortest time between two waves, and a row a survey."""

from pulse.directory import queries as directory
from pulse.domain.burden import LEAST_GAP_DAYS, Load, Part, Quarter
from pulse.surveys.burden import Burden
from pulse.web.formatting import format_date, plural

HEADINGS = ("Survey", "Who is asked", "Minutes a wave", "Waves in 12 weeks", "Minutes in 12 weeks")
_NAMED = 3


def describe_worst(burden: Burden) -> str:
    """How much, of whom and when; empty where nobody is asked anything."""
    worst = burden.worst
    if worst is None:
        return ""
    dates = f"{format_date(worst.starts)} to {format_date(worst.ends)}"
    most = plural(worst.minutes, "minute")
    return (
        f"Nobody is asked for more than {most} in any 12 weeks. The most is asked {_of_whom(worst)}, {dates}."
    )


def _of_whom(worst: Quarter) -> str:
    if worst.everywhere:
        return "of everybody who leads people" if worst.leads else "of everybody"
    named = sorted(unit.name for unit in directory.list_units() if unit.id in worst.units)
    whom = "of people who lead" if worst.leads else "of people"
    if len(named) > _NAMED:
        return f"{whom} in {plural(len(named), 'team')}, such as {named[0]}"
    return f"{whom} in {' and '.join([', '.join(named[:-1]), named[-1]] if len(named) > 1 else named)}"


def describe_gap(burden: Burden) -> str:
    """That somebody is asked twice within four weeks; empty if nobody is."""
    gap = burden.gap
    if gap is None:
        return ""
    surveys = f"“{gap.first}”" if gap.first == gap.second else f"“{gap.first}” and then “{gap.second}”"
    apart = f"{plural(gap.days, 'day')} apart, around" if gap.days else "on the same day,"
    return (
        f"Some people would be asked twice within four weeks: {surveys}, {apart} "
        f"{format_date(gap.day)}. Leave {LEAST_GAP_DAYS} days or more between surveys of the same people."
    )


def rows(burden: Burden) -> list[list[str]]:
    """One for each survey that runs, or whose last wave still counts; the heaviest first."""
    parts = {part.name: part for part in burden.worst.parts} if burden.worst else {}
    nothing = Part("", 0, 0)
    # of a survey the last stands for it: the waves to come, if it has any
    found = [(parts.get(name, nothing), load) for name, load in {it.name: it for it in burden.loads}.items()]
    return [
        [load.name, _who(load), _lengths(load), str(part.waves), str(part.minutes)]
        for part, load in sorted(found, key=lambda pair: (-pair[0].minutes, pair[1].name))
    ]


def _who(load: Load) -> str:
    """The tops of its audience, and whether they take turns."""
    units = [unit for unit in directory.list_units() if unit.id in load.units]
    tops = [unit.name for unit in units if unit.parent_id not in load.units]
    turns = f", one of {load.cohorts} cohorts a wave" if load.cohorts > 1 else ""
    return ", ".join(tops[:_NAMED]) + (" and others" if len(tops) > _NAMED else "") + turns


def _lengths(load: Load) -> str:
    lengths = sorted({wave.minutes for wave in load.waves if not wave.opened})
    if not lengths:
        return "No wave ahead"
    return str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"
