"""The list of pages to be photographed, and how addresses are found for it."""

import string

import pytest

from pulse.web.access import Role
from tools.shots_pages import SHOTS, fill_in, first_path

PLACES = {
    "link": "http://127.0.0.1:1/a/code",
    "results": "/results/1/0",
    "part": "/results/1/2",
    "hidden": "/results/1/3",
    "programme": "/programmes/1",
    "wave": "/programmes/waves/1",
}


def test_no_two_pictures_share_a_name() -> None:
    names = [shot.name for shot in SHOTS]

    assert len(set(names)) == len(names)
    assert set("".join(names)) <= set(string.ascii_lowercase + "-")


def test_every_address_can_be_filled_in() -> None:
    assert all(fill_in(shot.path, PLACES).startswith(("/", "http")) for shot in SHOTS)


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        fill_in("{nowhere}", PLACES)


def test_whoever_signs_in_has_a_role_that_exists() -> None:
    assert {shot.role for shot in SHOTS if shot.role} == {str(role) for role in Role}


def test_a_used_link_is_photographed_after_its_answers_were_sent() -> None:
    names = [shot.name for shot in SHOTS]

    assert names.index("survey-thanks") < names.index("survey-used-link")
    assert all(shot.path != "{link}" for shot in SHOTS[names.index("survey-used-link") + 1 :])


def test_four_pages_are_also_seen_in_the_dark() -> None:
    assert sum(shot.dark for shot in SHOTS) == 4


def test_the_first_address_that_matches_whole_is_taken() -> None:
    links = ["/programmes/new", "/programmes/7", "/programmes/8"]

    assert first_path(r"/programmes/\d+", links) == "/programmes/7"
    with pytest.raises(LookupError, match="no link"):
        first_path(r"/waves/\d+", links)
