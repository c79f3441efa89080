"""Which mailer the settings ask for, and the folder of .eml files."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pulse.config import ConfigError
from pulse.messages.mailers import (
    MailboxMailer,
    Mailer,
    MailRefused,
    MailUnavailable,
    NoMailer,
    SmtpMailer,
    mailbox_folder,
    mailer_from,
)
from tests.conftest import make_settings
from tests.messages.factories import SENDER, make_mail


def send_one(mailer: Mailer, **defaults: str) -> None:
    with mailer:
        mailer.send(make_mail(**defaults))


def test_without_a_mail_url_the_mailer_says_what_to_set(tmp_path: Path) -> None:
    mailer = mailer_from(make_settings(tmp_path, mail_url=""))
    assert isinstance(mailer, NoMailer)
    with pytest.raises(MailUnavailable, match="Mail is not set up: set MAIL_URL to smtp://"):
        send_one(mailer)


def test_a_mailbox_url_asks_for_files_in_that_folder(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, mail_url=f"mailbox:{tmp_path / 'a folder'}")
    send_one(mailer_from(settings))
    assert len(list((tmp_path / "a folder").glob("*.eml"))) == 1
    assert mailbox_folder(make_settings(tmp_path, mail_url=f"mailbox://{tmp_path}")) == tmp_path


def test_an_smtp_url_asks_for_a_server(tmp_path: Path) -> None:
    assert isinstance(mailer_from(make_settings(tmp_path, mail_url="smtps://mail.example.org")), SmtpMailer)


@pytest.mark.parametrize("url", ["mailbox:", "ftp://host", "smtp://"])
def test_any_other_url_is_one_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="MAIL_URL must be"):
        mailer_from(make_settings(tmp_path, mail_url=url))


def test_a_sender_that_is_no_address_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="MAIL_FROM must be"):
        mailer_from(make_settings(tmp_path, mail_from="Pulse at the council"))


def test_a_mail_in_the_folder_reads_back(tmp_path: Path) -> None:
    send_one(MailboxMailer(tmp_path / "mail", SENDER))
    (file,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "jo.bloggs@example.org"
    assert message["Message-ID"].endswith("@example.org>")


def test_only_this_account_can_read_the_mail(tmp_path: Path) -> None:
    send_one(MailboxMailer(tmp_path / "mail", SENDER))
    (file,) = (tmp_path / "mail").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_file_names_tell_no_order_and_no_recipient(tmp_path: Path) -> None:
    mailer, names = MailboxMailer(tmp_path, SENDER), []
    for number in range(12):
        before = set(tmp_path.iterdir())
        mailer.send(make_mail(to=f"person{number}@example.org"))
        (added,) = set(tmp_path.iterdir()) - before
        names.append(added.name)
    assert names != sorted(names)
    assert names != sorted(names, reverse=True)
    assert not any("person" in name for name in names)


def test_a_folder_that_cannot_be_written_is_unavailable_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(MailUnavailable, match="cannot be written to"):
        send_one(MailboxMailer(tmp_path / "mail", SENDER))
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]


def test_a_bad_recipient_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(MailRefused, match="not one e-mail address"):
        send_one(MailboxMailer(tmp_path / "mail", SENDER), to="jo@example.org\nBcc: all@example.org")
    assert list(tmp_path.iterdir()) == []
