"""A small, sound folder of banks that a test spoils in one place."""

from pathlib import Path

import pytest

from pulse.banks.loading import BankError, load_library

SCALES = """\
scales:
  agree5:
    kind: bipolar
    options: {1: "Strongly disagree", 2: "Disagree", 3: "Neither", 4: "Agree", 5: "Strongly agree"}
    set_apart: {na: "Does not apply to me", pns: "Prefer not to say"}
  open:
    kind: text
    max_chars: 1000
terms:
  approach: "working together"
"""
SOURCES = """\
documents:
  book: {title: "A book"}
sources:
  - document: book
    heading: "One"
    points:
      B-1: "Says that people matter."
      B-2: "Asks what they care for."
"""
ROTATION = """\
every_wave: [A-1]
programmes:
  - id: quarterly
    label: "Quarterly"
    weeks_between_waves: 13
    with_every_wave: yes
    waves:
      - closed: [A-2]
        open: [A-5]
"""
BANK = """\
bank: small
title: "Small"
version: 1
scale: agree5
pairs:
  - {id: P-1, label: "A pair"}
sections:
  - id: first
    label: "First"
    questions:
      - {id: A-1, text: "I am heard.", sources: [B-1]}
      - {id: A-2, text: "We like {approach}.", sources: [B-2]}
      - {id: A-3, text: "I am expected to ask.", sources: [B-1], pair: P-1, side: expected}
      - {id: A-4, text: "I am asked.", sources: [B-1], pair: P-1, side: experienced}
  - id: last
    label: "Last"
    scale: open
    questions:
      - {id: A-5, text: "What matters to you?", sources: [B-2]}
measures:
  - {id: ALL, label: "All", direction: higher_is_better, method: mean, sections: [first], need: 2}
"""


def problems_of(folder: Path) -> list[str]:
    """What loading a spoilt folder tells, line by line."""
    with pytest.raises(BankError) as caught:
        load_library(folder)
    return [str(problem) for problem in caught.value.problems]


def make_folder(where: Path, old: str = "", new: str = "", **files: str) -> Path:
    """A folder called question_banks, with `old` replaced by `new` in whichever file holds it.

    `files` replace whole files by stem. The replacement must hit exactly one place, so that no test can pass
    by spoiling nothing.
    """
    folder = where / "question_banks"
    folder.mkdir()
    texts = {"small": BANK, "scales": SCALES, "sources": SOURCES, "rotation": ROTATION} | files
    if old:
        assert sum(text.count(old) for text in texts.values()) == 1, f"{old!r} must stand in one place"
    for stem, text in texts.items():
        (folder / f"{stem}.yaml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder
