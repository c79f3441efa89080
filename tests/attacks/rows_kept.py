"""After the close: of every row that is stored, how many people does it describe?

Written from the promise, not from the program: a table that nobody thought of describes one person a row
until somebody writes down here why it does not.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.attacks.raw import Raw, Row

#: who is asked, what is asked and who may look: they hold nothing that an answer decides
NO_ANSWERS = frozenset(
    {
        *(
            "account",
            "sign_in",
            "sign_in_throttle",
            "roster_upload",
            "action",
            "alembic_version",
            "api_key",
            "digest_mail",
            "programme_draft",
            "burden_agreement",
            "webhook",
            "webhook_post",
            "worker_beat",
            "bank_revision",
            "translation",
            "pilot",
            "pilot_tester",
            "pilot_comment",
        ),
        *("attribute", "person", "post", "unit", "programme", "wave", "wave_plan", "wave_unit"),
        # which units and blocks go together: decided by headcounts, and the sentence that says so
        *("block_unit", "group_block", "unit_status"),
    }
)
#: comments are shown for so many answers or more
COMMENT_LEAST = 25
MATRIX_LEAST = 100
#: a figure of a category of people
CELL_LEAST = 20
#: columns of the register that only an open wave may fill
_OPEN_ONLY = ("token_hash", "code_hash", "spent", "reminders", "sent_to", "reference_hash")
ONE = 1


def too_few(raw: Raw, k: int) -> dict[str, int]:
    """Table -> rows that describe fewer people than they must; empty is what was promised."""
    blocks = {row["id"]: row["n"] for row in raw.rows("block")}
    groups = {row["id"]: row["n"] for row in raw.rows("result_group")}
    describes: Mapping[str, Callable[[Row], int]] = {
        "release": lambda row: row["answered"] or k,  # 0 stands for any number below k
        "block": lambda row: row["n"],
        "tally": lambda row: blocks[row["block_id"]],
        "moment": lambda row: min(blocks[row["block_id"]], row["n"]),
        "co_moment": lambda row: row["n"] if row["n"] >= MATRIX_LEAST else ONE,
        "result_group": lambda row: row["n"],
        "figure": lambda row: min(groups[row["group_id"]], row["n"], *_counts_in(row["detail"])),
        "attribute_figure": lambda row: row["n"] if row["n"] >= CELL_LEAST else ONE,
        "comment": lambda row: groups[row["group_id"]] if groups[row["group_id"]] >= COMMENT_LEAST else ONE,
        "unit_rate": lambda row: ONE,  # none outlives its wave
        "invitation": lambda row: ONE if any(row.get(name) is not None for name in _OPEN_ONLY) else k,
    }
    found: dict[str, int] = {}
    for table in raw.tables():
        if table not in NO_ANSWERS:
            found[table] = sum(describes.get(table, _one)(row) < k for row in raw.rows(table))
    return {table: rows for table, rows in found.items() if rows}


def _one(_row: Row) -> int:
    """What nobody has thought about."""
    return ONE


def _counts_in(detail: Any) -> Iterator[int]:
    """Every number of people named in a figure's detail; shares of them may be as small as they are."""
    yield 10**9
    waiting = [json.loads(detail) if isinstance(detail, str) else detail]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from (value for name, value in one.items() if _is_count(name, value))
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _is_count(name: str, value: Any) -> bool:
    return (name == "n" or name.endswith("_n")) and isinstance(value, int)
