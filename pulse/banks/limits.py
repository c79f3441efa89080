"""What a file that is brought in may be at most, and how it is refused: unopened, in one sentence."""

import zipfile
from io import BytesIO

from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: of the file as it is sent
MAX_BYTES = 10_000_000
#: of all parts of a workbook when they are unpacked; 50 MB would take openpyxl over a minute to read
MAX_UNPACKED = 15_000_000
#: plain XML packs to a tenth or a thirtieth; a bomb to a thousandth
MAX_RATIO = 200
MAX_PARTS = 500
MAX_ROWS = 5_000
MAX_COLUMNS = 60
#: banks, headings, pairs or measures of one file
MAX_GROUPS = 300
#: of one cell or one text; no question, note or introduction comes near it
MAX_CELL = 5_000
NOT_A_WORKBOOK = N_(
    "The file is not a workbook that can be opened: save it again in the spreadsheet as XLSX or as “CSV "
    "UTF-8” and bring that in."
)
_NOT_TEXT = N_(
    "The file is not text in UTF-8: save it again in the spreadsheet as XLSX or as “CSV UTF-8” and bring "
    "that in."
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class ImportRefused(Exception):
    """A file that cannot be brought in; the message is one sentence that says what to do."""


def check_size(content: bytes) -> None:
    """Raises ImportRefused for a file with nothing in it, or with too much."""
    if not content.strip():
        raise ImportRefused(_("The file is empty: choose the file that holds the questions."))
    if len(content) > MAX_BYTES:
        raise ImportRefused(
            _(
                "The file is over %(most)s MB: bring in the questions in several files.",
                most=MAX_BYTES // 1_000_000,
            )
        )


def check_cell(text: str, where: str) -> str:
    """The text, if it is short enough to be looked at any closer."""
    if len(text) > MAX_CELL:
        raise ImportRefused(
            _(
                "%(where)s holds a text of %(many)s characters and may hold %(most)s: shorten it.",
                where=where,
                many=f"{len(text):,}",
                most=f"{MAX_CELL:,}",
            )
        )
    return text


def check_zip(content: bytes) -> None:
    """Raises ImportRefused for an archive that would unpack to more than it may, by what it says of itself.

    An archive cannot unpack to more than it says: zipfile stops reading a part at its stated size.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise ImportRefused(_(NOT_A_WORKBOOK)) from None
    unpacked, packed = sum(part.file_size for part in parts), len(content)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise ImportRefused(
            _(
                "The workbook unpacks to far more than a bank of questions: copy the questions into a new "
                "workbook."
            )
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise ImportRefused(_("The workbook is locked with a password: save it without one."))


def decode(content: bytes) -> tuple[str, bool]:
    """(text, whether it was UTF-8). Anything else is read as Windows-1252, which spreadsheets still write."""
    if content.startswith(_UTF16) or b"\0" in content:
        raise ImportRefused(_(_NOT_TEXT))
    try:
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), False
    except UnicodeDecodeError:
        raise ImportRefused(_(_NOT_TEXT)) from None
