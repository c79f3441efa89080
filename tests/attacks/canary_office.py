"""People with accounts go through every page in every role, while the survey is open and after it closed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter

from pulse.web.access import Role
from tests.accounts.factories import PASSWORD
from tests.attacks.canary_planted import Planted
from tests.attacks.canary_walk import Album, Browser, fields_in
from tests.web.access_table import TABLE
from tools.visitor import read_csrf

#: what the office types must not reach the logs either, nor the people who answer
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_NOBODY = 999_999
#: would end the walk: it comes last
_LEAVING = "accounts.sign_out"
_UPLOAD = re.compile(r"/roster/uploads/\w+")
_BOUNDARY = "part-of-a-form"


@dataclass(frozen=True)
class Office:
    """Which rows there are to look at."""

    app: Flask
    port: int
    album: Album
    ids: dict[str, int | str]
    #: whether every method is tried with every form filled in, or each page only looked at
    every_way: bool = True


async def visit(office: Office, role: Role | None, email: str, typed: Planted) -> None:
    """Every endpoint, every method, in one role; `typed` lends the words for forms and addresses."""
    browser = Browser(office.port, office.album, None, {"User-Agent": typed.browser})
    door = await browser.ask("GET", "/sign-in")
    assert door is not None
    csrf = read_csrf(door.body)
    if role is not None:
        signed_in = await browser.ask(
            "POST", "/sign-in", {"email": email, "password": PASSWORD, "csrf_token": csrf}
        )
        assert signed_in is not None
        assert signed_in.status == 303, signed_in.text
    for endpoint in sorted(TABLE):
        if endpoint != _LEAVING:
            await _try(office, browser, endpoint, csrf, typed)
    if role is Role.ADMINISTRATOR:
        await _upload(browser, csrf, typed)
    await browser.ask("POST", "/sign-out", {"csrf_token": csrf})
    browser.visitor.close()


async def _try(office: Office, browser: Browser, endpoint: str, csrf: str, typed: Planted) -> None:
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint == endpoint]
    for rule in rules:  # none for the demo's mailbox
        real, unknown = _address(rule, office.ids), _address(rule, {}, typed)
        page = await browser.ask("GET", f"{real}?q={typed.words}&to={typed.address}")
        if not office.every_way:
            continue
        names = fields_in(page.text) if page is not None and page.status == 200 else ()
        filled = dict.fromkeys(names, typed.words) | {"csrf_token": csrf}
        for method in _METHODS:
            # with the words of nobody: what a form accepts, such as a promise, is meant to be shown
            await browser.ask(method, unknown, filled if method in ("POST", "PUT", "PATCH") else None)
        await browser.ask("POST", unknown, {"words": typed.words})  # no form token


def _address(rule: Rule, known: dict[str, int | str], typed: Planted | None = None) -> str:
    """With ids of rows that exist, or of none."""
    values: dict[str, int | str] = {}
    for name in rule.arguments:
        values[name] = known.get(name, _none(rule._converters[name], typed.link if typed else "none"))
    built = rule.build(values)
    assert built is not None
    return built[1]


def _none(kind: BaseConverter, words: str) -> int | str:
    """What matches and is not there; of a few words that are all there are, one."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return _NOBODY if isinstance(kind, NumberConverter) else words


async def _upload(browser: Browser, csrf: str, typed: Planted) -> None:
    """The staff list again: once with a row that cannot be read, once whole, looked at and cancelled."""
    for rows in _rosters(typed):
        parts = [("csrf_token", "", csrf), ("file", '; filename="staff.csv"', rows)]
        body = "".join(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
            for name, more, value in parts
        )
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        reply = await browser.visitor.ask("POST", "/roster/", f"{body}--{_BOUNDARY}--\r\n".encode(), kind)
        browser.keep("POST /roster/", reply)
        held = _UPLOAD.search(reply.headers.get("location", ""))
        if held:
            await browser.ask("GET", held[0])
            await browser.ask("POST", f"{held[0]}/cancel", {"csrf_token": csrf})


def _rosters(typed: Planted) -> Iterator[str]:
    heading = "staff number,name,email,unit code,unit name,parent unit code,leads people\n"
    yield f"{heading}S1,{typed.name},{typed.address},NOWHERE,,GONE,perhaps\n"
    yield f"{heading},,,TOP,Everywhere,,\nS1,{typed.name},{typed.address},TOP,Everywhere,,no\n"
