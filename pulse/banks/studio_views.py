"""The studio: the pages on which an editor changes the banks. Every change is weighed before it is kept."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.banks import creating, editing, studio_words, terms, usage
from pulse.banks.forms import BankForm, ItemForm, NewItemForm, WhyForm, WordsForm
from pulse.banks.refusing import editor_of, refuse, refused_page
from pulse.banks.revising import ChangedMeanwhile, EditError, Editor, check_seen, get_bank
from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Item
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.checks import MAX_TEXT
from pulse.domain.wording import RULES
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import Role, allow_roles

_CHOOSE = N_("Choose what kind of change this is: it decides whether trends go on.")
EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)
blueprint = Blueprint("studio", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.route("/new-bank", methods=["GET", "POST"])
def add_bank() -> ResponseReturnValue:
    """A bank of one's own, with its first heading."""
    form = BankForm()
    if form.validate_on_submit():
        try:
            creating.create_bank(
                *(form.id.data, form.title.data, form.about.data, form.section.data), editor_of(form.why.data)
            )
        except EditError as error:
            refuse(form, error)
        else:
            flash(_("The bank is there. Add its questions now."), "success")
            return redirect(url_for("banks.show_bank", bank_id=form.id.data), 303)
    return _page("studio_bank", form=form), 422 if form.errors else 200


@blueprint.post("/<bank_id>/copy")
def copy_bank(bank_id: str) -> ResponseReturnValue:
    """A supplied bank becomes one's own, with the same ids."""
    form = WhyForm()
    form.validate()
    creating.copy_bank(bank_id, editor_of(form.why.data))
    flash(_("This bank is yours to change now. Its questions keep their ids, so trends go on."), "success")
    return _to_bank(bank_id)


@blueprint.route("/<bank_id>/new", methods=["GET", "POST"])
def add_item(bank_id: str) -> ResponseReturnValue:
    """A question more."""
    library = get_library()
    bank = get_bank(library, bank_id)
    form = NewItemForm()
    form.offer(library, bank)
    if form.validate_on_submit():
        item = _waived(form, Item(id=form.id.data, **form.values()))
        if _is_kept(form, item):
            flash(_("%(id)s is added.", id=item.id), "success")
            return _to_bank(bank_id, item.id)
    elif not form.is_submitted():
        form.propose(library, bank)
    return _new_item_page(form, bank), 422 if form.errors else 200


@blueprint.route("/items/<item_id>/edit", methods=["GET", "POST"])
def edit_item(item_id: str) -> ResponseReturnValue:
    """Another version of a question: shown what it means first, then kept."""
    library = get_library()
    before = editing.get_item(library, item_id)
    form, bank = ItemForm(), library.bank_of(item_id)
    form.offer(library, bank)
    if request.method == "GET":
        form.show(before)
        return _item_page(form, bank, before, None)
    if not form.validate():
        return _item_page(form, bank, before, None), 422
    return _weighed(form, bank, before, _waived(form, replace(before, **form.values(before.sources))))


def _weighed(form: ItemForm, bank: Bank, before: Item, after: Item) -> ResponseReturnValue:
    """Keep an edit, or say what is to be decided before it can be."""
    edit, seen = editing.weigh_edit(after), form.seen.data or ""
    try:
        check_seen(before, seen)
        if "check" in request.form:
            return _item_page(form, bank, before, edit)
        declared = form.declaration()
        if declared is None and edit.weighed.least is not Change.NOTHING:
            raise EditError(_(_CHOOSE), "declared")
        kept = editing.save_item(after, seen, declared or Change.NOTHING, editor_of(form.why.data))
    except ChangedMeanwhile as error:
        return _item_page(form, bank, error.theirs, edit, theirs=error), 409
    except EditError as error:
        refuse(form, error)
        return _item_page(form, bank, before, edit), 422
    flash(studio_words.kept(before.id, kept), "success")
    return _to_bank(bank.id, kept)


@blueprint.post("/wording")
def check_wording() -> ResponseReturnValue:
    """The remarks on a question as far as it is typed; for the page's script."""
    typed = request.form
    item = Item(
        id=request.values.get("id", "") or "-",
        text=typed.get("text", "")[:MAX_TEXT],
        scale=typed.get("scale", ""),
        audience="leaders" if typed.get("audience") == "leaders" else "staff",
        na="na" in typed,
    )
    return _page("findings", linted=editing.look_at_wording(item))


