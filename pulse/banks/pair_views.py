"""The pages on which an editor makes and names pairs of questions."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from pulse.banks import pairs
from pulse.banks.forms import WhyForm
from pulse.banks.refusing import editor_of, is_meanwhile, refuse, refused_page
from pulse.banks.revising import ChangedMeanwhile, EditError, fingerprint, get_bank
from pulse.banks.shape_forms import PairForm, PairNameForm
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.domain.instrument import Bank
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import allow_roles

blueprint = Blueprint("pairs", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.route("/<bank_id>/pairs/new", methods=["GET", "POST"])
def add_pair(bank_id: str) -> ResponseReturnValue:
    """Two questions at once."""
    library, form = get_library(), PairForm()
    bank = get_bank(library, bank_id)
    form.offer(library, bank)
    if form.validate_on_submit():
        try:
            pairs.add_pair(bank_id, form.pair(), editor_of(form.why.data))
        except EditError as error:
            return _page("studio_pair", form, bank, error, pair=None), 422
        flash(_("The pair is added, with its two questions."), "success")
        return redirect(url_for("banks.show_bank", bank_id=bank_id, _anchor=_first_of(bank_id, form)), 303)
    return _page("studio_pair", form, bank, pair=None), 422 if form.errors else 200


@blueprint.route("/<bank_id>/pairs/<pair_id>", methods=["GET", "POST"])
def edit_pair(bank_id: str, pair_id: str) -> ResponseReturnValue:
    """Another name for it."""
    bank, form = get_bank(get_library(), bank_id), PairNameForm()
    pair = pairs.get_pair(bank, pair_id)
    if form.validate_on_submit():
        try:
            editor = editor_of(form.why.data)
            pairs.save_pair(bank_id, pair_id, form.label.data or "", form.seen.data or "", editor)
        except EditError as error:
            page = _page("studio_pair", form, bank, error, pair=pair)
            return page, 409 if is_meanwhile(error) else 422
        flash(_("The pair is changed."), "success")
        return _to_heads(bank_id)
    if not form.is_submitted():
        form.label.data, form.seen.data = pair.label, fingerprint(pair)
    return _page("studio_pair", form, bank, pair=pair), 422 if form.errors else 200


@blueprint.post("/<bank_id>/pairs/<pair_id>/delete")
def delete_pair(bank_id: str, pair_id: str) -> ResponseReturnValue:
    """A pair that was never asked goes, with its questions."""
    form = WhyForm()
    form.validate()
    try:
        pairs.delete_pair(bank_id, pair_id, editor_of(form.why.data))
    except EditError as error:
        flash(str(error), "error")
    else:
        flash(_("The pair is deleted, with its two questions."), "success")
    return _to_heads(bank_id)


def _first_of(bank_id: str, form: PairForm) -> str:
    return pairs.questions_of(get_library().bank(bank_id), form.id.data or "")[0].id


def _page(name: str, form: FlaskForm, bank: Bank, error: EditError | None = None, **values: object) -> str:
    refuse(form, error)
    theirs = error.theirs if isinstance(error, ChangedMeanwhile) else None
    asked = pairs.questions_of(bank, values["pair"].id) if values.get("pair") else []  # type: ignore[attr-defined]
    return render_template(
        f"banks/{name}.html",
        form=form,
        bank=bank,
        library=get_library(),
        theirs=theirs,
        questions=asked,
        **values,
    )


def _to_heads(bank_id: str) -> ResponseReturnValue:
    return redirect(url_for("shapes.edit_heads", bank_id=bank_id), 303)


@blueprint.errorhandler(EditError)
def show_refused(error: EditError) -> ResponseReturnValue:
    """An old link."""
    return refused_page(error)
