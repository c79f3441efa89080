"""The rule that holds a survey's next wave, by itself."""

import pytest

from pulse.actions.holding import Unanswered, decide, find_unanswered


@pytest.mark.parametrize(
    ("responses", "shows", "holds"),
    [(0, True, True), (1, True, False), (0, False, False), (3, False, False)],
)
def test_what_was_shown_needs_a_response_and_nothing_else_does(
    responses: int, shows: bool, holds: bool
) -> None:
    found = decide(7, "Autumn 2026", responses=responses, shows=shows)
    assert found == (Unanswered(7, "Autumn 2026") if holds else None)


def test_each_sentence_names_the_wave_and_says_what_to_do() -> None:
    found = Unanswered(7, "Autumn 2026")
    for sentence in (found.waits, found.missed):
        assert "Autumn 2026" in sentence
        assert "ost a response" in sentence


@pytest.mark.usefixtures("app")
def test_a_survey_without_results_holds_nothing() -> None:
    assert find_unanswered(1) is None
