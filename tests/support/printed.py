"""What a phone's camera and a reader see of a printed page."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

#: of a point on paper, in dots: some 110 an inch, less than any printer prints
_SCALE = 1.5


def squares_on(content: bytes, page: int = 0) -> list[str]:
    """The texts of the QR codes on a page, by a decoder that knows nothing of how they were drawn."""
    import pypdfium2
    import zxingcpp

    with pypdfium2.PdfDocument(content) as document:
        picture = document[page].render(scale=_SCALE).to_numpy()
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


def words_on(content: bytes, page: int = 0) -> str:
    """The text of a page on one line."""
    return " ".join(PdfReader(BytesIO(content)).pages[page].extract_text().split())


def is_tagged(content: bytes) -> bool:
    """Whether it says that it is accessible (PDF/UA), in which language, and has a structure and a title."""
    read = PdfReader(BytesIO(content))
    root: Any = read.trailer["/Root"]
    about = read.metadata
    marked = root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"] and root["/Lang"] == "en-GB"
    return bool(marked and about and about.title and b"pdfuaid" in root["/Metadata"].get_data())
