"""Whether staff say that something has changed because of an earlier survey: one question about the survey.

It stands beside what was promised, on the list of actions and on the first page of the next survey. The
share is counted from the released answers of everybody who was asked; its change is that of the score, which
the release tested.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from pulse.accounts.identity import SignedIn
from pulse.dashboards.scope import may_read_about
from pulse.dashboards.words import change_words
from pulse.domain.measurement.intervals import page_proportion
from pulse.domain.measurement.items import round_shown
from pulse.languages.saying import gettext as _
from pulse.results.released import Unsafe, list_released, read_figures, read_groups, read_tallies
from pulse.results.released_types import ReleasedCounts, ReleasedFigure
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.web.formatting import format_number

#: "Something has changed because of an earlier survey."
ITEM = "SUR-01"
#: codes of a five-point scale from the middle up
_AGREEING = 3
WAVES_SHOWN = 4


@dataclass(frozen=True)
class SaidChanged:
    """What one wave's people said of it. The three figures are whole percentages, None unless shown."""

    wave_label: str
    asked: bool
    share: int | None = None
    low: int | None = None
    high: int | None = None
    n: int = 0
    change: str = ""

    @property
    def shown(self) -> bool:
        return self.share is not None

    @property
    def sentence(self) -> str:
        """For the first page of the next survey; empty where it may not be shown."""
        if not self.shown:
            return ""
        return _(
            "In %(survey)s, %(share)s of 100 people said that something had changed because of an earlier "
            "survey (from %(answers)s answers).",
            survey=self.wave_label,
            share=self.share,
            answers=format_number(self.n),
        )


def something_changed(programme_id: int, limit: int = WAVES_SHOWN) -> list[SaidChanged]:
    """The last released waves of a programme, newest first."""
    return [_read(wave) for wave in reversed(list_released(programme_id)[-limit:])]


def something_changed_for(account: SignedIn, programme_id: int) -> list[SaidChanged]:
    """The same, without waves that asked only a part of which this account may not read the results."""
    last = reversed(list_released(programme_id)[-WAVES_SHOWN:])
    return [_read(wave) for wave in last if may_read_about(account, wave, None)]


def may_read_finding(account: SignedIn, wave_id: int, unit_id: int | None) -> bool:
    """Whether a sentence from a results page, which an action answers, is for this account."""
    return may_read_about(account, surveys.get_wave(wave_id), unit_id)


def said_in(wave: Wave) -> SaidChanged:
    """One released wave: always of the whole organisation, whichever group is open."""
    return _read(wave)


def last_said(programme_id: int) -> str:
    """One sentence from the last released wave; empty where it did not ask, or nothing may be shown.

    For the busiest page there is, so a process looks it up once: a release is written once and never changed.
    Staff are on their way to answer: a release that breaks a rule is for the other pages to report.
    """
    released = list_released(programme_id)
    if not released:
        return ""
    known: dict[tuple[str, int], SaidChanged] = current_app.extensions.setdefault("pulse.known_said", {})
    # the random key, because a database that was made anew counts its waves from 1 again
    place = (released[-1].programme.results_key, released[-1].id)
    if place not in known:
        try:
            known[place] = _read(released[-1])
        except Unsafe:
            return ""
    return known[place].sentence


def _read(wave: Wave) -> SaidChanged:
    item = next((one for one in plan_of(wave)["items"] if one["id"] == ITEM), None)
    if item is None:
        return SaidChanged(wave.label, asked=False)
    whole = next((group for group in read_groups(wave) if group.parent is None), None)
    figure = read_figures(whole, [ITEM]).find(ITEM) if whole is not None else None
    counts = read_tallies(whole, [ITEM]).find(ITEM) if whole is not None else None
    if figure is None or counts is None:
        return SaidChanged(wave.label, asked=True)
    return _said(wave, figure, counts.along(_options(item)))


def _options(item: dict[str, Any]) -> Sequence[str]:
    """Least to most favourable."""
    codes = [str(code) for code, _ in item["options"]]
    return codes[::-1] if item["reverse"] else codes


def _said(wave: Wave, figure: ReleasedFigure, counts: ReleasedCounts) -> SaidChanged:
    n, agreeing = sum(counts.counts), sum(counts.counts[_AGREEING:])
    if not n:
        return SaidChanged(wave.label, asked=True)
    found = page_proportion(agreeing, n, max(n, counts.group.headcount))
    share, low, high = (int(round_shown(value)) for value in (found.value, found.low, found.high))
    return SaidChanged(wave.label, True, share, low, high, n, change_words(figure)[0])
