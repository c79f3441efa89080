from pathlib import Path

import pytest

from pulse.banks.loading import BankError, get_supplied, load_library
from tests.banks.folders import BANK, SOURCES, make_folder, problems_of

A1 = '{id: A-1, text: "I am heard.", sources: [B-1]}'
A5 = '{id: A-5, text: "What matters to you?", sources: [B-2]}'
SMALL = "question_banks/small.yaml, line"
SCALE_FILE = "question_banks/scales.yaml, line"
SOURCE_FILE = "question_banks/sources.yaml, line"
PLAN = "question_banks/rotation.yaml, line"


def test_a_sound_folder_loads_with_its_ids_and_words(tmp_path: Path) -> None:
    library = load_library(make_folder(tmp_path))

    assert [item.id for item in library.all_items()] == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    assert library.fill(library.item("A-2").text) == "We like working together."
    assert library.item("A-1").anchor
    assert library.item("A-5").scale == "open"


WRONG_REFERENCES = {
    "a repeated question id": (
        '{id: A-2, text: "We like {approach}."',
        '{id: A-1, text: "We like {approach}."',
        f"{SMALL} 12, A-1: this question id is already used in {SMALL} 11; give one of the two a new id.",
    ),
    "an unknown scale": (
        A1,
        A1.replace("id:", "scale: agre5, id:"),
        f'{SMALL} 11, A-1: scale "agre5" is not in scales.yaml; use one of agree5, open.',
    ),
    "an unknown source": (
        A1,
        A1.replace("B-1", "B-11"),
        f'{SMALL} 11, A-1: source "B-11" is not in sources.yaml; did you mean B-1?',
    ),
    "a question without a source": (
        A1,
        A1.replace("[B-1]", "[]"),
        f"{SMALL} 11, A-1: no source is named; name one from sources.yaml, "
        "or say in a note that it is our own.",
    ),
    "an unknown pair": (
        "pair: P-1, side: expected",
        "pair: P-2, side: expected",
        f'{SMALL} 13, A-3: pair "P-2" is not listed under pairs; did you mean P-1?',
    ),
    "a partner that is in no bank": (
        A1,
        A1.replace("id:", "compare_with: Z-9, audience: leaders, id:"),
        f'{SMALL} 11, A-1: compare_with "Z-9" is not a question in any bank; '
        "use one of A-1, A-2, A-3, A-4, A-5.",
    ),
    "a reversed open question": (
        A5,
        A5.replace("id:", "reverse: yes, id:"),
        f"{SMALL} 19, A-5: an open question has no score to turn round; take reverse away.",
    ),
    "a text over length": (
        "I am heard.",
        "I am heard" + " and heard" * 16,
        f"{SMALL} 11, A-1: the text has 170 characters and may have 160; shorten it.",
    ),
    "an empty label": (
        'label: "Last"',
        'label: ""',
        f"{SMALL} 16, last: label is empty; write the words people will read.",
    ),
    "a placeholder without words": (
        "{approach}",
        "{aproach}",
        f"{SMALL} 12, A-2: {{aproach}} is not a term in scales.yaml; did you mean {{approach}}?",
    ),
    "a pair split in a wave": (
        "closed: [A-2]",
        "closed: [A-2, A-3]",
        f"{PLAN} 8, quarterly wave 1: A-3 is asked without its other side A-4; ask both or neither.",
    ),
    "an unknown question in a wave": (
        "closed: [A-2]",
        "closed: [A-22]",
        f'{PLAN} 8, quarterly wave 1: question "A-22" is not in any bank; did you mean A-2?',
    ),
    "a reserve in a wave": (
        "{id: A-2,",
        "{id: A-2, reserve: yes,",
        f"{PLAN} 8, quarterly wave 1: A-2 is a reserve; take it out of the wave, "
        "or take reserve away from the question.",
    ),
    "a question asked twice in a wave": (
        "closed: [A-2]",
        "closed: [A-2, A-1]",
        f"{PLAN} 8, quarterly wave 1: A-1 is asked twice in the wave; keep one.",
    ),
    "an open question among the closed": (
        "open: [A-5]",
        "open: [A-4]",
        f"{PLAN} 8, quarterly wave 1: A-4 belongs under closed; move it there.",
    ),
    "a leaders' question asked of staff": (
        "{id: A-2,",
        "{id: A-2, audience: leaders,",
        f"{PLAN} 8, quarterly wave 1: A-2 is for leaders; use the staff question.",
    ),
    "an unknown question among the anchors": (
        "every_wave: [A-1]",
        "every_wave: [A-1, B-77]",
        f'{PLAN} 1, every_wave: question "B-77" is not in any bank; use one of A-1, A-2, A-3, A-4, A-5.',
    ),
    "an empty term": (
        '"working together"',
        '""',
        f"{SCALE_FILE} 9, approach: term is empty; write the words people will read.",
    ),
    "a quoted source": (
        "Says that people matter.",
        "Says that “people matter”.",
        f"{SOURCE_FILE} 7, B-1: the paraphrase has quotation marks; say it in our own words.",
    ),
    "two sources that say the same": (
        "Asks what they care for.",
        "Says that people matter.",
        f"{SOURCE_FILE} 8, B-2: the paraphrase is the same as that of B-1; say what differs.",
    ),
    "a source of an unknown document": (
        "- document: book",
        "- document: boook",
        f'{SOURCE_FILE} 4, B-1: document "boook" is not listed; did you mean book?',
    ),
    "a measure of an unknown section": (
        "sections: [first], need",
        "sections: [frist], need",
        f'{SMALL} 21, ALL: section "frist" is not there; did you mean first?',
    ),
    "a measure that scores open text": (
        "sections: [first], need",
        "sections: [last], need",
        f"{SMALL} 21, ALL: A-5 has no score, so it cannot be part of a measure; move it to another section.",
    ),
    "codes with a hole": (
        '4: "Agree"',
        '6: "Agree"',
        f"{SCALE_FILE} 4, agree5: the codes of the options must go up by one from the first; renumber them.",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), WRONG_REFERENCES.values(), ids=WRONG_REFERENCES)
def test_a_wrong_reference_is_told_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert told in problems_of(make_folder(tmp_path, old, new))


def test_every_file_that_is_missing_or_misnamed_is_told_at_once(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "scales.yaml").unlink()
    (folder / "small.yaml").rename(folder / "small.yml")

    assert problems_of(folder) == [
        "question_banks/small.yml, line 1: bank files end in .yaml; rename the file.",
        "question_banks/scales.yaml: the file is missing; copy it from the product's own banks.",
        "question_banks: this folder has no question bank; add one .yaml file a bank.",
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == [
        "nowhere: this folder of question banks is not there; name one that is."
    ]


def test_several_problems_come_back_together_in_the_order_of_the_files(tmp_path: Path) -> None:
    bank = BANK.replace("[B-1]}", "[B-9]}", 1).replace('label: "Last"', 'label: ""')
    told = problems_of(
        make_folder(tmp_path, small=bank, sources=SOURCES.replace("- document: book", "- document: b"))
    )

    assert [line.split(":")[0] for line in told] == [
        f"{SMALL} 11, A-1",
        f"{SMALL} 16, last",
        f"{SOURCE_FILE} 4, B-1",
        f"{SOURCE_FILE} 4, B-2",
    ]


def test_the_supplied_library_is_read_once() -> None:
    assert get_supplied() is get_supplied()
    assert load_library() is not get_supplied()


def test_a_changed_document_stands_in_place_of_its_file_and_names_itself_in_problems(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)

    changed = load_library(folder, {"small": BANK.replace("I am heard.", "I am listened to.")})

    assert changed.item("A-1").text == "I am listened to."
    with pytest.raises(BankError, match="small, line 11, A-1: source"):
        load_library(folder, {"small": BANK.replace('heard.", sources: [B-1]', 'heard.", sources: [B-9]')})
