"""The first page of a survey says what was done after the last one, and whether people see it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from pulse.actions.promises import add_promise
from pulse.db import db, writing
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.actions.factories import make_promise
from tests.results.factories import (
    ROTATION,
    Council,
    Site,
    make_council,
    make_quarterly,
    make_released_waves,
    make_sent_wave,
)


@pytest.fixture
def council(site: Site) -> Council:
    return make_council({"C": (None, 0), "A": ("C", 6), "B": ("C", 6)})


def make_third(site: Site, council: Council) -> tuple[list[Wave], str]:
    """Two released waves, and the link of somebody in the open third."""
    programme = make_quarterly(rotation=[[*items, "SUR-01"] for items in ROTATION])
    released = make_released_waves(site, council, programme, 2)
    now = released[-1].wave.closes_at + timedelta(days=80)
    wave_id = make_sent_wave(site, surveys.get_programme(programme.id), now=now)
    link = f"/a/{site.token(wave_id, min(council.people))}"
    return [one.wave for one in released], link


def test_it_lists_the_last_waves_answers_first_and_three_at_most_with_a_link_to_all(
    site: Site, council: Council, client: FlaskClient
) -> None:
    (first, second), link = make_third(site, council)
    assert "You said, we did" not in client.get(link).text
    for wave, said in (
        (second, "second, early"),
        (first, "first, late"),
        (first, "x"),
        (second, "second, late"),
    ):
        add_promise(make_promise(wave, said=said), second.closes_at + timedelta(days=9))

    page = client.get(link).text
    places = [page.index(said) for said in ("second, late", "second, early", "<strong>x<")]
    assert places == sorted(places)
    assert "first, late" not in page
    assert f'href="/r/{first.programme.results_key}">Everything that was done' in page
    assert f"In {second.label}, " in page
    assert "said that something had changed because of an earlier survey" in page
    assert "no response to the last one" not in page
    assert len(page.encode()) < 8_000


def test_a_wave_that_opened_without_a_response_says_so_first_with_the_reason(
    site: Site, council: Council, client: FlaskClient
) -> None:
    _, link = make_third(site, council)
    with writing():
        surveys.list_waves_in("open")[0].opens_unanswered = "The <office> was flooded."
    db.session.expire_all()

    page = client.get(link).text
    sentence = (
        "This survey opened although no response to the last one was posted. Reason: The &lt;office&gt; was"
    )
    assert page.index(sentence) < page.index("Who sees what")
