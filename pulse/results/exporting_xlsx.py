"""Sheets as an XLSX workbook. Text is only ever written by `write_string`, which makes no formula or link."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO

from pulse.results.exporting_files import About, Page, pages_of, rewrite_zip
from pulse.results.exporting_sheets import Sheet

#: against a text that gets written in some other way than by `write_string` after all
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS = {"text": {}, "count": {"num_format": "#,##0"}, "score": {"num_format": "0.0"}}
_FORMATS |= {"fine": {"num_format": "0.000"}}


def write_xlsx(about: About, sheets: Sequence[Sheet], file: BinaryIO) -> None:
    """A workbook of what it is about, and of these sheets."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - the web process starts without it

    made = BytesIO()
    book = Workbook(made, _OPTIONS)
    book.set_properties({"title": "Survey results", "created": about.created})
    formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for page in pages_of(about, sheets):
        _write_page(book.add_worksheet(page.name), page, formats, head)
    book.close()
    rewrite_zip(made, about.created, file)


def _write_page(sheet: Any, page: Page, formats: dict[str, Any], head: Any) -> None:
    """The headings stay in sight; numbers of a column look alike."""
    sheet.freeze_panes(1, 0)
    for place, (column, width) in enumerate(zip(page.grid.columns, page.widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.head, head)
    for line, row in enumerate(page.grid.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell)
            elif cell is not None:
                sheet.write_number(line, place, cell, formats[page.grid.columns[place].kind])
