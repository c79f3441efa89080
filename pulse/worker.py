"""The clock: one idempotent tick, run by APScheduler in a process of its own, or by hand for any time.

The database is its memory: every step claims what is due by a conditional update and goes on only if one
row changed. A tick that is run twice, or died half-way, does the rest and nothing again.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from flask.cli import with_appcontext

from pulse.actions.opening import open_due, tell
from pulse.config import Settings
from pulse.dashboards.digest import send_digests
from pulse.db import DATABASE_AWAY, db, leading, writing
from pulse.directory.roster_uploads import purge_uploads
from pulse.domain.clock import LeapWatch, tell_behind
from pulse.invitations.announcing import announce
from pulse.invitations.handing_over import Sender
from pulse.invitations.hours import both, clock_from, find_hours, share_time
from pulse.invitations.letter_queries import TakenByAnother
from pulse.invitations.paper import CODES_A_TICK, enter_codes
from pulse.invitations.participation import bring_rates_up_to_date
from pulse.invitations.pauses import Pauses
from pulse.invitations.reminding import send_due
from pulse.messages.mailers import carriers_from, mailer_from
from pulse.results.closing import close_wave, finish_burning, hold_broken_waves, reopen_mended_waves
from pulse.surveys import clock_queries
from pulse.surveys import queries as surveys
from pulse.surveys.drafts import purge_drafts
from pulse.surveys.inbox import offer_inboxes
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.planning import plan_next_wave
from pulse.web.logs import describe

log = logging.getLogger(__name__)
SECONDS_BETWEEN_TICKS = 10
#: told without a number, which would say how many have not answered
REMINDED = "reminders done"


class ClockBehind(Exception):
    """The clock is behind the last tick; the message is one sentence that says what to do."""


def tick(now: datetime, settings: Settings) -> Counter[str]:
    """Check what is open, close and release due, open due, send due, remind, purge, tell leaders; how often
    each was done. One process at a time: a second one finds the lead taken and does nothing.

    What is due to close is closed first: the next wave must find its results out, or none answers them.
    """
    done: Counter[str] = Counter()
    with leading(settings.home) as leads:
        if leads:
            _do_all(now, settings, Pauses(), done)
    return done


def tick_by_clock(
    now: datetime, settings: Settings, pauses: Pauses | None = None, *, accept: bool = False
) -> Counter[str]:
    """The same at the time that the machine's clock tells, noted as the last tick; `pauses` of those before.

    Raises ClockBehind, and does nothing, when the clock went back; `accept` takes it as it is.
    """
    done: Counter[str] = Counter()
    with leading(settings.home) as leads:
        if leads:
            beat = None if accept else clock_queries.find_beat()
            if behind := tell_behind(beat, now):
                raise ClockBehind(behind)
            _do_all(now, settings, pauses or Pauses(), done)
            with writing():
                clock_queries.set_beat(now if beat is None else max(beat, now))
    return done


def _do_all(now: datetime, settings: Settings, pauses: Pauses, done: Counter[str]) -> None:
    """Every step of a tick. Each finds by itself what is left to do, so any may be the last of a tick."""
    keyring = Keyring(settings.key_dir)
    keyring.clear_unfinished()
    _plan_due(now, done)
    done["opened again"] += reopen_mended_waves(now, keyring)
    done["held"] += hold_broken_waves(keyring)
    _close_due(now, keyring, done)
    done.update(open_due(now, keyring))
    _send_due(now, settings, keyring, pauses, done)
    done["rates brought up to date"] += bring_rates_up_to_date(now)
    offer_inboxes(keyring, settings.secret_key, now)
    finish_burning(keyring)
    done["uploads purged"] += purge_uploads(now)
    done["drafts purged"] += purge_drafts(now)
    done["digests sent"] += _digest_due(now, settings, pauses)
    done["announcements posted"] += announce(now, settings)
    db.session.rollback()  # a read left open would keep the database's log from being cleared


def _plan_due(now: datetime, done: Counter[str]) -> None:
    """Every active programme has its next wave in the calendar."""
    for programme in surveys.list_active_programmes():
        with writing():
            done["planned"] += plan_next_wave(programme, now) is not None


def _send_due(
    now: datetime, settings: Settings, keyring: Keyring, pauses: Pauses, done: Counter[str]
) -> None:
    """One connection to each carrier for all waves; what may not leave now, or is too much at once, waits."""
    clock, waves = clock_from(now), surveys.list_waves_in("open")
    pauses.keep_only({wave.id for wave in waves})
    with carriers_from(settings) as carriers:
        for wave, goes_on in zip(waves, share_time(clock, len(waves)), strict=True):
            wave_id, may_leave = wave.id, find_hours(wave, clock())
            if wave.closes_at <= now:
                continue
            try:
                token_key = keyring.token_key()
                if may_leave is not None:
                    hours = both(may_leave, goes_on)
                    sender = Sender(carriers, token_key, settings.base_url, hours, pauses, clock)
                    invited, reminded = send_due(wave, sender, now)
                    done.update({"invited": invited, REMINDED: reminded})
                done["codes given"] += enter_codes(wave_id, token_key, CODES_A_TICK - done["codes given"])
            except KeyMissing as reason:
                tell(wave_id, str(reason))
            except TakenByAnother:  # it lost its lead half-way, and goes on until its next note fails
                log.warning("wave %s: another worker still sends its letters", wave_id)


def _close_due(now: datetime, keyring: Keyring, done: Counter[str]) -> None:
    """Close what is due, and go on with what a crash left half-closed."""
    half_closed = surveys.list_waves_in("closing") + surveys.list_asked_again()
    for wave in surveys.list_due_to_close(now) + half_closed:
        done["released"] += close_wave(wave.id, now, keyring)


def _digest_due(now: datetime, settings: Settings, pauses: Pauses) -> int:
    """Tell leaders that results are out; last, so that a letter that cannot be written holds up nothing."""
    if not settings.mail_url:
        return 0
    with mailer_from(settings) as mailer:
        return send_digests(mailer, settings.base_url, now, pauses)


@click.command("tick")
@click.option("--now", "at", metavar="TIME", help="Run as if it were this time, such as 2027-03-28T09:00.")
@click.option("--accept-clock", is_flag=True, help="Take the time of this machine although it went back.")
@with_appcontext
def tick_command(at: str | None, accept_clock: bool) -> None:
    """Do everything that is due, once."""
    settings: Settings = current_app.config["PULSE"]
    try:
        if at is None:
            done = tick_by_clock(datetime.now(UTC), settings, accept=accept_clock)
        else:  # a time that was typed is no clock: nothing is compared with it, and it is not kept
            done = tick(_moment(at), settings)
    except ClockBehind as reason:
        raise click.ClickException(str(reason)) from None
    # of reminders nothing: that some are tried again and again would tell that their people are silent
    told = ", ".join(f"{n} {what}" for what, n in done.items() if n and what != REMINDED)
    click.echo(told or "Nothing was due.")
    for wave in surveys.list_waves_in("planned", "open", "closing", "held"):
        if wave.problem:
            click.echo(f"{wave.programme.name}, {wave.label}: {wave.problem}", err=True)


def _moment(at: str) -> datetime:
    """The time given, in UK time unless it says otherwise."""
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
        Runner(app).run,
        "interval",
        seconds=SECONDS_BETWEEN_TICKS,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        misfire_grace_time=None,
    )
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        log.info("the worker was stopped")


def read_clocks() -> tuple[datetime, float]:
    """The clock on the wall, and the one that nobody sets, in seconds."""
    return datetime.now(UTC), time.monotonic()


@dataclass
class Runner:
    """The ticks of one worker, and what it last said about its clock, so that it says it once."""

    app: Flask
    watch: LeapWatch = field(default_factory=LeapWatch)
    pauses: Pauses = field(default_factory=lambda: Pauses(lasting=True))
    said: str = ""

    def run(self) -> None:
        """One tick by the clock, if that can be believed."""
        now, monotonic = read_clocks()
        self._say(self._tell_leap(now, monotonic) or run_tick(self.app, now, self.pauses))

    def _tell_leap(self, now: datetime, monotonic: float) -> str:
        if not self.watch.began:
            try:
                with self.app.app_context():
                    self.watch.begin(clock_queries.find_beat(), now, monotonic)
            except DATABASE_AWAY:
                return "The database cannot be reached: nothing is done until it can."
        return self.watch.tell_leap(now, monotonic)

    def _say(self, sentence: str) -> None:
        begins = sentence.partition(":")[0]  # what follows tells the time, and would be new at each tick
        if sentence and begins != self.said:
            log.warning("%s", sentence)
            click.echo(sentence, err=True)
        elif self.said and not sentence:
            log.warning("the worker goes on")
        self.said = begins


def run_tick(app: Flask, now: datetime | None = None, pauses: Pauses | None = None) -> str:
    """One tick that outlives its own failure: the next one tries again. What is wrong with the clock."""
    with app.app_context():
        try:
            tick_by_clock(now or datetime.now(UTC), app.config["PULSE"], pauses)
        except ClockBehind as reason:
            return str(reason)
        except Exception as error:  # described without its message, which may hold what people wrote
            log.error("a tick failed; the next one goes on where it stopped\n%s", describe(error))
    return ""
