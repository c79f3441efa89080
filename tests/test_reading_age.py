"""The measure of plain words, on texts whose syllables were counted by hand."""

import pytest

from tests.support.reading_age import count_syllables, grade


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("the", 1), ("envelope", 3), ("envelopes", 3), ("people", 2), ("pages", 2), ("closed", 1)),
        *(
            ("counted", 2),
            ("anonymity", 5),
            ("organisation", 5),
            ("e-mail", 2),
            ("it\N{RIGHT SINGLE QUOTATION MARK}s", 1),
            ("whole", 1),
        ),
    ],
)
def test_syllables_are_counted(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_a_grade_is_worked_out_from_words_a_sentence_and_syllables_a_word() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    hard = "Organisational confidentiality necessitates comprehensive anonymisation procedures."
    assert grade(hard) > 20


def test_each_line_is_a_sentence_and_a_text_without_a_word_is_refused() -> None:
    assert grade("One two three\nfour five six") == grade("One two three. Four five six.")
    with pytest.raises(ValueError, match="no word"):
        grade("1, 2!")
