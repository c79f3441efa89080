"""How each number is worked out, read from the docstrings of the measurement modules: one text for both.

The modules are parsed, never imported: that works where docstrings are stripped at run time, and loads no
analysis package. Every docstring has this form, its labels in this order:

    Title: what it is, in plain words.

    One or more paragraphs.

    Formula: may run over several lines, a line
            that is indented further being the rest of the one before
    Range: ...
    Least: ...
    Cannot say: ...
    Source: Authors (year). Computed by scipy.stats.x for y. Written here: y, because no kept library has it.

Docstrings use the field's words (wave, unit, item); the page uses those of the rest of the product.
"""

import ast
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pulse.domain.words import N_

PACKAGE = "pulse.domain.measurement"
LABELS = ("Formula", "Range", "Least", "Cannot say", "Source")
#: heading -> the modules below it, in the order of the page
CHAPTERS: dict[str, tuple[str, ...]] = {
    N_("What the scores are"): (
        "items",
        "scales",
        "sampled",
        "permission",
        "assets",
        "letting_go",
        "griffin",
        "agreement",
        "stages",
    ),
    N_("Who answered"): ("response", "poststrat"),
    N_("Ranges, change and trends"): ("intervals", "change", "equivalence", "trend", "adjusted"),
    N_("Comparing groups"): ("gaps", "funnel", "shrinkage", "aggregation"),
    N_("How good the questions are"): ("reliability", "diagnostics", "validity", "drivers"),
}
#: modules that the others stand on: no number of theirs is ever shown
PLUMBING = frozenset({"moments", "comoments", "distributions"})
_LABEL = re.compile(rf"({'|'.join(LABELS)}):\s*(.*)")
#: what a programmer reads of an error and a reader of the page need not
_ERROR_ASIDE = re.compile(r"\s*\(ValueError[^)]*\)")
_ERROR = re.compile(r"(;\s+)?ValueError")
#: the field's word -> the product's; every one of these takes "a"
_PLAIN_WORDS = {
    "people-set": "group of people",
    "people-sets": "groups of people",
    "wave": "survey",
    "waves": "surveys",
    "unit": "team",
    "units": "teams",
    "item": "question",
    "items": "questions",
}
_FIELD_WORD = re.compile(rf"\b(?:(an?) )?({'|'.join(_PLAIN_WORDS)})\b", re.IGNORECASE)
_COMPUTED = re.compile(r"\bComputed by (?=\w)")
_LIBRARY = re.compile(r"\b(scipy|statsmodels)\.(\w+(?:\.\w+)*)")
#: one sentence: what is written here, and why no library does it, which is a programmer's concern
_WRITTEN = re.compile(r"\bWritten here: (?:no kept library|(.+?)(?=, because |\.(?:\s|$))).*?\.(?=\s|$)")
_OWN_CODE = "Worked out by Pulse's own code, checked against known answers"
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
    prose, labelled = _split(name, _without_errors(ast.get_docstring(ast.parse(source)) or ""))
    title, colon, opening = _plain(prose[0]).partition(": ")
    if not colon or not opening:
        raise Malformed(f"{name}: the first line is not 'Title: plain words'.")
    if not prose[1:]:
        raise Malformed(f"{name}: there is no paragraph before Formula.")
    rest = {label: _sentence(_plain(_joined(labelled[label]))) for label in LABELS[1:-1]}
    return Subject(
        name=name,
        title=title,
        opening=_sentence(opening),
        paragraphs=tuple(map(_plain, prose[1:])),
        formula=tuple(map(_plain, labelled["Formula"])),
        range=rest["Range"],
        least=rest["Least"],
        cannot_say=rest["Cannot say"],
        source=_sentence(_origin(_joined(labelled["Source"]))),
    )


def _without_errors(doc: str) -> str:
    """What raises an error in the code is, to a reader, not shown."""
    doc = _ERROR_ASIDE.sub("", doc.replace("`", ""))
    return _ERROR.sub(lambda found: f"{found[1]}nothing is shown" if found[1] else "Nothing is shown", doc)


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
    """A further line of the latest label, indented by four spaces; by more, the rest of the line before."""
    if not line.strip():
        return
    if not line.startswith("    "):
        raise Malformed(f"{name}: {line.strip()!r} stands after a label and is not indented.")
    lines = labelled[next(reversed(labelled))]
    if line.startswith("     ") and lines:
        lines[-1] += f" {line.strip()}"
    else:
        lines.append(line.strip())


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _plain(text: str) -> str:
    """In the product's words: "an item of each wave" becomes "a question of each survey"."""
    return _FIELD_WORD.sub(_plain_word, text)


def _plain_word(found: re.Match[str]) -> str:
    article, word = found[1], found[2]
    plain = _PLAIN_WORDS[word.lower()]
    plain = plain.capitalize() if word[0].isupper() else plain
    return f"{article[0]} {plain}" if article else plain


def _origin(text: str) -> str:
    """Says in a reader's words who computes it: a library, by name, or this product itself."""
    text = _COMPUTED.sub("Worked out with ", text)
    text = _WRITTEN.sub(lambda found: _OWN_CODE + (f": {found[1]}." if found[1] else "."), text)
    return _LIBRARY.sub(r"\1 (\2)", text)


def _sentence(text: str) -> str:
    """With a capital, unless it starts with a symbol such as r_wg or n."""
    first = text.split()[0]
    is_word = first == "a" or (first.rstrip(",;:.").isalpha() and len(first) > 1)
    return text[0].upper() + text[1:] if is_word else text
