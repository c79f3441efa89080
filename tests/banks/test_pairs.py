"""A pair is made with both its questions, and a measure of pairs out of such."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import measures, pairs
from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.measures import Shape
from pulse.banks.revising import ChangedMeanwhile, EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.usage import Use
from pulse.domain.instrument import Bank
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in

BANK = "our_own"
ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "we say it so")


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    create_bank(BANK, "Our own", "", "Change", ED)


def make_pair(**changes: object) -> pairs.NewPair:
    values: dict[str, object] = {
        "id": "OWN-1", "label": "Hope and worry", "kind": "feelings", "first": "This change gives me hope.",
        "second": "This change worries me.", "section": "change", "scale": "uni5", "na": False,
        "note": "our own",
    }  # fmt: skip
    return pairs.NewPair(**(values | changes))  # type: ignore[arg-type]


def own() -> Bank:
    return get_library().bank(BANK)


def refused(new: pairs.NewPair) -> EditError:
    with pytest.raises(EditError) as found:
        pairs.add_pair(BANK, new, ED)
    assert own().pairs == ()
    return found.value


@pytest.mark.parametrize(
    ("kind", "ids", "sides"),
    [
        ("feelings", ["OWN-1-P", "OWN-1-N"], ["positive", "negative"]),
        ("gap", ["OWN-1-E", "OWN-1-X"], ["expected", "experienced"]),
    ],
)
def test_a_pair_comes_with_its_two_questions(kind: str, ids: list[str], sides: list[str]) -> None:
    pairs.add_pair(BANK, make_pair(kind=kind), ED)

    assert [(item.id, item.side) for item in own().items] == list(zip(ids, sides, strict=True))
    assert {item.pair for item in own().items} == {"OWN-1"}
    assert own().version == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "AMB-1"}, "AMB-1 is the id of another pair"),
        ({"scale": "nothing"}, "nothing"),
        ({"section": "nothing"}, "its heading is one of the bank"),
    ],
)
def test_what_cannot_be_a_pair_is_refused_and_nothing_kept(changes: dict[str, object], sentence: str) -> None:
    assert sentence in str(refused(make_pair(**changes)))


def test_a_question_that_tells_who_answers_is_refused_at_its_own_field() -> None:
    assert refused(make_pair(second="What is your name?")).field == "second"


def test_a_pair_is_named_anew_unless_somebody_else_did(app: Flask) -> None:
    pairs.add_pair(BANK, make_pair(), ED)
    seen = fingerprint(own().pairs[0])
    pairs.save_pair(BANK, "OWN-1", "Both at once", seen, ED)

    assert own().pairs[0].label == "Both at once"
    with pytest.raises(ChangedMeanwhile):
        pairs.save_pair(BANK, "OWN-1", "Mine", seen, ED)


def test_a_pair_that_was_never_asked_goes_and_one_that_was_stays(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(item_ids: Collection[str]) -> dict[str, list[Use]]:
        return {one: [Use("Pulse", active=True, waves=1)] for one in item_ids if one == "OWN-1-P"}

    for pair_id in ("OWN-1", "OWN-2"):
        pairs.add_pair(BANK, make_pair(id=pair_id), ED)
    monkeypatch.setitem(app.extensions, "pulse.question_uses", find)
    pairs.delete_pair(BANK, "OWN-2", ED)

    assert [pair.id for pair in own().pairs] == ["OWN-1"]
    with pytest.raises(EditError, match="retire its two questions"):
        pairs.delete_pair(BANK, "OWN-1", ED)


def make_shape(**changes: object) -> Shape:
    values: dict[str, object] = {
        "label": "Torn", "direction": "not_good_or_bad", "sections": (), "need": 1, "method": "griffin",
        "pairs": ("OWN-1",),
    }  # fmt: skip
    return Shape(**(values | changes))  # type: ignore[arg-type]


def test_a_measure_of_mixed_feelings_is_made_of_pairs(app: Flask) -> None:
    pairs.add_pair(BANK, make_pair(), ED)
    measures.add_measure(BANK, "TORN2", make_shape(), ED)

    [made] = own().indices
    assert (made.method, made.pairs, made.sections) == ("griffin", ("OWN-1",), ())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pairs": ()}, "pairs"),
        ({"method": "mean"}, "sections"),
        ({"method": "stage"}, "method"),
        ({"method": "gap"}, "direction"),
        ({"direction": "nearer_zero_is_better"}, "direction"),
        (
            {"method": "gap", "direction": "nearer_zero_is_better"},
            "pairs",
        ),  # the sides of the pair are feelings
        ({"need": 2}, "need"),
    ],
)
def test_a_measure_that_its_pairs_cannot_make_is_refused(changes: dict[str, object], field: str) -> None:
    pairs.add_pair(BANK, make_pair(), ED)
    with pytest.raises(EditError) as found:
        measures.add_measure(BANK, "TORN2", make_shape(**changes), ED)

    assert found.value.field == field
    assert own().indices == ()


def test_another_make_of_a_measure_of_pairs_needs_a_reason(app: Flask) -> None:
    copy_bank("ambivalence", ED)
    before = next(index for index in get_library().bank("ambivalence").indices if index.method == "griffin")
    shape = Shape(before.label, before.direction, (), before.need, "griffin", before.pairs[:1])
    with pytest.raises(EditError, match="Say why"):
        measures.save_measure("ambivalence", before.id, shape, fingerprint(before), replace(ED, why=""))
    measures.save_measure("ambivalence", before.id, shape, fingerprint(before), ED)

    assert measures.get_measure(get_library().bank("ambivalence"), before.id).pairs == before.pairs[:1]


def test_a_score_of_another_kind_is_another_measure(app: Flask) -> None:
    copy_bank("ambivalence", ED)
    before = next(index for index in get_library().bank("ambivalence").indices if index.method == "griffin")
    shape = Shape(before.label, before.direction, ("feelings",), 1, "mean")
    with pytest.raises(EditError, match="add a new measure"):
        measures.save_measure("ambivalence", before.id, shape, fingerprint(before), ED)


def test_the_id_of_a_deleted_measure_is_not_given_again(app: Flask) -> None:
    pairs.add_pair(BANK, make_pair(), ED)
    measures.add_measure(BANK, "TORN2", make_shape(), ED)
    measures.delete_measure(BANK, "TORN2", ED)

    with pytest.raises(EditError, match="TORN2 was the id of a measure before"):
        measures.add_measure(BANK, "TORN2", make_shape(), ED)
    measures.add_measure(BANK, "TORN3", make_shape(), ED)


def test_the_pages_make_a_pair_and_show_what_is_wrong_at_its_field(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    editor = sign_in(client, make_account(Role.OD_EDITOR))
    typed = {**vars(make_pair(label="<b>Both</b>")), "na": ""}
    assert (
        "Write the second question."
        in editor.post(f"/questions/{BANK}/pairs/new", data=typed | {"second": ""}).text
    )
    assert editor.post(f"/questions/{BANK}/pairs/new", data=typed).status_code == 303
    assert "<b>Both" not in editor.get(f"/questions/{BANK}/headings").text
    assert "&lt;b&gt;Both" in editor.get(f"/questions/{BANK}/pairs/OWN-1").text
    assert editor.post(f"/questions/{BANK}/pairs/OWN-1/delete").status_code == 303
    assert editor.get(f"/questions/{BANK}/pairs/OWN-1").status_code == 404
    assert own().items == ()
