"""What a file may not do to measures: no line of scores may go on with others under the same id."""

from collections.abc import Iterable, Sequence

from pulse.banks import queries
from pulse.banks.loading import get_supplied
from pulse.banks.measures import list_measured
from pulse.banks.revising import EditError
from pulse.banks.writing import measure_ids
from pulse.domain.instrument import Bank, Library
from pulse.languages.saying import gettext as _


def refuse_other_scores(library: Library, coming: Sequence[Bank]) -> None:
    """Raise EditError for measures of a file that may not take the place of what stands in the library."""
    _refuse_other_methods(library, coming)
    _refuse_lost(coming)
    _refuse_returned(library, coming)


def _refuse_other_methods(library: Library, coming: Iterable[Bank]) -> None:
    """A measure by another method is another score, whose line cannot go on under the same id."""
    methods = {index.id: index.method for bank in library.banks for index in bank.indices}
    for index in (index for bank in coming for index in bank.indices):
        if methods.get(index.id, index.method) != index.method:
            raise EditError(
                _("The file makes a score of another kind of %(id)s: give it a new id there.", id=index.id),
                "file",
            )


def _refuse_lost(coming: Iterable[Bank]) -> None:
    """A supplied measure stays, as on the pages."""
    supplied = {bank.id: {index.id for index in bank.indices} for bank in get_supplied().banks}
    for bank in coming:
        for lost in sorted(supplied.get(bank.id, set()) - {index.id for index in bank.indices}):
            raise EditError(
                _(
                    "The file lacks the measure %(id)s, of which results and their explanations speak: keep "
                    "it there.",
                    id=lost,
                ),
                "file",
            )


def _refuse_returned(library: Library, coming: Iterable[Bank]) -> None:
    """The id of a deleted measure is given to nothing else, as on the pages: results are kept by it."""
    measured = list_measured()
    here = {bank.id: bank for bank in library.banks}
    for bank in coming:
        standing = _ids(here[bank.id]) if bank.id in here else _went_with(bank)
        returned = sorted(_ids(bank) & measured - standing)
        if returned:
            raise EditError(
                _(
                    "The file's %(id)s has the id of a measure that was deleted, and results of both would "
                    "be mixed: give it a new id there.",
                    id=returned[0],
                ),
                "file",
            )


def _ids(bank: Bank) -> set[str]:
    """By which results are kept."""
    return {*(item.id for item in bank.items), *(index.id for index in bank.indices)}


def _went_with(bank: Bank) -> set[str]:
    """The measures of a bank when it was deleted: nobody was ever asked them, so they may come again."""
    return measure_ids(
        next((one.content for one, _who in queries.list_revisions(bank.id) if one.content), "")
    )
