"""How each number is worked out, read from the docstrings of the measurement modules: one text for both.

The modules are parsed, never imported: that works where docstrings are stripped at run time, and loads no
analysis package. Every docstring has this form, its labels in this order:

    Title: what it is, in plain words.

    One or more paragraphs.

    Formula: may run over several lines
    Range: ...
    Least: ...
    Cannot say: ...
    Source: ...
"""

import ast
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pulse.domain.measurement"
LABELS = ("Formula", "Range", "Least", "Cannot say", "Source")
#: heading -> the modules below it, in the order of the page
CHAPTERS: dict[str, tuple[str, ...]] = {
    "What the scores are": (
        "items",
        "scales",
        "permission",
        "assets",
        "letting_go",
        "griffin",
        "agreement",
        "stages",
    ),
    "Who answered": ("response", "poststrat"),
    "Ranges, change and trends": ("intervals", "change", "trend", "adjusted"),
    "Comparing groups": ("gaps", "funnel", "shrinkage", "aggregation"),
    "How good the questions are": ("reliability", "validity", "drivers"),
}
#: modules that the others stand on: no number of theirs is ever shown
PLUMBING = frozenset({"moments", "comoments", "distributions"})
_LABEL = re.compile(rf"({'|'.join(LABELS)}):\s*(.*)")
#: what a programmer reads of an error and a reader of the page need not
_ERROR_ASIDE = re.compile(r"\s*\(ValueError[^)]*\)")
_logger = logging.getLogger(__name__)


class Malformed(ValueError):
    """A module's docstring is not in the form above; says which and where."""


@dataclass(frozen=True)
class Subject:
    """One section of the page; `name` is the module's, and the section's anchor."""

    name: str
    title: str
    opening: str
    paragraphs: tuple[str, ...]
    formula: tuple[str, ...]
    range: str
    least: str
    cannot_say: str
    source: str


@dataclass(frozen=True)
class Chapter:
    """Subjects that belong together."""

    title: str
    subjects: tuple[Subject, ...]


@cache
def list_chapters() -> tuple[Chapter, ...]:
    """The whole page, read once a process; a module that cannot be read is left out and logged."""
    found = (Chapter(title, tuple(_readable(names))) for title, names in CHAPTERS.items())
    return tuple(chapter for chapter in found if chapter.subjects)


def _readable(names: Sequence[str]) -> list[Subject]:
    subjects: list[Subject] = []
    for name in names:
        try:
            subjects.append(read_subject(name))
        except (OSError, SyntaxError, ValueError) as problem:  # a reader sees the other subjects all the same
            _logger.error("The method page leaves out %s: %s", name, problem)
    return subjects


def read_subject(name: str) -> Subject:
    """The section of one module; raises OSError when there is none, Malformed when its form is wrong."""
    return parse_subject(name, (package_folder() / f"{name}.py").read_text(encoding="utf-8"))


def package_folder() -> Path:
    """Where the measurement modules lie; finding a package runs none of them but its empty parents."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"There is no package {PACKAGE}.")
    return Path(next(iter(spec.submodule_search_locations)))


def parse_subject(name: str, source: str) -> Subject:
    """The section that a module's source describes; raises Malformed."""
    doc = _ERROR_ASIDE.sub("", (ast.get_docstring(ast.parse(source)) or "").replace("`", ""))
    prose, labelled = _split(name, doc.replace("ValueError", "Refused"))
    title, colon, opening = prose[0].partition(": ")
    if not colon or not opening:
        raise Malformed(f"{name}: the first line is not 'Title: plain words'.")
    if not prose[1:]:
        raise Malformed(f"{name}: there is no paragraph before Formula.")
    rest = {label: _sentence(_joined(labelled[label])) for label in LABELS[1:]}
    return Subject(
        name=name,
        title=title,
        opening=_sentence(opening),
        paragraphs=tuple(prose[1:]),
        formula=tuple(labelled["Formula"]),
        range=rest["Range"],
        least=rest["Least"],
        cannot_say=rest["Cannot say"],
        source=rest["Source"],
    )


def _split(name: str, doc: str) -> tuple[list[str], dict[str, list[str]]]:
    """The paragraphs before the first label, and the lines of each label."""
    prose: list[list[str]] = [[]]
    labelled: dict[str, list[str]] = {}
    for line in doc.splitlines():
        start = _LABEL.match(line)
        if start:
            _check_order(name, start[1], len(labelled))
            labelled[start[1]] = [start[2].strip()] if start[2].strip() else []
        elif labelled:
            _continue(name, line, labelled)
        elif line.strip():
            prose[-1].append(line)
        else:
            prose.append([])
    missing = [label for label in LABELS if not labelled.get(label)]
    if missing:
        raise Malformed(f"{name}: nothing is said under {', '.join(missing)}.")
    return [_joined(lines) for lines in prose if lines], labelled


def _check_order(name: str, label: str, already: int) -> None:
    if already >= len(LABELS) or label != LABELS[already]:
        raise Malformed(f"{name}: {label} is written twice or out of order.")


def _continue(name: str, line: str, labelled: dict[str, list[str]]) -> None:
    """A further line of the latest label, indented by four spaces."""
    if not line.strip():
        return
    if not line.startswith("    "):
        raise Malformed(f"{name}: {line.strip()!r} stands after a label and is not indented.")
    labelled[next(reversed(labelled))].append(line.strip())


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _sentence(text: str) -> str:
    """With a capital, unless it starts with a symbol such as r_wg."""
    first = text.split()[0]
    return text[0].upper() + text[1:] if first.rstrip(",;:.").isalpha() and len(first) > 1 else text
