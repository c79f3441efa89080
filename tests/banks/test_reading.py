from pathlib import Path

import pytest

from pulse.banks.loading import load_library
from tests.banks.folders import BANK, SCALES, make_folder, problems_of

SMALL = "question_banks/small.yaml, line"
MEND = "check indent, colons and quotes."

UNREADABLE = {
    "a key written twice": (
        BANK.replace("version: 1", "version: 1\nversion: 2"),
        f'{SMALL} 4: "version" is written twice in one entry (first on line 3); keep one.',
    ),
    "an alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        f"{SMALL} 1: & and * shortcuts are not used in banks; write the words out or quote them.",
    ),
    "a tag that would build an object": (
        "bank: !!python/object/apply:os.system [ls]\n",
        f"{SMALL} 1: tags that start with ! are not used in banks; take the tag away.",
    ),
    "brackets without end": (
        "bank: " + "[" * 50,
        f"{SMALL} 1: the entries are nested too deeply; follow the other bank files.",
    ),
    "a second document": (
        BANK + "---\nbank: other\n",
        f"{SMALL} 22: the file has a second part after ---; keep one.",
    ),
    "broken YAML": (
        "bank: small\ntitle: one: two\n",
        f"{SMALL} 2: this is not YAML (mapping values are not allowed here); {MEND}",
    ),
    "a control character": (
        "bank: small\x07\n",
        f"{SMALL} 1: this is not YAML (a character that YAML does not allow); {MEND}",
    ),
    "nothing": ("", f"{SMALL} 1: the file is empty; write the bank or delete the file."),
    "too much": (
        "# x\n" * 250_001,
        f"{SMALL} 1: the file is over 1 MB; split it or take out what is not a question.",
    ),
}


@pytest.mark.parametrize(("text", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    assert problems_of(make_folder(tmp_path, small=text)) == [told]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "small.yaml").write_bytes(BANK.replace("heard", "héard").encode("latin-1"))

    assert problems_of(folder) == [f"{SMALL} 1: the file is not UTF-8 text; save it again as UTF-8."]


def test_an_unquoted_no_stays_the_word_no(tmp_path: Path) -> None:
    scales = SCALES.replace("terms:", "  yes2:\n    kind: choice\n    options: {1: Yes, 2: No}\nterms:")

    library = load_library(make_folder(tmp_path, scales=scales))

    assert library.scale("yes2").options == ((1, "Yes"), (2, "No"))
