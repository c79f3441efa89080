"""The pages on which an editor shapes a bank: its own words, its headings, and its measures."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from pulse.banks import deleting, heads, measures
from pulse.banks.forms import WhyForm
from pulse.banks.refusing import editor_of, is_meanwhile, refuse, refused_page
from pulse.banks.revising import ChangedMeanwhile, EditError, fingerprint, get_bank
from pulse.banks.shape_forms import HeadsForm, MeasureForm, NameForm, NewMeasureForm
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.domain.instrument import Bank
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import allow_roles

blueprint = Blueprint("shapes", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.route("/<bank_id>/headings", methods=["GET", "POST"])
def edit_heads(bank_id: str) -> ResponseReturnValue:
    """Name, lead-in, headings and their order, and questions of other banks under them."""
    bank, form = get_bank(get_library(), bank_id), HeadsForm()
    if form.validate_on_submit():
        try:
            heads.save_heads(bank_id, form.heads(), form.seen.data or "", editor_of(form.why.data))
        except EditError as error:
            return _page("studio_heads", form, bank, error), 409 if is_meanwhile(error) else 422
        flash(_("The bank is changed."), "success")
        return redirect(url_for("banks.show_bank", bank_id=bank_id), 303)
    if not form.is_submitted():
        form.show(*heads.shown(bank))
    return _page("studio_heads", form, bank), 422 if form.errors else 200


@blueprint.route("/<bank_id>/measures/new", methods=["GET", "POST"])
def add_measure(bank_id: str) -> ResponseReturnValue:
    """A measure of one's own."""
    library, form = get_library(), NewMeasureForm()
    bank = get_bank(library, bank_id)
    form.offer(library, bank)
    if form.validate_on_submit():
        try:
            measures.add_measure(bank_id, form.id.data or "", form.shape(), editor_of(form.why.data))
        except EditError as error:
            return _page("studio_measure", form, bank, error, index=None), 422
        flash(
            _("The measure is added. Surveys that ask its questions measure it from their next wave on."),
            "success",
        )
        return _to_heads(bank_id)
    return _page("studio_measure", form, bank, index=None), 422 if form.errors else 200


@blueprint.route("/<bank_id>/measures/<index_id>", methods=["GET", "POST"])
def edit_measure(bank_id: str, index_id: str) -> ResponseReturnValue:
    """Another name, or another make, which ends its trend."""
    library = get_library()
    bank = get_bank(library, bank_id)
    index = measures.get_measure(bank, index_id)
    form = MeasureForm() if index.method in measures.METHODS else NameForm()
    form.offer(library, bank)
    if form.validate_on_submit():
        try:
            shape, editor = form.shape(), editor_of(form.why.data)
            measures.save_measure(bank_id, index_id, shape, form.seen.data or "", editor)
        except EditError as error:
            page = _page("studio_measure", form, bank, error, index=index)
            return page, 409 if is_meanwhile(error) else 422
        flash(_("The measure is changed."), "success")
        return _to_heads(bank_id)
    if not form.is_submitted():
        form.show(index, fingerprint(index))
    return _page("studio_measure", form, bank, index=index), 422 if form.errors else 200


@blueprint.post("/<bank_id>/measures/<index_id>/delete")
def delete_measure(bank_id: str, index_id: str) -> ResponseReturnValue:
    """A measure of one's own goes; what was measured stays."""
    form = WhyForm()
    form.validate()
    try:
        measures.delete_measure(bank_id, index_id, editor_of(form.why.data))
    except EditError as error:
        flash(str(error), "error")
    else:
        flash(_("The measure is deleted. Surveys that have measured it keep it."), "success")
    return _to_heads(bank_id)


@blueprint.route("/<bank_id>/delete", methods=["GET", "POST"])
def delete_bank(bank_id: str) -> ResponseReturnValue:
    """A bank that was made here and that nothing uses goes; its history stays."""
    library, form = get_library(), WhyForm()
    bank, used = get_bank(library, bank_id), None
    try:
        deleting.check_deletable(library, bank)
        if form.validate_on_submit():
            deleting.delete_bank(bank_id, editor_of(form.why.data))
            flash(_("The bank is deleted. Its history can bring it back."), "success")
            return redirect(url_for("banks.list_banks"), 303)
    except EditError as error:
        used = error
    refused = bool(form.errors) or (used is not None and form.is_submitted())
    return _page("studio_delete", form, bank, used=used), 422 if refused else 200


def _page(name: str, form: FlaskForm, bank: Bank, error: EditError | None = None, **values: object) -> str:
    refuse(form, error)
    theirs = error.theirs if isinstance(error, ChangedMeanwhile) else None
    library = get_library()
    return render_template(
        f"banks/{name}.html", form=form, bank=bank, library=library, theirs=theirs, **values
    )


def _to_heads(bank_id: str) -> ResponseReturnValue:
    return redirect(url_for(".edit_heads", bank_id=bank_id), 303)


@blueprint.errorhandler(EditError)
def show_refused(error: EditError) -> ResponseReturnValue:
    """An old link."""
    return refused_page(error)
