"""The product's own question banks: what they hold, and that nothing is copied out of a source."""

import json
from collections import Counter

import pytest

from pulse.banks.loading import DEFAULT_FOLDER, freeze_items, freeze_measures, get_supplied
from pulse.domain.instrument import Library
from pulse.domain.instrument.checks import QUOTATION_MARKS

ITEMS = {
    "ambivalence": 10,
    "leader_reflection": 41,
    "letting_go": 7,
    "open_questions": 8,
    "permission_to_act": 11,
    "theory_of_change": 16,
    "treated_as_assets": 14,
    "weir_six": 35,
    "wigan_deal": 16,
}
DIMENSIONS = ("people", "development", "passion", "relationships", "power", "assets")
ANCHORS = ("PTA-01", "PTA-06", "AMB-P1", "AMB-N1", "TAA-G1", "SUR-01")


@pytest.fixture(scope="module")
def library() -> Library:
    return get_supplied()


def test_nine_banks_hold_158_items(library: Library) -> None:
    assert {bank.id: len(bank.items) for bank in library.banks} == ITEMS
    assert len({item.id for item in library.all_items()}) == 158


def test_every_item_but_our_own_has_a_source_with_document_heading_and_point(library: Library) -> None:
    unsourced = [item for item in library.all_items() if not item.sources]

    assert [item.id for item in unsourced] == ["SUR-02"]
    assert "our own design item" in unsourced[0].note
    documents = {document.id: document for document in library.documents}
    for item in library.all_items():
        for source in map(library.source, item.sources):
            assert documents[source.document].title
            assert source.heading
            assert source.paraphrase


def test_no_paraphrase_quotes_and_no_two_are_alike(library: Library) -> None:
    paraphrases = [source.paraphrase for source in library.sources]

    assert not [text for text in paraphrases if QUOTATION_MARKS & set(text)]
    assert len(set(paraphrases)) == len(paraphrases)


def test_a_source_is_there_only_to_be_cited(library: Library) -> None:
    cited = {source for item in library.all_items() for source in item.sources}

    assert {source.id for source in library.sources} == cited


def test_reversed_items_are_those_of_the_design(library: Library) -> None:
    turned = Counter(library.bank_of(item.id).id for item in library.all_items() if item.reverse)

    assert turned["weir_six"] == 6
    assert turned["permission_to_act"] == 3
    assert [item.id for item in library.bank("letting_go").items if item.reverse] == ["LET-05", "LET-06"]


def test_files_begin_with_how_to_edit_them() -> None:
    for path in DEFAULT_FOLDER.glob("*.yaml"):
        head = path.read_text(encoding="utf-8").split("\n\n")[0]
        assert "# How to edit this file" in head, path.name
        assert "`pulse bank check`" in head, path.name


def test_a_quarterly_wave_asks_26_closed_questions_and_one_open_anchors_first(library: Library) -> None:
    quarterly = library.rotation("quarterly")

    for number in range(1, 9):
        asked = library.wave_items(quarterly, number)
        assert len(asked) == 27
        assert asked[:6] == ANCHORS
        assert library.item(asked[-1]).scale == "open"


def test_any_three_quarterly_waves_cover_the_six_dimensions_whole(library: Library) -> None:
    quarterly = library.rotation("quarterly")
    default = {item.id for item in library.bank("weir_six").items if not item.reserve}

    first_three = {item for number in (1, 2, 3) for item in library.wave_items(quarterly, number)}
    assert default <= first_three
    for number in range(1, 9):
        sections = Counter(item.section for item in library.items(library.wave_items(quarterly, number)))
        assert [sections[dimension] for dimension in DIMENSIONS] == [2] * 6


def test_four_quarterly_waves_cover_permission_and_assets(library: Library) -> None:
    quarterly = library.rotation("quarterly")
    asked = {item for number in (1, 2, 3, 4) for item in library.wave_items(quarterly, number)}

    for index_id, bank_id in (("PTA", "permission_to_act"), ("TAA", "treated_as_assets")):
        bank = library.bank(bank_id)
        index = next(index for index in bank.indices if index.id == index_id)
        assert {item.id for item in bank.index_items(index) if not item.reserve} <= asked


def test_the_other_programmes_ask_as_many_closed_questions_as_planned(library: Library) -> None:
    def closed(name: str) -> list[int]:
        rotation = library.rotation(name)
        waves = (library.wave_items(rotation, n) for n in range(1, len(rotation.waves) + 1))
        return [sum(library.scale(item.scale).scored for item in library.items(wave)) for wave in waves]

    assert set(closed("monthly_cohort")) == {16, 17}
    assert closed("annual_baseline") == [67]
    assert closed("annual_stage_module") == [32]


def test_a_programme_starts_again_after_its_last_wave(library: Library) -> None:
    quarterly = library.rotation("quarterly")

    assert library.wave_items(quarterly, 9) == library.wave_items(quarterly, 1)
    assert library.wave_items(quarterly, 9) != library.wave_items(quarterly, 2)


def test_leaders_questions_mirror_thirty_staff_questions(library: Library) -> None:
    mirrors = [item for item in library.items_for("leaders") if item.partner]

    assert len({item.partner for item in mirrors}) == 30
    assert all(library.item(str(item.partner)).audience == "staff" for item in mirrors)


def test_every_wave_survives_freezing_as_json(library: Library) -> None:
    for rotation in library.rotations:
        for number in range(1, len(rotation.waves) + 1):
            asked = library.wave_items(rotation, number)
            frozen = {"items": freeze_items(library, asked), "measures": freeze_measures(library, asked)}
            assert json.loads(json.dumps(frozen)) == frozen
            assert [item["id"] for item in frozen["items"]] == list(asked)
            assert all(set(measure["items"]) <= set(asked) for measure in frozen["measures"])


def test_a_quarterly_wave_serves_its_indices_and_the_six_dimensions(library: Library) -> None:
    frozen = freeze_measures(library, library.wave_items(library.rotation("quarterly"), 1))

    assert {measure["id"] for measure in frozen if measure["bank"] != "weir_six"} == {
        *("AMB", "TORN", "LET", "PTA", "TAA")
    }
    six = [measure for measure in frozen if measure["bank"] == "weir_six"]
    assert [measure["label"] for measure in six] == [dimension.capitalize() for dimension in DIMENSIONS]
    assert all((measure["need"], measure["need_share"]) == (2, 0.5) for measure in six)
