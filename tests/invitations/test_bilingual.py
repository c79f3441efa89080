"""Letters, slips, posters and posts of a wave that is offered in Welsh: both languages in each."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.invitations.announcing import notice_of
from pulse.invitations.bilingual import in_every_language
from pulse.invitations.letters_short import posted_invitation, text_invitation
from pulse.invitations.paper import Slip
from pulse.invitations.reminding import send_reminders
from pulse.invitations.sending import occasion_of
from pulse.invitations.slip_pages import draw_pages, list_pages, set_slips
from pulse.surveys import queries as surveys
from pulse.surveys.models import EMAIL, LETTER, TEXT, Wave
from pulse.surveys.running_models import OPENED
from pulse.web.access import Role
from tests.languages.factories import WELSH
from tests.languages.reviewed import forget_pages, review_all, welsh
from tests.results.factories import NOW, Site, make_council, make_quarterly, make_sent_wave
from tests.support.printed import squares_on, words_on
from tests.surveys.browsing import as_role

BASE = "http://localhost"


@pytest.fixture
def wave(site: Site) -> Wave:
    forget_pages()
    make_council()
    programme = make_quarterly(languages=[WELSH], name="Culture check", purpose="So that we can grow.")
    review_all(programme)
    return surveys.get_wave(make_sent_wave(site, programme))


def test_an_invitation_and_a_reminder_hold_both_languages_and_a_link_to_each(site: Site, wave: Wave) -> None:
    first = site.postbag.mails[0]
    site.postbag.mails.clear()
    assert send_reminders(wave, site.sender, NOW.replace(day=15))
    second = next(mail for mail in site.postbag.mails if mail.to == first.to)
    for mail in (first, second):
        assert mail.text.startswith("English below.\n\n")
        links = [line for line in mail.text.splitlines() if line.startswith(f"{BASE}/a/")]
        assert links == [f"{links[1]}?lang=cy", links[1]]
        assert f"{BASE}/r/{wave.programme.results_key}?lang=cy" in mail.text
        assert mail.subject.endswith(
            "Culture check: " + ("still open" if mail is second else "your questions")
        )
        assert " / " in mail.subject
    assert first.text.index(welsh("So that we can grow.")) < first.text.index("\nSo that we can grow.")


def test_a_wave_in_english_alone_has_the_letters_that_it_always_had(site: Site) -> None:
    make_council()
    wave = surveys.get_wave(make_sent_wave(site))
    assert occasion_of(wave, BASE).also == ()
    assert all("lang=" not in mail.text and "English" not in mail.text for mail in site.postbag.mails)


def test_a_text_has_both_in_the_sms_alphabet_and_a_posted_letter_addresses_that_can_be_typed(
    wave: Wave,
) -> None:
    occasion = occasion_of(wave, BASE)
    occasion = replace(occasion, also=tuple(replace(one, programme="Gwŷdd") for one in occasion.also))
    link = f"{BASE}/a/{'a' * 32}"
    text = in_every_language(text_invitation, occasion, "07700 900123", link, TEXT).text
    assert ("Gwydd" in text, f"{link}?lang=cy" in text, f"{link}\n" in f"{text}\n") == (True, True, True)

    def posted(about: object, to: str, where: str) -> object:
        return posted_invitation(about, to, where, code="7K3M 9QXT B2WF")  # type: ignore[arg-type]

    letter = in_every_language(posted, occasion, "A. Person", link, LETTER).text  # type: ignore[arg-type]
    assert letter.count("7K3M 9QXT B2WF") == 2
    assert "lang=" not in letter
    assert in_every_language(text_invitation, replace(occasion, also=()), "x", link, EMAIL).text in text


def test_a_slip_has_one_square_and_one_code_between_both_languages(wave: Wave) -> None:
    slips = [Slip("Depot", f"Person {n}", "7K3M 9QXT B2WF", f"{BASE}/a/{n:032}", "") for n in range(5)]
    occasion = occasion_of(wave, BASE)
    drawn = draw_pages(list(list_pages(slips, 4))[:1], occasion, f"{BASE}/code")
    assert drawn.count("7K3M 9QXT B2WF") == 4
    assert drawn.count(welsh("Culture check")) == drawn.count("<strong>Culture check") == 4
    assert "lang=cy" not in drawn.replace('lang="cy"', "")

    [content] = set_slips(slips, occasion, f"{BASE}/code")
    assert squares_on(content) == [slip.link for slip in slips[:4]]
    assert squares_on(content, 1) == [slips[4].link]
    assert words_on(content).count("Culture check") == 8


def test_a_poster_has_a_side_for_each_language(wave: Wave, client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    content = client.get(f"/programmes/waves/{wave.id}/poster.pdf").data
    said, key = words_on(content), wave.programme.results_key
    assert welsh("So that we can grow.") in said
    assert squares_on(content) == [f"{BASE}/code?lang=cy", f"{BASE}/r/{key}?lang=cy"]
    assert squares_on(content, 1) == [f"{BASE}/code", f"{BASE}/r/{key}"]
    assert "lang=" not in said


def test_a_channel_is_told_in_both(app: Flask, wave: Wave) -> None:
    notice = notice_of(wave, OPENED, BASE)
    assert notice.heading.count("Culture check") == 2
    assert [address for _words, address in notice.links if "code" in address] == [
        f"{BASE}/code?lang=cy",
        f"{BASE}/code",
    ]
    assert welsh("So that we can grow.") in notice.sentences
    assert "So that we can grow." in notice.sentences
