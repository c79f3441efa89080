"""Files opened again by programs other than those that wrote them, as rows of cells by sheet name."""

import io
import math
import zipfile
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd

Rows = list[list[Any]]
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def opened_csv(content: bytes) -> Rows:
    """By pandas; a number that stands there as one is a number, an empty cell None."""
    frame = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", keep_default_na=False, dtype=str)
    return [list(frame.columns), *([_parsed(cell) for cell in row] for row in frame.to_numpy().tolist())]


def _parsed(cell: str) -> Any:
    try:
        number = float(cell)
    except ValueError:
        return cell or None
    return number if math.isfinite(number) else cell


def opened_xlsx(content: bytes) -> dict[str, Rows]:
    """By openpyxl; fails on a cell that is neither a number nor a text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"n", "s"}, f"{sheet.title} holds {kinds}"
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
        found[sheet.title] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    book.close()
    return found


def opened_ods(content: bytes) -> dict[str, Rows]:
    """By the standard library; fails on a formula, a link, or a value of another kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = ElementTree.fromstring(file.read("content.xml"))
    assert not list(root.iter(f"{_TEXT}a"))
    found: dict[str, Rows] = {}
    for table in root.iter(f"{_TABLE}table"):
        rows = [[_cell(cell) for cell in row] for row in table.iter(f"{_TABLE}table-row")]
        found[table.attrib[f"{_TABLE}name"]] = rows
    return found


def _cell(cell: ElementTree.Element) -> Any:
    assert f"{_TABLE}formula" not in cell.attrib
    kind = cell.attrib.get(f"{_OFFICE}value-type")
    assert kind in (None, "float", "string")
    if kind == "float":
        return float(cell.attrib[f"{_OFFICE}value"])
    paragraphs = cell.findall(f"{_TEXT}p")
    return "\n".join(map(_said, paragraphs)) if kind == "string" else None


def _said(paragraph: ElementTree.Element) -> str:
    """As OpenDocument reads it: white space is one blank, none at the ends, unless an element says so."""
    parts = [_collapsed(paragraph.text)]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.attrib.get(f"{_TEXT}c", 1)))
        else:
            assert child.tag == f"{_TEXT}tab", child.tag
            parts.append("\t")
        parts.append(_collapsed(child.tail))
    parts[0], parts[-1] = parts[0].lstrip(" "), parts[-1].rstrip(" ")
    return "".join(parts)


def _collapsed(text: str | None) -> str:
    for blank in "\t\r\n":
        text = (text or "").replace(blank, " ")
    while "  " in (text or ""):
        text = (text or "").replace("  ", " ")
    return text or ""
