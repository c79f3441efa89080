"""Every check of `pulse anonymity verify`, on the installed database, at one moment; nothing is written."""

from pathlib import Path

from pulse.config import Settings
from pulse.domain.anonymity import Finding, in_order
from pulse.results import verifying_queries as queries
from pulse.results.verifying_closed import closed_findings
from pulse.results.verifying_key_files import KeyFolder, keys_gone
from pulse.results.verifying_keys import database_folder, key_findings
from pulse.results.verifying_open import open_findings
from pulse.results.verifying_place import place_findings
from pulse.results.verifying_tables import table_findings
from pulse.surveys import queries as surveys


def verify(settings: Settings, *, as_website: bool = False) -> list[Finding]:
    """One finding for every check, in the order of CHECKS.

    `as_website` says that the system user who runs this is the website's, who must not read the keys. What
    is found holds counts of surveys, tables and files; never a person, nor how many have answered so far.
    """
    keys = KeyFolder.look_at(settings.key_dir)
    queries.begin_snapshot()
    try:
        ended = surveys.list_waves_in("released", "cancelled")
        running = surveys.list_waves_in("open", "closing", "held")
        planned = surveys.list_waves_in("planned")
        return in_order(
            [
                keys_gone(ended, running + planned, keys, _beside(settings)),
                *closed_findings(ended, running),
                *open_findings(running, keys),
                *table_findings(),
                *place_findings(settings, quiet=not running),
                *key_findings(keys, settings, as_website=as_website),
            ]
        )
    finally:
        queries.end_snapshot()


def _beside(settings: Settings) -> list[Path]:
    folder = database_folder(settings)
    return [folder] if folder else []
