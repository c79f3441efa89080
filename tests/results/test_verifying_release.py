"""What is left of surveys that are over: groups that are large enough, and as they were first published."""

from sqlalchemy import select

from pulse.config import Settings
from pulse.db import db, writing
from pulse.domain.anonymity import Verdict
from pulse.results.models import (
    AttributeFigure,
    Block,
    Comment,
    CoMoment,
    Figure,
    Group,
    Moment,
    Release,
    Tally,
)
from pulse.results.release import digest_of
from pulse.results.stored_queries import list_stored
from pulse.results.verifying import verify
from pulse.surveys import queries as surveys
from tests.results.closes import close, make_due_wave
from tests.results.factories import Site, make_council, make_released_wave
from tests.results.tampering import assert_only_fails, found, run
from tests.support.rules import without_rules


def change(release_id: int, *rows: object) -> None:
    """Add or change rows of a release, and its checksum with them, as somebody careful would."""
    with without_rules(), writing():
        db.session.add_all(rows)
        db.session.flush()
        db.session.get_one(Release, release_id).digest = digest_of(list_stored(release_id))


def test_a_smallest_group_that_was_lowered_is_found(settings: Settings, site: Site) -> None:
    wave_id = make_due_wave(site)
    assert close(wave_id, site)
    run("UPDATE wave SET k = 8 WHERE id = :wave", wave=wave_id)
    assert "was counted for 5 or more, and now says 8" in found(settings, "threshold").found
    run("UPDATE wave SET k = 5 WHERE id = :wave", wave=wave_id)
    run("UPDATE release SET k = 4")
    assert_only_fails(settings, "threshold", "was counted for 4 or more, and now says 5")


def test_a_smallest_group_that_was_lowered_in_both_places_shows_in_the_number_to_write_down(
    settings: Settings, released: int
) -> None:
    run("UPDATE wave SET k = 6", "UPDATE release SET k = 6")
    before = found(settings, "digest").found
    run("UPDATE wave SET k = 5", "UPDATE release SET k = 5")
    assert found(settings, "digest").found != before


def test_a_survey_that_was_lowered_below_what_a_closed_wave_promised_is_found(
    settings: Settings, released: int
) -> None:
    run("UPDATE programme SET k = 12, profile = 'nhs'", "UPDATE wave SET k = 12, profile = 'nhs'")
    run("UPDATE release SET k = 12")
    lower = {
        "k = 11": "k = 11 and the profile nhs",
        "profile = 'standard'": "k = 12 and the profile standard",
    }
    for change, now in lower.items():
        run("UPDATE programme SET k = 12, profile = 'nhs'")
        assert now not in found(settings, "threshold").found
        run(f"UPDATE programme SET {change}")
        said = found(settings, "threshold")
        assert said.verdict is Verdict.FAIL
        assert said.found.endswith(f" now has {now}, though a wave of it opened with 12 and nhs.")


def test_a_wave_that_says_it_is_released_and_has_no_release_is_found(
    settings: Settings, site: Site, wave_id: int
) -> None:
    with writing():
        surveys.get_wave(wave_id).state = "released"
    assert "says that its results are out, but has none" in found(settings, "threshold").found


def test_every_kind_of_number_about_too_few_people_is_found(settings: Settings, released: int) -> None:
    release = db.session.scalars(select(Release)).one()
    group = db.session.scalars(select(Group).where(Group.parent.is_(None))).one()
    block = db.session.scalars(select(Block)).first()
    assert block is not None
    additions = {
        "1 x sum of too few": Moment(block_id=block.id, metric="X", n=4, s1=1.0, s2=1.0),
        "1 x count of answers of too few": Tally(block_id=block.id, item="X", option="1", n=1),
        "1 x table of how scores vary together of too few": CoMoment(
            release_id=release.id, name="X", n=99, matrix={}
        ),
        "1 x figure of too few": make_figure(group.id, 4),
        "1 x figure of a category of too few": AttributeFigure(
            group_id=group.id, family="grade", category="G5", measure="X", n=19
        ),
        "1 x group with comments of too few": Comment(
            id=bytes(16), release_id=release.id, group_id=group.id, item="X", text="Words"
        ),
    }
    for words, row in additions.items():
        change(release.id, row)
        assert_only_fails(settings, "groups", words)
        with writing():
            db.session.delete(row)
        change(release.id)


