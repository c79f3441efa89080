"""The canary run, short: `make attacks` plants more people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.canary import NOBODY, run
from tests.attacks.canary_attack import FEWER
from tests.attacks.canary_planted import LEAST, Planted, plant
from tests.attacks.canary_search import Haul, Searcher, told
from tests.support.databases import chosen_kind

NewDatabase = Callable[[str], str]
PLACES = {
    "website's log",
    "worker's log",
    "other files",
    "pages for others",
    "office pages",
    "letters to others",
    "comments kept",
    "database, open",
    "database, closed",
}


@pytest.mark.skipif(chosen_kind() != "sqlite", reason="`make attacks` runs it on both: it takes a minute")
def test_nothing_planted_is_found_where_it_must_not_be(tmp_path: Path, new_database: NewDatabase) -> None:
    haul = run(tmp_path, new_database("canary"), FEWER)
    assert haul.total == 0, told(haul)
    assert haul.planted > 200
    assert set(haul.searched) == PLACES
    assert min(haul.searched.values()) > 0  # each place was searched, and held something


def test_on_a_program_that_gossips_each_search_finds_what_was_planted(tmp_path: Path) -> None:
    haul = run(tmp_path, f"sqlite:///{tmp_path / 'pulse.db'}", 10, NOBODY, weakened=True)
    silent = {place for place in PLACES if not haul.found[place]}
    assert silent == set(), told(haul)
    logged = {"name", "address", "link", "browser", "network", "words", "answers", "slip"}
    assert set(haul.kinds("website's log")) == logged
    assert {"link", "browser", "words", "answers"} <= set(haul.kinds("database, closed"))


def written(one: Planted) -> Planted:
    one.link, one.answers = f"l{one.number:0{LEAST}}", f"4{one.number:0{LEAST}}"
    return one


@pytest.mark.parametrize("kind", ["name", "address", "link", "browser", "network", "words", "answers"])
def test_each_kind_is_found_in_somebody_elses_letter_and_not_in_ones_own(kind: str) -> None:
    first, second = (written(one) for one in plant(2))
    searcher, haul = Searcher([first, second]), Haul(2)
    letter = b"Dear colleague, " + first.canaries()[kind] + b" said"

    haul.look("own", [letter], searcher, own=first.number)
    haul.look("allowed", [letter], searcher, (kind,))
    haul.look("somebody else's", [letter], searcher, own=second.number)
    assert told(haul) == {"own": "0", "allowed": "0", "somebody else's": f"1 {kind}"}


def test_people_have_nothing_in_common_that_could_be_mistaken() -> None:
    people = [written(one) for one in plant(200)]
    secrets = [secret for one in people for secret in one.canaries().values()]
    assert len(secrets) == 7 * 200
    assert not [s for s in secrets for other in secrets if s in other and s != other]
    assert len(set(secrets)) == len(secrets)
