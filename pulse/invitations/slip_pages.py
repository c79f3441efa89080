"""Slips as pages for a printer: eight on each, or four in two languages, one a person, by unit, with the
units named above.

A unit that fits on a page is on one page, after others if there is room; a larger one begins a page.

A slip folds once. Its lowest part, which says who asks, goes up over the square and the code; the name stays
outside. So whoever hands slips out reads names and no codes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from pulse.invitations.letters import Occasion
from pulse.invitations.paper import Slip
from pulse.languages.choosing import speaking
from pulse.languages.saying import gettext as _
from pulse.web.pdf import set_pages
from pulse.web.qr import Square, make_square

STYLE = Path(__file__).parent / "templates/invitations/slips/slips.css"
ON_A_PAGE = 8
#: in two languages, which take twice the room
ON_A_PAGE_IN_TWO = 4
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
    pages = list(list_pages(slips, ON_A_PAGE_IN_TWO if occasion.also else ON_A_PAGE))
    for start in range(0, len(pages), PAGES_A_FILE):
        yield set_pages(draw_pages(pages[start : start + PAGES_A_FILE], occasion, code_page), STYLE)


def list_pages(slips: Sequence[Slip], on_a_page: int = ON_A_PAGE) -> Iterator[Page]:
    """The pages in order; each square is made when its page is asked for."""
    page: list[Part] = []
    for part in _list_parts(slips, on_a_page):
        if sum(len(one.slips) for one in [*page, part]) > on_a_page:
            yield Page(tuple(page))
            page = []
        page.append(part)
    if page:
        yield Page(tuple(page))


def _list_parts(slips: Sequence[Slip], on_a_page: int) -> Iterator[Part]:
    """Each unit's slips, as many at a time as a page holds."""
    for unit, of_unit in groupby(slips, key=lambda slip: slip.unit):
        held = list(of_unit)
        count = -(-len(held) // on_a_page)
        for number in range(count):
            shown = held[number * on_a_page : (number + 1) * on_a_page]
            squares = tuple((slip, make_square(slip.link)) for slip in shown)
            yield Part(unit, len(held), number + 1, count, squares)


def draw_pages(pages: Sequence[Page], occasion: Occasion, code_page: str) -> str:
    """The pages before they are set. Addresses to be typed stand without their "https://"."""
    results = typed(occasion.results_link)
    return render_template(
        "invitations/slips/slips.html",
        pages=pages,
        occasion=occasion,
        code_page=typed(code_page),
        said=[_said(one, results) for one in (*occasion.also, occasion)],
    )


def _said(occasion: Occasion, results: str) -> dict[str, str | Markup]:
    """What a slip says around the code, in one language of its wave."""
    with speaking(occasion.language):
        flap = render_template("invitations/slips/_flap.html", occasion=occasion, results=results)
        return {
            "language": occasion.language,
            "how": _(
                "Point a phone\N{RIGHT SINGLE QUOTATION MARK}s camera at the square, or type this code at"
            ),
            "alone": _("Yours alone, and good for one answer."),
            "flap": Markup(flap),  # noqa: S704 - a template of ours, which has escaped what it was given
        }


def typed(address: str) -> str:
    """An address as one types it: browsers add the https:// themselves."""
    return address.removeprefix("https://").removeprefix("http://")
