"""The question banks, to read: what may be asked, how it is scored, and where each question comes from."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from pulse.banks.browsing import list_dimensions, list_groups, search
from pulse.banks.store import get_library
from pulse.web import navigation
from pulse.web.access import Role, allow_roles

_LONGEST_SEARCH = 100

blueprint = Blueprint("banks", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *Role)
navigation.register("Questions", "banks.list_banks", Role, order=40)


@blueprint.get("/")
def list_banks() -> ResponseReturnValue:
    """The banks, and what a search found."""
    library = get_library()
    words = request.args.get("q", "")[:_LONGEST_SEARCH].strip()
    dimension = request.args.get("dimension", "")
    found = search(library, words, dimension) if words or dimension else None
    return render_template(
        "banks/list.html",
        library=library,
        dimensions=list_dimensions(library),
        words=words,
        dimension=dimension,
        found=found,
    )


@blueprint.get("/<bank_id>")
def show_bank(bank_id: str) -> ResponseReturnValue:
    """One bank, whole."""
    library = get_library()
    try:
        bank = library.bank(bank_id)
    except KeyError:
        abort(404)
    return render_template("banks/bank.html", library=library, bank=bank, groups=list_groups(library, bank))
