"""The clock: one idempotent tick, run by APScheduler in a process of its own, or by hand for any time.

The database is its memory: every step claims what is due by a conditional update and goes on only if one
row changed. A tick that is run twice, or died half-way, does the rest and nothing again.
"""

import logging
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from flask.cli import with_appcontext

from pulse.actions import holding
from pulse.actions.holding import Running, Unanswered
from pulse.config import Settings
from pulse.dashboards.digest import send_digests
from pulse.db import db, leading, writing
from pulse.directory.roster_uploads import purge_uploads
from pulse.invitations import queries as invitations
from pulse.invitations.paper import enter_codes
from pulse.invitations.participation import bring_rates_up_to_date
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_reminders, send_waiting
from pulse.messages.mailers import mailer_from
from pulse.results.closing import close_wave, finish_burning, hold_broken_waves, reopen_mended_waves
from pulse.surveys import queries as surveys
from pulse.surveys.inbox import offer_inboxes
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.models import Wave
from pulse.surveys.waves import CannotOpen, open_now, plan_next_wave
from pulse.web.logs import describe

log = logging.getLogger(__name__)
SECONDS_BETWEEN_TICKS = 10
#: told without a number, which would say how many have not answered
REMINDED = "reminders done"


def tick(now: datetime, settings: Settings) -> Counter[str]:
    """Check what is open, close and release due, open due, send due, remind, purge, tell leaders; how often
    each was done. One process at a time: a second one finds the lead taken and does nothing.

    What is due to close is closed first: the next wave must find its results out, or none answers them.
    """
    done: Counter[str] = Counter()
    with leading(settings.home) as leads:
        if leads:
            keyring = Keyring(settings.key_dir)
            keyring.clear_unfinished()
            _plan_due(now, done)
            done["opened again"] += reopen_mended_waves(now, keyring)
            done["held"] += hold_broken_waves(keyring)
            _close_due(now, keyring, done)
            _open_due(now, keyring, done)
            _send_due(now, settings, keyring, done)
            done["rates brought up to date"] += bring_rates_up_to_date(now)
            offer_inboxes(keyring, settings.secret_key, now)
            finish_burning(keyring)
            done["uploads purged"] += purge_uploads(now)
            done["digests sent"] += _digest_due(now, settings)
            db.session.rollback()  # a read left open would keep the database's log from being cleared
    return done


def _plan_due(now: datetime, done: Counter[str]) -> None:
    """Every active programme has its next wave in the calendar."""
    for programme in surveys.list_active_programmes():
        with writing():
            done["planned"] += plan_next_wave(programme, now) is not None


def _open_due(now: datetime, keyring: Keyring, done: Counter[str]) -> None:
    for wave in surveys.list_due_to_open(now):
        wave_id, hold = wave.id, holding.find_hold(wave)
        if wave.closes_at <= now:  # it was not open while it should have been: nobody could have answered
            with writing():
                done["missed"] += _miss(wave, hold)
            continue
        if hold is not None:
            if wave.problem != hold.waits:
                _tell(wave_id, hold.waits)
            continue
        with writing():
            _settle(wave, now)
        try:
            done["opened"] += open_and_invite(wave_id, keyring) > 0
        except (CannotOpen, KeyMissing) as reason:
            _tell(wave_id, str(reason))


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


def _send_due(now: datetime, settings: Settings, keyring: Keyring, done: Counter[str]) -> None:
    for wave in surveys.list_waves_in("open"):
        if wave.closes_at <= now:
            continue
        with writing():  # this process leads, so whatever is still being sent was left by one that died
            invitations.reset_interrupted(wave.id)
        try:
            with mailer_from(settings) as mailer:
                sender = Sender(mailer, keyring.token_key(), settings.base_url)
                done["invited"] += send_waiting(wave, sender)
                done["codes given"] += enter_codes(wave.id, sender.token_key)
                done[REMINDED] += send_reminders(wave, sender, now)
        except KeyMissing as reason:
            _tell(wave.id, str(reason))


def _tell(wave_id: int, reason: str) -> None:
    """Put on the wave's page why the worker cannot go on with it."""
    with writing():
        surveys.set_problem(wave_id, reason)


def _close_due(now: datetime, keyring: Keyring, done: Counter[str]) -> None:
    """Close what is due, and go on with what a crash left half-closed."""
    half_closed = surveys.list_waves_in("closing") + surveys.list_asked_again()
    for wave in surveys.list_due_to_close(now) + half_closed:
        done["released"] += close_wave(wave.id, now, keyring)


def _digest_due(now: datetime, settings: Settings) -> int:
    """Tell leaders that results are out; last, so that a letter that cannot be written holds up nothing."""
    if not settings.mail_url:
        return 0
    with mailer_from(settings) as mailer:
        return send_digests(mailer, settings.base_url, now)


@click.command("tick")
@click.option("--now", "at", metavar="TIME", help="Run as if it were this time, such as 2027-03-28T09:00.")
@with_appcontext
def tick_command(at: str | None) -> None:
    """Do everything that is due, once."""
    settings: Settings = current_app.config["PULSE"]
    done = tick(_moment(at), settings)
    told = ", ".join(what if what == REMINDED else f"{n} {what}" for what, n in done.items() if n)
    click.echo(told or "Nothing was due.")
    for wave in surveys.list_waves_in("planned", "open", "closing", "held"):
        if wave.problem:
            click.echo(f"{wave.programme.name}, {wave.label}: {wave.problem}", err=True)


def _moment(at: str | None) -> datetime:
    """The time given, in UK time unless it says otherwise; now if none is."""
    if at is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(at)
    except ValueError:
        raise click.UsageError("--now must be a time such as 2027-03-28T09:00.") from None
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo("Europe/London"))


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Run a tick every few seconds until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    scheduler = BlockingScheduler(timezone=UTC)
    scheduler.add_job(
        run_tick,
        "interval",
        seconds=SECONDS_BETWEEN_TICKS,
        args=[app],
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        log.info("the worker was stopped")


def run_tick(app: Flask) -> None:
    """One tick that outlives its own failure: the next one tries again."""
    with app.app_context():
        try:
            tick(datetime.now(UTC), app.config["PULSE"])
        except Exception as error:  # described without its message, which may hold what people wrote
            log.error("a tick failed; the next one goes on where it stopped\n%s", describe(error))
