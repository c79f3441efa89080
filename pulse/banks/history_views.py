"""The history of the banks: everybody who may read the questions may read how they became what they are."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks import history
from pulse.banks.forms import WhyForm
from pulse.banks.refusing import editor_of, refuse
from pulse.banks.restoring import restore as restore_version
from pulse.banks.revising import SCALES, SOURCES, EditError
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page

blueprint = Blueprint("question_history", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *Role, restore=EDITORS)
said_whole(blueprint)


@blueprint.get("/<document>/history")
def show(document: str) -> ResponseReturnValue:
    """Every version, who made it, when and why."""
    versions = history.list_versions(document)
    return render_template("banks/history.html", versions=versions, **_named(document))


@blueprint.get("/<document>/compare")
def compare(document: str) -> ResponseReturnValue:
    """What differs between two versions, question by question."""
    before, after = (request.args.get(name, 0, type=int) for name in ("before", "after"))
    return _compared(document, before, after, WhyForm())


@blueprint.post("/<document>/restore/<int:number>")
def restore(document: str, number: int) -> ResponseReturnValue:
    """An earlier version becomes the newest."""
    form = WhyForm()
    if form.validate():
        try:
            restore_version(document, number, editor_of(form.why.data))
        except EditError as error:
            refuse(form, error)
        else:
            flash(_("The earlier version stands again, as the newest."), "success")
            return redirect(url_for(".show", document=document), 303)
    newest = max((version.number for version in history.list_versions(document)), default=0)
    return _compared(document, number, newest, form), 422


def _compared(document: str, before: int, after: int, form: WhyForm) -> str:
    return render_template(
        "banks/compare.html",
        before=before,
        after=after,
        changes=history.compare_versions(document, before, after),
        may_edit=require_account().role in EDITORS,
        form=form,
        **_named(document),
    )


def _named(document: str) -> dict[str, str]:
    """What the page calls the document, and where it leads back to; raises EditError."""
    if document == SCALES:
        return {"document": document, "title": _("the words"), "back": url_for("studio.words")}
    if document == SOURCES:
        return {"document": document, "title": _("the sources"), "back": url_for("scales.list_sources")}
    library = get_library()
    if document not in {bank.id for bank in library.banks}:
        title = library.fill(history.find_gone(document).title)
        return {"document": document, "title": title, "back": url_for("banks.list_banks")}
    title = library.fill(library.bank(document).title)
    return {"document": document, "title": title, "back": url_for("banks.show_bank", bank_id=document)}


@blueprint.errorhandler(EditError)
def show_missing(error: EditError) -> ResponseReturnValue:
    """An old link."""
    return error_page(404, _("There is no such page"), _("%(error)s Go back to the questions.", error=error))
