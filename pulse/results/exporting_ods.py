"""Sheets as an OpenDocument spreadsheet. No cell has a formula; each says that it is a number or a text."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO

from pulse.results.exporting_files import About, Page, pages_of, rewrite_zip
from pulse.results.exporting_sheets import Cell, Sheet

#: kind of a column -> (style of its cells, decimal places)
_STYLES = {"count": ("count", 0), "score": ("score", 1), "fine": ("fine", 3)}
#: a width in characters as one on paper
_CM = 0.21
#: what a paragraph would swallow if it stood there as it is (OpenDocument 1.3, part 3, section 6.1.2)
_SWALLOWED = re.compile(r"^ +|\t| {2,}| +$")


def write_ods(about: About, sheets: Sequence[Sheet], file: BinaryIO) -> None:
    """A spreadsheet of what it is about, and of these sheets."""
    from odf.dc import Date, Title  # noqa: PLC0415 - the web process starts without these
    from odf.meta import CreationDate  # noqa: PLC0415
    from odf.opendocument import OpenDocumentSpreadsheet  # noqa: PLC0415

    book, made = OpenDocumentSpreadsheet(), BytesIO()
    pages = pages_of(about, sheets)
    _add_styles(book, pages)
    for page in pages:
        book.spreadsheet.addElement(_table(page))
    book.settings.addElement(_frozen(pages))
    book.meta.addElement(Title(text="Survey results"))
    for kind in (CreationDate, Date):
        book.meta.addElement(kind(text=about.created.isoformat()))
    book.write(made)
    rewrite_zip(made, about.created, file)


def _add_styles(book: Any, pages: Sequence[Page]) -> None:
    from odf import number, style  # noqa: PLC0415

    for name, places in _STYLES.values():
        look = number.NumberStyle(name=f"n-{name}")
        look.addElement(number.Number(decimalplaces=places, minintegerdigits=1, grouping=places == 0))
        book.automaticstyles.addElement(look)
        cell = style.Style(name=name, family="table-cell", datastylename=f"n-{name}")
        book.automaticstyles.addElement(cell)
    head = style.Style(name="head", family="table-cell")
    head.addElement(style.TextProperties(fontweight="bold"))
    head.addElement(style.TableCellProperties(wrapoption="wrap"))
    book.automaticstyles.addElement(head)
    for width in sorted({width for page in pages for width in page.widths}):
        column = style.Style(name=f"w{width}", family="table-column")
        column.addElement(style.TableColumnProperties(columnwidth=f"{width * _CM:.2f}cm"))
        book.automaticstyles.addElement(column)


def _table(page: Page) -> Any:
    from odf import table  # noqa: PLC0415

    made = table.Table(name=page.name)
    for width in page.widths:
        made.addElement(table.TableColumn(stylename=f"w{width}"))
    header, first = table.TableHeaderRows(), table.TableRow()
    for column in page.grid.columns:
        first.addElement(_text(column.head, "head"))
    header.addElement(first)
    made.addElement(header)
    for row in page.grid.rows:
        line = table.TableRow()
        for cell, column in zip(row, page.grid.columns, strict=True):
            line.addElement(_cell(cell, column.kind))
        made.addElement(line)
    return made


def _cell(cell: Cell, kind: str) -> Any:
    from odf import table  # noqa: PLC0415

    if cell is None:
        return table.TableCell()
    if isinstance(cell, str):
        return _text(cell)
    style = {"stylename": _STYLES[kind][0]} if kind in _STYLES else {}
    return table.TableCell(valuetype="float", value=repr(cell), **style)


def _text(text: str, style: str = "") -> Any:
    """A paragraph a line, with spaces and tabs as elements: else they would not come back."""
    from odf import table  # noqa: PLC0415
    from odf.text import P  # noqa: PLC0415

    made = table.TableCell(valuetype="string", **({"stylename": style} if style else {}))
    for line in text.split("\n"):
        paragraph = P()
        for piece in _pieces(line):
            paragraph.addElement(piece) if not isinstance(piece, str) else paragraph.addText(piece)
        made.addElement(paragraph)
    return made


def _pieces(line: str) -> list[Any]:
    from odf.text import S, Tab  # noqa: PLC0415

    pieces: list[Any] = []
    at = 0
    for found in _SWALLOWED.finditer(line):
        pieces.append(line[at : found.start()])
        pieces.append(Tab() if found[0] == "\t" else S(c=len(found[0])))
        at = found.end()
    return [piece for piece in [*pieces, line[at:]] if piece != ""]


def _frozen(pages: Sequence[Page]) -> Any:
    """The headings of every sheet stay in sight."""
    from odf import config  # noqa: PLC0415

    tables = config.ConfigItemMapNamed(name="Tables")
    for page in pages:
        entry = config.ConfigItemMapEntry(name=page.name)
        for name, value in (("VerticalSplitMode", 2), ("VerticalSplitPosition", 1), ("PositionBottom", 1)):
            kind = "short" if name.endswith("Mode") else "int"
            entry.addElement(config.ConfigItem(name=name, type=kind, text=str(value)))
        tables.addElement(entry)
    view = config.ConfigItemMapEntry()
    view.addElement(tables)
    views = config.ConfigItemMapIndexed(name="Views")
    views.addElement(view)
    settings = config.ConfigItemSet(name="ooo:view-settings")
    settings.addElement(views)
    return settings
