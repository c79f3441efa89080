"""Translations as files: taken away for a translator, and brought in after a look at what they change."""

import json
from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks import translation_pages as pages
from pulse.banks.limits import ImportRefused
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.banks.translating import Group, list_groups
from pulse.banks.translation_forms import TranslationsFileForm
from pulse.domain.json_text import read_json
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.web.access import allow_roles

blueprint = Blueprint("translation_files", __name__, url_prefix="/translations", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.get("/<language>/<group_id>/download.<any(csv, xlsx):ending>")
def download(language: str, group_id: str, ending: str) -> ResponseReturnValue:
    """A group as a spreadsheet."""
    from pulse.banks.translation_files import MEDIA_TYPES, write_file  # noqa: PLC0415 - spreadsheets are heavy
    from pulse.banks.writing import UnwritableError  # noqa: PLC0415

    group = pages.get_group(language, group_id)
    try:
        content = write_file(language, group, ending)
    except UnwritableError:
        flash(_("One of the texts has characters that a spreadsheet would not give back."), "error")
        return redirect(url_for("translations.show_group", language=language, group_id=group_id), 303)
    headers = {"Content-Disposition": f'attachment; filename="{language}-{group_id}.{ending}"'}
    return Response(content, content_type=MEDIA_TYPES[ending], headers=headers)


@blueprint.route("/<language>/import", methods=["GET", "POST"])
def upload(language: str) -> ResponseReturnValue:
    """What a file would change, before anything is changed."""
    from pulse.banks.translation_files import preview  # noqa: PLC0415 - reads spreadsheets

    groups, form = _groups(language), TranslationsFileForm()
    if not form.validate_on_submit():
        return _page("translations_import", language, form=form), 422 if form.errors else 200
    try:
        found = preview(language, groups, form.file.data.filename or "", form.file.data.read())
    except ImportRefused as error:
        form.file.errors = [str(error)]
        return _page("translations_import", language, form=form), 422
    rows = json.dumps([each.handed_on for each in found.coming], ensure_ascii=False)
    return _page("translations_preview", language, found=found, rows=rows)


@blueprint.post("/<language>/import/keep")
def bring_in(language: str) -> ResponseReturnValue:
    """What was previewed, kept as drafts of whoever brought it in."""
    from pulse.banks import translation_files  # noqa: PLC0415

    rows = read_json(request.form.get("rows", ""))
    mine, now = require_account().id, datetime.now(UTC)
    try:
        count = translation_files.bring_in(language, _groups(language), rows, mine, now)
    except ImportRefused as error:
        flash(str(error), "error")
        return redirect(url_for(".upload", language=language), 303)
    flash(
        ngettext(
            "%(num)s translation is saved as a draft. Somebody else reviews it.",
            "%(num)s translations are saved as drafts. Somebody else reviews them.",
            count,
        ),
        "success",
    )
    return redirect(url_for("translations.show_language", language=language), 303)


def _groups(language: str) -> list[Group]:
    return list_groups(pages.check_language(language), get_library())


def _page(name: str, language: str, **values: object) -> str:
    called = {"language": language, "language_name": _(pages.NAMES[language])}
    return render_template(f"banks/{name}.html", **called, **values)
