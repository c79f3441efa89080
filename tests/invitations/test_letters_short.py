"""Texts and letters by post: what they say, and that a text stays a short one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pulse.invitations.letters import Occasion
from pulse.invitations.letters_short import (
    posted_invitation,
    sms_segments,
    text_invitation,
    text_reminder,
)

OCCASION = Occasion(
    organisation="Example Council",
    programme="Staff pulse",
    purpose="We want to know what helps you in your work.",
    closes_at=datetime(2026, 10, 21, 8, tzinfo=UTC),
    zone="Europe/London",
    minutes=3,
    k=10,
    results_link="https://pulse.example.gov.uk/r/abc",
)
LINK = f"https://pulse.example.gov.uk/a/{'a' * 32}"
LONG = replace(OCCASION, organisation="O" * 120, programme="P" * 120, minutes=15)


def test_a_text_says_who_asks_how_long_until_when_and_whose_the_link_is() -> None:
    mail = text_invitation(OCCASION, "+447700900123", LINK)
    assert (mail.to, mail.kind) == ("+447700900123", "invitation")
    assert mail.text == (
        "Example Council asks: Staff pulse. 3 minutes, until Wednesday 21 October. Answers are counted "
        f"together; taking part is your choice. Your link is yours alone: {LINK}"
    )


def test_a_reminder_by_text_says_that_the_system_knows_and_no_person() -> None:
    mail = text_reminder(OCCASION, "+447700900123", LINK)
    assert mail.kind == "reminder"
    assert mail.text == (
        "Example Council: Staff pulse closes on Wednesday 21 October. Only the system knows that your link "
        f"is unused, no person does. 3 minutes, if you wish: {LINK}"
    )


@pytest.mark.parametrize("letter", [text_invitation, text_reminder])
@pytest.mark.parametrize("occasion", [OCCASION, LONG], ids=["short names", "long names"])
def test_a_text_is_two_segments_at_the_most(letter: type, occasion: Occasion) -> None:
    """With room for the name of the service, which Notify puts in front."""
    link = f"https://a-rather-long-name-of-a-site.example.gov.uk/a/{'a' * 32}"
    text = letter(occasion, "+447700900123", link).text
    assert text.endswith(link)
    assert 0 < sms_segments(f"Example Council: {text}") <= 2


def test_names_are_written_in_the_alphabet_of_texts() -> None:
    named = replace(OCCASION, organisation="Cyngor Tŷ Gŵyr \N{EN DASH} “Staff”", programme="Pwyllgor ÿ…")
    text = text_invitation(named, "+447700900123", LINK).text
    assert text.startswith('Cyngor Ty Gwyr - "Staff" asks: Pwyllgor y....')
    assert sms_segments(text) == 2


@pytest.mark.parametrize(("length", "segments"), [(160, 1), (161, 2), (306, 2), (307, 3)])
def test_segments_are_counted_as_networks_do(length: int, segments: int) -> None:
    assert sms_segments("x" * length) == segments
    assert sms_segments("ŵ") == 0


def test_a_letter_by_post_has_the_code_and_addresses_short_enough_to_type() -> None:
    mail = posted_invitation(OCCASION, "Jo Bloggs\n1 Sample Road\nZZ1 1ZZ", LINK, "7K3M 9QXT B2WF")
    assert "Go to pulse.example.gov.uk/code\n" in mail.text
    assert "Type this code: 7K3M 9QXT B2WF\n" in mail.text
    assert f"does the same: {LINK.removeprefix('https://')}\n" in mail.text
    assert "by Wednesday 21 October, on a phone or a computer." in mail.text
    assert "https://" not in mail.text
    assert "Jo Bloggs" not in mail.text
