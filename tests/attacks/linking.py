"""After the close: join people to answers by transaction and by stored order, and match ranks in each block.

The attacker knows the staff list, the questions, and from a copy taken just before the close who had answered
and in which order. Everything is read with the database's own driver.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.attacks.raw import PLACE, WRITER, Raw, Row

#: unit ids -> item -> option codes, one for each person there, in some stored order
Votes = dict[frozenset[int], dict[str, list[str]]]
_SHUFFLES = 400


def people_orders(raw: Raw) -> dict[str, list[int]]:
    """Table and column -> person ids in that order, for every table that names people."""
    orders: dict[str, list[int]] = {}
    for table in raw.tables():
        rows = raw.rows(table)
        if rows and "person_id" in rows[0]:
            for name, ordered in _orders(rows):
                orders[f"{table} {name}"] = [row["person_id"] for row in ordered]
    return orders


def _orders(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """As stored, and by the transaction that wrote each row where there was more than one."""
    yield "as stored", sorted(rows, key=lambda row: row[PLACE])
    if len({row[WRITER] for row in rows}) > 1:
        yield "by transaction", sorted(rows, key=lambda row: (row[WRITER], row[PLACE]))


def answer_orders(raw: Raw, wave_id: int) -> dict[str, Votes]:
    """Table and column -> answers in that order: kept sheets, or tallies written out one by one."""
    orders: dict[str, Votes] = {}
    for table in raw.tables():
        rows = raw.rows(table)
        if rows and "answers" in rows[0]:
            orders |= {f"{table} {n}": _sheets(found, raw, wave_id) for n, found in _orders(rows)}
    orders |= {f"tally {n}": _written_out(found, raw) for n, found in _orders(_tallies(raw, wave_id))}
    return orders


def _sheets(rows: Sequence[Row], raw: Raw, wave_id: int) -> Votes:
    plan = next(row["plan"] for row in raw.rows("wave_plan") if row["wave_id"] == wave_id)
    plan = json.loads(plan) if isinstance(plan, str) else plan
    items = [item["id"] for item in plan["items"] if item["kind"] != "text"]
    votes: Votes = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for item, code in zip(items, row["answers"], strict=True):
            votes[frozenset({row["unit_id"]})][item].append(code)
    return votes


def _tallies(raw: Raw, wave_id: int) -> list[Row]:
    (release,) = (row["id"] for row in raw.rows("release") if row["wave_id"] == wave_id)
    blocks = {row["id"] for row in raw.rows("block") if row["release_id"] == release}
    return [row for row in raw.rows("tally") if row["block_id"] in blocks]


def _written_out(rows: Sequence[Row], raw: Raw) -> Votes:
    units: dict[int, set[int]] = defaultdict(set)
    for row in raw.rows("block_unit"):
        units[row["block_id"]].add(row["unit_id"])
    votes: Votes = defaultdict(lambda: defaultdict(list))
    for row in rows:
        votes[frozenset(units[row["block_id"]])][row["item"]] += [row["option"]] * row["n"]
    return votes


def match_ranks(people: Sequence[int], votes: Votes, unit_of: Mapping[int, int]) -> dict[int, dict[str, str]]:
    """In each block the first person is given the first answer, the second the second."""
    guessed: dict[int, dict[str, str]] = defaultdict(dict)
    for units, items in votes.items():
        there = [person for person in people if unit_of[person] in units]
        for item, codes in items.items():
            for person, code in zip(there, codes, strict=False):
                guessed[person][item] = code
    return guessed


def linked(
    raw: Raw, wave_id: int, arrived: Sequence[int], truth: Mapping[int, Mapping[str, str]], sigmas: float
) -> tuple[float, float]:
    """(answers that the best way of matching gets right, out of as many as people; what luck may reach).

    Luck is measured by giving the same guesses to people of the same block at random, 400 times.
    """
    unit_of = {row["person_id"]: row["unit_id"] for row in raw.rows("post") if row["main"]}
    orders = people_orders(raw) | {"arrival": list(arrived)}
    answered = [[person for person in people if person in truth] for people in orders.values()]
    guesses = [
        match_ranks(people, votes, unit_of)
        for votes in answer_orders(raw, wave_id).values()
        for forwards in answered
        for people in (forwards, forwards[::-1])
    ]
    everybody = sorted(truth)
    items = list(truth[everybody[0]])
    right = _table([truth[person] for person in everybody], items)
    tables = [_table([guess.get(person, {}) for person in everybody], items) for guess in guesses]
    blocks = np.array([unit_of[person] for person in everybody])
    rng = np.random.default_rng(1)
    by_luck = [_best(tables, right[_within(blocks, rng)]) for _ in range(_SHUFFLES)]
    return _best(tables, right), float(np.mean(by_luck) + sigmas * np.std(by_luck))


def _table(people: Sequence[Mapping[str, str]], items: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Codes of people by items; 0 where nothing is guessed."""
    return np.array([[ord(one[item]) if item in one else 0 for item in items] for one in people], np.uint32)


def _best(tables: Sequence[npt.NDArray[Any]], right: npt.NDArray[Any]) -> float:
    return max(float((table == right).mean(axis=1).sum()) for table in tables)


def _within(blocks: npt.NDArray[Any], rng: np.random.Generator) -> npt.NDArray[Any]:
    """A random order of people that leaves everybody in their block."""
    order = np.arange(blocks.size)
    for block in np.unique(blocks):
        here = np.flatnonzero(blocks == block)
        order[here] = rng.permutation(here)
    return order


def told_who_answered(raw: Raw, answered: set[int], sigmas: float) -> tuple[float, float]:
    """(people of whom the stored order says rightly whether they took part; what luck may reach).

    Three ways: who stands last (or first) was changed last (or first); a person did as the one stored before
    did, who says so; and whoever a table of some of those asked lists took part.
    """
    asked = sorted({row["person_id"] for row in raw.rows("invitation")})
    truth = np.array([person in answered for person in asked])
    place = {person: index for index, person in enumerate(asked)}
    orders = [[place[one] for one in order if one in place] for order in people_orders(raw).values()]
    rng = np.random.default_rng(1)
    by_luck = [_best_told(orders, rng.permutation(truth)) for _ in range(_SHUFFLES)]
    return _best_told(orders, truth), float(np.mean(by_luck) + sigmas * np.std(by_luck))


def _best_told(orders: Sequence[Sequence[int]], truth: npt.NDArray[np.bool_]) -> float:
    best, n = 0, int(truth.sum())
    for order in orders:
        if len(set(order)) < truth.size:
            listed = np.isin(np.arange(truth.size), order)
            best = max(best, int((listed == truth).sum()))
            continue
        stored = truth[np.array(order)]
        ranks = np.arange(stored.size)
        last, first = ranks >= stored.size - n, ranks < n
        ways = [(last == stored).sum(), (first == stored).sum(), (stored[1:] == stored[:-1]).sum()]
        best = max(best, *map(int, ways))
    return float(best)
