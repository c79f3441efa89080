"""Banks of one's own: a supplied one taken over, or one begun empty."""

from pulse.banks.incoming import slug
from pulse.banks.loading import TAKEN
from pulse.banks.revising import EditError, Editor, add_bank, get_bank, is_own
from pulse.domain.instrument import Bank, Library, Section
from pulse.languages.saying import gettext as _


def copy_bank(bank_id: str, editor: Editor) -> None:
    """Make a supplied bank one's own, questions and ids as they are, so that trends go on."""

    def take(library: Library) -> Bank:
        bank = get_bank(library, bank_id)
        if is_own(bank_id):
            raise EditError(_("This bank is your own already: change it as you like."))
        return bank

    add_bank(bank_id, take, editor, act="copied", what="as supplied")


def create_bank(bank_id: str, title: str, about: str, section: str, editor: Editor) -> None:
    """An empty bank with one heading; raises EditError if the id is taken or cannot be one."""
    heading = Section(slug(section), section)
    bank = Bank(id=bank_id, title=title, version=1, items=(), sections=(heading,), about=about)

    def begin(library: Library) -> Bank:
        if bank_id in {each.id for each in library.banks} or bank_id in TAKEN:
            raise EditError(
                _("There is a bank called %(id)s already: choose another name for this one.", id=bank_id),
                "id",
            )
        return bank

    add_bank(bank_id, begin, editor, act="created", what=f"{title}: new bank")
