"""Banks as files: taken away by everybody who may read them, brought in by those who may change them."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks.forms import ImportForm, WhyForm
from pulse.banks.history_fields import name_fields
from pulse.banks.revising import EditError, Editor
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.domain.json_text import read_json
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import Role, allow_roles

if TYPE_CHECKING:
    from pulse.banks.bringing_in import Preview

blueprint = Blueprint("question_files", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *Role, upload=EDITORS, bring_in=EDITORS)
said_whole(blueprint)


@blueprint.get("/<bank_id>/download.<any(yaml, csv, xlsx, lss):ending>")
def download(bank_id: str, ending: str) -> ResponseReturnValue:
    """The bank as a file."""
    from pulse.banks.exporting import MEDIA_TYPES, export_bank  # noqa: PLC0415 - spreadsheets are heavy
    from pulse.banks.writing import UnwritableError  # noqa: PLC0415

    library = get_library()
    try:
        content = export_bank(library.bank(bank_id), library, ending)
    except KeyError:
        abort(404)
    except UnwritableError as error:
        flash(str(error), "error")
        return redirect(url_for("banks.show_bank", bank_id=bank_id), 303)
    headers = {"Content-Disposition": f'attachment; filename="{bank_id}.{ending}"'}
    return Response(content, content_type=MEDIA_TYPES[ending], headers=headers)


@blueprint.route("/import", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """What a file would change, before anything is changed."""
    from pulse.banks.bringing_in import preview  # noqa: PLC0415 - reads spreadsheets and XML

    form = ImportForm()
    if not form.validate_on_submit():
        return _page("import", form=form), 422 if form.errors else 200
    try:
        found = preview(form.file.data.filename or "", form.file.data.read())
    except EditError as error:
        form.file.errors = [str(error)]
        return _page("import", form=form), 422
    return _preview(found, WhyForm())


@blueprint.post("/import/keep")
def bring_in() -> ResponseReturnValue:
    """What was previewed, kept."""
    from pulse.banks import bringing_in  # noqa: PLC0415

    seen = {
        name.removeprefix("seen-"): value for name, value in request.form.items() if name.startswith("seen-")
    }
    editor = Editor(datetime.now(UTC), request.form.get("why", "").strip(), require_account().id)
    try:
        banks = bringing_in.bring_in(_documents(), seen, editor)
    except bringing_in.ReasonNeeded as error:
        form = WhyForm()
        form.why.errors = [str(error)]
        return _preview(error.found, form), 422
    except EditError as error:
        flash(str(error), "error")
        return redirect(url_for(".upload"), 303)
    flash(_("The file is brought in."), "success")
    return redirect(
        url_for("banks.show_bank", bank_id=banks[0]) if banks else url_for("banks.list_banks"), 303
    )


def _preview(found: "Preview", form: WhyForm) -> str:
    return _page(
        "import_preview", found=found, form=form, documents=json.dumps(found.documents), named=name_fields
    )


def _documents() -> dict[str, str]:
    """What the preview handed on; raises EditError for anything else."""
    found = read_json(request.form.get("documents", ""))
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise EditError(_("Something was lost on the way: bring the file in again."))
    return found


def _page(name: str, **values: object) -> str:
    return render_template(f"banks/{name}.html", library=get_library(), **values)
