"""`pulse programme add` and `pulse programme change`, typed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskCliRunner

from pulse.db import db
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from tests.directory.factories import Org, make_org, make_unit
from tests.surveys.factories import EVERY_DAY, make_open_wave, make_programme

#: of a year that any of these tests has before it
EVERY_MONDAY = [
    word
    for number in range(52)
    for word in ("--quiet", f"{date(2030, 1, 7) + timedelta(days=7 * number):%d %B %Y}")
]


@pytest.fixture
def org(runner: FlaskCliRunner) -> Org:
    return make_org()


def run(runner: FlaskCliRunner, *words: str, code: int = 0, typed: str = "") -> str:
    result = runner.invoke(args=["programme", *words], input=typed)
    assert result.exit_code == code, result.output
    return result.output


def test_add_needs_no_more_than_a_name_and_who_asks(runner: FlaskCliRunner, org: Org) -> None:
    said = run(runner, "add", "Pulse", "--organisation", "Example Council")

    [programme] = queries.list_programmes()
    assert (programme.name, programme.k, len(programme.rotation)) == ("Pulse", 10, 8)
    assert said.startswith("Set up Pulse. Letters leave by themselves once the first wave opens.\nWave 1: ")


def test_add_takes_every_detail(runner: FlaskCliRunner, org: Org) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    options = "--item PTA-01 --item SUR-01 --rule FREQ=YEARLY --hour 8 --open-days 20 --remind-after 5"

    run(
        runner,
        *("add", "Pulse", "--organisation", "Example Council", "--starts-on", tomorrow.isoformat()),
        *("--purpose", "Because.", "--ask-leaders", "--unit", "A", "--k", "12", *options.split()),
    )

    [programme] = queries.list_programmes()
    assert programme.rotation == [["PTA-01", "SUR-01"]]
    assert (programme.rule, programme.starts_on, programme.opens_at_hour) == ("FREQ=YEARLY", tomorrow, 8)
    assert (programme.open_days, programme.reminder_days, programme.k) == (20, [5], 12)
    assert (programme.audience_unit_id, programme.ask_leaders) == (org.units["A"].id, True)
    assert programme.purpose == "Because."


def test_add_takes_closed_days_hours_channels_and_reminders(runner: FlaskCliRunner, org: Org) -> None:
    words = "--nation SCT --weekday MO --weekday TH --letters-from 7 --letters-until 20 --zone Europe/Paris"
    ways = "--channel text --channel slip --remind-after 4 --remind-after 9"

    run(
        runner,
        *("add", "Pulse", "--organisation", "Example Council", *words.split(), *ways.split()),
        *("--quiet", "24 August to 31 August", "--quiet", "21 December 2031 to 3 January 2032"),
    )

    [programme] = queries.list_programmes()
    assert (programme.nation, programme.weekdays, programme.zone) == ("SCT", "MO,TH", "Europe/Paris")
    assert (programme.letters_from_hour, programme.letters_until_hour) == (7, 20)
    assert (programme.channels, programme.reminder_days) == (["text", "slip"], [4, 9])
    assert programme.quiet_periods == [["08-24", "08-31"], ["2031-12-21", "2032-01-03"]]


def test_add_takes_no_bank_holidays_and_no_reminder(runner: FlaskCliRunner, org: Org) -> None:
    options = "--nation none --remind-after 0"

    run(runner, "add", "Pulse", "--organisation", "Example Council", *options.split())

    [programme] = queries.list_programmes()
    assert (programme.nation, programme.reminder_days) == ("", [])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--k", "4"), "Set k to 10 or more"),
        (("--unit", "Z"), 'There is no open unit with the code "Z"'),
        (("--questions", "weekly"), "There is no question set of this kind"),
        (("--quiet", "in summer"), 'Write "in summer" as first and last day'),
        (("--cohorts", "4"), "8 people are too few for 4 cohorts"),
        (("--rotate-by", "person"), "A wave would ask 8 people, and rotation by person needs 300"),
        (("--channel", "slip", "--channel", "slip"), "Name each way to reach people once"),
        (("--remind-after", "9", "--remind-after", "4"), "Name up to 3 days for reminders, rising"),
        (("--zone", "Atlantis"), "Name a time zone such as Europe/London."),
        (("--rule", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"), "The repeat rule never gives a date"),
        (("--rule", "FREQ=DAILY;COUNT=" + "9" * 190), "Write a rule"),
        (("--rule", "FREQ=WEEKLY", "--open-days", "14"), "The survey would still be open when it starts"),
        (("--unit", "EMPTY"), "Nobody is in this audience: import the staff list"),
        (("--weekday", "MO", *EVERY_MONDAY), "Name up to 40 quiet periods."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    runner: FlaskCliRunner, org: Org, options: tuple[str, ...], sentence: str
) -> None:
    make_unit(code="EMPTY")

    said = run(runner, "add", "Pulse", "--organisation", "Example Council", *options, code=1)

    assert said.startswith(f"Error: {sentence}")
    assert said.count("\n") == 1
    assert queries.list_programmes() == []


def test_change_sets_only_what_is_given(runner: FlaskCliRunner, org: Org) -> None:
    make_programme(name="Pulse", k=12, reminder_days=[3, 8], audience_unit_id=org.units["A"].id)

    said = run(runner, "change", "pulse", "--open-days", "20", "--quiet", "24 August to 31 August")

    assert said.startswith("Changed Pulse. It counts from the next wave that opens.\nWave 1: ")
    programme = queries.list_programmes()[0]
    assert (programme.open_days, programme.quiet_periods) == (20, [["08-24", "08-31"]])
    assert (programme.k, programme.reminder_days, programme.rule) == (12, [3, 8], "FREQ=MONTHLY;INTERVAL=3")
    assert programme.audience_unit_id == org.units["A"].id
    assert len(programme.rotation) == 1


def test_change_takes_away_too(runner: FlaskCliRunner, org: Org) -> None:
    make_programme(
        name="Pulse",
        ask_leaders=True,
        audience_unit_id=org.units["A"].id,
        quiet_periods=[["08-24", "08-31"]],
    )

    run(
        runner,
        "change",
        "Pulse",
        *["--unit", "none", "--quiet", "none", "--remind-after", "0", "--no-ask-leaders"],
    )
    run(runner, "change", "Pulse", "--name", "Staff voice")

    programme = queries.list_programmes()[0]
    assert (programme.name, programme.audience_unit_id, programme.ask_leaders) == ("Staff voice", None, False)
    assert (programme.quiet_periods, programme.reminder_days) == ([], [])


def test_change_asks_before_k_is_raised_for_good(runner: FlaskCliRunner, org: Org, keyring: Keyring) -> None:
    now = datetime.now(UTC)
    wave = make_open_wave(
        keyring, now=now, **EVERY_DAY, starts_on=(now - timedelta(days=1)).date(), name="Pulse"
    )

    said = run(runner, "change", "Pulse", "--k", "15", code=1, typed="n\n")
    assert "A wave of Pulse has opened, so k can never be lowered again. Set it to 15?" in said
    db.session.expire_all()
    assert queries.get_programme(wave.programme_id).k == 10

    run(runner, "change", "Pulse", "--k", "15", "--yes")
    db.session.expire_all()
    assert queries.get_programme(wave.programme_id).k == 15
    assert run(runner, "change", "Pulse", "--k", "14", code=1).startswith("Error: Keep k at 15 or raise it")


def test_set_k_says_what_follows_and_asks_before_it_is_for_good(
    runner: FlaskCliRunner, org: Org, keyring: Keyring
) -> None:
    make_programme(name="Asleep")
    assert (
        run(runner, "set-k", "Asleep", "12") == "Asleep has k 12 (standard) from the next wave that opens.\n"
    )
    wave = make_open_wave(keyring, name="Pulse")

    said = run(runner, "set-k", "Pulse", "15", "--profile", "nhs", code=1, typed="n\n")
    assert said.startswith("From the next wave on, no figure of fewer than 15 people is shown.\n")
    assert "so k and the profile (nhs) can never be lowered again. Set it to 15? [y/N]: n" in said
    assert run(runner, "set-k", "Pulse", "101", code=1).startswith("Error: Set k to 100 or less")
    db.session.expire_all()
    assert queries.get_programme(wave.programme_id).k == 10

    run(runner, "set-k", "Pulse", "15", typed="y\n")
    run(runner, "set-k", "Pulse", "16", "--yes")
    assert run(runner, "set-k", "Pulse", "16").startswith("Pulse has k 16")
    db.session.expire_all()
    assert queries.get_programme(wave.programme_id).k == 16


def test_a_change_that_cannot_be_changes_nothing(runner: FlaskCliRunner, org: Org) -> None:
    make_programme(name="Pulse")

    said = run(runner, "change", "Pulse", "--open-days", "20", "--cohorts", "5", code=1)

    assert said.startswith("Error: 8 people are too few for 5 cohorts")
    db.session.expire_all()
    assert queries.list_programmes()[0].open_days == 14
    assert 'There is no survey called "Other"' in run(runner, "change", "Other", code=1)
