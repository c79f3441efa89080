"""QR codes (ISO/IEC 18004) as a drawing that a page can hold: no picture to fetch, sharp in any size."""

from dataclasses import dataclass

import segno

#: modules of white that every reader may expect on each side
QUIET_ZONE = 4


@dataclass(frozen=True)
class Square:
    """The dark parts of a code as lines one module thick; `side` is that of the box with its quiet zone.

    Lines and not outlines: they are half as long to write, and a printer's program as long to read.
    """

    path: str
    side: int


def make_square(text: str) -> Square:
    """A code of this text at error correction M: it can be read with 15% of it creased or dirty."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = [
        f"M{left + QUIET_ZONE} {top + QUIET_ZONE}.5h{length}"
        for top, row in enumerate(matrix)
        for left, length in _dark_runs(row)
    ]
    return Square("".join(runs), len(matrix) + 2 * QUIET_ZONE)


def _dark_runs(row: bytearray | tuple[int, ...]) -> list[tuple[int, int]]:
    """(where it starts, how long it is) of each run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    start = None
    for at, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            found.append((start, at - start))
            start = None
    return found
