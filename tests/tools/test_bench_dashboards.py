"""What `make bench` measures of dashboards: every address is served, and a page's work is what it did."""

from types import MappingProxyType

import pytest
from flask import Flask
from sqlalchemy import select

from pulse.dashboards import figures
from pulse.db import db
from pulse.surveys.models import Programme
from tests.results.stored import make_table
from tools.bench_pages import NotThere, Page, list_pages
from tools.bench_work import is_plain, recorded


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: page.name)
def test_every_page_that_is_measured_is_served(page: Page, app: Flask) -> None:
    assert page.endpoint in app.view_functions


def test_an_address_that_is_gone_is_said_to_be_missing(app: Flask) -> None:
    gone = Page("gone", "dashboards.nowhere", lambda _: {})
    with pytest.raises(NotThere, match=r"no endpoint dashboards\.nowhere"):
        gone.address(app, None)  # type: ignore[arg-type]


def test_the_statements_and_charts_of_a_block_are_recorded_and_done_again(app: Flask) -> None:
    rows = make_table(("People", {"value": 70.0}))
    with recorded(db.engine) as work:
        db.session.execute(select(Programme.name)).all()
        drawn = figures.dots(rows)
    figures.dots(rows)
    db.session.execute(select(Programme.id)).all()
    assert [str(statement).split()[:2] for statement, _ in work.statements] == [["SELECT", "programme.name"]]
    assert work.charts() == [drawn]
    assert work.seconds_of_queries(db.engine) > 0
    assert work.seconds_of_drawing() > 0


def test_a_chart_of_plain_dicts_is_told_from_one_with_an_object_in_it() -> None:
    assert is_plain({"data": [{"x": [1, 2.5, None, "a"], "showlegend": False}]})
    assert not is_plain({"data": [object()]})
    assert not is_plain({"layout": MappingProxyType({})})
