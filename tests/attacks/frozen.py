"""Attack 7: lower k, or change what is asked, of a wave that is open: by page, command, function, and by SQL.

The controls are a design that reads k and questions from the survey when the wave closes, not when it opened,
and a database without the rules that keep them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html.parser import HTMLParser
from typing import Any

import click
from flask.testing import FlaskClient

from pulse.app import main
from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import planning, programmes, queries
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.attacks.frozen_sql import change_by_hand, lower_the_survey, update_by_hand
from tests.attacks.record import Attack, Size
from tests.attacks.scene import K, Place, Scene, make_scene
from tests.attacks.weak import close_with_the_programmes_k
from tests.surveys.factories import make_details

LOWER = 10
#: another list of questions, short enough to find one person in it
OTHER = "PTA-01"
Attempt = Callable[[], object]


def attack_frozen(place: Place, size: Size) -> list[Attack]:
    """At last the wave is closed: its release must be for k as it was at the opening."""
    scene = make_scene(place, "frozen", size, weak=True)
    try:
        scene.answer_quickly(scene.choose_people())
        attempts = [*_by_page(scene), *_by_command(scene), *_by_function(scene)]
        ours, weak = _try(scene, attempts)
        opened = update_by_hand(scene, LOWER)
        released, changes = change_by_hand(scene, LOWER)
        assert scene.close(), scene.wave()["problem"]
        closed = update_by_hand(scene, LOWER)
        ours += _released_k(scene, "release") != K
        lower_the_survey(scene, LOWER)
        with scene.app.app_context():
            close_with_the_programmes_k(scene.wave_id)
        weak_released = int(_released_k(scene, "weak_release") < K)
    finally:
        scene.leave()
    kind, tried = scene.raw.kind, opened.tried + closed.tried
    past, without = opened.ours + closed.ours, opened.weak + closed.weak
    return [
        Attack("7 lowering k, other questions", kind, ours, 0, weak, 1, f"succeed, of {len(attempts)} tries"),
        Attack("7 the same by SQL", kind, past, 0, without, 19, f"let through, of {tried} tries"),
        Attack("7 by SQL past its rules", kind, released, 0, weak_released, 1, f"released, of {changes}"),
    ]


def _try(scene: Scene, attempts: list[Attempt]) -> tuple[int, int]:
    """(attempts that changed the open wave; attempts that changed what a design without freezing reads)."""
    before, ours, weak = _frozen(scene), 0, 0
    survey = _survey(scene)
    for attempt in attempts:
        try:
            attempt()
        except Exception:  # a refusal may be of any kind: what counts is what it left behind
            with scene.app.app_context():
                db.session.rollback()
        ours += _frozen(scene) != before or _is_lowered(scene)
        weak += _survey(scene) != survey
        survey = _survey(scene)
    return ours, weak


def _frozen(scene: Scene) -> str:
    """All of the open wave that decides what a figure means, as it is stored."""
    names = ("k", "profile", "plan_sha256", "public_key", "sheet_bytes", "state")
    plans = [row["plan"] for row in scene.raw.rows("wave_plan")]
    return repr(([scene.wave()[name] for name in names], plans))


def _survey(scene: Scene) -> str:
    (row,) = scene.raw.rows("programme")
    return repr((row["k"], row["rotation"]))


def _is_lowered(scene: Scene) -> bool:
    """Whether the next wave would show figures of fewer people than staff were promised."""
    (row,) = scene.raw.rows("programme")
    return bool(row["k"] < K)


def _released_k(scene: Scene, table: str) -> int:
    (k,) = (row["k"] for row in scene.raw.rows(table) if row["wave_id"] == scene.wave_id)
    return int(k)


class _Fields(HTMLParser):
    """Names and values of the fields of a page's forms, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area = given.get("name", "")
        chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and chosen and given.get("name"):
            self.values[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = data.strip()
            self._area = ""


def _by_page(scene: Scene) -> Iterator[Attempt]:
    """Every role goes through the survey's wizard, and all that takes a wave's number, with a lower k."""
    rules = [rule for rule in scene.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    # closing it is what an open wave is for
    of_wave = [
        rule.rule for rule in rules if rule.arguments == {"wave_id"} and not rule.rule.endswith("/close")
    ]
    addresses = [rule.replace("<int:wave_id>", str(scene.wave_id)) for rule in of_wave]
    for role in (None, *Role):
        client = scene.app.test_client()
        if role is not None:
            with scene.app.app_context():
                client = sign_in(client, make_account(role))
        edit = f"/programmes/{scene.programme_id}/edit"
        for address in (f"{edit}/what", f"{edit}/protection", *addresses):
            yield partial(_send_form, client, address)


def _send_form(client: FlaskClient, address: str) -> None:
    fields = _Fields(client.get(address if "/edit/" in address else "/account").text).values
    others = {"question_set": "own", "item_ids": OTHER, "rotation": f'[["{OTHER}"]]'}
    for more in ({"k": str(LOWER)}, others):
        sent = client.post(address, data=fields | more)
        if sent.location and sent.location.endswith("/check"):
            client.post(sent.location, data={"raise_k": "y"})


def _by_command(scene: Scene) -> Iterator[Attempt]:
    """Every command that takes a k or questions, for the survey's own name."""
    runner = scene.app.test_cli_runner()
    with scene.app.app_context():
        name = queries.get_programme(scene.programme_id).name
    for path, command in _commands(main):
        options = {option for parameter in command.params for option in parameter.opts}
        given = {"--k": str(LOWER), "--item": OTHER, "--organisation": "Example Council"}
        words = [word for pair in given.items() if pair[0] in options for word in pair]
        if {"--k", "--item"} & options:
            yield partial(runner.invoke, args=[*path, name, *words])
        if "k" in options:  # not an option, but what the command is given after the name
            yield partial(runner.invoke, args=[*path, name, str(LOWER)])


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _by_function(scene: Scene) -> Iterator[Attempt]:
    """What the product itself offers to programs, called directly."""
    now = datetime.now(UTC)
    details = make_details(name="Renamed", question_set="own", item_ids=(OTHER,), k=K)

    def inside(call: Callable[[], object]) -> Attempt:
        def run() -> object:
            with scene.app.app_context():
                return call()

        return run

    def replan(call: Callable[[Any, datetime], object]) -> object:
        with writing():
            return call(queries.get_programme(scene.programme_id), now)

    survey, wave = scene.programme_id, scene.wave_id
    yield inside(lambda: programmes.update_programme(survey, details, now))
    yield inside(lambda: programmes.update_programme(survey, replace(details, k=K - 1), now))
    yield inside(lambda: programmes.update_programme(survey, replace(details, k=LOWER), now))
    yield inside(lambda: programmes.set_threshold(survey, LOWER, None, now))
    yield inside(lambda: programmes.pause_programme(survey))
    yield inside(lambda: programmes.resume_programme(survey, now))
    yield inside(lambda: programmes.open_wave_now(wave, now))
    yield inside(lambda: programmes.cancel_wave(wave, now))
    yield inside(lambda: replan(planning.replan_next_wave))
    yield inside(lambda: replan(planning.plan_next_wave))
    yield inside(lambda: open_and_invite(wave, scene.site.keyring))
