"""What an editor does to programmes and their waves. An open or closed wave is never changed by any of it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from pulse.db import writing
from pulse.languages.saying import gettext as _
from pulse.surveys import burden_queries, planning, queries
from pulse.surveys.burden import check_burden, why_not_now
from pulse.surveys.details import Details, ProgrammeError, columns_of, details_of
from pulse.surveys.models import REASON_LENGTH, Programme, Wave
from pulse.surveys.programme_checks import check_details, check_threshold
from pulse.surveys.question_sets import KEEP, OWN, QuestionSetError, rotation_of
from pulse.web.formatting import one_line

__all__ = [
    "Details",
    "ProgrammeError",
    "WaveError",
    "cancel_wave",
    "close_wave_now",
    "create_programme",
    "let_open_unanswered",
    "open_wave_now",
    "pause_programme",
    "resume_programme",
    "rotation_for",
    "set_threshold",
    "update_programme",
]

log = logging.getLogger(__name__)
#: programme -> why its next wave may not open yet, or None; actions lie above this package, and lend it
WhyHeld = Callable[[int], str | None]


class WaveError(Exception):
    """The wave does not stand where this can be done; one sentence says what to do."""


def create_programme(details: Details, now: datetime) -> Programme:
    """A new programme with its first wave in the calendar; raises ProgrammeError and then changes nothing."""
    details = _tidied(details)
    with writing():
        burden_queries.lock_burden()
        rotation = rotation_for(details, None)
        check_details(details, None, rotation, now)
        check_burden(details, rotation, None, now)
        programme = queries.add_programme(Programme(rotation=rotation, **columns_of(details)))
        planning.plan_next_wave(programme, now)
        return programme


def update_programme(programme_id: int, details: Details, now: datetime) -> Programme:
    """Change a programme from its next wave on; raises ProgrammeError and then changes nothing."""
    details = _tidied(details)
    with writing():
        burden_queries.lock_burden()
        programme = queries.get_programme(programme_id)
        rotation = rotation_for(details, programme)
        check_details(details, programme, rotation, now)
        if programme.active:
            check_burden(details, rotation, programme, now)
        for column, value in columns_of(details).items():
            setattr(programme, column, value)
        programme.rotation = rotation
        if programme.active:
            planning.replan_next_wave(programme, now)
        return programme


def set_threshold(programme_id: int, k: int, profile: str | None, now: datetime) -> Programme:
    """Set k, and the profile unless it is None, from the next wave on; raises ProgrammeError."""
    with writing():
        programme = queries.get_programme(programme_id)
        check_threshold(k, profile or programme.profile, programme)
        programme.k, programme.profile = k, profile or programme.profile
        if programme.active:
            planning.replan_next_wave(programme, now)
        return programme


def pause_programme(programme_id: int) -> None:
    """No wave opens until it is resumed; a wave that is open runs to its end."""
    with writing():
        queries.get_programme(programme_id).active = False
        queries.delete_planned_waves(programme_id)


def resume_programme(programme_id: int, now: datetime) -> None:
    """Put the next wave back into the calendar; raises ProgrammeError if people would be asked too much."""
    with writing():
        burden_queries.lock_burden()
        programme = queries.get_programme(programme_id)
        check_burden(details_of(programme), programme.rotation, programme, now)
        programme.active = True
        planning.plan_next_wave(programme, now)


def open_wave_now(wave_id: int, now: datetime, why_held: WhyHeld | None = None) -> Wave:
    """Have the worker open a planned wave at its next tick; raises WaveError.

    The worker asks the same gate again: whoever leaves `why_held` out only goes without the sentence.
    """
    with writing():
        burden_queries.lock_burden()
        wave = queries.get_wave(wave_id)
        if wave.state != "planned":
            raise WaveError(
                _("Only a planned wave can be opened: reload the page to see where this one stands.")
            )
        if any(other.state == "open" for other in queries.list_waves(wave.programme_id)):
            raise WaveError(_("A wave of this survey is open already: close it first."))
        if planning.waits_for_guardians(wave):
            raise WaveError(_("The guardians have to make and test the key of this wave first."))
        held = why_held(wave.programme_id) if why_held and wave.opens_unanswered is None else None
        if held := held or why_not_now(wave, now):
            raise WaveError(held)
        planning.open_now(wave, now)
        return wave


def let_open_unanswered(wave_id: int, reason: str, why_held: WhyHeld) -> Wave:
    """Let a planned wave open on its day without a response to the last one; raises WaveError.

    The reason is told to everybody who is asked, so it is asked for, and kept with the wave.
    """
    reason = one_line(reason)
    with writing():
        wave = queries.lock_wave(wave_id)
        if wave.state != "planned":
            raise WaveError(_("Only a planned wave waits for a response: reload the page to see its state."))
        if not reason:
            raise WaveError(_("Give the reason: staff read it before they answer."))
        if len(reason) > REASON_LENGTH:
            raise WaveError(
                _(
                    "Use %(most)s characters or fewer; these are %(typed)s.",
                    most=REASON_LENGTH,
                    typed=len(reason),
                )
            )
        if why_held(wave.programme_id) is None:
            raise WaveError(_("Nothing holds this wave: the last one has a response, or needs none."))
        wave.opens_unanswered = reason
        log.warning("wave %s may open although the one before has no posted response", wave_id)
        return wave


def close_wave_now(wave_id: int, now: datetime) -> Wave:
    """Have the worker close an open wave at its next tick; raises WaveError."""
    with writing():
        wave = queries.get_wave(wave_id)
        if wave.state != "open":
            raise WaveError(
                _("Only an open wave can be closed: reload the page to see where this one stands.")
            )
        planning.close_now(wave, now)
        return wave


def cancel_wave(wave_id: int, now: datetime) -> Wave:
    """Strike a planned wave out and plan the one after it; raises WaveError."""
    with writing():
        wave = queries.get_wave(wave_id)
        if not queries.claim_state(wave_id, "planned", "cancelled"):
            raise WaveError(_("Only a planned wave can be cancelled: an open one can be closed."))
        if wave.programme.active:
            planning.plan_next_wave(wave.programme, now)
        return wave


def rotation_for(details: Details, programme: Programme | None) -> list[list[str]]:
    """Item ids a wave of these details; raises ProgrammeError."""
    if details.question_set == KEEP and programme is not None:
        return programme.rotation
    try:
        return rotation_of(details.question_set, details.item_ids, a_wave=details.a_wave)
    except QuestionSetError as error:
        field = "item_ids" if details.question_set == OWN else "question_set"
        raise ProgrammeError(field, str(error)) from error


def _tidied(details: Details) -> Details:
    """Names as one line: they stand in subjects of letters and lines of calendars, which end at a break."""
    return replace(details, name=one_line(details.name), organisation=one_line(details.organisation))
