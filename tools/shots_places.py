"""`python -m tools.shots_places [PLACE ...]`: the results pages of councils of several sizes, below shots/.

Each page is taken at 390 and 1280 px, light and dark, and looked at by axe on the way: what it finds, and a
page that scrolls sideways, is printed and makes the exit code 1.
"""

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from pulse.results.released import read_groups
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account
from tests.results.places import HARDLY, OPENLY, SILENT, Place, make_place
from tests.support.browser import CHROMIUM_ARGUMENTS, DESK, PHONE, _SilentHandler, axe
from tools.bench_place import make_application
from tools.bench_servers import make_settings
from tools.programs import find_chromium
from tools.shots import Studio
from tools.shots_demo import Demo
from tools.shots_pages import Shot

FOLDER = Path("shots/places")


@dataclass(frozen=True)
class Council:
    """What is built: so many teams and waves, and how much its people said."""

    teams: int
    waves: int
    said: str = OPENLY


COUNCILS = {
    "three": Council(3, 1),
    "thirty": Council(30, 12),
    "three-hundred": Council(300, 2),
    "hidden": Council(30, 1, HARDLY),
    "silent": Council(30, 1, SILENT),
}
#: pages of the whole and of one team by what follows their address
WHOLE = ("", "/answers", "/attributes", "/technical", "/downloads", "/teams", "/teams?find=north")
TEAM = ("", "/answers", "/attributes", "/technical")


@contextmanager
def serving(council: Council, home: Path) -> Iterator[tuple[Demo, Place]]:
    """The council, built on a database of its own and served until the block ends."""
    app = make_application(make_settings(home, f"sqlite:///{home / 'places.db'}"))
    with app.app_context():
        place = make_place(council.teams, council.waves, said=council.said)
        demo = Demo("", [], {"hr_analyst": make_account(Role.HR_ANALYST).email}, PASSWORD)
        with _served(app) as url:
            yield Demo(url, demo.answer, demo.emails, demo.password), place


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, True, 1, _SilentHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def shots_of(place: Place) -> list[Shot]:
    """The newest wave's pages: of the whole, and of the deepest team with a result."""
    wave = place.waves[-1]
    deepest = max(read_groups(wave), key=lambda group: (group.depth, len(group.name)), default=None)
    whole = [_shot("whole", f"/results/{wave.id}/0{page}") for page in WHOLE]
    if deepest is None:
        return whole[:1]
    return whole + [_shot("team", f"/results/{wave.id}/{deepest.number}{page}") for page in TEAM]


def _shot(kind: str, path: str) -> Shot:
    page = (
        "".join(c if c.isalpha() else "-" for c in path.split("/", 4)[-1])
        if path.count("/") > 3
        else "results"
    )
    return Shot(f"{kind}-{page}", path, role="hr_analyst")


def take(studio: Studio, name: str, shots: Sequence[Shot], folder: Path) -> list[str]:
    """A picture of every page at both sizes in both schemes; what was found on them."""
    problems = []
    for shot in shots:
        for size in (PHONE, DESK):
            for dark in (False, True):
                where = f"{name}-{shot.name}-{size[0]}{'-dark' if dark else ''}"
                with studio.visit(shot, size, dark, {}) as page:
                    page.screenshot(path=folder / f"{where}.png", full_page=True)
                    problems += [f"{where}: {one}" for one in axe(page)]
                    if page.evaluate("document.documentElement.scrollWidth") > size[0]:
                        problems.append(f"{where}: scrolls sideways")
    return problems


def main(arguments: Sequence[str]) -> int:
    """Build, serve and take the pictures of each council named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots_places", description=__doc__)
    parser.add_argument(
        "places", nargs="*", choices=[*COUNCILS, []], metavar="PLACE", help=", ".join(COUNCILS)
    )
    chosen = parser.parse_args(arguments).places or list(COUNCILS)
    problems: list[str] = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        for name in chosen:
            with tempfile.TemporaryDirectory() as home, serving(COUNCILS[name], Path(home)) as (demo, place):
                problems += take(Studio(browser, demo), name, shots_of(place), FOLDER)
        browser.close()
    print(*problems, f"The pictures are in {FOLDER}.", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
