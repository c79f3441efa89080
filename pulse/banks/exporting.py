"""A bank as a file to take away: YAML and tables hold all of it, LimeSurvey what its format has room for."""

from collections.abc import Callable, Mapping

from pulse.banks.limesurvey import write_lss
from pulse.banks.table_files import write_csv, write_xlsx
from pulse.banks.tables import tables_of
from pulse.banks.writing import write_bank
from pulse.domain.instrument import Bank, Library

_WRITERS: Mapping[str, Callable[[Bank, Library], bytes]] = {
    "yaml": lambda bank, _: write_bank(bank).encode(),
    "csv": lambda bank, library: write_csv(tables_of([bank], library)),
    "xlsx": lambda bank, library: write_xlsx(tables_of([bank], library)),
    "lss": write_lss,
}
#: ending -> what is said of the file to whoever downloads it
MEDIA_TYPES: Mapping[str, str] = {
    "yaml": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "lss": "application/xml",
}


def export_bank(bank: Bank, library: Library, ending: str) -> bytes:
    """The bank as a file of this ending, a key of MEDIA_TYPES. The library has its scales and terms.

    Raises UnwritableError, a sentence, for a bank that such a file would not give back.
    """
    return _WRITERS[ending](bank, library)
