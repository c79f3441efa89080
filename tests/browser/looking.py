"""What every page must be, whoever looks: without axe findings, and never wider than the screen."""

import re
from typing import TYPE_CHECKING

from tests.support.browser import DESK, PHONE, axe

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Colour = tuple[float, float, float]

_WIDER = """width => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .filter(one => !one.closest('.table-box, .js-plotly-plot'))
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


def look(page: "Page") -> None:
    """Nothing for axe to find and no scrolling sideways, at 390 px and at 1280 px."""
    own = page.viewport_size
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        where = f"{page.url} at {width} px"
        found = axe(page)
        assert found == [], f"{where}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{where} scrolls sideways: {page.evaluate(_WIDER, width)}"
        )
    if own:
        page.set_viewport_size(own)


def draw_all(page: "Page") -> int:
    """Scroll every chart into sight until each is drawn; how many there are."""
    charts = page.locator("figure[data-chart]")
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        chart.locator(".chart__box--drawn .main-svg").first.wait_for()
    return charts.count()


def title(page: "Page") -> str:
    """The first heading."""
    return page.locator("h1").inner_text()


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colour_of(element: "Locator", name: str, pseudo: str = "") -> Colour:
    """A computed colour of an element, or of what stands before it."""
    found = element.evaluate("(one, [name, pseudo]) => getComputedStyle(one, pseudo)[name]", [name, pseudo])
    red, green, blue = re.findall(r"[\d.]+", found)[:3]
    return float(red), float(green), float(blue)
