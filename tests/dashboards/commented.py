"""A released wave with comments and accounts of every kind, for tests of the pages that show them."""

import re
from html import unescape
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.models import Account
from tests.accounts.factories import sign_in
from tests.results.factories import Released
from tests.results.test_comments import OPEN

#: what each may open of the groups that exist
READABLE = {
    "od_editor": {"Unit C", "Unit A", "Unit A1", "Unit A2", "Unit B", "Unit B1"},
    "administrator": {"Unit C"},
    "union_observer": {"Unit C"},
    "leader of A": {"Unit C", "Unit A", "Unit A1", "Unit A2"},
    "leader of A1": {"Unit C", "Unit A1"},
    "leader of B": {"Unit C", "Unit B", "Unit B1"},
}


class Place(NamedTuple):
    """A released wave with eight comments of A1 with A1, nine with the whole, and its accounts."""

    app: Flask
    wave: Released
    accounts: dict[str, Account]

    def browser(self, who: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.accounts[who])

    def address(self, name: str = "Unit C") -> str:
        return f"/results/{self.wave.wave.id}/{self.wave.group(name).number}/comments"

    @property
    def to_read(self) -> str:
        return f"/comments/{self.wave.wave.id}/{OPEN}"

    def text(self, who: str, name: str = "Unit C") -> str:
        """What the page of a group says to somebody, without what is different each time."""
        page = self.browser(who).get(self.address(name))
        assert page.status_code == 200
        return re.sub(r'value="[^"]+"', "", unescape(page.text))


def csrf_of(browser: FlaskClient, place: Place) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(place.to_read).text)
    assert found
    return found[1]


def press(browser: FlaskClient, place: Place, status: str, value: str) -> int:
    data = {"csrf_token": csrf_of(browser, place), status: value, "listed": " ".join(listed(browser, place))}
    return browser.post(place.to_read, data=data).status_code


def show_all(place: Place) -> None:
    assert press(place.browser("od_editor"), place, "shown", "all") == 303


def listed(browser: FlaskClient, place: Place) -> list[str]:
    """Ids of the comments on the first page of those that wait, as its form sends them."""
    found = re.search(r'name="listed" value="([0-9a-f ]+)"', browser.get(place.to_read).text)
    return found[1].split() if found else []


def comments_on(page: str) -> list[str]:
    return re.findall(r'<blockquote class="said">\s*<p>(.*?)</p>', page, re.DOTALL)
