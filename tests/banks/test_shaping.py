"""Headings, measures, scales and sources: what is asked and what answers mean never changes by the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import heads, history, measures, points, scales
from pulse.banks.creating import copy_bank
from pulse.banks.measures import Shape
from pulse.banks.restoring import restore
from pulse.banks.revising import ChangedMeanwhile, EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.domain.instrument import Document, Source
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in

ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "we say it so")
MUTE = replace(ED, why="")
AGREE = scales.Typed(
    "bipolar", "1 = No\n2 = Rather not\n3 = Neither\n4 = Rather\n5 = Yes", "pns = Would rather not say",
    "", "4, 5", "1, 2", None, "",
)  # fmt: skip
SUPPLIED = "agree5"


def refused(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(EditError) as found:
        call()
    return str(found.value), found.value.field


@pytest.fixture
def own(app: Flask) -> str:
    copy_bank("weir_six", ED)
    return "weir_six"


def heads_of(bank_id: str, **changes: str) -> tuple[heads.Heads, str]:
    shown, seen = heads.shown(get_library().bank(bank_id))
    return replace(shown, **changes), seen


def test_headings_are_renamed_ordered_and_added_and_questions_follow_them(own: str) -> None:
    shown, seen = heads_of(own)
    lines = shown.headings.splitlines()
    turned = "\n".join([lines[1], lines[0].replace("People", "Folk"), *lines[2:], "new_one = A new one"])
    heads.save_heads(own, replace(shown, headings=turned), seen, MUTE)
    bank = get_library().bank(own)
    assert [one.label for one in bank.sections][:2] == ["Development", "Folk"]
    assert bank.sections[-1].id == "new_one"
    assert bank.items[0].id == "DEV-01"
    assert {item.wording for item in bank.items} == {1}


def test_a_heading_with_questions_stays_and_an_empty_one_goes(own: str) -> None:
    shown, seen = heads_of(own)
    without = "\n".join(shown.headings.splitlines()[1:])
    sentence, field = refused(lambda: heads.save_heads(own, replace(shown, headings=without), seen, ED))
    assert (sentence.startswith("“People” still has PEO-01"), field) == (True, "headings")
    heads.save_heads(own, replace(shown, headings=f"{shown.headings}\nspare = Spare"), seen, ED)
    heads.save_heads(own, *heads_of(own, headings=shown.headings), ED)
    assert "spare" not in {one.id for one in get_library().bank(own).sections}


def test_what_people_read_first_is_part_of_every_question_and_needs_a_reason(own: str) -> None:
    changed, seen = heads_of(own, lead_in="Think of this month.")
    assert refused(lambda: heads.save_heads(own, changed, seen, MUTE))[1] == "why"
    heads.save_heads(own, changed, seen, ED)
    assert {item.wording for item in get_library().bank(own).items} == {2}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("headings", "people People", "Line 1: write two words or phrases with = between them."),
        ("headings", "", "Keep one heading at least"),
        ("headings", "Our People = People", "cannot be the short name"),
        ("borrowed", "nowhere = PTA-01", "There is no heading “nowhere”"),
        ("borrowed", "people = PEO-01", "PEO-01 is in this bank already"),
        ("borrowed", "people = NO-99", "NO-99"),
        ("headings", "people = " + "x" * 5000, "up to 120 characters"),
    ],
)
def test_wrong_headings_get_one_sentence_and_change_nothing(
    own: str, field: str, typed: str, sentence: str
) -> None:
    changed, seen = heads_of(own, **{field: typed})
    before = get_library().bank(own)
    assert sentence in refused(lambda: heads.save_heads(own, changed, seen, ED))[0]
    assert get_library().bank(own) == before


def test_a_question_of_another_bank_is_shown_here_and_kept_there(own: str) -> None:
    heads.save_heads(own, *heads_of(own, borrowed="people = PTA-01"), ED)
    library = get_library()
    assert library.bank(own).sections[0].borrowed == ("PTA-01",)
    assert library.bank_of("PTA-01").id == "permission_to_act"


def test_the_second_of_two_editors_is_shown_the_difference(own: str) -> None:
    mine, seen = heads_of(own, title="Mine")
    heads.save_heads(own, *heads_of(own, title="Theirs"), ED)
    with pytest.raises(ChangedMeanwhile) as found:
        heads.save_heads(own, mine, seen, ED)
    assert found.value.theirs.title == "Theirs"
    assert get_library().bank(own).title == "Theirs"


def test_a_measure_is_added_renamed_made_otherwise_and_deleted(own: str) -> None:
    heads.save_heads(own, *heads_of(own, headings=heads_of(own)[0].headings + "\nown = Own"), ED)
    shape = Shape("Of our own", "higher_is_better", ("own",), 1)
    assert (
        "“Of our own”: there is a heading without a question"
        in refused(lambda: measures.add_measure(own, "OWN", shape, ED))[0]
    )
    people = measures.get_measure(get_library().bank(own), "PEO")
    renamed = Shape("Folk", people.direction, people.sections, people.need)
    measures.save_measure(own, "PEO", renamed, fingerprint(people), MUTE)
    now = measures.get_measure(get_library().bank(own), "PEO")
    other = replace(renamed, need=people.need + 1)
    assert refused(lambda: measures.save_measure(own, "PEO", other, fingerprint(now), MUTE))[1] == "why"
    measures.save_measure(own, "PEO", other, fingerprint(now), ED)
    assert measures.get_measure(get_library().bank(own), "PEO").need == people.need + 1
    assert "supplied measure stays" in refused(lambda: measures.delete_measure(own, "PEO", ED))[0]


def test_a_question_scores_in_one_measure_only(own: str) -> None:
    shape = Shape("People twice", "higher_is_better", ("people",), 1)
    assert "one measure only" in refused(lambda: measures.add_measure(own, "TWO", shape, ED))[0]


def test_a_scale_of_ones_own_is_added_changed_freely_until_used_and_deleted(app: Flask) -> None:
    scales.add_scale("yes_no", AGREE, ED)
    _typed, seen = scales.shown(get_library().scale("yes_no"))
    scales.save_scale("yes_no", replace(AGREE, options=AGREE.options.replace("Yes", "Very much")), seen, ED)
    assert get_library().scale("yes_no").options[-1] == (5, "Very much")
    scales.delete_scale("yes_no", ED)
    assert "yes_no" not in {one.id for one in get_library().scales}


def test_on_a_scale_in_use_only_spelling_changes(app: Flask) -> None:
    used = next(item.scale for item in get_library().all_items() if item.id == "PTA-01")
    typed, seen = scales.shown(get_library().scale(used))
    slip = replace(typed, options=typed.options.replace("Strongly agree", "Strongly agre"))
    scales.save_scale(used, slip, seen, ED)
    typed, seen = scales.shown(get_library().scale(used))
    turned = replace(typed, options=f"{typed.options}x".replace("Strongly agrex", "Yes"))
    assert "more than spelling" in refused(lambda: scales.save_scale(used, turned, seen, ED))[0]
    with pytest.raises(ChangedMeanwhile):
        scales.save_scale(used, replace(turned, options="x"), "of another day", ED)
    good = replace(typed, favourable="5")
    assert "Copy it and change the copy" in refused(lambda: scales.save_scale(used, good, seen, ED))[0]
    assert "so it stays" in refused(lambda: scales.delete_scale(used, ED))[0]


def test_the_help_below_a_text_box_in_use_changes_its_spelling_only(app: Flask) -> None:
    typed, seen = scales.shown(get_library().scale("open"))
    scales.save_scale("open", replace(typed, note=typed.note.replace("Please", "Plaese")), seen, ED)
    typed, seen = scales.shown(get_library().scale("open"))
    asking = replace(typed, note="Say what you like least.")
    assert "more than spelling" in refused(lambda: scales.save_scale("open", asking, seen, ED))[0]


def test_the_note_of_another_scale_is_the_editors_own(app: Flask) -> None:
    typed, seen = scales.shown(get_library().scale(SUPPLIED))
    scales.save_scale(SUPPLIED, replace(typed, note="From our last survey."), seen, ED)
    assert get_library().scale(SUPPLIED).note == "From our last survey."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"options": "1 = No\n1 = Yes"}, "“1” stands there twice"),
        ({"options": "1 = No\n2 ="}, "Line 2"),
        ({"options": "1 = No\n3 = Yes"}, "go up by one"),
        ({"options": "a = No\n2 = Yes"}, "“a” is no code of an option"),
        ({"options": "1 = No\n2 = Yes"}, "five options"),
        ({"favourable": "9"}, "This names a code that is not an option"),
        ({"favourable": "yes"}, "Write codes of options"),
        ({"apart": "x = Other"}, "begins with na or with pns"),
        ({"options": "1 = " + "x" * 5000}, "up to 120 characters"),
        ({"kind": "nonsense"}, "Choose what kind of answers"),
        ({"lead_in": "Think of {nothing}."}, "{nothing} is not a term"),
    ],
)
def test_a_wrong_scale_gets_one_sentence_and_changes_nothing(
    app: Flask, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in refused(lambda: scales.add_scale("own", replace(AGREE, **changes), ED))[0]  # type: ignore[arg-type]
    assert "own" not in {one.id for one in get_library().scales}


def test_sources_of_ones_own_are_cited_compared_and_taken_back(app: Flask) -> None:
    points.add_document(Document("plan26", "Our plan", "The council", 2026), ED)
    point = Source("PL-1", "plan26", "People", "Says that teams decide how they work.")
    points.add_point(point, ED)
    points.save_point(replace(point, heading="Staff"), fingerprint(get_point()), ED)
    assert get_point().heading == "Staff"
    assert "choose a new one" in refused(lambda: points.add_point(point, ED))[0]
    (change,) = history.compare_versions("sources", 2, 3)
    assert change.id == "PL-1"
    restore("sources", 0, ED)
    assert "PL-1" not in {one.id for one in get_library().sources}


def get_point() -> Source:
    return points.get_point(get_library(), "PL-1")


def test_the_pages_save_and_show_what_is_wrong_with_markup_as_text(
    own: str, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    editor = sign_in(client, make_account(Role.OD_EDITOR))
    shown, seen = heads_of(own, title="<b>Bold</b>")
    form = {**vars(shown), "seen": seen, "why": "why"}
    assert editor.post(f"/questions/{own}/headings", data=form).status_code == 303
    assert "<b>Bold" not in editor.get(f"/questions/{own}").text
    assert editor.post(f"/questions/{own}/headings", data=form).status_code == 409
    typed = {**vars(AGREE), "max_chars": "", "id": "own", "why": "", "kind": "choice", "options": "x"}
    page = editor.post("/questions/answers/new", data=typed)
    assert page.status_code == 422
    assert "Line 1" in page.text


def test_a_term_that_nobody_set_is_refused_in_what_a_bank_is_about_too(own: str) -> None:
    sentence, _field = refused(lambda: heads.save_heads(own, *heads_of(own, about="all about {x}"), ED))

    assert "{x} is not a term" in sentence
