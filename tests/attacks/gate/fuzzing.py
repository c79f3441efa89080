"""Whatever is asked of any page by anybody: is anything shown that the release does not hold?

Looks at replies as a reader does, and at the database by its own driver: a row of a table that names a
category or a unit has numbers only where a figure of it was released, and of attributes that were not
declared not even the words appear. The visitor's role decides which groups may be opened at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from tests.attacks.gate.declared import Declared
from tests.attacks.gate.judging import Judge, Reader
from tests.attacks.raw import Raw

_RESULTS = re.compile(r"^/results/(\d+)/(\d+)(/.*)?$")
_STAFF = re.compile(r"^/r/")
_VARIABLE = re.compile(r"<(?:([^:<>]+):)?(\w+)>")
#: addresses of results, and of papers, which take a second each
_OFTEN, _PAPERS = ("/results", "/r/", "/api/v1/", "/weakened"), ".pdf"
_CALLS = ("/api/", "/calendar/", "/weakened/api/")
#: names of parameters that pages read or that somebody would try
NAMES = (
    *("wave", "group", "from", "page", "question", "number", "item", "measure", "family", "attribute", "k"),
    *("category", "filter", "by", "level", "depth", "unit", "unit_id", "format", "export", "download", "all"),
    *("find", "key", "wave_id", "programme", "finding", "name", "ending", "api_key", "token", "secret"),
    *("show", "hidden", "response", "next", "status", "sort", "q", "limit", "offset", "debug", "_method"),
)
_ODD = (
    *(
        "",
        "0",
        "-1",
        "1e9",
        "2147483648",
        "9223372036854775808",
        "99999999999999999999",
        "NaN",
        "null",
        "true",
    ),
    *(
        "' OR 1=1 --",
        "../../pulse.db",
        "%00",
        "\x00",
        "\ud83d\ude00",
        "{{7*7}}",
        "<b>",
        "*",
        "[]",
        "a" * 3000,
    ),
    *("csv", "json", "xlsx", "pdf", "results", "answers", "attributes", "technical", "comments", "RESPONSES"),
)


@dataclass(frozen=True)
class Asked:
    """One request: who asks for what."""

    visitor: str
    method: str
    address: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What came back, and from where the visitor ended up."""

    path: str
    status: int
    kind: str
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


@dataclass
class Rules:
    """What the database says may be shown: read by the attacker's own means."""

    #: (wave, group number) -> words of a category of which something was released there
    cells: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    #: every category of a declared family, in words
    categories: set[str] = field(default_factory=set)
    #: names of units without a result of their own, by wave
    silent: dict[int, set[str]] = field(default_factory=dict)
    #: words of attributes that no wave declared
    undeclared: set[str] = field(default_factory=set)
    #: visitor -> what they may open; whoever is not named may open nothing
    readers: dict[str, Reader] = field(default_factory=dict)
    judge: Judge = field(default_factory=lambda: Judge(Declared()))
    #: the units that the staff page may name
    public: Reader = field(default_factory=Reader)

    @classmethod
    def of(cls, raw: Raw, categories: set[str], undeclared: set[str]) -> "Rules":
        waves = {row["id"]: row["wave_id"] for row in raw.rows("release")}
        groups = {row["id"]: (waves[row["release_id"]], row["number"]) for row in raw.rows("result_group")}
        rules = cls(categories=categories, undeclared=undeclared)
        rules.judge = Judge(Declared.of(raw), categories)
        for row in raw.rows("attribute_figure"):
            rules.cells.setdefault(groups[row["group_id"]], set()).add(row["category"])
        names = {row["id"]: row["name"] for row in raw.rows("unit")}
        for row in raw.rows("unit_status"):
            if row["status"] != "own":
                rules.silent.setdefault(waves[row["release_id"]], set()).add(names[row["unit_id"]])
        return rules

    def breaches(self, asked: Asked, reply: Reply) -> list[str]:
        """What a reply says that it must not."""
        found = [f"status {reply.status}"] if reply.status >= 500 else []
        if reply.path.startswith("/roster"):  # names attributes, and whom it names
            return found
        found += [f"the word {word}" for word in sorted(self.undeclared) if word in reply.text]
        if reply.status == 200:
            found += self._read(self.readers.get(asked.visitor, Reader()), reply)
        return found

    def _read(self, reader: Reader, reply: Reply) -> Iterator[str]:
        """What this reader was shown."""
        place = _RESULTS.match(reply.path)
        where = (int(place[1]), int(place[2])) if place else None
        if where is not None and where not in reader.places:
            yield "a group out of reach"
        if not reply.kind.startswith("text/html"):
            yield from self.judge.breaches(reader, reply.path, reply.kind, reply.content)
        elif where is not None:
            yield from self.judge.strangers(reader, reply.text)
            yield from self._in_tables(where, reply.text)
        elif _STAFF.match(reply.path):
            yield from self.judge.strangers(self.public, reply.text)
            yield from (f"the word {word}" for word in sorted(self.categories) if word in reply.text)

    def _in_tables(self, where: tuple[int, int], body: str) -> Iterator[str]:
        shown = self.cells.get(where, set())
        for heads, said, cells in rows_of(body):
            label = said.rpartition(": ")[2]  # "Grade: Grade 5" in tables of several attributes
            for head, cell in zip(heads[1:] + [""] * len(cells), cells, strict=False):
                if not any(character.isdigit() for character in cell):
                    continue
                # of two attributes together, one is said by the row and the other by the column
                names = {f"{label} | {head}", f"{head} | {label}"} & self.categories or {label}
                yield from (f"a hidden cell, {name}" for name in names & self.categories - shown)
                if label in self.silent.get(where[0], set()):
                    yield f"a unit without a result, {label}"


