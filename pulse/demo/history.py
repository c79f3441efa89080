"""The demo's past and present, made by the real pipeline: people answer by their links, envelopes are sealed,
waves close and are released. No result is ever written here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from pulse.banks.store import get_library
from pulse.db import writing
from pulse.demo.actions import promise_after
from pulse.demo.attitudes import Crowd
from pulse.demo.comments import read_first, write_comments
from pulse.demo.facts import CROSSED, DECLARED
from pulse.demo.place import ORGANISATION, PURPOSE
from pulse.directory import queries as directory
from pulse.invitations.codes import make_token
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.mail import Mail
from pulse.messages.mailers import Mailer
from pulse.messages.transport import Entered
from pulse.responses.submission import submit
from pulse.results.closing import close_wave
from pulse.surveys import planning
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import EMAIL, GUARDIAN, Programme, Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.programmes import Details, create_programme
from pulse.surveys.question_sets import OWN, rotation_of

PROGRAMME = "How we work here"
MONTHS_BETWEEN = 3
#: a longer survey that asks every scale whole: what tells how good the questions are
BASELINE = "In depth"
_BASELINE_MONTHS = 18
#: it was held so many quarterly waves ago, some weeks before the next of them
BASELINE_BEFORE = 4
#: the latest past waves and the open one declare attributes: counting each then takes some 15 s more
DECLARED_WAVES = 2
_WEEKS_BEFORE = timedelta(weeks=5)
#: a survey that waits for its guardians to make the key
GUARDED = "Room to act"
_GUARDED_PURPOSE = (
    "Not being free to act is hard to say to those who could change it. The union and HR hold the key of "
    "this survey between them, so that nobody can open an answer alone."
)
_FORTNIGHT = timedelta(days=14)
#: beside the yearly set: what is expected of staff, and the stages of change
_IN_DEPTH = ("treated_as_assets", "theory_of_change")
_OPEN_DAYS = 14
#: the open wave opened this many days ago, or a few more where the month is too short
_OPEN_SINCE = 5
#: every month has this day, so that no opening is skipped
_LAST_DAY = 28
#: of everybody invited, those who have answered the open wave already
_ANSWERED_SO_FAR = 0.35
_A_MINUTE = timedelta(minutes=1)
_ANSWERS_A_STEP = 50

#: told what is going on, and how many answers were given since it was last called
Tell = Callable[[str, int], None]


class HistoryFailed(Exception):
    """The pipeline did not do what it does for a real survey; the message says at which wave."""


class Discard(Entered):
    """Mail of waves that are over: handed over and gone."""

    def send(self, mail: Mail) -> None:
        """Nobody reads a letter to a link that is dead."""


@dataclass(frozen=True)
class Pipeline:
    """What every step needs. `person_ids` are in the order of the crowd; `kept_back` are its indexes of
    people who have not answered the open wave, so that a visitor can.
    """

    crowd: Crowd
    person_ids: list[int]
    kept_back: frozenset[int]
    keyring: Keyring
    mailer: Mailer
    base_url: str
    seed: int
    tell: Tell


def first_opening(now: datetime, past_waves: int) -> date:
    """The first day of a quarterly programme whose wave `past_waves` + 1 is open `now`."""
    latest = (now - timedelta(days=_OPEN_SINCE)).date()
    months = latest.year * 12 + latest.month - 1 - MONTHS_BETWEEN * past_waves
    return date(months // 12, months % 12 + 1, min(latest.day, _LAST_DAY))


def start_programme(now: datetime, past_waves: int) -> int:
    """The quarterly programme, its first wave in the calendar; returns its id."""
    starts_on = first_opening(now, past_waves)
    details = Details(
        name=PROGRAMME,
        purpose=PURPOSE,
        organisation=ORGANISATION,
        question_set="quarterly",
        rule=f"FREQ=MONTHLY;INTERVAL={MONTHS_BETWEEN}",
        starts_on=starts_on,
        open_days=_OPEN_DAYS,
        ask_leaders=True,
    )
    zone = ZoneInfo(details.zone)
    eve = datetime(starts_on.year, starts_on.month, starts_on.day, tzinfo=zone).astimezone(UTC)
    return create_programme(details, eve).id


def declare_attributes(programme: Programme) -> None:
    """From the next wave on results are also shown by what the staff list says of people."""
    with writing():
        programme.attributes, programme.crosses = list(DECLARED), [list(pair) for pair in CROSSED]


def plan_guarded_survey(now: datetime) -> None:
    """A yearly survey in a fortnight; its guardians have not met yet, as its page says."""
    items = get_library().bank("permission_to_act").items
    details = Details(
        name=GUARDED,
        purpose=_GUARDED_PURPOSE,
        organisation=ORGANISATION,
        question_set=OWN,
        item_ids=(*(item.id for item in items if not item.reserve), "OPEN-03"),
        rule="FREQ=YEARLY",
        starts_on=(now + _FORTNIGHT).date(),
        open_days=_OPEN_DAYS,
        key_mode=GUARDIAN,
    )
    create_programme(details, now)


def run_past_wave(programme: Programme, pipeline: Pipeline, *, last: bool) -> None:
    """Open the planned wave, let people answer, close and release it, and plan the next."""
    wave = _open(programme, pipeline, Discard())
    _answer(wave, pipeline, pipeline.crowd.choose_answering(_rng(pipeline, wave)))
    _release(wave, programme, pipeline)
    read_first(wave, newest=last)
    promise_after(wave, {unit.name: unit.id for unit in directory.list_units()}, last=last)


def run_baseline(before: Wave, pipeline: Pipeline) -> None:
    """The longer survey some weeks before a quarterly wave: opened, answered and released like any other."""
    opened = before.opens_at - _WEEKS_BEFORE
    programme = create_programme(_baseline_details(opened.date()), opened - timedelta(days=1))
    wave = _open(programme, pipeline, Discard())
    seeds = (pipeline.seed, programme.id, before.number)
    chosen = pipeline.crowd.choose_answering(np.random.default_rng(seeds))
    _answer(wave, pipeline, chosen, quarter=before.number)
    _release(wave, programme, pipeline)
    read_first(wave, newest=False)


def _baseline_details(starts_on: date) -> Details:
    library = get_library()
    more = [
        item.id for bank in library.banks for item in bank.items if bank.id in _IN_DEPTH and not item.reserve
    ]
    yearly = rotation_of("annual_baseline")[0]
    return Details(
        name=BASELINE,
        purpose=PURPOSE,
        organisation=ORGANISATION,
        question_set=OWN,
        item_ids=(*yearly, *(item for item in more if item not in yearly)),
        rule=f"FREQ=MONTHLY;INTERVAL={_BASELINE_MONTHS}",
        starts_on=starts_on,
        open_days=_OPEN_DAYS,
    )


def _release(wave: Wave, programme: Programme, pipeline: Pipeline) -> None:
    after = wave.closes_at + _A_MINUTE
    pipeline.tell(f"{wave.label}: counting", 0)
    if not close_wave(wave.id, after, pipeline.keyring):
        raise HistoryFailed(f"Wave {wave.number} was not released: {surveys.get_wave(wave.id).problem}")
    with writing():
        planning.plan_next_wave(programme, after)


def run_open_wave(programme: Programme, pipeline: Pipeline) -> None:
    """Open the planned wave, write its mail, and let the first people answer."""
    wave = _open(programme, pipeline, pipeline.mailer)
    chosen = pipeline.crowd.choose_answering(_rng(pipeline, wave), _ANSWERED_SO_FAR)
    _answer(wave, pipeline, [one for one in chosen if one not in pipeline.kept_back])


def _rng(pipeline: Pipeline, wave: Wave) -> np.random.Generator:
    return np.random.default_rng([pipeline.seed, wave.number])


def _open(programme: Programme, pipeline: Pipeline, mailer: Mailer) -> Wave:
    wave = surveys.find_last_wave(programme.id)
    if wave is None or not open_and_invite(wave.id, pipeline.keyring):
        raise HistoryFailed("A wave that should have been in the calendar could not be opened.")
    pipeline.tell(f"{wave.label}: inviting", 0)
    send_waiting(wave, Sender({EMAIL: mailer}, pipeline.keyring.token_key(), pipeline.base_url))
    return wave


def _answer(wave: Wave, pipeline: Pipeline, chosen: list[int], quarter: int | None = None) -> None:
    """Each of them follows their own link, fills in the form and sends it, as they feel in that quarter."""
    wave_id, token_key, ids = wave.id, pipeline.keyring.token_key(), pipeline.person_ids
    crowd, plan = pipeline.crowd, plan_of(wave)
    rng = np.random.default_rng([pipeline.seed, wave.number, 1, *([quarter] if quarter else [])])
    sheets = crowd.answer(plan, quarter or wave.number, rng)
    comments = write_comments(plan, chosen, crowd.people, rng)
    said = f"{wave.label}: people answer"
    for count, one in enumerate(chosen, start=1):
        submit(make_token(token_key, wave_id, ids[one]), sheets[one], comments.get(one, {}))
        if count % _ANSWERS_A_STEP == 0:
            pipeline.tell(said, _ANSWERS_A_STEP)
    pipeline.tell(said, len(chosen) % _ANSWERS_A_STEP)
