"""PostgreSQL's server: what it logs, times, keeps and passes on, as far as Pulse's user there may see it."""

from collections.abc import Iterator

from pulse.domain.anonymity import Finding, failed, judge, passed, unknown
from pulse.results import verifying_queries as queries

#: settings that log statements, their values or when they ran, and how each says that it is off.
#: `log_parameter_max_length` only says how much of a statement's values such a log holds
_OFF = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "log_duration": ("off",),
    "log_statement_stats": ("off",),
    "log_parser_stats": ("off",),
    "log_planner_stats": ("off",),
    "log_executor_stats": ("off",),
    "debug_print_parse": ("off",),
    "debug_print_rewritten": ("off",),
    "debug_print_plan": ("off",),
}
_ADD_ONS = ("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries")
#: server add-ons that log or count statements
_TELLTALES = ("auto_explain", "pgaudit", "pg_stat_statements")
#: megabytes of its own log of writes that a server keeps however long ago they were; it comes with 80
_LARGEST_LOG = {"min_wal_size": 1024, "wal_keep_size": 0}
_ASK = "not shown to the database user that Pulse connects as: ask whoever runs the server."


def server_findings(*, quiet: bool) -> Iterator[Finding]:
    """`quiet` says that no survey is open, so that emptied tables must have no space at all."""
    yield _free_space(quiet=quiet)
    yield _statements()
    yield _clock()
    yield _archive()
    yield unknown("file_rights", "Who can get at the files of the database server cannot be seen from here.")


def _free_space(*, quiet: bool) -> Finding:
    """Writing an empty table anew gives it no page at all; rows that were deleted later have one again."""
    if not quiet:
        return unknown("free_space", "It is told apart only while no survey is open: run this again then.")
    left = [f"The table {name} is empty and still takes space." for name in queries.list_emptied_with_space()]
    return judge("free_space", left, "The tables that held answers and names are empty and take no space.")


def _statements() -> Finding:
    found = queries.read_settings([*_OFF, *_ADD_ONS])
    own = dict(one.split("=", 1) for one in queries.list_settings_of_roles() if "=" in one)
    problems = [f"{name} is on." for name, off in _OFF.items() if found.get(name, off[0]) not in off]
    problems += [
        f"{name} is on for some users."
        for name, value in own.items()
        if value not in _OFF.get(name, (value,))
    ]
    loaded = _loaded(found) | _loaded(own)
    problems += [
        f"The server has loaded {name}, which keeps statements." for name in sorted(loaded & set(_TELLTALES))
    ]
    if problems:
        return failed("statements", " ".join(problems))
    hidden = [name for name in (*_OFF, *_ADD_ONS) if name not in found]
    if hidden:
        return unknown("statements", f"All that can be seen is off. {', '.join(hidden)}: {_ASK}")
    if loaded:
        return unknown(
            "statements", f"Whether these add-ons keep any is not known: {', '.join(sorted(loaded))}."
        )
    return passed("statements", "The server logs no statements.")


def _loaded(found: dict[str, str]) -> set[str]:
    """The add-ons that these settings name, without folder and ending."""
    parts = ",".join(found.get(name, "") for name in _ADD_ONS).split(",")
    names = (part.strip().strip('"').rpartition("/")[2].removesuffix(".so") for part in parts)
    return {name for name in names if name}


def _clock() -> Finding:
    found = queries.read_settings(["track_commit_timestamp"]).get("track_commit_timestamp")
    if found is None:
        return unknown("clock", f"track_commit_timestamp: {_ASK}")
    problems = [] if found == "off" else ["track_commit_timestamp is on: it notes when each answer came."]
    return judge("clock", problems, "The server notes no times.")


def _archive() -> Finding:
    names = ["archive_mode", *_LARGEST_LOG]
    found = queries.read_settings(names)
    hidden = [name for name in names if name not in found]
    if hidden:
        return unknown("archive", f"{', '.join(hidden)}: {_ASK}")
    keeps = any(int(found[name]) > most for name, most in _LARGEST_LOG.items())
    if found["archive_mode"] == "off" and not keeps and not queries.count_followers():
        return passed(
            "archive",
            "No archive of writes, and no second server that follows this one. The server's own log of the "
            "last writes is written over as it goes on.",
        )
    return unknown(
        "archive",
        "The server passes its writes on, or keeps them (archive_mode, wal_keep_size, min_wal_size, or "
        "another server that follows it). What is kept there from the time before a close tells "
        "who had answered by then: treat it as a backup, and delete it.",
    )
