"""Everything that shows results, by the endpoint that serves it; one that is gone is said to be missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from pulse.surveys import queries as surveys
from tools.bench_releases import Place

#: a program has the key of an analyst
ANALYST, LEADER, NOBODY, PROGRAM = "analyst", "leader", "nobody", "program"
Values = Callable[[Place], dict[str, Any]]


class NotThere(LookupError):
    """The application has no such endpoint."""


@dataclass(frozen=True)
class Page:
    """One address: its endpoint, whose values depend on the place, and who asks for it."""

    name: str
    endpoint: str
    values: Values
    visitor: str = ANALYST
    #: whether it is held to its own queries and charts
    drawn: bool = False

    def address(self, app: Flask, place: Place) -> str:
        """Raises NotThere where the application has no such endpoint."""
        if self.endpoint not in app.view_functions:
            raise NotThere(f"there is no endpoint {self.endpoint}")
        values = self.values(place)
        with app.test_request_context():
            return url_for(self.endpoint, **values)


def _whole(place: Place) -> dict[str, Any]:
    return {"wave_id": place.wave_id, "number": 0}


def _department(place: Place) -> dict[str, Any]:
    return {"wave_id": place.wave_id, "number": place.department}


def _table(name: str, ending: str) -> Values:
    return lambda place: _whole(place) | {"name": name, "ending": ending}


def _staff(place: Place) -> dict[str, Any]:
    return {"key": surveys.get_programme(place.programme_id).results_key}


def _calendar(place: Place) -> dict[str, Any]:
    return {"programme_id": place.programme_id}


def list_pages() -> Sequence[Page]:
    """Pages first, then files, then calls."""
    return (
        Page("results page", "dashboards.show", _whole, drawn=True),
        Page("a department's results page", "dashboards.show", _department, LEADER, drawn=True),
        Page("answers page", "dashboards.answers", _whole, drawn=True),
        Page("technical page", "dashboards.technical", _whole, drawn=True),
        Page("attributes page", "dashboards.attributes", _whole, drawn=True),
        Page("comments page", "dashboards.comments", _whole, drawn=True),
        Page("teams page", "dashboards.teams", _whole, drawn=True),
        Page("downloads page", "downloads.index", _whole, drawn=True),
        Page("staff page", "staff_results.show", _staff, NOBODY, drawn=True),
        Page("every figure, CSV", "downloads.table", _table("all", "csv")),
        Page("every table, XLSX", "downloads.table", _table("all", "xlsx")),
        Page("every table, ODS", "downloads.table", _table("all", "ods")),
        Page("board pack, PDF", "packs.board", _whole),
        Page("publication pack, PDF", "packs.publication", lambda place: {"wave_id": place.wave_id}),
        Page("dates of waves, iCalendar", "calendar.download", _calendar),
        Page("API: figures", "api.figures", _whole, PROGRAM),
        Page("API: attributes", "api.attributes", _whole, PROGRAM),
        Page("API: groups", "api.groups", lambda place: {"wave_id": place.wave_id}, PROGRAM),
    )
