"""What the installed tables are able to hold, whatever they hold now, and what acts on their rows."""

from collections.abc import Iterator

from pulse.domain.anonymity import Finding, judge
from pulse.domain.table_rules import joins_and_times, lacking, strange, strange_rules, strangers
from pulse.results import verifying_catalogue_queries as catalogue
from pulse.results.verifying_queries import is_sqlite

#: tables that must have no row numbers in SQLite: those would be the order in which answers came
_WITHOUT_ROW_NUMBERS = ("envelope", "comment")


def table_findings() -> Iterator[Finding]:
    tables = catalogue.list_tables()
    yield judge(
        "shape",
        joins_and_times(tables),
        f"{len(tables)} tables: none joins a person or a time to an answer.",
    )
    unknown_things = strangers(tables, catalogue.known_columns()) + _beside_tables()
    yield judge("strangers", unknown_things, f"{len(tables)} tables, every column known, and nothing else.")
    yield judge("copying", _at_work(), "No trigger, rule, function or publication but the program's own.")
    yield _frozen()
    yield _row_numbers()
    samples = [f"A sample of {name} is kept, or may be." for name in catalogue.list_sampled()]
    yield judge("samples", samples, "Nothing is kept of the register and of the sealed answers.")


def _beside_tables() -> list[str]:
    problems = [f"Pulse does not know the {thing}." for thing in catalogue.list_beside_tables()]
    objects = catalogue.count_large_objects()
    if objects:
        problems.append(f"{objects} large objects are stored beside the tables, which Pulse never makes.")
    return problems


def _at_work() -> list[str]:
    """Whatever runs, or is told, when a row is written, and is not called like one of the program's own."""
    triggers = [name for name, _ in strange(catalogue.list_triggers(), catalogue.known_triggers())]
    problems = [
        f"{name} is told of rows as they are written." for name in [*catalogue.list_listeners(), *triggers]
    ]
    problems += [
        f"The database holds a function that Pulse did not make: {name}."
        for name, _ in strange(catalogue.list_functions(), catalogue.known_functions())
    ]
    return problems + strange_rules(catalogue.list_expressions(), catalogue.known_expressions())


def _frozen() -> Finding:
    """By their text: one that is called the same and refuses nothing does not pass."""
    kept, run = catalogue.known_triggers(), catalogue.known_functions()
    problems = [
        *lacking("rule", catalogue.list_triggers(), kept),
        *lacking("function", catalogue.list_functions(), run),
    ]
    if not catalogue.triggers_run():
        problems.append("The database is set to run no rules (session_replication_role).")
    return judge("frozen", problems, f"{len(kept)} rules, each exactly as Pulse made it.")


def _row_numbers() -> Finding:
    if not is_sqlite():
        return judge("row_numbers", [], "PostgreSQL numbers no rows.")
    numbered = set(catalogue.list_tables_with_row_numbers()) & set(_WITHOUT_ROW_NUMBERS)
    problems = [f"The table {name} numbers its rows as they come." for name in sorted(numbered)]
    return judge("row_numbers", problems, "Neither sealed answers nor comments are numbered.")
