"""Banks as YAML: what is written reads back as the same values, or is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.banks.loading import DEFAULT_FOLDER, get_supplied
from pulse.banks.parsing import parse_bank, parse_scales, parse_sources
from pulse.banks.reading import read_text
from pulse.banks.writing import UnwritableError, write_bank, write_scales, write_sources
from pulse.domain.instrument import Bank, Item, Problem, Scale, Section, Source
from tests.banks.odd_banks import ODD, banks, texts

LIBRARY = get_supplied()


def read_bank(text: str, bank: Bank) -> Bank:
    problems: list[Problem] = []
    anchors = tuple(item.id for item in bank.items if item.anchor)
    read = parse_bank(read_text(text, "written"), bank.id, anchors, problems)
    assert not problems
    return read


def make_bank(text: str = "I am heard.", **changes: object) -> Bank:
    item = Item("A-1", text, "agree5", "first", ("B-1",))
    return replace(Bank("small", "Small", 1, (item,), (Section("first", "First"),)), **changes)  # type: ignore[arg-type]


def uncommented(text: str) -> list[str]:
    lines = (line.split("   #")[0].rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("bank", LIBRARY.banks, ids=lambda bank: bank.id)
def test_each_supplied_bank_comes_back_and_its_lines_are_those_of_its_file(bank: Bank) -> None:
    text = write_bank(bank)

    assert read_bank(text, bank) == bank
    assert uncommented(text) == uncommented((DEFAULT_FOLDER / f"{bank.id}.yaml").read_text(encoding="utf-8"))
    assert "# How to edit this file" in text


def test_scales_and_sources_come_back_and_their_lines_are_those_of_their_files() -> None:
    scales = write_scales(LIBRARY.scales, LIBRARY.terms, LIBRARY.swaps)
    sources = write_sources(LIBRARY.documents, LIBRARY.sources)

    read = parse_scales(read_text(scales, "written"), [])
    assert read == (LIBRARY.scales, LIBRARY.terms, LIBRARY.swaps)
    assert parse_sources(read_text(sources, "written"), []) == (LIBRARY.documents, LIBRARY.sources)
    for name, text in (("scales", scales), ("sources", sources)):
        assert uncommented(text) == uncommented((DEFAULT_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@given(banks())
@settings(max_examples=15)
def test_any_bank_comes_back_whatever_its_texts_are(bank: Bank) -> None:
    assert read_bank(write_bank(bank), bank) == bank


@pytest.mark.parametrize("text", [text.strip() for text in ODD if text.strip()])
def test_every_odd_text_comes_back(text: str) -> None:
    bank = make_bank(text, title=text, about=text, lead_in=text, sections=(Section("first", text),))

    assert read_bank(write_bank(bank), bank) == bank


@settings(max_examples=15)
@given(st.lists(texts, min_size=2, max_size=4))
def test_labels_and_words_come_back_just_as_they_are(labels: list[str]) -> None:
    scale = Scale("odd", "choice", tuple(enumerate(labels)), (("pns", labels[0]),), (0,), (1,))
    terms = {"approach": labels[0], labels[1]: labels[1]}

    read = parse_scales(read_text(write_scales([scale], terms, {}), "written"), [])

    assert read == ((scale,), terms, {})


def test_a_wording_and_its_history_come_back() -> None:
    item = Item(
        "A-2", "Ours.", "agree5", "first", (), note="our own", wording=3, retired=True, replaces="A-1"
    )
    bank = make_bank(items=(replace(item, waived=(("double", 'one idea: "us"'),)),))

    assert read_bank(write_bank(bank), bank) == bank


@pytest.mark.parametrize("text", ["  I am heard.", "I am heard. ", "\n"])
def test_a_text_with_spaces_around_it_is_refused_by_the_id_of_its_question(text: str) -> None:
    with pytest.raises(UnwritableError, match="A-1 cannot be kept as it is; take away spaces"):
        write_bank(make_bank(text))


def test_a_question_under_no_heading_of_its_bank_is_refused() -> None:
    with pytest.raises(UnwritableError, match="its heading is one of the bank's"):
        write_bank(make_bank(sections=(Section("other", "Other"),)))


def test_a_title_cannot_break_out_of_the_comment_at_the_head() -> None:
    bank = make_bank(title="Small\nbank: evil")

    assert read_bank(write_bank(bank), bank) == bank
    assert write_bank(bank).splitlines()[0] == "# Small bank: evil."


def test_characters_that_cannot_be_seen_are_written_as_escapes() -> None:
    text = write_bank(make_bank("\u202eevil \u200b😀"))

    assert '"\\u202eevil \\u200b😀"' in text


def test_a_bank_over_the_limit_of_a_file_is_refused() -> None:
    with pytest.raises(UnwritableError, match="over 1 MB"):
        write_bank(make_bank(about="x" * 1_000_001))


def test_two_sources_of_one_id_are_refused() -> None:
    source = Source("S-1", "book", "One", "Says so.")
    with pytest.raises(UnwritableError, match='"S-1" is written twice'):
        write_sources([], [source, source])
