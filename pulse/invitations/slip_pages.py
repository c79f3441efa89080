"""Slips as pages for a printer: eight on each, one a person, by unit, with the units named above.

A unit that fits on a page is on one page, after others if there is room; a larger one begins a page.

A slip folds once. Its lowest part, which says who asks, goes up over the square and the code; the name stays
outside. So whoever hands slips out reads names and no codes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flask import render_template

from pulse.invitations.letters import Occasion
from pulse.invitations.paper import Slip
from pulse.web.pdf import set_pages
from pulse.web.qr import Square, make_square

STYLE = Path(__file__).parent / "templates/invitations/slips/slips.css"
ON_A_PAGE = 8
#: set at one go: what a program that sets pages needs grows with them, and this many take some 250 MB
PAGES_A_FILE = 60


@dataclass(frozen=True)
class Part:
    """Slips of one unit on one page, and how many that unit has in all; `number` of `of` such parts."""

    unit: str
    in_unit: int
    number: int
    of: int
    slips: tuple[tuple[Slip, Square], ...]


@dataclass(frozen=True)
class Page:
    """One side of paper: units, or parts of them, one after the other."""

    parts: tuple[Part, ...]


def set_slips(slips: Sequence[Slip], occasion: Occasion, code_page: str) -> Iterator[bytes]:
    """One PDF after the other, of PAGES_A_FILE pages at most, for slips sorted by unit; raises NoPdf."""
    pages = list(list_pages(slips))
    for start in range(0, len(pages), PAGES_A_FILE):
        yield set_pages(draw_pages(pages[start : start + PAGES_A_FILE], occasion, code_page), STYLE)


def list_pages(slips: Sequence[Slip]) -> Iterator[Page]:
    """The pages in order; each square is made when its page is asked for."""
    page: list[Part] = []
    for part in _list_parts(slips):
        if sum(len(one.slips) for one in [*page, part]) > ON_A_PAGE:
            yield Page(tuple(page))
            page = []
        page.append(part)
    if page:
        yield Page(tuple(page))


def _list_parts(slips: Sequence[Slip]) -> Iterator[Part]:
    """Each unit's slips, as many at a time as a page holds."""
    for unit, of_unit in groupby(slips, key=lambda slip: slip.unit):
        held = list(of_unit)
        count = -(-len(held) // ON_A_PAGE)
        for number in range(count):
            shown = held[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
            squares = tuple((slip, make_square(slip.link)) for slip in shown)
            yield Part(unit, len(held), number + 1, count, squares)


def draw_pages(pages: Sequence[Page], occasion: Occasion, code_page: str) -> str:
    """The pages before they are set. Addresses to be typed stand without their "https://"."""
    return render_template(
        "invitations/slips/slips.html",
        pages=pages,
        occasion=occasion,
        code_page=typed(code_page),
        results=typed(occasion.results_link),
    )


def typed(address: str) -> str:
    """An address as one types it: browsers add the https:// themselves."""
    return address.removeprefix("https://").removeprefix("http://")
