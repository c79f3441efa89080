"""No page that staff meet says a string that is not counted among those to review."""

import pytest
from flask.testing import FlaskClient

from pulse.languages import catalogue, saying
from pulse.languages.texts import PAGE, plural_text
from tests.responses.answering import FILLED, make_open, send, start
from tests.responses.conftest import site as site
from tests.results.factories import Site
from tools.catalogue import ROOT, _found_in

Said = set[tuple[str, str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """Every string that is said from here on."""
    heard: Said = set()
    find, find_plural = saying._find, saying._find_plural

    def hear(words: str) -> str:
        heard.add((PAGE, words))
        return find(words)

    def hear_plural(one: str, many: str, num: float) -> str:
        heard.add(plural_text(one, many).key)
        return find_plural(one, many, num)

    monkeypatch.setattr(saying, "_find", hear)
    monkeypatch.setattr(saying, "_find_plural", hear_plural)
    return heard


def test_all_that_is_said_on_the_way_through_a_survey_is_to_be_reviewed(
    site: Site, client: FlaskClient, said: Said
) -> None:
    opened = make_open(site)
    said.clear()  # what accounts and letters said before
    page = start(client, opened.token)
    send(client, page, {})
    client.get(send(client, page, FILLED).location)
    for address in (f"/a/{opened.token}", "/a/nothing-like-a-link", "/code", "/kiosk", "/survey"):
        client.get(address)

    assert len(said) > 40
    assert sorted(said - gathered()) == []


def gathered() -> Said:
    """What the files of staff pages say, whether or not the catalogue on disk is in date."""
    known: Said = set()
    for path in (ROOT / "pulse").rglob("*.*"):
        place = str(path.relative_to(ROOT))
        if place.startswith(catalogue.STAFF_PATHS) and path.suffix in (".py", ".html", ".txt"):
            for words, _place in _found_in(path):
                known.add((PAGE, words) if isinstance(words, str) else plural_text(*words).key)
    return known
