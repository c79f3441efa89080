"""`make shots`: a picture of every page at 390 and 1280 px, below shots/. `--readme` takes the README's two.

Taken from a copy of the demo, by Debian's Chromium. A page that answers with a server error stops the run.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.browser import CHROMIUM_ARGUMENTS, DESK, PHONE
from tools.programs import find_chromium
from tools.shots_demo import Demo, serving_copy
from tools.shots_pages import SHOTS, Shot, fill_in, first_path

SHOTS_FOLDER, README_FOLDER = Path("shots"), Path("docs/images")
SIZES = (PHONE, DESK)
README_HEIGHT = 1400
MOST_README_BYTES = 300_000
_TIMEOUT_MS = 30_000
_CHART = "figure[data-chart]"


class Studio:
    """One browser on one demo. Visitors who signed in are kept, so that each role signs in once a size."""

    def __init__(self, browser: Browser, demo: Demo) -> None:
        self._browser = browser
        self._demo = demo
        self._signed_in: dict[tuple[str, int, bool], BrowserContext] = {}

    @contextmanager
    def visit(self, shot: Shot, size: tuple[int, int], dark: bool, places: dict[str, str]) -> Iterator[Page]:
        """The page of a shot, ready to be looked at."""
        context = self._context(shot, size, dark)
        page = context.new_page()
        response = page.goto(fill_in(shot.path, places))
        if response is None or response.status >= 500:
            raise RuntimeError(f"{shot.name}: the page could not be opened")
        if shot.steps:
            shot.steps(page)
            page.wait_for_load_state("networkidle")  # a step may have sent a form: its answer is the picture
        if shot.javascript:
            draw_charts(page)
        yield page
        page.close()
        if not shot.role:
            context.close()

    def _context(self, shot: Shot, size: tuple[int, int], dark: bool) -> BrowserContext:
        if not shot.role:
            return self._new(size, dark, shot.javascript)
        key = (shot.role, size[0], dark)
        if key not in self._signed_in:
            self._signed_in[key] = self._new(size, dark, javascript=True)
            self._sign_in(self._signed_in[key], shot.role)
        return self._signed_in[key]

    def _new(self, size: tuple[int, int], dark: bool, javascript: bool) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self._demo.url,
            viewport={"width": size[0], "height": size[1]},
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(_TIMEOUT_MS)
        return context

    def _sign_in(self, context: BrowserContext, role: str) -> None:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(self._demo.emails[role])
        page.get_by_label("Password", exact=True).fill(self._demo.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: not url.endswith("/sign-in"))
        page.close()

    def find_places(self) -> dict[str, str]:
        """Addresses that differ from demo to demo: read from its pages, as a visitor would."""
        places: dict[str, str] = {}
        with self.visit(Shot("", "/results", role="hr_analyst"), DESK, False, {}) as page:
            places["results"] = page.url.removeprefix(self._demo.url)
        wave = places["results"].rpartition("/")[0]
        with self.visit(Shot("", f"{places['results']}/teams", role="hr_analyst"), DESK, False, {}) as page:
            inside = page.locator(".teams-page > .teams > li > details > .teams > li > a").all()
            parts = [str(link.get_attribute("href")).rpartition("/")[2] for link in inside]
        places["part"] = f"{wave}/{parts[0]}"
        places["hidden"] = self._find_hidden([f"{wave}/{number}" for number in parts])
        with self.visit(Shot("", "/programmes/", role="od_editor"), DESK, False, {}) as page:
            links = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
        places["programme"] = first_path(r"/programmes/\d+", links)
        places["wave"] = first_path(r"/programmes/waves/\d+", links)
        return places

    def _find_hidden(self, paths: list[str]) -> str:
        """The first part of the tree that hides something on its page; the last one if none does."""
        for path in paths:
            with self.visit(Shot("", path, role="hr_analyst"), DESK, False, {}) as page:
                if page.locator(".hidden-cell").count():
                    return path
        return paths[-1]


def draw_charts(page: Page) -> None:
    """Scroll to every chart, since each is drawn when it comes into sight, and wait until it is."""
    for chart in page.locator(_CHART).all():
        chart.scroll_into_view_if_needed()
        chart.locator(".chart__box--drawn").wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")


def take_all(studio: Studio, demo: Demo, folder: Path) -> int:
    """Every shot at both sizes, and in the dark where it says so; returns how many files were written."""
    folder.mkdir(parents=True, exist_ok=True)
    places, taken = studio.find_places(), 0
    for size, link in zip(SIZES, demo.answer, strict=False):
        for shot in SHOTS:
            for dark in (False, True) if shot.dark else (False,):
                with studio.visit(shot, size, dark, places | {"link": link}) as page:
                    name = f"{shot.name}{'-dark' if dark else ''}-{size[0]}.png"
                    page.screenshot(path=folder / name, full_page=True)
                taken += 1
    return taken


def take_readme(studio: Studio, demo: Demo, folder: Path) -> None:
    """The two pictures of the README; raises RuntimeError when one is too heavy for a README."""
    folder.mkdir(parents=True, exist_ok=True)
    dashboard, phone = folder / "dashboard.png", folder / "survey-phone.png"
    places = studio.find_places() | {"link": demo.answer[0]}
    shots = {shot.name: shot for shot in SHOTS}
    with studio.visit(shots["results"], DESK, False, places) as page:
        page.set_viewport_size({"width": DESK[0], "height": README_HEIGHT})
        page.screenshot(path=dashboard)
    with studio.visit(shots["survey-form-chosen"], PHONE, False, places) as page:
        page.screenshot(path=phone)
    for path in (dashboard, phone):
        if path.stat().st_size > MOST_README_BYTES:
            raise RuntimeError(f"{path} is larger than {MOST_README_BYTES:,} bytes: take less of the page")


def main(arguments: Sequence[str]) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="take only the README's pictures")
    readme = parser.parse_args(arguments).readme
    executable = find_chromium()
    if executable is None:
        parser.error("Chromium is not installed: run `make shots` as root, or `apt-get install chromium`.")
    with serving_copy() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        studio = Studio(browser, demo)
        if readme:
            take_readme(studio, demo, README_FOLDER)
            print(f"The README's pictures are in {README_FOLDER}.")
        else:
            print(f"{take_all(studio, demo, SHOTS_FOLDER)} pictures are in {SHOTS_FOLDER}.")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
