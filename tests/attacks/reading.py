"""Read every page as every visitor, and compare: what moves while answers come in tells about them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, NumberConverter

Page = tuple[int, tuple[tuple[str, str], ...], bytes]
Snapshot = dict[tuple[str, str], Page]

_LINK = re.compile(rb'(?:href|action)="(/[^"#]*)')
#: what is new in every page that has a form
_TOKEN = re.compile(rb'(name="csrf_token"[^>]*value=|content=)"[^"]{20,}"')
#: the one figure of an open wave that is meant to move, once a day
_RATE = re.compile(
    rb"(?:(\d+)%(?: or more| to \d+%)?|Fewer than \d+%|Between none and all)(?:</strong>)? "
    rb"of (?:the people|everybody) asked had answered"
)
#: the same page in Welsh, whose figure is the same
_RATE_IN_WELSH = re.compile(rb"Cyfran (?:o bawb|y bobl) a holwyd")
_CHANGING_HEADERS = ("Set-Cookie", "Date")
#: numbers that rows have in a small installation: the first in an address is a wave's or a survey's
_FIRST, _OTHERS = (1, 2), (0, 1, 2)
_DEPTH = 3
_THANKS = "/survey/thanks"
#: whoever opens this makes their browser a kiosk, and other pages look different there
_KIOSK = "/kiosk"
#: files that hold what pages and plain tables show: those of single groups, and of single tables of the whole
_FILE = re.compile(r"/results/\d+/([1-9]\d*/.+\.(xlsx|ods|pdf)|0/tables/(?!all\.)[^/]+\.(xlsx|ods))$")


@dataclass
class Watcher:
    """Visitors by name; `let_in` are the pages that each may read, `refused` the others."""

    visitors: Mapping[str, FlaskClient]
    every_file: bool = True
    let_in: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def explore(self, app: Flask, more: Sequence[str] = ()) -> None:
        """Every rule with every small number in it, and every link on every page, three pages deep."""
        rules = {address for rule in app.url_map.iter_rules() for address in _addresses(rule)}
        for name, client in self.visitors.items():
            seen: set[str] = set()
            waiting = {*rules, *more}
            for _ in range(_DEPTH):
                if not self.every_file:
                    waiting = {address for address in waiting if not _FILE.match(address)}
                seen |= waiting
                waiting = {link for address in sorted(waiting) for link in self._look(name, client, address)}
                waiting -= seen

    def _look(self, name: str, client: FlaskClient, address: str) -> list[str]:
        """Note whether this visitor is let in; the links on the page."""
        answer = _device(client, address).get(address)
        (self.let_in if answer.status_code == 200 else self.refused).append((name, address))
        return list(_links(answer.data))

    def read(self, everything: bool = False) -> Snapshot:
        """Status, headers and body of every page, as they are now, without what is new in each."""
        return self._read(self.let_in + (self.refused if everything else []))

    def read_again(self, snapshot: Snapshot) -> Snapshot:
        """The same snapshot with the pages that tell a running rate as they are now."""
        return snapshot | self._read(telling(snapshot))

    def _read(self, places: Sequence[tuple[str, str]]) -> Snapshot:
        for client in self.visitors.values():
            client.get("/account")  # shows, once, what an earlier visit was answered with
        return {(name, address): _page(self.visitors[name], address) for name, address in places}


def _addresses(rule: Rule) -> Iterator[str]:
    """The thank-you page is left out: it ends the visit of who has begun to answer."""
    if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or rule.rule == _THANKS:
        return
    forms = rule._converters
    numbers = {name for name, kind in forms.items() if isinstance(kind, NumberConverter)}
    words = {name: kind.items for name, kind in forms.items() if isinstance(kind, AnyConverter)}
    first = next((name for name in sorted(rule.arguments, key=rule.rule.index)), "")
    names = sorted(rule.arguments)
    kinds = (
        (_FIRST if name == first else _OTHERS) if name in numbers else words.get(name, ("1",))
        for name in names
    )
    for values in product(*kinds):
        built = rule.build(dict(zip(names, values, strict=True)))
        if built is not None:
            yield built[1]


def _links(body: bytes) -> Iterator[str]:
    """Of the site's own pages; files of scripts and styles are the same for everybody."""
    for found in _LINK.findall(body):
        address = found.decode().replace("&amp;", "&")
        if not urlsplit(address).path.startswith(("/static/", "/a/", _THANKS)) and "next=" not in address:
            yield address


def _device(client: FlaskClient, address: str) -> FlaskClient:
    """The visitor's own browser, or for a kiosk's pages one that nobody used before."""
    return client.application.test_client() if address.startswith(_KIOSK) else client


def _page(client: FlaskClient, address: str) -> Page:
    answer = _device(client, address).get(address)
    headers = tuple(sorted((k, v) for k, v in answer.headers.items() if k not in _CHANGING_HEADERS))
    return answer.status_code, headers, _TOKEN.sub(rb'\1""', answer.data)


def differing(before: Snapshot, after: Snapshot) -> list[tuple[str, str]]:
    """Pages of both that are not the same to the byte."""
    both = before.keys() & after.keys()
    return sorted(where for where in both if before[where] != after[where])


def telling(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Where a running rate can be read."""
    return sorted(
        where for where, page in snapshot.items() if _RATE.search(page[2]) or _RATE_IN_WELSH.search(page[2])
    )


def rates(snapshot: Snapshot, path: str = "") -> set[int]:
    """Every running rate that any visitor reads on pages whose address begins with `path`."""
    bodies = (page[2] for (_, address), page in snapshot.items() if address.startswith(path))
    return {int(found or 0) for body in bodies for found in _RATE.findall(body)}


def moves_too_close(shown: Sequence[set[int]], k: int) -> int:
    """How often what is shown moved although fewer than k answers had come since it last did, or at all.

    `shown` begins before the first answer, and has what could be read after each.
    """
    moved = [0, *(number for number in range(1, len(shown)) if shown[number] != shown[number - 1])]
    return sum(later - earlier < k for earlier, later in pairwise(moved))
