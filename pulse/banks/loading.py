"""Loads a folder of question banks, whole or not at all; every mistake is told with its file and line."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pulse.banks.parsing import parse_bank, parse_scales, parse_sources
from pulse.banks.reading import Node, UnreadableError, read_text, read_tree
from pulse.banks.rotations import parse_anchors, parse_rotations
from pulse.banks.telling import said
from pulse.domain.instrument import (
    Library,
    Place,
    Problem,
    check_library,
    freeze_item,
    freeze_items,
    freeze_measures,
)
from pulse.languages.saying import gettext as _

__all__ = [
    "BankError",
    "DEFAULT_FOLDER",
    "freeze_item",
    "freeze_items",
    "freeze_measures",
    "get_supplied",
    "load_library",
]

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "question_banks"
#: files that every folder has besides its banks
SHARED = ("scales", "sources", "rotation")
#: names that no bank may have: of those files, and of pages beside those of the banks
TAKEN = (*SHARED, "answers", "import", "items", "wording", "words")


class BankError(Exception):
    """The question banks cannot be used; `problems` has one sentence for each thing to mend.

    `library` is what they would make, where they could be read.
    """

    def __init__(self, problems: list[Problem], library: Library | None = None) -> None:
        self.problems, self.library = tuple(problems), library
        super().__init__("\n".join(str(problem) for problem in problems))


def load_library(folder: Path | None = None, changed: Mapping[str, str] | None = None) -> Library:
    """Every bank in a folder, checked; the product's own banks by default. Raises BankError.

    changed: document -> YAML that stands in place of its file, or beside the files. Problems in it name the
    document, not a file.
    """
    problems: list[Problem] = []
    library = _assemble(_trees(folder, changed or {}), problems)
    # References are looked at only when every file has the right shape: one typing slip in sources.yaml
    # would otherwise come back as a hundred questions without a source.
    # A slip in a bank's own keys is met again by each of its questions, and told once.
    told = {str(problem): problem for problem in sorted(problems, key=lambda problem: problem.order)}
    problems = list(told.values()) or check_library(library)
    if problems:
        raise BankError([said(problem) for problem in problems], library)
    return library


def read_library(changed: Mapping[str, str]) -> Library:
    """As the documents say, unchecked: an earlier version may name what has gone since. Raises BankError."""
    return _assemble(_trees(None, changed), [])


def _trees(folder: Path | None, changed: Mapping[str, str]) -> dict[str, Node]:
    trees = _supplied_trees() if folder is None else _read_folder(folder)
    return trees | {document: _read_changed(document, text) for document, text in changed.items()}


@lru_cache(maxsize=1)
def get_supplied() -> Library:
    """The product's own banks as their files have them, read once in the life of a process."""
    return load_library()


@lru_cache(maxsize=1)
def _supplied_trees() -> dict[str, Node]:
    """Most of what loading costs; nobody changes these files while the program runs."""
    return _read_folder(DEFAULT_FOLDER)


def _read_changed(document: str, text: str) -> Node:
    try:
        return read_text(text, document)
    except UnreadableError as error:
        raise BankError([error.problem]) from None


def _read_folder(folder: Path) -> dict[str, Node]:
    """File stem -> tree, of every .yaml file; raises BankError when a file is missing or unreadable."""
    name = folder.resolve().name
    if not folder.is_dir():
        raise BankError(
            [Problem(None, name, _("this folder of question banks is not there; name one that is."))]
        )
    trees: dict[str, Node] = {}
    problems = [_misnamed(name, path) for path in sorted(folder.glob("*.yml"))]
    for path in sorted(folder.glob("*.yaml")):
        try:
            trees[path.stem] = read_tree(path, f"{name}/{path.name}")
        except UnreadableError as error:
            problems.append(error.problem)
    found = {path.stem for path in folder.glob("*.yaml")}
    problems += [_missing(name, stem) for stem in SHARED if stem not in found]
    if not found - set(SHARED):
        problems.append(
            Problem(None, name, _("this folder has no question bank; add one .yaml file a bank."))
        )
    if problems:
        raise BankError(problems)
    return trees


def _misnamed(folder: str, path: Path) -> Problem:
    return Problem(Place(f"{folder}/{path.name}", 1), "", _("bank files end in .yaml; rename the file."))


def _missing(folder: str, stem: str) -> Problem:
    return Problem(
        None, f"{folder}/{stem}.yaml", _("the file is missing; copy it from the product's own banks.")
    )


def _assemble(trees: dict[str, Node], problems: list[Problem]) -> Library:
    anchors = parse_anchors(trees["rotation"])
    scales, terms, swaps = parse_scales(trees["scales"], problems)
    documents, sources = parse_sources(trees["sources"], problems)
    banks = [parse_bank(tree, stem, anchors, problems) for stem, tree in trees.items() if stem not in SHARED]
    pairs = {item.id: item.pair for bank in banks for item in bank.items if item.pair}
    rotations = parse_rotations(trees["rotation"], pairs, problems)
    return Library(
        banks=tuple(banks),
        scales=scales,
        documents=documents,
        sources=sources,
        rotations=rotations,
        anchors=anchors,
        terms=terms,
        swaps=swaps,
        places={
            "every_wave": trees["rotation"].place.at("every_wave"),
            "terms": trees["scales"].place.at("terms"),
            "swaps": trees["scales"].place.at("swaps"),
        },
    )
