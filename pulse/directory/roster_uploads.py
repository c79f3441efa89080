"""An uploaded roster waits in the database between its preview and its import, so that it is sent once.

Not in the web process's memory or folder: the next request may reach another process.
"""

import json
import secrets
import zlib
from datetime import datetime, timedelta

from pulse.db import writing
from pulse.directory import roster_queries
from pulse.directory.models import RosterUpload
from pulse.directory.roster_file import RosterFile
from pulse.directory.roster_people import PersonRecord
from pulse.directory.roster_tree import UnitRecord

KEPT_FOR = timedelta(days=1)


def hold_upload(file: RosterFile, now: datetime) -> str:
    """Keep a file without bad rows for a day; the id under which `open_upload` finds it."""
    purge_uploads(now)
    upload = RosterUpload(id=secrets.token_hex(16), uploaded_at=now, content=_packed(file))
    upload_id = upload.id
    with writing():
        roster_queries.add_upload(upload)
    return upload_id


def open_upload(upload_id: str, now: datetime) -> RosterFile:
    """The file; raises LookupError, with what to do, when it was imported, cancelled or a day has passed."""
    upload = roster_queries.get_upload(upload_id, since=now - KEPT_FOR)
    return _unpacked(upload.content)


def forget_upload(upload_id: str) -> None:
    """Cancel: nothing of the file stays."""
    with writing():
        roster_queries.delete_uploads(upload_id=upload_id)


def purge_uploads(now: datetime) -> int:
    """Delete uploads older than a day; how many went."""
    with writing():
        return roster_queries.delete_uploads(before=now - KEPT_FOR)


def _packed(file: RosterFile) -> bytes:
    """Compressed JSON. Records are tuples, which JSON keeps as lists; there are no bad rows."""
    units = None if file.units is None else list(file.units.values())
    value = [list(file.people.values()), units, file.attributes, file.ignored]
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), level=1)


def _unpacked(content: bytes) -> RosterFile:
    people, units, attributes, ignored = json.loads(zlib.decompress(content))
    records = [
        PersonRecord._make((*details, tuple(posts), tuple(lines))) for *details, posts, lines in people
    ]
    return RosterFile(
        people={record.staff_no: record for record in records},
        units=None if units is None else {row[0]: UnitRecord(*row) for row in units},
        attributes=tuple((code, label) for code, label in attributes),
        ignored=tuple(ignored),
        mentioned=frozenset(record.staff_no for record in records),
    )
