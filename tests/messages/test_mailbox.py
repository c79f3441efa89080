"""Reading the folder: newest first, by recipient, and nothing but what the mailer wrote."""

import os
from pathlib import Path

import pytest

from pulse.messages.mailbox import find_letter, list_envelopes, split_links
from pulse.messages.mailers import MailboxMailer
from tests.messages.factories import SENDER, make_mail


def write_mail(folder: Path, minute: int = 0, **defaults: str) -> str:
    """One more mail, written so many minutes after the first; returns the file's name."""
    before = set(folder.iterdir())
    MailboxMailer(folder, SENDER).send(make_mail(**defaults))
    (added,) = set(folder.iterdir()) - before
    os.utime(added, (1_800_000_000 + 60 * minute, 1_800_000_000 + 60 * minute))
    return added.name


def test_the_newest_mail_comes_first(tmp_path: Path) -> None:
    names = [write_mail(tmp_path, minute) for minute in (2, 0, 3, 1)]
    listed = [envelope.name for envelope in list_envelopes(tmp_path)]
    assert listed == [names[2], names[0], names[3], names[1]]


def test_a_list_holds_recipient_subject_and_time(tmp_path: Path) -> None:
    write_mail(tmp_path, subject="Arolwg y tŷ")
    (envelope,) = list_envelopes(tmp_path)
    assert (envelope.to, envelope.subject) == ("jo.bloggs@example.org", "Arolwg y tŷ")
    assert envelope.written_at.timestamp() == 1_800_000_000


def test_part_of_a_recipient_in_any_case_finds_the_mail(tmp_path: Path) -> None:
    write_mail(tmp_path, to="ann@example.org")
    name = write_mail(tmp_path, to="bob@example.org")
    assert [envelope.name for envelope in list_envelopes(tmp_path, " BOB@ ")] == [name]
    assert list_envelopes(tmp_path, "carol") == []


def test_the_limit_counts_mails_found_not_mails_read(tmp_path: Path) -> None:
    for minute in range(4):
        write_mail(tmp_path, minute, to=f"{'ann' if minute % 2 else 'bob'}@example.org")
    assert [envelope.to for envelope in list_envelopes(tmp_path, "bob", limit=2)] == ["bob@example.org"] * 2
    assert len(list_envelopes(tmp_path, limit=3)) == 3


def test_a_folder_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert list_envelopes(tmp_path / "mail") == []


def test_a_letter_reads_back_with_its_link_apart(tmp_path: Path) -> None:
    letter = find_letter(tmp_path, write_mail(tmp_path))
    assert letter is not None
    assert letter.envelope.to == "jo.bloggs@example.org"
    assert letter.sender == SENDER
    assert [piece.text for piece in letter.pieces if piece.is_link] == ["http://localhost/a/abcdefgh"]
    assert "".join(piece.text for piece in letter.pieces).replace("\r\n", "\n") == make_mail().text


@pytest.mark.parametrize(
    "name",
    [
        "../secret.eml",
        "..",
        "secret.eml",
        "a" * 32,
        f"{'A' * 32}.eml",
        f"{'0' * 32}.eml",
        f"{'0' * 32}.eml\n",
        "",
        "\0",
    ],
)
def test_no_other_name_opens_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_text("To: a@example.org\r\n\r\nsecret")
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "secret.eml").write_text("To: a@example.org\r\n\r\nsecret")
    assert find_letter(folder, name) is None


def test_a_planted_link_to_another_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("To: a@example.org\r\n\r\nsecret")
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / f"{'0' * 32}.eml").symlink_to(tmp_path / "secret")
    assert find_letter(folder, f"{'0' * 32}.eml") is None
    assert list_envelopes(folder) == []


def test_other_files_in_the_folder_are_left_out(tmp_path: Path) -> None:
    name = write_mail(tmp_path)
    (tmp_path / "notes.eml").write_text("To: a@example.org\r\n\r\n")
    (tmp_path / f"{'0' * 32}.tmp").write_text("half a mail")
    assert [envelope.name for envelope in list_envelopes(tmp_path)] == [name]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "See https://example.org/a, or (http://example.org/b).",
            ["https://example.org/a", "http://example.org/b"],
        ),
        ("javascript:alert(1) and data:text/html,x", []),
        (
            'http://example.org/"onclick=x <http://example.org/c>',
            ["http://example.org/", "http://example.org/c"],
        ),
        ("", []),
    ],
)
def test_links_are_told_from_text(text: str, links: list[str]) -> None:
    pieces = split_links(text)
    assert [piece.text for piece in pieces if piece.is_link] == links
    assert "".join(piece.text for piece in pieces) == text
