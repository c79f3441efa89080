"""What cannot be kept is told in words of the pages: no file, no line, no key, and at the field to mend."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import measures, pairs
from pulse.banks.creating import copy_bank
from pulse.banks.editing import add_item, delete_item
from pulse.banks.measures import Shape
from pulse.banks.revising import EditError
from pulse.banks.store import forget, get_library
from pulse.domain.instrument import Item
from pulse.domain.instrument.naming import name_scale, name_subject
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.banks.test_shaping import ED, refused
from tests.banks.test_studio_forms import make_question

TAA, AMB = "treated_as_assets", "ambivalence"
AGREE, HOW_MUCH = "agree5 (Strongly disagree … Strongly agree)", "uni5 (Not at all … A great deal)"
OF_FILES = re.compile(r"\.yaml|\bline \d|\bsection\b|need_facets|compare_with|take reverse away")


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    for bank in (TAA, AMB):
        copy_bank(bank, ED)
    return sign_in(client, make_account(Role.OD_EDITOR))


@pytest.fixture
def own(app: Flask) -> None:
    for bank in (TAA, AMB):
        copy_bank(bank, ED)


def make_shape(**changes: object) -> Shape:
    values = {"label": "Both", "direction": "higher_is_better", "sections": ("feelings", "torn"), "need": 1}
    return Shape(**(values | changes))  # type: ignore[arg-type]


def make_item(**changes: object) -> Item:
    values = {"id": "OWN-01", "text": "I am heard here.", "scale": "agree5", "section": "global"}
    return Item(**(values | {"note": "our own"} | changes))  # type: ignore[arg-type]


def test_a_measure_of_two_scales_is_told_at_its_headings_with_both_scales(editor: FlaskClient) -> None:
    fields = {"label": "Both", "direction": "higher_is_better", "method": "mean", "need": "1"}
    typed = {"id": "BOTH", "sections": ["feelings", "torn"], "why": ""} | fields
    answer = editor.post(f"/questions/{AMB}/measures/new", data=typed)
    forget()

    assert answer.status_code == 422
    html = unescape(answer.text)
    [link] = re.findall(r'<li><a href="#sections">(.*?)</a>', html)
    assert link.startswith(f"“Both”: AMB-P1 has the answers {HOW_MUCH}, and AMB-S1 has {AGREE}")
    assert "all questions of a measure need the same answers" in link
    assert html.count(link) == 2
    assert not OF_FILES.search(link)


def test_a_measure_that_stands_is_called_by_its_name(own: None) -> None:
    sentence, field = refused(lambda: add_item(TAA, make_item(scale="uni5"), ED))

    assert sentence.startswith("“Are staff treated as assets?”: OWN-01 has the answers uni5")
    assert field == "sections"


def test_why_a_question_without_a_score_cannot_stand_under_a_heading_of_a_measure_is_told_at_its_answers(
    editor: FlaskClient,
) -> None:
    typed = make_question(section="global", scale="open", text="What matters to you?")
    answer = editor.post(f"/questions/{TAA}/new", data=typed)
    forget()

    assert answer.status_code == 422
    [link] = re.findall(r'<li><a href="#scale">(.*?)</a>', unescape(answer.text))
    assert link == (
        "“Are staff treated as assets?”: every question under its headings counts in it, and OWN-01, on open "
        "(a text box), has no score; choose other answers, or a heading that no measure is made of."
    )


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"sections": ("torn",), "need": 9}, "sections", "“Both”: AMB-S1 already scores in “"),
        ({"method": "griffin", "sections": (), "pairs": ("TAA-1",)}, "pairs", "made of the pair TAA-1"),
    ],
)
def test_a_measure_that_cannot_be_is_told_in_words_of_its_page(
    own: None, changes: dict[str, object], field: str, sentence: str
) -> None:
    said, at = refused(lambda: measures.add_measure(AMB, "BOTH", make_shape(**changes), ED))

    assert sentence in said
    assert at == field
    assert not OF_FILES.search(said)


def test_more_to_answer_than_there_is_is_told_at_the_number(own: None) -> None:
    shape = make_shape(sections=("expected",), need=9)
    said, at = refused(lambda: measures.add_measure(TAA, "X", shape, ED))

    assert (said, at) == ("“Both”: it has 6 to answer, so nobody could answer 9: lower the number.", "need")


def test_a_pair_of_a_measure_stays_and_the_measure_is_named(own: None) -> None:
    with pytest.raises(EditError, match=r"^“Mixed feelings”: it is made of the pair AMB-1; keep that"):
        pairs.delete_pair(AMB, "AMB-1", ED)


@pytest.mark.parametrize(
    ("item_id", "sentence"),
    [
        ("TAA-G1", "LDR-TAA-G1: it is compared with TAA-G1; retire that instead of deleting it."),
        ("AMB-S1", "The programme “Quarterly, all staff” asks AMB-S1; retire it instead of deleting it."),
    ],
)
def test_a_question_that_something_needs_is_not_deleted_and_what_needs_it_is_named(
    own: None, item_id: str, sentence: str
) -> None:
    assert refused(lambda: delete_item(item_id, ED))[0] == sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sources": ("NO-1",)}, "There is no source “NO-1”; choose another."),
        ({"note": ""}, "No source is named; choose one, or say in the note that it is your own."),
        ({"text": "I like {nothing} here."}, "{nothing} is not a term of your organisation; use one of"),
        ({"scale": "open", "reverse": True, "section": "expected"}, "A question without a score has none"),
        ({"id": "TAA"}, "TAA is the id of a measure; choose another."),
    ],
)
def test_a_new_question_that_cannot_be_is_told_without_its_id_or_a_file(
    own: None, changes: dict[str, object], sentence: str
) -> None:
    said, _field = refused(lambda: add_item(TAA, make_item(**changes), ED))

    assert said.startswith(sentence)
    assert not OF_FILES.search(said)


def test_a_question_that_is_just_being_made_has_no_name_yet(app: Flask) -> None:
    library = get_library()

    assert name_subject(library, library, "PEO-01") == "PEO-01"
    assert name_subject(library, library, "AMB-1").startswith("“")
    assert name_subject(library, library, "OWN-99") == ""
    assert name_scale(library, "nothing") == "nothing"
