"""Words of pages: what this organisation reviewed, else the supplied catalogue, else English."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask, render_template_string

from pulse.db import db, writing
from pulse.languages import saying
from pulse.languages.choosing import speaking
from pulse.languages.models import DRAFT, REVIEWED, Translation
from pulse.languages.saying import gettext, lazy_gettext, ngettext, noun, shows_drafts
from pulse.languages.texts import PAGE, Text, plural_text
from pulse.web.formatting import format_date, format_datetime, plural
from tests.accounts.factories import make_account


def say_ourselves(text: Text, words: str, state: str = REVIEWED) -> None:
    """A text as somebody of this organisation left it."""
    account = make_account()
    with writing():
        db.session.add(
            Translation(
                language="cy",
                context=text.context,
                source_sha256=text.sha256,
                number=1,
                source=text.source,
                text=words,
                state=state,
                made_at=datetime.now(UTC),
                reviewer_id=account.id,
            )
        )
    saying.forget()


@pytest.fixture
def welsh(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"), speaking("cy"):
        yield


def test_the_catalogue_says_it_and_the_page_knows_that_no_person_has_checked_it(welsh: None) -> None:
    assert gettext("Change") == "Newid"
    assert shows_drafts()


def test_what_is_in_no_catalogue_stays_english(welsh: None) -> None:
    assert gettext("Nobody has translated this.") == "Nobody has translated this."
    assert not shows_drafts()


def test_ones_own_reviewed_words_come_before_the_catalogue(welsh: None) -> None:
    say_ourselves(Text(PAGE, "Change"), "Diwygio")
    assert gettext("Change") == "Diwygio"
    assert not shows_drafts()


def test_ones_own_draft_is_said_to_be_one(welsh: None) -> None:
    say_ourselves(Text(PAGE, "Change"), "Diwygio", DRAFT)
    assert gettext("Change") == "Diwygio"
    assert shows_drafts()


def test_values_are_filled_in_and_a_per_cent_sign_alone_is_itself(app: Flask) -> None:
    assert gettext("done, %(month)s", month="May 2027") == "done, May 2027"
    assert gettext("100 %") == "100 %"
    with speaking("cy"):
        assert gettext("done, %(month)s", month="Mai 2027").endswith("wneud, Mai 2027")


@pytest.mark.parametrize(
    ("many", "said"), [(0, "0 tîm"), (1, "1 tîm"), (2, "2 dîm"), (3, "3 thîm"), (4, "4 tîm"), (6, "6 thîm")]
)
def test_welsh_nouns_change_their_first_letter_with_the_number(welsh: None, many: int, said: str) -> None:
    assert plural(many, "team") == said


def test_a_sentence_has_a_form_for_each_number(welsh: None) -> None:
    one, many = "from the one question of the scale", "from all %(num)s questions of the scale"
    assert [ngettext(one, many, n) for n in (1, 2, 7)] == [
        "o unig gwestiwn y raddfa",
        "o ddau gwestiwn y raddfa",
        "o bob un o 7 cwestiwn y raddfa",
    ]


def test_ones_own_forms_are_taken_by_number(welsh: None) -> None:
    say_ourselves(plural_text("team", "teams"), "criw\ncriw\ngriw\nchriw\nchriw")
    assert [noun("team", "teams", n) for n in (1, 2, 3, 5)] == ["criw", "griw", "chriw", "criw"]


def test_dates_are_in_the_language_of_the_page(welsh: None) -> None:
    moment = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert format_date(moment) == "2 Mawrth 2026"
    assert format_datetime(moment) == "2 Mawrth 2026 am 9:05yb"


def test_a_label_of_a_form_is_said_when_it_is_shown(app: Flask) -> None:
    label = lazy_gettext("Change")
    assert str(label) == "Change"
    with speaking("cy"):
        assert str(label) == "Newid"


def test_markup_in_a_translation_is_shown_as_text_and_english_is_untouched(welsh: None) -> None:
    say_ourselves(Text(PAGE, "Change"), "<script>alert('1')</script> & \"more\"")
    drawn = render_template_string('{{ _("Change") }}|{{ _("It\'s & that") }}')
    assert drawn == "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &#34;more&#34;|It's & that"
