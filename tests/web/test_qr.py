"""Squares as drawings: what a decoder reads in them is what was put in."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray

from pulse.web.qr import QUIET_ZONE, Square, make_square


def modules_of(square: Square) -> NDArray[np.uint8]:
    """The drawing as a picture of one dot a module: 0 is dark, 255 is white."""
    picture = np.full((square.side, square.side), 255, np.uint8)
    runs = re.findall(r"M(\d+) (\d+)\.5h(\d+)", square.path)
    assert "".join(f"M{x} {y}.5h{n}" for x, y, n in runs) == square.path
    for x, y, n in runs:
        picture[int(y), int(x) : int(x) + int(n)] = 0
    return picture


@pytest.mark.parametrize(
    "text", ["https://pulse.example.gov.uk/code", f"https://p.example/a/{'7' * 32}", "é"]
)
def test_a_decoder_reads_what_was_put_in(text: str) -> None:
    import zxingcpp

    drawn = modules_of(make_square(text)).repeat(4, axis=0).repeat(4, axis=1)
    assert [found.text for found in zxingcpp.read_barcodes(drawn)] == [text]


def test_a_square_stands_in_white_and_survives_a_crease() -> None:
    import zxingcpp

    drawn = modules_of(make_square(f"https://pulse.example.gov.uk/a/{'q' * 32}"))
    edge = drawn.copy()
    edge[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE] = 255
    assert (edge == 255).all()
    drawn[drawn.shape[0] // 2] = 255
    big = drawn.repeat(4, axis=0).repeat(4, axis=1)
    assert len(zxingcpp.read_barcodes(big)) == 1