def test_a_number_of_answers_below_the_smallest_group_is_found(settings: Settings, released: int) -> None:
    run("UPDATE release SET answered = 4")
    assert_only_fails(settings, "groups", "1 x number of answers of too few")
    run("UPDATE release SET answered = 0")
    assert found(settings, "groups").verdict is Verdict.PASS


def make_figure(group_id: int, n: int) -> Figure:
    numbers = dict.fromkeys(
        ["value", "low", "high", "change", "change_low", "change_high", "q", "detectable"], 50.0
    )
    return Figure(
        group_id=group_id,
        measure="X",
        n=n,
        flagged=False,
        detail={"mean": 50.0},
        **numbers,
    )


def test_a_block_or_group_that_shrank_is_found(settings: Settings, released: int) -> None:
    release_id = db.session.scalars(select(Release.id)).one()
    run("UPDATE block SET n = 4")
    change(release_id)
    words = found(settings, "groups").found
    for kind in ("block", "count of answers", "group that is not the sum of its blocks"):
        assert f"x {kind} of too few" in words
    run("UPDATE result_group SET n = 4")
    change(release_id)
    assert "x published group of too few" in found(settings, "groups").found


def test_a_figure_that_was_changed_later_is_found(settings: Settings, released: int) -> None:
    run("UPDATE figure SET value = value + 0.5 WHERE measure = 'PTA'")
    assert_only_fails(settings, "digest", "was changed after it was published")


def test_every_table_of_a_release_counts_for_its_checksum(settings: Settings, released: int) -> None:
    for change_, undo in (
        (
            "UPDATE tally SET option = 'z' WHERE option = '1'",
            "UPDATE tally SET option = '1' WHERE option = 'z'",
        ),
        ("UPDATE moment SET s1 = s1 + 1", "UPDATE moment SET s1 = s1 - 1"),
        (
            "UPDATE unit_status SET reason = reason || '!'",
            "UPDATE unit_status SET reason = rtrim(reason, '!')",
        ),
        (
            "UPDATE result_group SET headcount = headcount + 1",
            "UPDATE result_group SET headcount = headcount - 1",
        ),
    ):
        run(change_)
        assert_only_fails(settings, "digest", "was changed after it was published")
        run(undo)
    assert found(settings, "digest").verdict is Verdict.PASS


def test_a_careful_change_shows_in_the_number_to_write_down(settings: Settings, released: int) -> None:
    """Whoever changes the checksum too passes the check, but not the comparison with last time's number."""
    before = found(settings, "digest")
    run("UPDATE figure SET value = value + 0.5 WHERE measure = 'PTA'")
    change(db.session.scalars(select(Release.id)).one())
    after = found(settings, "digest")
    assert (before.verdict, after.verdict) == (Verdict.PASS, Verdict.PASS)
    assert before.found != after.found


def test_comments_that_stand_among_enough_others_pass_and_count_for_the_checksum(
    settings: Settings, site: Site
) -> None:
    released = make_released_wave(site, make_council())
    top = released.groups[0]
    release_id = released.release.id
    rows = [
        Comment(id=bytes([n] * 16), release_id=release_id, group_id=top.id, item="X", text=f"Words {n}")
        for n in range(5)
    ]
    change(release_id, *rows)
    assert [one.check for one in verify(settings) if one.verdict is Verdict.FAIL] == []

    run("UPDATE comment SET status = 'withheld'")
    assert found(settings, "digest").verdict is Verdict.PASS
    run("UPDATE comment SET text = 'Other words' WHERE text = 'Words 1'")
    assert_only_fails(settings, "digest", "was changed after it was published")
    run("DELETE FROM comment WHERE text = 'Other words'")
    assert "1 x group with comments of too few" in found(settings, "groups").found
