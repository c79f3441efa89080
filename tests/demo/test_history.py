"""The demo's past is made by the pipeline: answers sealed, counted, released and destroyed."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pulse.actions.holding import why_held
from pulse.actions.summaries import answers_to, latest_actions
from pulse.db import db
from pulse.demo.facts import DECLARED
from pulse.demo.history import GUARDED, first_opening
from pulse.demo.links import list_links
from pulse.demo.people import ATTRIBUTES
from pulse.demo.place import Size
from pulse.directory import queries as directory
from pulse.domain.recurrence import occurrences
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.responses.submission import Ballot, find_ballot
from pulse.results.models import AttributeFigure, Comment, Group, Release
from pulse.results.moderation import SHOWN, list_questions
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.planning import waits_for_guardians
from pulse.surveys.plans import plan_of
from tests.demo.corner import NOW, SMALL, TINY, Corner, build_corner


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.integers(1, 12),
)
def test_after_the_past_waves_one_is_open_for_days_to_come(now: datetime, past_waves: int) -> None:
    starts_on = first_opening(now, past_waves)
    eve = datetime.combine(starts_on, time(), ZoneInfo("Europe/London")).astimezone(UTC)
    found = occurrences("FREQ=MONTHLY;INTERVAL=3", starts_on, time(9), after=eve, count=past_waves + 1)
    assert timedelta(days=4) < now - found[-1] < timedelta(days=9)


def test_past_waves_are_released_and_one_is_open(corner: Corner) -> None:
    with corner.app.app_context():
        waves = surveys.list_waves(corner.programme_id)
        assert [wave.state for wave in waves] == ["released"] * SMALL.past_waves + ["open"]
        assert waves[-1].opens_at < NOW < waves[-1].closes_at
        rates = [release.answered / release.eligible for _, release in corner.releases()]
    assert all(0.5 < rate < 0.7 for rate in rates)


def test_the_last_two_past_waves_are_also_shown_by_attributes(corner: Corner) -> None:
    with corner.app.app_context():
        chosen = (
            select(Release.wave_id, AttributeFigure.family)
            .join(Group, Group.release_id == Release.id)
            .join(AttributeFigure, AttributeFigure.group_id == Group.id)
        )
        found = db.session.execute(chosen.distinct()).all()
        waves = surveys.list_waves(corner.programme_id)
        plans = [plan_of(wave)["attributes"] for wave in waves]

    assert {row.wave_id for row in found} == {wave.id for wave in waves[-3:-1]}
    assert {code for row in found for code in row.family.split("*")} == set(DECLARED)
    assert [[one["code"] for one in plan] for plan in plans[-3:]] == [list(DECLARED)] * 3
    assert {one["label"] for one in plans[-1]} <= set(ATTRIBUTES)


def test_nothing_but_the_open_wave_keeps_envelopes_keys_or_mail(corner: Corner) -> None:
    with corner.app.app_context():
        *past, current = surveys.list_waves(corner.programme_id)
        assert [responses.count_envelopes(wave.id) for wave in past] == [0] * SMALL.past_waves
        assert responses.count_envelopes(current.id) == invitations.count_spent(current.id)
        assert Keyring(corner.settings.key_dir).list_wave_keys() == [current.id]
        letters = list((corner.settings.home / "mail").glob("*.eml"))
        assert len(letters) == invitations.count_delivered(current.id) > 0.9 * SMALL.people


def test_a_third_have_answered_the_open_wave_and_the_links_handed_out_are_unused(corner: Corner) -> None:
    with corner.app.app_context():
        current = surveys.list_waves_in("open")[0]
        assert 0.25 < invitations.count_spent(current.id) / SMALL.people < 0.45
        links = list_links(corner.notes, corner.settings)
        ballots = {who: find_ballot(url.rpartition("/")[2]) for who, url in links.answer}
    found = {who: ballot.leads for who, ballot in ballots.items() if isinstance(ballot, Ballot)}
    assert found == {"staff": False, "leader": True, "told but no time": False}


def test_what_was_promised_shows_on_the_first_page_of_the_open_wave(corner: Corner) -> None:
    with corner.app.app_context():
        actions = latest_actions(corner.programme_id)
        last = corner.releases()[-1][0].label
    assert [action.wave_label for action in actions[:2]] == [last, last]
    assert len(actions) == 3


def test_after_every_quarterly_wave_somebody_says_what_was_done(corner: Corner) -> None:
    with corner.app.app_context():
        for wave in surveys.list_waves(corner.programme_id):
            assert (answers_to(wave.id) != []) is (wave.state == "released")
        assert why_held(corner.programme_id) is None


def test_the_progress_told_adds_up_to_the_answers_given(corner: Corner) -> None:
    with corner.app.app_context():
        given_answers = sum(release.answered for _, release in corner.releases())
        given_answers += invitations.count_spent(surveys.list_waves_in("open")[0].id)
    assert sum(done for _, done in corner.told) == given_answers


def test_the_same_seed_gives_the_same_releases_and_another_seed_others(tmp_path: Path) -> None:
    one, again, other = (
        build_corner(tmp_path / name / "demo", seed=seed, size=TINY)
        for name, seed in (("one", 11), ("again", 11), ("other", 8))
    )
    with one.app.app_context():
        first = one.counts()
    with again.app.app_context():
        assert again.counts() == first
    with other.app.app_context():
        assert all(theirs != ours for theirs, ours in zip(other.counts(), first, strict=True))
    assert len(first) == TINY.past_waves
    for built in (one, again, other):
        built.dispose()


def test_the_whole_place_has_the_size_that_is_promised() -> None:
    assert (Size().people, Size().past_waves) == (1800, 10)


def test_people_write_comments_and_nobody_on_the_staff_list_is_named_in_what_is_kept(corner: Corner) -> None:
    with corner.app.app_context():
        names = {name for name, _ in directory.list_known_by()}
        kept = [comment.text for comment in db.session.scalars(select(Comment))]
    assert len(kept) > 40
    assert any("[name]" in text for text in kept)
    assert not [text for text in kept if any(name in text for name in names)]


def test_what_people_wrote_has_been_read_but_for_some_of_the_newest(corner: Corner) -> None:
    with corner.app.app_context():
        newest, *older = list_questions()
    assert newest.waiting > 0
    assert [question.waiting for question in older] == [0] * len(older)
    assert all(question.counts[SHOWN] for question in [newest, *older])


def test_a_survey_waits_for_its_guardians(corner: Corner) -> None:
    with corner.app.app_context():
        (programme,) = (one for one in surveys.list_programmes() if one.name == GUARDED)
        (wave,) = surveys.list_waves(programme.id)
        assert (wave.state, waits_for_guardians(wave)) == ("planned", True)
