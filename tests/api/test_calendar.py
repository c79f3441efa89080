"""The calendar of surveys: read back by another library and by hand, by every role and by nobody else."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from pulse.api.calendar_file import write_calendar
from pulse.surveys.models import GUARDIAN, Programme, Wave
from pulse.web.access import Role
from tests.accounts.factories import sign_in
from tests.api.scene import Scene, make_key

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
OPENS = datetime(2027, 1, 11, 9, tzinfo=UTC)
BASE = "https://pulse.example.org"


def programme_of(name: str = "Staff pulse", zone: str = "Europe/London", number: int = 3) -> Programme:
    """Not stored: a calendar is written of what it is given."""
    made = Programme(
        name=name,
        purpose="To learn.",
        organisation="Example Council",
        rotation=[["PTA-01"]],
        rule="FREQ=MONTHLY",
        starts_on=date(2027, 1, 11),
        zone=zone,
    )
    made.id = number
    return made


def wave_of(state: str = "planned", number: int = 1, **values: Any) -> Wave:
    given: dict[str, Any] = {
        "label": "Winter 2026/27",
        "opens_at": OPENS,
        "closes_at": OPENS + timedelta(days=14),
        "k": 10,
    }
    made = Wave(programme_id=3, number=number, state=state, **(given | values))
    made.id = 40 + number
    return made


def written(*waves: Wave, programme: Programme | None = None, now: datetime = NOW) -> bytes:
    return write_calendar(
        [(programme or programme_of(), waves)], name="Staff surveys", base_url=BASE, now=now
    )


def events(file: bytes) -> Sequence[Any]:
    """What another reader finds in it."""
    return list(Calendar.from_ical(file).walk("VEVENT"))


def entry(file: bytes, beginning: str) -> Any:
    return next(one for one in events(file) if str(one["SUMMARY"]).startswith(beginning))


def test_a_wave_has_an_opening_a_close_and_a_day_of_results() -> None:
    file = written(wave_of())
    assert [str(one["SUMMARY"]) for one in events(file)] == [
        "Survey opens: Staff pulse, Winter 2026/27",
        "Survey closes: Staff pulse, Winter 2026/27",
        "Results expected: Staff pulse, Winter 2026/27",
    ]
    assert entry(file, "Survey opens").decoded("DTSTART") == OPENS
    assert entry(file, "Survey closes").decoded("DTSTART") == OPENS + timedelta(days=14)
    assert entry(file, "Results").decoded("DTSTART") == date(2027, 1, 25)


def test_a_day_is_the_day_where_the_survey_is() -> None:
    late = wave_of(closes_at=datetime(2027, 1, 25, 23, 30, tzinfo=UTC))
    far = programme_of(zone="Pacific/Auckland")
    assert entry(written(late), "Results").decoded("DTSTART") == date(2027, 1, 25)
    assert entry(written(late, programme=far), "Results").decoded("DTSTART") == date(2027, 1, 26)


def test_moments_are_written_in_utc() -> None:
    assert b"\r\nDTSTART:20270111T090000Z\r\n" in written(wave_of())
    assert b"\r\nDTSTART;VALUE=DATE:20270125\r\n" in written(wave_of())


def test_results_that_are_out_lead_to_their_page() -> None:
    out = entry(written(wave_of("released")), "Results are out")
    assert (out["STATUS"], out["URL"]) == ("CONFIRMED", f"{BASE}/results/41/0")
    assert "URL" not in entry(written(wave_of("open")), "Results expected")


def test_guardians_are_mentioned_where_results_wait_for_them() -> None:
    assert "guardians" in entry(written(wave_of(key_mode=GUARDIAN)), "Results")["DESCRIPTION"]
    assert "guardians" not in entry(written(wave_of()), "Results")["DESCRIPTION"]


@pytest.mark.parametrize(
    ("state", "opening"),
    [
        ("planned", "TENTATIVE"),
        ("open", "CONFIRMED"),
        ("closing", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("released", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_how_sure_a_date_is_follows_from_the_state_of_its_wave(state: str, opening: str) -> None:
    file = written(wave_of(state))
    assert entry(file, "Survey opens")["STATUS"] == opening
    assert {str(one["STATUS"]) for one in events(file)} <= {opening, "TENTATIVE"}
    assert (state == "cancelled") == all(one["STATUS"] == "CANCELLED" for one in events(file))


def test_a_moved_wave_keeps_its_identity_and_counts_as_newer() -> None:
    before, moved = (
        wave_of(),
        wave_of(opens_at=OPENS + timedelta(days=7), closes_at=OPENS + timedelta(days=21)),
    )
    moved.id = 99  # a wave that is planned anew is another row
    first, second = written(before), written(moved, now=NOW + timedelta(days=1))
    assert [one["UID"] for one in events(first)] == [one["UID"] for one in events(second)]
    for old, new in zip(events(first), events(second), strict=True):
        assert new["SEQUENCE"] > old["SEQUENCE"]
        assert new.decoded("LAST-MODIFIED") > old.decoded("LAST-MODIFIED")
        assert new.decoded("DTSTART") > old.decoded("DTSTART")


def test_a_step_of_the_wave_on_the_same_day_counts_as_newer() -> None:
    steps = [
        events(written(wave_of(state)))[0]["SEQUENCE"] for state in ("planned", "open", "closing", "released")
    ]
    assert steps == sorted(set(steps))


def test_the_same_day_gives_the_same_file() -> None:
    assert written(wave_of()) == written(wave_of(), now=NOW + timedelta(hours=3))


def test_no_two_entries_share_an_identity() -> None:
    other = programme_of("Other", number=4)
    file = write_calendar(
        [(programme_of(), [wave_of(), wave_of(number=2)]), (other, [wave_of()])],
        name="All",
        base_url=BASE,
        now=NOW,
    )
    assert len({one["UID"] for one in events(file)}) == len(events(file)) == 9


def test_lines_are_folded_at_75_bytes_ended_by_crlf_and_text_is_escaped() -> None:
    name = "Café; people, places\\paths and a name that is long enough to be folded — twice, at least, é" * 2
    file = written(wave_of(), programme=programme_of(name[:120]))
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    unfolded = file.decode().replace("\r\n ", "")
    assert "SUMMARY:Survey opens: Café\\; people\\, places\\\\paths" in unfolded
    assert str(entry(file, "Survey opens")["SUMMARY"]) == f"Survey opens: {name[:120]}, Winter 2026/27"


def test_what_every_calendar_must_have_is_there_once() -> None:
    text = written(wave_of()).decode()
    for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pulse//Dates of surveys//EN", "END:VCALENDAR"):
        assert text.split("\r\n").count(line) == 1
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE"):
        assert len(re.findall(rf"^{name}[;:]", text, re.MULTILINE)) == 3


# --- who reads it -----------------------------------------------------------------------------------------


def test_every_role_reads_the_dates_of_every_survey(scene: Scene) -> None:
    bodies = set()
    for account in scene.accounts.values():
        secret = make_key(account, "calendar")
        found = scene.app.test_client(use_cookies=False).get(f"/calendar/{secret}.ics")
        assert (found.status_code, found.content_type) == (200, "text/calendar; charset=utf-8")
        assert "Set-Cookie" not in found.headers
        bodies.add(found.data)
    assert len(bodies) == 1
    assert len([one for one in events(bodies.pop()) if "Staff pulse" in one["SUMMARY"]]) == 6


def test_an_address_that_opens_nothing_looks_like_an_unknown_one(scene: Scene) -> None:
    client = scene.app.test_client(use_cookies=False)
    wrong, unknown = client.get("/calendar/pulse_nothing.ics"), client.get("/calendars")
    assert (wrong.status_code, wrong.text) == (404, unknown.text)


def test_one_survey_is_downloaded_by_who_may_read_surveys(scene: Scene) -> None:
    programme = scene.newest.wave.programme_id
    for role in Role:
        who = "leader of A" if role is Role.LEADER else role.value
        found = sign_in(scene.app.test_client(), scene.accounts[who]).get(
            f"/programmes/{programme}/dates.ics"
        )
        assert found.status_code == (403 if role is Role.LEADER else 200)
    unknown = sign_in(scene.app.test_client(), scene.accounts["od_editor"]).get("/programmes/999/dates.ics")
    assert unknown.status_code == 404


def test_the_page_of_a_survey_leads_to_its_dates(scene: Scene) -> None:
    programme = scene.newest.wave.programme_id
    browser = sign_in(scene.app.test_client(), scene.accounts["od_editor"])
    assert f"/programmes/{programme}/dates.ics" in browser.get(f"/programmes/{programme}").text


@pytest.mark.parametrize("odd", ["\r\n", "\r", "\n", "\x0b", "\x00", "\x85", "\u2028"])
def test_a_break_in_a_name_begins_no_line_of_the_file(odd: str) -> None:
    programme = programme_of(f"Staff{odd}BEGIN:VALARM{odd}pulse")
    programme.organisation = f"Council{odd}ATTACH:http://x"
    file = write_calendar([(programme, [wave_of()])], name=programme.name, base_url=BASE, now=NOW)
    assert re.findall(rb"\r(?!\n)|(?<!\r)\n|[\x00\x0b]", file) == []
    assert b"X-WR-CALNAME:Staff BEGIN:VALARM pulse\r\n" in file
    assert len(events(file)) == 3
    assert not re.search(rb"^(BEGIN:VALARM|ATTACH)", file, re.MULTILINE)
