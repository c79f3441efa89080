"""Who may translate and review what, and what a change undoes."""

from pathlib import Path

import pytest
from flask import Flask

from pulse.languages import catalogue, queries, standing
from pulse.languages.checking import TranslationRefused
from pulse.languages.models import DRAFT
from pulse.languages.standing import ChangedMeanwhile
from pulse.languages.texts import PAGE, Text, plural_text
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.languages.factories import WELSH, read, save

#: who saves first is the database's to say
pytestmark = pytest.mark.both_databases

QUESTION = Text("item PEO-01", "I am treated as a whole person at work.")
REVERSED = Text("item PEO-09", "I often feel like a number.", twice=True)


@pytest.fixture
def people(app: Flask) -> tuple[int, int, int]:
    """Three editors."""
    first, second, third = (make_account(Role.OD_EDITOR).id for _ in range(3))
    return first, second, third


def is_missing(text: Text) -> bool:
    return standing.not_reviewed(WELSH, [text]) == [text]


def test_nobody_reviews_what_they_wrote(people: tuple[int, int, int]) -> None:
    ann, ben, _ = people
    save(QUESTION, "Rwy'n berson cyfan yn y gwaith.", ann)

    with pytest.raises(TranslationRefused, match="somebody else must review"):
        read(QUESTION, ann)
    assert is_missing(QUESTION)
    assert read(QUESTION, ben).reviewed
    assert standing.find_words(WELSH, [QUESTION]) == {QUESTION.key: "Rwy'n berson cyfan yn y gwaith."}


def test_a_reversed_question_needs_two_reviewers_who_did_not_write_it(people: tuple[int, int, int]) -> None:
    ann, ben, cat = people
    save(REVERSED, "Rwy'n teimlo fel rhif yn aml.", ann)

    once = read(REVERSED, ben)
    assert (once.state, once.reviewer_id, once.half) == ("draft", ben, True)
    with pytest.raises(TranslationRefused, match="a second person"):
        read(REVERSED, ben)
    with pytest.raises(TranslationRefused, match="somebody else"):
        read(REVERSED, ann)
    assert is_missing(REVERSED)

    twice = read(REVERSED, cat)
    assert (twice.state, twice.second_reviewer_id) == ("reviewed", cat)
    assert not is_missing(REVERSED)


def test_a_question_that_one_person_reviewed_does_not_do_once_it_needs_two(
    people: tuple[int, int, int],
) -> None:
    once = Text(*REVERSED.key)
    save(once, "Rwy'n teimlo fel rhif.", people[0])
    read(once, people[1])

    assert is_missing(REVERSED)
    assert read(REVERSED, people[2]).reviewed


def test_who_corrects_is_the_translator_and_somebody_else_reviews(people: tuple[int, int, int]) -> None:
    ann, ben, _ = people
    save(QUESTION, "Rwyf yn berson.", ann)
    read(QUESTION, ben)

    changed = save(QUESTION, "Rwyf yn berson cyfan.", ben)

    assert (changed.state, changed.reviewer_id) == ("draft", None)
    assert is_missing(QUESTION)
    with pytest.raises(TranslationRefused, match="somebody else"):
        read(QUESTION, ben)
    read(QUESTION, ann)
    assert [row.number for row in queries.list_versions(WELSH, QUESTION)] == [4, 3, 2, 1]


def test_another_note_changes_neither_words_nor_who_reviewed_them(people: tuple[int, int, int]) -> None:
    save(QUESTION, "Rwyf yn berson.", people[0])
    read(QUESTION, people[1])

    noted = save(QUESTION, "Rwyf yn berson.", people[1], note="As the NHS says it")

    assert noted.reviewed
    assert (noted.translator_id, noted.note) == (people[0], "As the NHS says it")
    with pytest.raises(TranslationRefused, match="changed nothing"):
        save(QUESTION, "Rwyf yn berson.", people[1], note="As the NHS says it")


def test_other_english_has_no_translation(people: tuple[int, int, int]) -> None:
    save(QUESTION, "Rwyf yn berson.", people[0])
    read(QUESTION, people[1])

    assert is_missing(Text(QUESTION.context, "I am treated as a person at work."))


def test_of_two_at_once_the_second_is_shown_the_first_and_writes_nothing_over(
    people: tuple[int, int, int],
) -> None:
    save(QUESTION, "Geiriau Ann.", people[0], seen=0)

    with pytest.raises(ChangedMeanwhile) as shown:
        save(QUESTION, "Geiriau Ben.", people[1], seen=0)
    with pytest.raises(ChangedMeanwhile):
        read(QUESTION, people[1], seen=0)

    assert shown.value.theirs.words == "Geiriau Ann."
    assert len(queries.list_versions(WELSH, QUESTION)) == 1


@pytest.fixture
def supplied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue with a machine's draft, a reviewed string, one without words, and plural forms."""
    path = tmp_path / WELSH / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);\\n"\n\n'
        '#: pulse/responses/forms.py\n#, machine-drafted\nmsgid "Send"\nmsgstr "Anfon"\n\n'
        '#: pulse/web/formatting.py pulse/surveys/wizard.py\nmsgid "May"\nmsgstr "Mai"\n\n'
        '#: pulse/responses/templates/responses/form.html\nmsgid "Next"\nmsgstr ""\n\n'
        '#: pulse/surveys/wizard.py\n#, machine-drafted\nmsgid "team"\nmsgid_plural "teams"\n'
        'msgstr[0] "tîm"\nmsgstr[1] "tîm"\nmsgstr[2] "dîm"\nmsgstr[3] "thîm"\nmsgstr[4] "thîm"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "CATALOGUES", tmp_path)


@pytest.mark.usefixtures("supplied")
def test_the_programs_own_strings_count_by_what_the_catalogue_says_of_them(
    people: tuple[int, int, int],
) -> None:
    send, may, following = (Text(PAGE, words) for words in ("Send", "May", "Next"))
    staff = catalogue.staff_texts(WELSH)
    assert set(staff) == {send, may, following}
    assert set(standing.not_reviewed(WELSH, staff)) == {send, following}

    read(send, people[0])  # a machine wrote it, so any one person may review it
    save(following, "Nesaf", people[0])
    read(following, people[1])

    assert standing.not_reviewed(WELSH, staff) == []
    assert standing.find_words(WELSH, staff) == {send.key: "Anfon", may.key: "Mai", following.key: "Nesaf"}
    assert catalogue.other_texts(WELSH) == [plural_text("team", "teams")]


def test_a_save_that_comes_between_looking_and_writing_is_not_written_over(
    people: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(QUESTION, "Geiriau Ann.", people[0])
    monkeypatch.setattr(standing, "find_one", lambda _language, text: standing.Standing(text))

    with pytest.raises(ChangedMeanwhile):
        save(QUESTION, "Geiriau Ben.", people[1], seen=0)

    assert [row.text for row in queries.list_versions(WELSH, QUESTION)] == ["Geiriau Ann."]


def test_a_supplied_draft_of_a_question_is_not_offered_before_somebody_reviewed_it(app: Flask) -> None:
    question = Text("item PTA-01", "I have permission to act when I see a better way.")
    supplied = standing.find_one(WELSH, question)

    assert (supplied.state, supplied.number) == (DRAFT, 0)
    assert supplied.words
    assert standing.find_words(WELSH, [question]) == {}
    read(question, make_account(Role.OD_EDITOR).id)
    assert standing.find_words(WELSH, [question]) == {question.key: supplied.words}
    assert standing.find_one(WELSH, question._replace(source="I may act.")).words == ""
