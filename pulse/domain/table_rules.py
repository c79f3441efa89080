"""Rules that the tables themselves must keep, read from a database as it is and not as it should be.

A table is described by its columns and by the tables it refers to; no row is looked at.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

#: every column that these may have; one more could be a time, a place or a name
FIXED = {
    "invitation": {
        *("wave_id", "person_id", "token_hash", "code_hash"),
        *("spent", "reminders", "delivery", "sent_to", "channel", "reference_hash"),
    },
    "wave_member": {"wave_id", "person_id", "unit_id", "leads", "block", "attributes"},
    "envelope": {"wave_id", "id", "sealed"},
    "comment": {"id", "release_id", "group_id", "item", "text", "status"},
}
#: the only tables that name a person and a survey: both are emptied or cleared at close
MAY_JOIN = frozenset({"invitation", "wave_member"})
#: the only times that may stand in a table which belongs to a survey: its calendar, promises made after, and
#: the day for which the running rate stands
MAY_HOLD_TIMES = {
    "wave": {"opens_at", "closes_at", "rate_day"},
    "release": {"released_at"},
    "action": {"due_on", "done_on"},
}


#: the name of a trigger or function, and all that it does in one text
Written = tuple[str, str]


@dataclass(frozen=True)
class Shape:
    """One table: its columns, which of them hold a date or time, and the tables that they refer to."""

    name: str
    columns: frozenset[str]
    times: frozenset[str] = frozenset()
    refers_to: frozenset[str] = frozenset()


def joins_and_times(tables: Iterable[Shape]) -> list[str]:
    """Sentences on every table that could join a person or a time to an answer."""
    listed = sorted(tables, key=lambda table: table.name)
    by_name = {table.name: table for table in listed}
    problems: list[str] = []
    for table in listed:
        around = _reached(table.name, by_name)
        problems += _more_columns(table)
        if {"person", "wave"} <= around and table.name not in MAY_JOIN:
            problems.append(f"The table {table.name} says something of a person and of a survey.")
        if "wave" in around:
            late = sorted(table.times - MAY_HOLD_TIMES.get(table.name, set()))
            problems += [f"The table {table.name} keeps a time ({column})." for column in late]
    return problems


def _more_columns(table: Shape) -> Iterator[str]:
    for column in sorted(table.columns - FIXED.get(table.name, table.columns)):
        yield f"The table {table.name} has a column more than it may have ({column})."


def _reached(name: str, by_name: Mapping[str, Shape]) -> set[str]:
    """The table and every table that it refers to, directly or by way of others."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += by_name[one].refers_to if one in by_name else ()
    return found


def strangers(tables: Iterable[Shape], known: Mapping[str, frozenset[str]]) -> list[str]:
    """Tables and columns that the program does not know; `known` is table -> columns."""
    problems: list[str] = []
    for table in sorted(tables, key=lambda table: table.name):
        if table.name not in known:
            problems.append(f"Pulse does not know the table {table.name}.")
            continue
        more = sorted(table.columns - known[table.name])
        problems += [f"Pulse does not know the column {column} of {table.name}." for column in more]
    return problems


def strange(installed: Iterable[Written], known: Collection[Written]) -> list[Written]:
    """Triggers or functions that are none of the program's own, or a second one of the same name.

    One that merely reads otherwise is `lacking`.
    """
    names = Counter(name for name, _ in known)
    found: list[Written] = []
    for one in sorted(installed, key=lambda each: (each not in known, each)):
        names[one[0]] -= 1
        found += [one] * (names[one[0]] < 0)
    return found


def lacking(kind: str, installed: Collection[Written], known: Iterable[Written]) -> list[str]:
    """Sentences on those of the program's own that are not there, or not as the program made them."""
    names = {name for name, _ in installed}
    return [
        f"The {kind} {name} {'does not read as Pulse made it' if name in names else 'is not there'}."
        for name, written in known
        if (name, written) not in installed
    ]


#: functions that the program's own rules call: an address in small letters, the next number of a row
_CALLED = frozenset({"lower", "nextval"})
#: PostgreSQL writes a call without a space before its bracket; the name may be quoted, its schema before it
_CALL = re.compile(r'([\w$."]+)\(')


def strange_rules(installed: Mapping[str, str], known: Collection[str]) -> list[str]:
    """What is computed as a row is written, and is not the program's own, or calls what that does not call.

    `installed` is "table.name" -> the rule as PostgreSQL writes it. A rule of a known name that calls nothing
    can refuse a row, which is noticed, but cannot pass it on.
    """
    return [
        f"Pulse does not know the rule {name}, which runs when a row is written."
        for name, written in sorted(installed.items())
        if name not in known or not called(written) <= _CALLED
    ]


def called(written: str) -> set[str]:
    """The functions that an expression calls, as written."""
    return set(_CALL.findall(written))