class _Rows(HTMLParser):
    """Rows of all tables, each with the first row of its table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[tuple[list[str], list[str]]] = []
        self._heads: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._heads = []
        elif tag == "tr":
            row: list[str] = []
            self._heads = self._heads or row
            self.rows.append((self._heads, row))
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][1][-1] += data


def rows_of(body: str) -> list[tuple[list[str], str, list[str]]]:
    """Heads of the table, label and cells of every row of every table, without the words of thresholds."""
    reader = _Rows()
    reader.feed(body)
    return [
        ([head.strip() for head in heads], row[0].strip(), [_without_thresholds(cell) for cell in row[1:]])
        for heads, row in reader.rows
        if row
    ]


def _without_thresholds(cell: str) -> str:
    """A hidden place says which threshold it did not reach; that number tells nothing."""
    return re.sub(r"\bfewer than \d+|\b\d+ or more|\bat least \d+", "", cell, flags=re.IGNORECASE)


class Fuzzer:
    """Addresses and parameters at random, from what pages use and what nobody would send by mistake."""

    def __init__(
        self,
        rules: Sequence[Any],
        words: Sequence[str],
        numbers: Sequence[int],
        rng: Random,
        known: Mapping[str, Sequence[str]],
    ) -> None:
        self._rules = [rule for rule in rules for _ in range(_weight(rule.rule))]
        self._calls = [rule for rule in rules if rule.rule.startswith(_CALLS)]
        self._words, self._numbers, self._rng, self._known = [*words], [*numbers], rng, known

    def ask(self, visitor: str) -> Asked:
        program = " key " in visitor and self._rng.random() < 0.8
        rule = self._rng.choice(self._calls if program else self._rules)
        address = _VARIABLE.sub(lambda found: self._part(found[1] == "int", found[2]), rule.rule)
        query = self._parameters()
        method = "GET" if "GET" in rule.methods or self._rng.random() < 0.5 else "POST"
        address += f"?{urlencode(query, errors='surrogatepass')}" if query else ""
        return Asked(visitor, method, address, self._parameters() if method == "POST" else {})

    def _part(self, number: bool, name: str) -> str:
        usual = self._rng.random() < 0.85
        if name in self._known and usual:
            return quote(self._rng.choice(self._known[name]), safe="")
        if number and usual:
            return str(self._rng.choice(self._numbers))
        return quote(self._value(), safe="", errors="surrogatepass")

    def _parameters(self) -> dict[str, str]:
        chosen = self._rng.sample(NAMES, self._rng.randrange(5))
        return {name: self._value() for name in chosen}

    def _value(self) -> str:
        kind = self._rng.random()
        if kind < 0.4:
            return str(self._rng.choice(self._numbers))
        return self._rng.choice(self._words if kind < 0.7 else _ODD)


def _weight(address: str) -> int:
    """Results are asked for more often than other pages, and most often what has sixty files a group."""
    if "/tables/<" in address:
        return 150
    return 7 if address.startswith(_OFTEN) and not address.endswith(_PAPERS) else 1
