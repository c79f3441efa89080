"""Marks on trends: where something was done that should move a line, and where a question was worded anew."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pulse.actions.summaries import Flag, list_flags
from pulse.dashboards.reading import Result, read_line_of_units
from pulse.domain.measurement.equivalence import MARGIN
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.bridging import agrees
from pulse.results.released import list_released
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedGroup
from pulse.surveys.models import Wave
from pulse.surveys.rewordings import (
    Remade,
    Replacement,
    Rewording,
    list_remade,
    list_replacements,
    list_rewordings,
)
from pulse.web.formatting import format_date

_ANEW = N_("%(question)s is asked in other words of the same meaning from %(survey)s on")
_OTHERWISE = N_(
    "%(question)s is asked in words of another meaning from %(survey)s on, so no change is worked out across "
    "this mark"
)
_BRIDGED = N_(
    "%(new)s stands in place of %(old)s from %(survey)s on; bridged: the two wordings agree within "
    "%(points)s points"
)
_BROKEN = N_(
    "%(new)s stands in place of %(old)s from %(survey)s on; it asks something else, so no change is worked "
    "out across this mark"
)
_REMADE = N_(
    "the score is made of other questions, or otherwise, from %(survey)s on, so no change is worked out "
    "across this mark"
)
#: position on a trend -> (mark, what was done and when)
Flags = dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Done:
    """What a survey's actions have done so far, and when its waves closed, looked up once for a page."""

    flags: list[Flag]
    closed: dict[str, date]
    #: the group's unit and all above it; None stands for the whole organisation
    line: frozenset[int | None]
    whole: bool
    reworded: Sequence[Rewording] = ()
    replaced: Sequence[Replacement] = ()
    remade: Sequence[Remade] = ()
    #: ids of new questions that agree with the old ones, by what their bridges found
    bridged: frozenset[str] = frozenset()

    def here(self, points: ReleasedTrend, measures: Collection[str]) -> Flags:
        """Marks on a trend of the page's own group: on the whole organisation's what was done anywhere."""
        return self._marks(points, measures, None if self.whole else self.line)

    def of_team(self, team: ReleasedGroup, points: ReleasedTrend, measures: Collection[str]) -> Flags:
        """Marks on a trend of a group directly inside: what was done for it, or for all around it."""
        own = frozenset() if team.kind == "combined" else frozenset({team.unit_id})
        return self._marks(points, measures, self.line | own)

    def _marks(
        self, points: ReleasedTrend, measures: Collection[str], units: Collection[int | None] | None
    ) -> Flags:
        """Before the first wave that closed on the day or later; what stands before one wave shares a mark.

        What was done before the line starts has no place on it.
        """
        found: dict[int, list[str]] = {}
        for flag in self.flags:
            if flag.measure not in measures or (units is not None and flag.unit_id not in units):
                continue
            at = next((i for i, point in enumerate(points) if self.closed[point.label] >= flag.done_on), None)
            if at:
                found.setdefault(at, []).append(_told(flag))
        noted = (self._reworded, self._replaced, self._remade)
        for at, told in (each for list_notes in noted for each in list_notes(points, measures)):
            found.setdefault(at, []).append(told)
        return {at: (str(n), "; ".join(found[at])) for n, at in enumerate(sorted(found), 1)}

    def _reworded(self, points: ReleasedTrend, measures: Collection[str]) -> Iterator[tuple[int, str]]:
        """At the wave that asked in other words; before its first point a line has nothing to mark."""
        labels = [point.label for point in points]
        for one in self.reworded:
            at = labels.index(one.label) if one.label in labels else 0
            if at and one.measures & set(measures):
                words = _OTHERWISE if one.broken else _ANEW
                yield at, _(words, question=one.item_id, survey=one.label)

    def _replaced(self, points: ReleasedTrend, measures: Collection[str]) -> Iterator[tuple[int, str]]:
        """At the first wave that asked the other question: whether a bridge carries the line on."""
        labels = [point.label for point in points]
        for one in self.replaced:
            at = labels.index(one.label) if one.label in labels else 0
            if at and one.measures & set(measures):
                words = {"new": one.new, "old": one.old, "survey": one.label}
                bridged = one.new in self.bridged
                yield at, _(_BRIDGED, points=f"{MARGIN:.0f}", **words) if bridged else _(_BROKEN, **words)

    def _remade(self, points: ReleasedTrend, measures: Collection[str]) -> Iterator[tuple[int, str]]:
        """At the first wave that scores it by other rules, or of other questions that every wave asks."""
        labels = [point.label for point in points]
        for one in self.remade:
            at = labels.index(one.label) if one.label in labels else 0
            if at and one.measure in measures:
                yield at, _(_REMADE, survey=one.label)


def read_done(result: Result) -> Done:
    """The finished actions of the page's survey, and its questions that were worded anew."""
    programme_id = result.wave.programme_id
    waves = list_released(programme_id)
    return Done(
        flags=list_flags(programme_id),
        closed={wave.label: wave.closes_at.date() for wave in waves},
        reworded=list_rewordings(waves),
        replaced=(replaced := list_replacements(waves)),
        bridged=_bridged(waves, replaced),
        remade=list_remade(waves, replaced),
        line=frozenset(read_line_of_units(result)),
        whole=result.group.kind == "organisation",
    )


def _bridged(waves: Sequence[Wave], replaced: Sequence[Replacement]) -> frozenset[str]:
    """The new questions whose bridge held, in the wave that asked by halves."""
    by_label = {wave.label: wave for wave in waves}
    return frozenset(one.new for one in replaced if one.by_halves and agrees(by_label[one.label], one.new))


def marks_of(flags: Flags) -> dict[int, str]:
    """The marks alone, for a chart."""
    return {at: mark for at, (mark, _label) in flags.items()}


def said_of(flags: Flags) -> list[str]:
    """What each mark stands for, in sentences."""
    return [
        _("Mark %(mark)s: %(label)s", mark=mark, label=_sentence(label)) for mark, label in flags.values()
    ]


def _told(flag: Flag) -> str:
    """What was done, when, and for whom if not for everyone."""
    month = format_date(flag.done_on).split(" ", 1)[1]
    if flag.unit:
        return _("%(done)s (%(month)s, %(unit)s only)", done=flag.label, month=month, unit=flag.unit)
    return f"{flag.label} ({month})"


def _sentence(label: str) -> str:
    return label if label.endswith(".") else f"{label}."
