"""What a downloaded table, a workbook or a reply in JSON says, read with the attacker's own eyes.

Every row of a table, and every object of JSON, becomes a Row: its words, and its numbers by their names.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from tests.attacks.gate.declared import numbers_in

#: a cell of words that holds numbers, in JSON
_DETAIL = "detail"
_TABLE, _TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("table", "text"))
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
#: columns whose numbers are a part of a name
_WORDS = ("Survey", "wave", "What", "about", "Question", "Category")


@dataclass
class Row:
    """Words and numbers that stand together."""

    words: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[str, float]] = field(default_factory=list)

    def put(self, name: str, value: Any) -> None:
        if isinstance(value, str) and name not in _WORDS and _number(value) is not None:
            value = _number(value)
        if isinstance(value, str):
            self.words[name] = value
            if name == _DETAIL:
                self.numbers += [(name, number) for number in numbers_in(json.loads(value))]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self.numbers.append((name, value))


def rows_of_file(kind: str, content: bytes) -> Iterator[Row]:
    """Of CSV, XLSX, ODS or JSON; nothing for any other type."""
    if kind.startswith("text/csv"):
        yield from _under_heads(list(csv.reader(io.StringIO(content.decode("utf-8-sig")))))
    elif kind.endswith("spreadsheetml.sheet"):
        for sheet in _of_xlsx(content):
            yield from _under_heads(sheet)
    elif kind.endswith("opendocument.spreadsheet"):
        for sheet in _of_ods(content):
            yield from _under_heads(sheet)
    elif kind.startswith("application/json"):
        yield from _objects(json.loads(content))


def text_of_file(kind: str, content: bytes) -> str:
    """Every word of a file, for what may stand nowhere in it."""
    return "\n".join(" ".join(row.words.values()) for row in rows_of_file(kind, content))


def _under_heads(table: Sequence[Sequence[Any]]) -> Iterator[Row]:
    heads = [str(head) for head in table[0]] if table else []
    for line in table[1:]:
        row = Row()
        for head, value in zip(heads, line, strict=False):
            row.put(head, value)
        yield row


def _of_xlsx(content: bytes) -> Iterator[list[list[Any]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        yield [["" if cell is None else cell for cell in line] for line in sheet.iter_rows(values_only=True)]
    book.close()


def _of_ods(content: bytes) -> Iterator[list[list[Any]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        root = ElementTree.fromstring(packed.read("content.xml"))
    for sheet in root.iter(f"{{{_TABLE}}}table"):
        yield [_ods_line(line) for line in sheet.iter(f"{{{_TABLE}}}table-row")]


def _ods_line(line: ElementTree.Element) -> list[Any]:
    found: list[Any] = []
    for cell in line:
        times = int(cell.get(f"{{{_TABLE}}}number-columns-repeated", "1"))
        number = cell.get(f"{_OFFICE}value")
        text = "\n".join("".join(part.itertext()) for part in cell.iter(f"{{{_TEXT}}}p"))
        found += [float(number) if number is not None else text] * min(times, 100)
    return found


def _objects(value: Any) -> Iterator[Row]:
    """An object with the numbers directly in it and in its lists of numbers; its objects by themselves."""
    if isinstance(value, Mapping):
        row = Row()
        for name, one in value.items():
            row.put(name, one)
            if isinstance(one, Mapping | list):
                flat = name == _DETAIL or (isinstance(one, list) and not any(map(_is_object, one)))
                row.numbers += [(name, number) for number in numbers_in(one)] if flat else []
        yield row
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _objects(one)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", text) else None
