"""The supplied catalogue says everything that pages say, and nothing else than what they say."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import catalogue

#: of Welsh: any other number, then 1, 2, 3 and 6
FORMS = 5
#: what is filled in when it is said: by Python, by a script of the survey form, and a per cent sign
_FILLED = re.compile(r"%\(\w+\)s|\{[a-z]\}|%%")


@pytest.fixture(scope="module")
def welsh() -> Catalog:
    return catalogue.read("cy")


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    return catalogue.gather()


def messages(of: Catalog) -> Iterator[Message]:
    return (message for message in of if message.id)


def english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def said(message: Message) -> list[str]:
    """The translation, form by form; empty where there is none."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return forms if all(forms) else []


def filled(words: str) -> Counter[str]:
    """What is filled in, whatever stands around it: "%%" once its neighbours are away."""
    return Counter(_FILLED.findall(words))


def test_every_string_that_a_page_says_has_a_welsh_translation(welsh: Catalog, gathered: Catalog) -> None:
    known = {message.id for message in messages(welsh) if said(message)}
    missing = [message.id for message in messages(gathered) if message.id not in known]
    assert not missing, missing[:10]


def test_a_translation_has_the_placeholders_of_its_english(welsh: Catalog) -> None:
    """Of one, English may say "one" in place of the number, and so may a form for a single number."""
    for message in messages(welsh):
        wanted = [filled(words) for words in english(message)]
        forms = [filled(words) for words in said(message)]
        assert all(form in wanted for form in forms), message.id
        assert not forms or forms[0] == wanted[-1], message.id


def test_a_translation_has_no_per_cent_sign_that_formatting_would_trip_over(welsh: Catalog) -> None:
    formatted = (
        (message.id, words)
        for message in messages(welsh)
        if "%(" in english(message)[-1]
        for words in said(message)
    )
    assert not [key for key, words in formatted if "%" in _FILLED.sub("", words)]


def test_no_string_and_no_translation_holds_markup(welsh: Catalog, gathered: Catalog) -> None:
    strings = [words for message in messages(gathered) for words in english(message)]
    strings += [words for message in messages(welsh) for words in said(message)]
    assert not [words for words in strings if re.search(r"<\s*/?\w|&\w+;", words)]


def test_what_follows_a_number_has_the_five_forms_of_welsh(welsh: Catalog) -> None:
    assert welsh.num_plurals == FORMS
    counted = [message for message in messages(welsh) if not isinstance(message.id, str)]
    assert counted
    assert all(len(said(message)) == FORMS for message in counted)


def test_every_supplied_question_has_a_welsh_draft_that_nobody_is_said_to_have_reviewed() -> None:
    drafts = catalogue.read("cy", catalogue.QUESTIONS)
    wanted = {(message.context, message.id) for message in messages(catalogue.gather_questions())}

    assert {(message.context, message.id) for message in messages(drafts)} == wanted
    assert all(said(message) and message.flags == {catalogue.MACHINE} for message in messages(drafts))


def test_the_file_of_questions_is_what_gathering_now_would_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = catalogue.path_of("cy", catalogue.QUESTIONS).read_bytes()
    fresh = catalogue.update("cy", {}, catalogue.QUESTIONS)
    monkeypatch.setattr(catalogue, "CATALOGUES", tmp_path)
    catalogue.write("cy", fresh, catalogue.QUESTIONS)
    assert catalogue.path_of("cy", catalogue.QUESTIONS).read_bytes() == kept


@pytest.mark.parametrize("ending", [".po", ".mo"])
def test_the_files_are_what_gathering_now_would_write(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gathered: Catalog
) -> None:
    kept = catalogue.path_of("cy").with_suffix(ending).read_bytes()
    monkeypatch.setattr(catalogue, "gather", lambda: gathered)
    fresh = catalogue.update("cy", {})
    monkeypatch.setattr(catalogue, "CATALOGUES", tmp_path)
    catalogue.write("cy", fresh)
    assert catalogue.path_of("cy").with_suffix(ending).read_bytes() == kept
