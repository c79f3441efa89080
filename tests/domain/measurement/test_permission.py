import numpy as np
import pytest

from pulse.domain.measurement.items import score100
from pulse.domain.measurement.permission import FacetedScores, facet_mean, faceted_scores, weakest_facet
from tests.domain.measurement.known import KNOWN, as_shown

NAN = float("nan")
FACETS = {"licence": [0], "room": [1], "learning": [2], "trust": [3]}


@pytest.fixture
def known_person() -> FacetedScores:
    """The person of the known answer, who answered nothing on trust."""
    facets: dict[str, range] = {}
    answers: list[int] = []
    for name in ("licence", "room", "learning", "trust"):
        codes = KNOWN["pta"][name] or [-1]
        facets[name] = range(len(answers), len(answers) + len(codes))
        answers += codes
    return faceted_scores(score100([answers]), facets)


def test_permission_to_act_is_the_mean_of_its_facets_not_of_its_items(known_person: FacetedScores) -> None:
    by_facet = [float(known_person.facets[name][0]) for name in ("licence", "room", "learning")]
    assert by_facet == KNOWN["pta"]["facets"]
    assert np.isnan(known_person.facets["trust"][0])
    assert known_person.index[0] == as_shown(KNOWN["pta"]["index"])


def test_told_yes_and_given_no_time_is_found_by_the_weakest_facet(known_person: FacetedScores) -> None:
    assert weakest_facet({name: float(scores[0]) for name, scores in known_person.facets.items()}) == "room"


def test_of_equally_weak_facets_the_first_is_named() -> None:
    assert weakest_facet({"licence": 60, "room": 40, "trust": 40}) == "room"


@pytest.mark.parametrize(
    "facets", [{}, {"room": NAN}, {"room": float("inf")}, {"room": 40, "trust": -np.inf}]
)
def test_no_facet_is_the_weakest_of_none(facets: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="at least one facet with a score"):
        weakest_facet(facets)


def test_two_facets_are_too_few_for_the_index() -> None:
    scored = faceted_scores([[100, 50, NAN, NAN], [100, 50, 0, NAN]], FACETS)
    np.testing.assert_array_equal(scored.index, [NAN, 50])


def test_nobody_and_all_does_not_apply_have_no_index() -> None:
    assert faceted_scores(np.empty((0, 4)), FACETS).index.size == 0
    assert np.isnan(faceted_scores(np.full((2, 4), NAN), FACETS).index).all()


def test_everyone_the_same_has_that_index() -> None:
    assert faceted_scores(np.full((2, 4), 75.0), FACETS).index.tolist() == [75, 75]


def test_an_index_of_fewer_facets_than_it_needs_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 3 facets and was given 2"):
        faceted_scores([[1, 2]], {"licence": [0], "room": [1]})
    with pytest.raises(ValueError, match="needs 0 facets"):
        facet_mean([np.array([50.0])], need_facets=0)


def test_a_facet_of_items_that_are_not_there_is_refused() -> None:
    for column in (4, -1):
        with pytest.raises(ValueError, match="a column that the scores do not have"):
            faceted_scores([[1, 2, 3, 4]], FACETS | {"trust": [column]})


def test_an_infinite_score_is_refused() -> None:
    with pytest.raises(ValueError, match="finite numbers"):
        faceted_scores([[1, 2, 3, float("inf")]], FACETS)
