"""A released wave of a council with attributes, asked everything by every role; and its export."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response
from flask.testing import FlaskClient

from pulse.accounts.models import Account
from pulse.accounts.program_keys import KeyWish, make_key
from pulse.app import create_app
from pulse.db import db, writing
from pulse.directory.models import Attribute, Person
from pulse.web.access import Role, allow_everyone
from tests.accounts.factories import PASSWORD, make_account, sign_in
from tests.attacks.gate.fuzzing import Asked, Fuzzer, Reply, Rules
from tests.attacks.gate.judging import Reader
from tests.attacks.raw import Raw, raw_of
from tests.conftest import make_settings
from tests.results.councils import Council, Voter, make_council
from tests.results.factories import Released, make_quarterly, make_released_wave, make_site
from tests.support.tables import load_models

#: teams of two parts; AX is too small for a result of its own
_TREE: dict[str, tuple[str | None, int]] = {
    **{"C": (None, 2), "A": ("C", 3), "B": ("C", 3), "A1": ("A", 60), "A2": ("A", 45)},
    **{"AX": ("A", 4), "B1": ("B", 70), "B2": ("B", 30)},
}
#: grades that are shown, and one of which there are too few to be shown alone anywhere
_GRADES = ("Grade ashen", "Grade birch", "Grade cedar")
_SERVICE = ("Under 2 years", "Over 2 years")
_ITEMS = ["PTA-01", "PTA-06", "PTA-09", "AMB-P1", "AMB-N1", "TAA-G1", "POW-05", "POW-01"]
#: names of tables that may be downloaded, and one that may not
_TABLES = (
    *("pta", "amb", "taa", "facets-trend", "facets", "dimensions", "feelings", "leaders", "saydo", "stages"),
    *("funnel-pta", "funnel-amb", "funnel-taa", "goes-pta", "goes-taa", "teams", "teams-trend", "response"),
    *("answers", "attributes", "all", "everything"),
)
#: on the roster and never declared
_FAITHS = ("Zoroquake", "Druidish")
K = 10


@dataclass
class Stage:
    """An installation with one released wave; `weak` pages tell what was not released."""

    app: Flask
    raw: Raw
    council: Council
    released: Released
    rules: Rules
    visitors: dict[str, FlaskClient]
    found: Counter[str] = field(default_factory=Counter)
    weak: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    #: variables of addresses -> values that lead somewhere
    known: dict[str, list[str]] = field(default_factory=dict)
    #: kinds of replies -> how many were judged
    judged: Counter[str] = field(default_factory=Counter)

    def fuzz(self, times: int, rng: Random, papers: bool = True) -> None:
        """So many requests, of every visitor in turn; `papers` are PDFs, which take a second each."""
        words = [*sorted(self.rules.categories), *self.council.units, "grade", "faith", "grade*service"]
        numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, self.released.wave.id]
        rules = [rule for rule in self.app.url_map.iter_rules() if rule.endpoint not in _NOT_ASKED]
        rules = [rule for rule in rules if papers or not rule.rule.endswith(".pdf")]
        fuzzer = Fuzzer(rules, words, numbers, rng, self.known)
        names = sorted(self.visitors)
        for number in range(times):
            self._ask(fuzzer.ask(names[number % len(names)]))

    def _ask(self, asked: Asked) -> None:
        form = urlencode(asked.fields, errors="surrogatepass").encode()
        answer = self.visitors[asked.visitor].open(
            asked.address,
            method=asked.method,
            data=form or None,
            content_type="application/x-www-form-urlencoded",
            follow_redirects=asked.method == "GET",
        )
        self.asked += 1
        weak = asked.address.startswith("/weakened")
        where = answer.request.path.removeprefix("/weakened") if weak else answer.request.path
        reply = Reply(where, answer.status_code, answer.content_type, answer.get_data())
        self.judged[reply.kind] += reply.status == 200
        for what in self.rules.breaches(asked, reply):
            (self.weak if weak else self.found)[f"{what} at {where} by {asked.visitor}"] += 1

    def fuzz_exports(self, times: int, rng: Random) -> None:
        """`pulse results export` with anything after it: no line but of a released figure."""
        figures = {(row["measure"], row["n"]) for row in self.raw.rows("figure")}
        figures |= {(row["measure"], row["n"]) for row in self.raw.rows("attribute_figure")}
        measures = {measure for measure, _ in figures}
        for _ in range(times):
            more = [
                rng.choice(
                    ["1", "2", "0", "-1", "x", "--all", "--k=1", "--attribute=faith", "--help", "9" * 9]
                )
            ]
            more += rng.sample(["--hidden", "--group=5", "--out=", "2", "--family=faith"], rng.randrange(3))
            done = self.app.test_cli_runner().invoke(args=["results", "export", *more])
            self.asked += 1
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                self.found[f"export {more}: {type(done.exception).__name__}"] += 1
            for word in self.rules.undeclared:
                self.found[f"the word {word} in an export"] += word in done.output
            for line in done.output.splitlines()[1:] if done.exit_code == 0 and "," in done.output else ():
                cells = line.split(",")
                known = any(cell in measures for cell in cells)
                self.found[f"an export line of nothing released: {line[:60]}"] += (
                    not known and "Usage" not in line
                )
        self.found = +self.found


#: what would end the visit or change what the others see: their own attacks are elsewhere
_NOT_ASKED = frozenset(
    {
        *("static", "accounts.sign_out", "accounts.edit_account", "accounts.reset_password"),
        *("account_keys.revoke_own", "account_keys.revoke_any"),
    }
)
#: who may open every group; others the whole organisation, and leaders their own part
_ALL = (Role.HR_ANALYST, Role.OD_EDITOR)
#: what a part of the organisation is made of, and the whole
_PART, _WHOLE = ("A", "A1", "A2", "AX"), "C"


@contextmanager
def playing(folder: Path, url: str) -> Iterator[Stage]:
    """A new installation on an empty database."""
    load_models()
    app = create_app(make_settings(folder, database_url=url))
    app.config["TESTING"] = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.register_blueprint(_weakened())
    with app.app_context():
        db.create_all()
        yield _stage(app, raw_of(url), folder)
        db.session.remove()
        db.engine.dispose()


def _stage(app: Flask, raw: Raw, folder: Path) -> Stage:
    council = make_council(_TREE)
    _describe(council)
    programme = make_quarterly(
        k=K, rotation=[_ITEMS], attributes=["grade", "service"], crosses=[["grade", "service"]]
    )
    released = make_released_wave(make_site(folder), council, programme, turnout=most)
    crosses = {f"{grade} | {service}" for grade in _GRADES for service in _SERVICE}
    rules = Rules.of(raw, {*_GRADES, *_SERVICE, *crosses}, {*_FAITHS})
    rules.public = Reader(units=frozenset({f"Unit {_WHOLE}"}))
    stage = Stage(app, raw, council, released, rules, {"nobody": app.test_client()})
    stage.known = {"key": [programme.results_key], "name": [*_TABLES], "secret": []}
    stage.known["ending"] = ["csv", "xlsx", "ods"]
    stage.known["wave_id"] = [str(released.wave.id)] * 9 + [str(released.wave.id + 1)]
    stage.known["number"] = [str(number) for number in range(len(released.groups) + 1)]
    for role in Role:
        values: dict[str, Any] = {"unit_id": council.units["A"]} if role is Role.LEADER else {}
        _let_in(stage, role, make_account(role, **values))
    return stage


def _let_in(stage: Stage, role: Role, account: Account) -> None:
    """A browser that is signed in, a program with a key, and a calendar with another."""
    reader = _reader(stage.released, role)
    kinds = ("api", "calendar") if role is Role.LEADER else ("api",)
    secrets = {kind: _key(account, kind) for kind in kinds}
    stage.known["secret"] += [*secrets.values()]
    stage.visitors[role.value] = sign_in(stage.app.test_client(), account)
    stage.rules.readers[role.value] = reader
    for kind, secret in secrets.items():
        program = stage.visitors[f"{kind} key of {role.value}"] = stage.app.test_client()
        program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        if kind == "api":
            stage.rules.readers[f"{kind} key of {role.value}"] = reader


def _key(account: Account, kind: str) -> str:
    wish = KeyWish(f"Fuzzed {kind}", kind, 90, PASSWORD)
    return make_key(account.id, wish, key="a key", now=datetime.now(UTC))[1]


def _reader(released: Released, role: Role) -> Reader:
    """By the names that the tree gives to units and to groups."""
    own = {group for group in released.groups if role in _ALL or group.parent is None}
    if role is Role.LEADER:
        own |= {group for group in released.groups if "Unit A" in group.name}
    told = set(_TREE) if role in _ALL else {_WHOLE, *(_PART if role is Role.LEADER else ())}
    places = frozenset((released.wave.id, group.number) for group in own)
    return Reader(places, frozenset(f"Unit {code}" for code in told))


def most(voter: Voter) -> bool:
    return voter.number % 9 > 0


def _describe(council: Council) -> None:
    """Grade and length of service are to be declared, faith is not."""
    with writing():
        for position, code in enumerate(("grade", "service", "faith"), start=1):
            db.session.add(Attribute(code=code, label=code.title(), position=position))
        for person_id, voter in council.people.items():
            db.session.get_one(Person, person_id).attributes = _attributes(voter)


def _attributes(voter: Voter) -> dict[str, str]:
    rare = voter.unit in ("A1", "B1") and voter.number <= 3
    grade = _GRADES[2] if rare else _GRADES[voter.number % 2]
    faith, service = _FAITHS[voter.number % 2], _SERVICE[voter.number % 3 == 0]
    return {"grade": grade, "service": service, "faith": faith}


def _weakened() -> Blueprint:
    """A page that shows a row for whatever is asked: the control."""
    blueprint = Blueprint("weakened", __name__, url_prefix="/weakened")
    allow_everyone(blueprint)

    @blueprint.get("/results/<int:wave>/<int:group>/any")
    def show(wave: int, group: int) -> str:
        rows = "".join(
            f"<tr><th>{word}</th><td>{wave + group} of 12</td></tr>" for word in (*_GRADES, "Unit AX")
        )
        return f"<table>{rows}</table>{_FAITHS[0]}"

    @blueprint.get("/results/<int:wave>/<int:group>/tables/any.csv")
    def download(wave: int, group: int) -> Response:
        lines = [f"Autumn 2026,Unit {code},{_GRADES[2]},{wave + 0.123456},7" for code in ("C", "AX", "B1")]
        return Response("\n".join(["Survey,Team,Category,Score,People", *lines]), content_type="text/csv")

    @blueprint.get("/api/v1/wave/<int:wave>/groups/<int:group>/figures")
    def call(wave: int, group: int) -> dict[str, Any]:
        return {"wave_id": wave, "figures": [{"measure": "PTA", "value": 12.3456 + group}]}

    return blueprint
