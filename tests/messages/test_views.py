"""The mailbox in a browser: in the demo for everyone, elsewhere for nobody."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from pulse.app import create_app
from pulse.messages.mailers import MailboxMailer
from tests.conftest import make_settings
from tests.messages.factories import SENDER, make_mail


@pytest.fixture
def demo_client(tmp_path: Path) -> FlaskClient:
    return create_app(make_settings(tmp_path, demo=True)).test_client()


def write_mail(home: Path, **defaults: str) -> str:
    MailboxMailer(home / "mail", SENDER).send(make_mail(**defaults))
    return max((home / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns).name


def test_the_demo_lists_its_mails_with_a_link_to_each(demo_client: FlaskClient, tmp_path: Path) -> None:
    name = write_mail(tmp_path)
    page = demo_client.get("/mailbox")
    assert page.status_code == 200
    assert "jo.bloggs@example.org" in page.text
    assert f'href="/mailbox/{name}"' in page.text


def test_an_empty_mailbox_says_so(demo_client: FlaskClient) -> None:
    assert "No mail has been written yet." in demo_client.get("/mailbox").text


def test_the_search_finds_by_recipient_and_keeps_what_was_typed(
    demo_client: FlaskClient, tmp_path: Path
) -> None:
    write_mail(tmp_path, to="ann@example.org")
    write_mail(tmp_path, to="bob@example.org")
    page = demo_client.get("/mailbox?to=BOB").text
    assert "bob@example.org" in page
    assert "ann@example.org" not in page
    assert 'value="BOB"' in page
    assert "No mail was written to “carol”." in demo_client.get("/mailbox?to=carol").text


def test_a_mail_opens_with_its_link_alive_and_no_referer(demo_client: FlaskClient, tmp_path: Path) -> None:
    page = demo_client.get(f"/mailbox/{write_mail(tmp_path)}").text
    assert 'href="http://localhost/a/abcdefgh" rel="noreferrer"' in page
    assert "Please answer:<br>" in page


def test_markup_in_a_mail_stays_text(demo_client: FlaskClient, tmp_path: Path) -> None:
    name = write_mail(tmp_path, subject="<b>bold</b>", text='<script>x</script> http://h/"><i>\n')
    for url in ("/mailbox", f"/mailbox/{name}", "/mailbox?to=%22%3E%3Ci%3E"):
        page = demo_client.get(url).text
        assert "<b>bold" not in page
        assert "<script>x" not in page
        assert "<i>" not in page


@pytest.mark.parametrize(
    "name", ["none.eml", "../pulse.db", "..%2fpulse.db", "%2e%2e/pulse.db", "0" * 32 + ".eml"]
)
def test_any_other_file_is_not_found(demo_client: FlaskClient, tmp_path: Path, name: str) -> None:
    write_mail(tmp_path)
    (tmp_path / "pulse.db").write_text("the database")
    assert demo_client.get(f"/mailbox/{name}").status_code == 404


def test_outside_the_demo_there_is_no_mailbox(tmp_path: Path) -> None:
    name = write_mail(tmp_path)
    client = create_app(make_settings(tmp_path)).test_client()
    assert client.get("/mailbox").status_code == 404
    assert client.get(f"/mailbox/{name}").status_code == 404


def test_a_demo_that_sends_real_mail_has_no_mailbox(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, demo=True, mail_url="smtp://mail.example.org")
    assert create_app(settings).test_client().get("/mailbox").status_code == 404
