"""Does a file, or a reply in JSON, say anything that its reader may not know, or that was never released?

Row by row: a number belongs to the team that its row names, or to the group of the address, or else to one of
the groups that the reader may open. It must be one that the release declares there.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.attacks.gate.declared import Declared, Place, written
from tests.attacks.gate.files import Row, rows_of_file, text_of_file

_UNIT = re.compile(r"\bUnit [A-Z]+\d*\b")
_GROUP = re.compile(r"^/api/v1/wave/(\d+)/groups/(\d+)/|^/results/(\d+)/(\d+)/")
#: a dot of a funnel has no name
_UNNAMED = "another team"
PDF = "application/pdf"
#: says which numbers there may be, and holds none
_DESCRIPTION = "/api/v1/openapi.json"


@dataclass(frozen=True)
class Reader:
    """Which groups somebody may open, and which units they may be told of."""

    places: frozenset[Place] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass
class Judge:
    """What is declared, and every category of a declared family in words."""

    declared: Declared
    categories: set[str] = field(default_factory=set)
    k: int = 10

    def breaches(self, reader: Reader, path: str, kind: str, content: bytes) -> Iterator[str]:
        """What is wrong in a file or a reply in JSON that came from this path."""
        if kind == PDF:
            yield from self.strangers(reader, pdf_text(content))
            return
        yield from self.strangers(reader, text_of_file(kind, content))
        for row in rows_of_file(kind, content):
            if row.numbers and path != _DESCRIPTION:
                yield from self._in_row(reader, _place_of(path), row)

    def strangers(self, reader: Reader, text: str) -> Iterator[str]:
        """Units of which this reader may not be told."""
        for name in sorted(set(_UNIT.findall(text)) - reader.units):
            yield f"a group out of reach, {name}"

    def _in_row(self, reader: Reader, asked: Place | None, row: Row) -> Iterator[str]:
        survey, team = (
            row.words.get(a) or row.words.get(b) for a, b in (("Survey", "wave"), ("Team", "group"))
        )
        named = self.declared.places.get((survey or "", team or ""))
        if survey and team and team != _UNNAMED and named is None:
            yield f"numbers of a team that was not released, {team}"
        place = named or (None if team == _UNNAMED else asked)
        if place is not None and place not in reader.places:
            yield "a group out of reach"
        allowed = self.declared.within([place] if place else reader.places)
        for name, number in row.numbers:
            if written(number) not in allowed:
                yield f"an undeclared number, {name}"
            if name in ("People", "cells") and 0 < number < self.k:
                yield f"fewer than {self.k} people on a map"
        yield from self._in_cell(place, row)

    def _in_cell(self, place: Place | None, row: Row) -> Iterator[str]:
        """Numbers that stand with a category: was a cell of it released here?"""
        cells = self.declared.cells.get(place, set()) if place else set()
        family, measure = row.words.get("family"), row.words.get("measure")
        for category in self.categories.intersection(row.words.values()):
            found = {cell for cell in cells if cell[1] == category}
            if family and measure:
                found &= {(family, category, measure)}
            if not found:
                yield f"a hidden cell, {category}"


def _place_of(path: str) -> Place | None:
    found = _GROUP.match(path)
    if found is None:
        return None
    wave, number = (int(one) for one in found.groups() if one is not None)
    return wave, number


def pdf_text(content: bytes) -> str:
    """Every word of a PDF, lines joined: a name may be broken between two."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
