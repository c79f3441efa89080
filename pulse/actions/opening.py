"""Opening what is due, unless the last wave has not been answered for, or its own time is over."""

from collections import Counter
from datetime import date, datetime

from pulse.actions import holding
from pulse.actions.holding import Running, Unanswered
from pulse.db import writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.models import Wave
from pulse.surveys.planning import open_now, open_times
from pulse.surveys.waves import CannotOpen


def open_due(now: datetime, keyring: Keyring) -> Counter[str]:
    """Open, or give up as missed, every planned wave whose moment has come; how often each was done."""
    done: Counter[str] = Counter()
    for wave in surveys.list_due_to_open(now):
        wave_id, hold = wave.id, holding.find_hold(wave)
        if wave.closes_at <= now:  # it was not open while it should have been: nobody could have answered
            with writing():
                done["missed"] += _miss(wave, hold)
            continue
        if opens_on := _next_open_day(wave, now):
            if wave.problem is None:
                tell(
                    wave_id,
                    f"This wave opens on {opens_on:%A} {opens_on.day} {opens_on:%B}: today is a closed day.",
                )
            continue
        if hold is not None:
            if wave.problem != hold.waits:
                tell(wave_id, hold.waits)
            continue
        with writing():
            _settle(wave, now)
        try:
            done["opened"] += open_and_invite(wave_id, keyring) > 0
        except (CannotOpen, KeyMissing) as reason:
            tell(wave_id, str(reason))
    return done


def _next_open_day(wave: Wave, now: datetime) -> date | None:
    """The day for which a late wave waits, because today is closed; None if it may open.

    Its own day may be closed: then an editor has opened it by hand.
    """
    times = open_times(wave.programme)
    today, due = (moment.astimezone(times.zone).date() for moment in (now, wave.opens_at))
    return None if due == today or times.is_open_day(today) else times.next_open_day(today)


def tell(wave_id: int, reason: str) -> None:
    """Put on the wave's page why the worker cannot go on with it."""
    with writing():
        surveys.set_problem(wave_id, reason)


def _miss(wave: Wave, hold: Unanswered | Running | None) -> bool:
    """Cancel a wave whose time is over; says so where it waited, to the end, for what came before it."""
    waited = holding.has_waited(wave)
    missed = surveys.claim_state(wave.id, "planned", "cancelled")
    if missed and (hold is not None or waited):
        surveys.set_problem(wave.id, hold.missed if hold is not None else None)
    return missed


def _settle(wave: Wave, now: datetime) -> None:
    """Before it opens: what waited is open as long as any other, and a reason that is none any more goes."""
    wave = surveys.lock_wave(wave.id)
    if wave.state == "planned" and holding.has_waited(wave):
        open_now(wave, now)
    if wave.opens_unanswered is not None and holding.why_held(wave.programme_id) is None:
        wave.opens_unanswered = None