@blueprint.post("/items/<item_id>/move")
def move_item(item_id: str) -> ResponseReturnValue:
    """One place up or down within its heading."""
    move = editing.Move.UP if request.form.get("to") == "up" else editing.Move.DOWN
    editing.move_item(item_id, move, editor_of(""))
    return _to_bank(get_library().bank_of(item_id).id, item_id)


@blueprint.route("/items/<item_id>/retire", methods=["GET", "POST"])
def retire_item(item_id: str) -> ResponseReturnValue:
    """Offer it no more, offer it again, or take it away if it was never asked."""
    library, form = get_library(), WhyForm()
    item, bank = editing.get_item(library, item_id), library.bank_of(item_id)
    if form.validate_on_submit():
        try:
            done = _retire(item, editor_of(form.why.data))
        except EditError as error:
            refuse(form, error)
        else:
            flash(done, "success")
            return _to_bank(bank.id)
    shown = {"item": item, "bank": bank, "uses": studio_words.uses(item_id), "form": form}
    return _page("studio_retire", **shown), 422 if form.errors else 200


@blueprint.route("/words", methods=["GET", "POST"])
def words() -> ResponseReturnValue:
    """The organisation's own words, set once for every question."""
    form = WordsForm()
    if form.validate_on_submit():
        try:
            typed = (form.terms.data or "", form.swaps.data or "", form.seen.data or "")
            reworded = terms.save_words(*typed, editor_of(form.why.data))
        except EditError as error:
            refuse(form, error)
        else:
            flash(studio_words.reworded(reworded), "success")
            return redirect(url_for(".words"), 303)
    else:
        form.terms.data, form.swaps.data, form.seen.data = terms.shown(get_library())
    return _page("studio_words", form=form), 422 if form.errors else 200


def _retire(item: Item, editor: Editor) -> str:
    if "delete" in request.form:
        editing.delete_item(item.id, editor)
        return _("%(id)s is deleted.", id=item.id)
    again = "again" in request.form  # what the page offered, whatever somebody else pressed meanwhile
    editing.retire_item(item.id, editor, retired=not again)
    said = N_("%(id)s is offered again.") if again else N_("%(id)s is retired.")
    return _(said, id=item.id)


def _is_kept(form: NewItemForm, item: Item) -> bool:
    if "check" in request.form:
        return False
    bank_id = str((request.view_args or {})["bank_id"])
    try:
        editing.add_item(bank_id, item, editor_of(form.why.data))
    except EditError as error:
        refuse(form, error)
        return False
    return True


def _new_item_page(form: NewItemForm, bank: Bank) -> str:
    item = Item(id=form.id.data or "", text=form.text.data or "", scale=form.scale.data or "")
    shown = {"item": None, "edit": None, "checked": "check" in request.form and not form.errors}
    return _page("studio_item", form=form, bank=bank, linted=editing.look_at_wording(item), **shown)


def _item_page(
    form: ItemForm,
    bank: Bank,
    item: Item,
    edit: editing.Edit | None,
    theirs: ChangedMeanwhile | None = None,
) -> str:
    shown = edit.after if edit else item
    if edit:
        form.offer_changes(edit.weighed.least)
    told, linted = studio_words.describe(edit) if edit else None, editing.look_at_wording(shown)
    return _page(
        "studio_item",
        form=form,
        bank=bank,
        item=item,
        edit=told,
        theirs=theirs,
        linted=linted,
        last_told=usage.last_told(item.id) if item else None,
    )


def _waived(form: ItemForm, item: Item) -> Item:
    """With the reason for which its wording is kept, if one was given."""
    return editing.waive(item, form.waive.data) if form.waive.data else item


def _page(name: str, **values: object) -> str:
    return render_template(f"banks/{name}.html", library=get_library(), rules=RULES, **values)


def _to_bank(bank_id: str, item_id: str = "") -> ResponseReturnValue:
    return redirect(url_for("banks.show_bank", bank_id=bank_id, _anchor=item_id or None), 303)


@blueprint.errorhandler(EditError)
def show_refused(error: EditError) -> ResponseReturnValue:
    """An old link, or something that cannot be done."""
    return refused_page(error)
