"""The burden in words: the heaviest quarter, the shortest time between two waves, and a row a survey."""

from pulse.directory import queries as directory
from pulse.domain.burden import LEAST_GAP_DAYS, Load, Part, Quarter
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys.burden import Burden
from pulse.web.formatting import format_date, plural

HEADINGS = (
    N_("Survey"),
    N_("Who is asked"),
    N_("Minutes a wave"),
    N_("Waves in 12 weeks"),
    N_("Minutes in 12 weeks"),
)
_NAMED = 3


def describe_worst(burden: Burden) -> str:
    """How much, of whom and when; empty where nobody is asked anything."""
    worst = burden.worst
    if worst is None:
        return ""
    return _(
        "Nobody is asked for more than %(minutes)s in any 12 weeks. The most is asked %(whom)s, %(first)s to "
        "%(last)s.",
        minutes=plural(worst.minutes, "minute"),
        whom=_of_whom(worst),
        first=format_date(worst.starts),
        last=format_date(worst.ends),
    )


def _of_whom(worst: Quarter) -> str:
    if worst.everywhere:
        return _("of everybody who leads people") if worst.leads else _("of everybody")
    named = sorted(unit.name for unit in directory.list_units() if unit.id in worst.units)
    if len(named) > _NAMED:
        said = N_("of people who lead in %(teams)s, such as %(team)s")
        said = said if worst.leads else N_("of people in %(teams)s, such as %(team)s")
        return _(said, teams=plural(len(named), "team"), team=named[0])
    teams = (
        named[0]
        if len(named) == 1
        else _("%(some)s and %(last)s", some=", ".join(named[:-1]), last=named[-1])
    )
    said = N_("of people who lead in %(teams)s") if worst.leads else N_("of people in %(teams)s")
    return _(said, teams=teams)


def describe_gap(burden: Burden) -> str:
    """That somebody is asked twice within four weeks; empty if nobody is."""
    gap = burden.gap
    if gap is None:
        return ""
    surveys = (
        f"“{gap.first}”"
        if gap.first == gap.second
        else _("“%(first)s” and then “%(second)s”", first=gap.first, second=gap.second)
    )
    when = (
        _("%(days)s apart, around %(day)s", days=plural(gap.days, "day"), day=format_date(gap.day))
        if gap.days
        else _("on the same day, %(day)s", day=format_date(gap.day))
    )
    return _(
        "Some people would be asked twice within four weeks: %(surveys)s, %(when)s. Leave %(least)s days or "
        "more between surveys of the same people.",
        surveys=surveys,
        when=when,
        least=LEAST_GAP_DAYS,
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
    named = ", ".join(tops[:_NAMED])
    if len(tops) > _NAMED:
        named = _("%(ids)s and others", ids=named)
    if load.cohorts > 1:
        return _("%(units)s, one of %(cohorts)s cohorts a wave", units=named, cohorts=load.cohorts)
    return named


def _lengths(load: Load) -> str:
    lengths = sorted({wave.minutes for wave in load.waves if not wave.opened})
    if not lengths:
        return _("No wave ahead")
    return (
        str(lengths[0]) if len(lengths) == 1 else _("%(low)s to %(high)s", low=lengths[0], high=lengths[-1])
    )
