"""Tables of results as files. They hold what the pages show to the same reader, and nothing else."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from re import sub

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.dashboards.downloads import ALL, find_sheet, list_sheets
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.reading import OutOfScope, Result, list_all_released, read_result
from pulse.dashboards.scope import require_readable
from pulse.languages.choosing import said_whole, speaking
from pulse.languages.texts import ENGLISH
from pulse.results.exporting_files import About, write_sheet
from pulse.results.exporting_ods import write_ods
from pulse.results.exporting_sheets import Sheet
from pulse.results.exporting_xlsx import write_xlsx
from pulse.results.released import NotReleased, read_groups
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.web.access import Role, allow_roles
from pulse.web.turns import one_at_a_time

blueprint = Blueprint("downloads", __name__, url_prefix="/results", template_folder="templates")
allow_roles(blueprint, *Role)
said_whole(blueprint)
#: endings of workbooks -> their type, and what writes them
_BOOKS: dict[str, tuple[str, Callable[[About, list[Sheet], BytesIO], None]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", write_ods),
}
#: so long a file name as every system takes, path and all
_LONGEST_PART = 40


@dataclass(frozen=True)
class Downloads:
    """The page that lists them; `whole` is the workbook of everything, and the one table of every figure."""

    frame: Frame
    sheets: list[Sheet]
    whole: str = ALL

    @property
    def publishable(self) -> bool:
        """Whether the reader may open the whole organisation, of which there is a pack to publish."""
        return any(group.number == 0 for group in self.frame.groups)


@blueprint.get("/<int:wave_id>/<int:number>/downloads")
def index(wave_id: int, number: int) -> ResponseReturnValue:
    """Every table of this group in this wave, in three formats each."""
    wave = _released(wave_id)
    if number == 0 and not read_groups(wave):
        return render_template("dashboards/nothing_shown.html", wave=wave, waves=list_all_released())
    result, groups = _readable(wave, number)
    sheets = [sheet for sheet in list_sheets(result, groups) if sheet.name != ALL]
    return render_template("dashboards/downloads.html", page=Downloads(frame_of(result, groups), sheets))


@blueprint.get("/<int:wave_id>/<int:number>/tables/<name>.<ending>")
@speaking(ENGLISH)
def table(wave_id: int, number: int, name: str, ending: str) -> ResponseReturnValue:
    """One table, or a workbook of all of them; 404 for one that this wave or group does not have.

    A file is for programs too, and so in English whatever its reader's pages speak.
    """
    result, groups = _readable(_released(wave_id), number)
    if name == ALL and ending in _BOOKS:
        with one_at_a_time():
            return _book(result, list_sheets(result, groups), name, ending)
    sheet = find_sheet(result, groups, name)
    if sheet is None or ending not in ("csv", *_BOOKS):
        abort(404)
    if ending == "csv":
        return _csv(result, sheet)
    with one_at_a_time():
        return _book(result, [sheet], name, ending)


def _released(wave_id: int) -> Wave:
    """An unknown wave and one that is not released look the same."""
    wave = surveys.find_wave(wave_id)
    if wave is None or wave.state != "released":
        abort(404)
    return wave


def _readable(wave: Wave, number: int) -> tuple[Result, Groups]:
    """The group, and all that its reader may open; a group that they may not open looks like none."""
    try:
        groups = require_readable(require_account(), wave, number)
        return read_result(wave, number), groups
    except (OutOfScope, NotReleased):
        abort(404)


def _csv(result: Result, sheet: Sheet) -> Response:
    """With the mark by which Excel knows UTF-8."""
    file = StringIO(newline="")
    write_sheet(sheet, file)
    return _attached(
        result, sheet.name, "csv", "text/csv; charset=utf-8", file.getvalue().encode("utf-8-sig")
    )


def _book(result: Result, sheets: list[Sheet], name: str, ending: str) -> Response:
    kind, write = _BOOKS[ending]
    method = f"{current_app.config['PULSE'].base_url}/method"
    about = About(result.release, result.wave.programme.name, result.group.name, method)
    file = BytesIO()
    write(about, sheets, file)
    return _attached(result, name, ending, kind, file.getvalue())


def _attached(result: Result, name: str, ending: str, kind: str, content: bytes) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(result, name)}.{ending}"'
    return response


def file_name(result: Result, name: str) -> str:
    """ "council-autumn-2026-parks-facets": letters, figures and hyphens, which every system takes."""
    organisation, label, team, table = map(
        _plain, (result.wave.programme.organisation, result.wave.label, result.group.name, name)
    )
    parts = (organisation, label, "" if team == organisation else team, table)
    return "-".join(part for part in parts if part)


def _plain(words: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:_LONGEST_PART].rstrip("-")
