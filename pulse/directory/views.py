"""The roster pages, for administrators: the tree, and a file uploaded, previewed and imported."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.directory.forms import ApplyForm, UploadForm
from pulse.directory.headcount import get_branch
from pulse.directory.queries import count_people, list_attributes
from pulse.directory.roster_columns import template_csv
from pulse.directory.roster_import import ImportRefusedError, import_roster, preview_roster
from pulse.directory.roster_telling import tell_bad_rows, tell_plan, tell_reach, tell_result
from pulse.directory.roster_uploads import forget_upload, hold_upload, open_upload
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web import navigation
from pulse.web.access import Role, allow_roles

blueprint = Blueprint("directory", __name__, url_prefix="/roster", template_folder="templates")
allow_roles(blueprint, Role.ADMINISTRATOR)
said_whole(blueprint)
navigation.register(N_("Roster"), "directory.show_roster", [Role.ADMINISTRATOR], order=80)


@blueprint.get("/")
def show_roster() -> ResponseReturnValue:
    """The tree, a branch at a time, and the form to upload a file."""
    return _roster_page(UploadForm(), request.args.get("unit", type=int))


@blueprint.post("/")
def upload_roster() -> ResponseReturnValue:
    """Read the file; keep it for its preview if it could be imported, else say what to put right."""
    form = UploadForm()
    file = form.read()
    if file is None:
        return _roster_page(form, None), 422
    plan = preview_roster(file)
    if plan.bad_rows:
        bad, sections = tell_bad_rows(plan), tell_plan(plan)
        return render_template("directory/bad_rows.html", plan=plan, bad=bad, sections=sections), 422
    return redirect(url_for(".preview_upload", upload_id=hold_upload(file, datetime.now(UTC))), 303)


@blueprint.get("/uploads/<upload_id>")
def preview_upload(upload_id: str) -> ResponseReturnValue:
    """What the import would change."""
    try:
        plan = preview_roster(open_upload(upload_id, datetime.now(UTC)))
    except LookupError as error:
        return _back(str(error), "error")
    told = {"sections": tell_plan(plan), "reach": tell_reach(plan)}
    return render_template("directory/preview.html", plan=plan, **told, form=ApplyForm(), upload_id=upload_id)


@blueprint.post("/uploads/<upload_id>/apply")
def apply_upload(upload_id: str) -> ResponseReturnValue:
    """Import the file as it was previewed."""
    form = ApplyForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        file = open_upload(upload_id, datetime.now(UTC))
        plan = import_roster(file, allow_many_leavers=form.allow_many_leavers.data)
    except LookupError as error:
        return _back(str(error), "error")
    except ImportRefusedError as error:
        flash(str(error), "error")
        return redirect(url_for(".preview_upload", upload_id=upload_id), 303)
    return _back(tell_result(plan), "success")


@blueprint.post("/uploads/<upload_id>/cancel")
def cancel_upload(upload_id: str) -> ResponseReturnValue:
    """Forget the file."""
    if not ApplyForm().validate_on_submit():
        abort(400)
    forget_upload(upload_id)
    return _back(_("Nothing was imported, and the uploaded file was deleted."), "info")


@blueprint.get("/template.csv")
def download_template() -> ResponseReturnValue:
    """A small roster to start from; the mark at its start lets a spreadsheet know that it is UTF-8."""
    headers = {"Content-Disposition": "attachment; filename=roster-template.csv"}
    return Response("\ufeff" + template_csv(), mimetype="text/csv", headers=headers)


def _roster_page(form: UploadForm, unit_id: int | None) -> str:
    try:
        branch = get_branch(unit_id)
    except LookupError:
        abort(404)
    return render_template(
        "directory/roster.html", form=form, branch=branch, people=count_people(), attributes=list_attributes()
    )


def _back(message: str, category: str) -> ResponseReturnValue:
    flash(message, category)
    return redirect(url_for(".show_roster"), 303)
