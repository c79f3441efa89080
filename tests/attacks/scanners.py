"""Mail scanners and curious people follow links: nothing may be written, whatever they send.

Rows are compared with where they lie and which transaction wrote them, so that a row written again with the
same content counts too; of SQLite the bytes are compared as well.
"""

import hashlib
from collections.abc import Callable, Sequence
from random import Random

from flask.testing import FlaskClient

from tests.attacks.raw import Raw, SqliteRaw

_PROGRAMS = (
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
    "python-requests/2.31",
    "",
)
_PURPOSES: tuple[dict[str, str], ...] = (
    {},
    {"Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"Range": "bytes=0-99"},
)


def stored(raw: Raw) -> dict[str, object]:
    """Every row of every table with its place and writer; of SQLite also what its files hold."""
    found: dict[str, object] = {
        f"{table} {index}": repr(row) for table in raw.tables() for index, row in enumerate(raw.rows(table))
    }
    if isinstance(raw, SqliteRaw):
        # the shared memory beside them holds readers' marks, and nothing that was written
        files = (path for path in raw.files() if not path.name.endswith("-shm"))
        found |= {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return found


def writes(
    new_client: Callable[[], FlaskClient], raw: Raw, links: Sequence[str], requests: int, rng: Random
) -> int:
    """Things in the database that differ after this many GET and HEAD requests on the links."""
    before = stored(raw)
    for number in range(requests):
        headers = {"User-Agent": rng.choice(_PROGRAMS)} | rng.choice(_PURPOSES)
        method = "HEAD" if number % 2 else "GET"
        answer = new_client().open(rng.choice(links), method=method, headers=headers)
        assert answer.status_code < 500, f"{method}: {answer.status_code}"
    after = stored(raw)
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
