"""The question banks, to read: what may be asked, how it is scored, and where each question comes from."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks import queries
from pulse.banks.browsing import Wanted, list_choices, list_dimensions, list_groups, search
from pulse.banks.deleting import is_made_here
from pulse.banks.history import list_gone
from pulse.banks.loading import freeze_items
from pulse.banks.revising import is_own
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.banks.usage import uses_of
from pulse.domain.sheets import minutes_to_answer
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.web import navigation
from pulse.web.access import Role, allow_roles

_LONGEST_SEARCH = 100

blueprint = Blueprint("banks", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *Role)
said_whole(blueprint)
navigation.register(
    N_("Questions"),
    "banks.list_banks",
    Role,
    order=40,
    also=("studio", "shapes", "scales", "question_history", "question_files", "translations", "pilots"),
)


@blueprint.get("/")
def list_banks() -> ResponseReturnValue:
    """The banks, and what a search found."""
    library = get_library()
    given = {name: request.args.get(name, "")[:_LONGEST_SEARCH].strip() for name in Wanted._fields}
    wanted = Wanted(**given | {"words": request.args.get("q", "")[:_LONGEST_SEARCH].strip()})
    asked = _asked() if wanted.use else ()
    return render_template(
        "banks/list.html",
        library=library,
        dimensions=list_dimensions(library),
        choices=list_choices(library),
        own={document for document, _ in queries.list_newest()},
        wanted=wanted,
        found=search(library, wanted, asked) if any(wanted) else None,
        may_edit=require_account().role in EDITORS,
        gone=list_gone(),
    )


def _asked() -> set[str]:
    """Questions that any survey asks or asked."""
    ids = [item.id for item in get_library().all_items()]
    return {item_id for item_id, uses in uses_of(ids).items() if uses}


@blueprint.get("/<bank_id>/preview")
def preview_bank(bank_id: str) -> ResponseReturnValue:
    """All questions of a bank as people would see them; nothing can be sent."""
    library = get_library()
    try:
        bank = library.bank(bank_id)
    except KeyError:
        abort(404)
    offered = [item for item in bank.items if not item.retired]
    items, leaders = (
        freeze_items(library, [item.id for item in offered if item.audience == audience])
        for audience in ("staff", "leaders")
    )
    minutes = minutes_to_answer(items + leaders)
    return render_template(
        "banks/preview.html", library=library, bank=bank, items=items, leaders=leaders, minutes=minutes
    )


@blueprint.get("/<bank_id>")
def show_bank(bank_id: str) -> ResponseReturnValue:
    """One bank, whole."""
    library = get_library()
    try:
        bank = library.bank(bank_id)
    except KeyError:
        abort(404)
    return render_template(
        "banks/bank.html",
        library=library,
        bank=bank,
        groups=list_groups(library, bank),
        own=is_own(bank_id),
        is_made_here=is_made_here(bank_id),
        may_edit=require_account().role in EDITORS,
    )
