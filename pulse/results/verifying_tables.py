"""What the installed tables are able to hold, whatever they hold now."""

from collections.abc import Iterator

from pulse.domain.anonymity import Finding, judge
from pulse.domain.table_rules import joins_and_times, strangers
from pulse.results import verifying_queries as queries

#: tables that must have no row numbers in SQLite: those would be the order in which answers came
_WITHOUT_ROW_NUMBERS = ("envelope", "comment")


def table_findings() -> Iterator[Finding]:
    tables = queries.list_tables()
    yield judge(
        "shape",
        joins_and_times(tables),
        f"{len(tables)} tables: none joins a person or a time to an answer.",
    )
    unknown_tables = strangers(tables, queries.known_columns())
    unknown_tables += [f"Pulse does not know the stored view {name}." for name in queries.list_views()]
    yield judge("strangers", unknown_tables, f"{len(tables)} tables, every column known.")
    copiers = [f"{name} is told of rows as they are written." for name in queries.list_copiers()]
    yield judge("copying", copiers, "No trigger, rule or publication.")
    yield _row_numbers()
    samples = [f"A sample of {name} is kept, or may be." for name in queries.list_sampled()]
    yield judge("samples", samples, "Nothing is kept of the columns with links, codes and sealed answers.")


def _row_numbers() -> Finding:
    if not queries.is_sqlite():
        return judge("row_numbers", [], "PostgreSQL numbers no rows.")
    numbered = set(queries.list_tables_with_row_numbers()) & set(_WITHOUT_ROW_NUMBERS)
    problems = [f"The table {name} numbers its rows as they come." for name in sorted(numbered)]
    return judge("row_numbers", problems, "Neither sealed answers nor comments are numbered.")
