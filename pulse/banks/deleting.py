"""Taking away a bank that was made here and that nothing uses. Its history stays, and can bring it back."""

from pulse.banks import usage
from pulse.banks.loading import get_supplied
from pulse.banks.revising import EditError, Editor, get_bank, remove_bank
from pulse.domain.instrument import Bank, Library
from pulse.languages.saying import gettext as _


def is_made_here(bank_id: str) -> bool:
    """Whether it is no supplied bank, as it stands or changed."""
    return bank_id not in {bank.id for bank in get_supplied().banks}


def check_deletable(library: Library, bank: Bank) -> None:
    """Raise EditError with the first thing that uses the bank, and what to do about it."""
    if not is_made_here(bank.id):
        raise EditError(_("A supplied bank stays: go back to the supplied one in its history instead."))
    ids = [item.id for item in bank.items]
    for item_id, uses in usage.uses_of(ids).items():
        if uses:
            raise EditError(
                _(
                    "“%(survey)s” asks %(id)s, so the bank stays: retire its questions instead.",
                    survey=uses[0].survey,
                    id=item_id,
                )
            )
    for pilot, item_id in usage.pilots_of(ids)[:1]:
        raise EditError(
            _(
                "“%(pilot)s” tries %(id)s on people, so the bank stays until that is closed.",
                pilot=pilot,
                id=item_id,
            )
        )
    _check_lent(library, bank, frozenset(ids))


def _check_lent(library: Library, bank: Bank, ids: frozenset[str]) -> None:
    for other in library.banks:
        lent = [each for section in other.sections for each in section.borrowed if each in ids]
        if lent and other.id != bank.id:
            raise EditError(
                _(
                    "“%(bank)s” shows %(id)s too, so the bank stays: take it out of that bank first.",
                    bank=library.fill(other.title),
                    id=lent[0],
                )
            )


def delete_bank(bank_id: str, editor: Editor) -> None:
    """Raises EditError for a supplied bank, and for one that anything uses."""
    remove_bank(bank_id, lambda library: check_deletable(library, get_bank(library, bank_id)), editor)
