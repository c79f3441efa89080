"""What MAIL_URL and MAIL_FROM must be, told at the start and in one sentence."""

import pytest

from pulse.config import ConfigError
from pulse.messages.smtp import SmtpMailer, server_from


def test_a_sender_that_is_not_an_address_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="MAIL_FROM must be one e-mail address"):
        SmtpMailer(server_from("smtp://localhost"), "Pulse")


def test_a_mail_url_gives_host_port_user_and_password() -> None:
    server = server_from("smtp://pulse%40example.org:p%40ss%2Fword@mail.example.org:2525?starttls=require")
    assert (server.host, server.port) == ("mail.example.org", 2525)
    assert (server.user, server.password) == ("pulse@example.org", "p@ss/word")
    assert server.require_starttls
    assert not server.tls
    assert "p@ss" not in repr(server)


def test_ports_default_to_submission() -> None:
    assert server_from("smtp://mail.example.org").port == 587
    assert server_from("smtps://mail.example.org").port == 465
    assert server_from("smtps://mail.example.org").tls


@pytest.mark.parametrize(
    "url",
    [
        "smtp://",
        "smtp:mail",
        "smtp://host:port",
        "smtp://host?starttls=no",
        "smtp://host?tls=1",
        "smtp://u:p/w@h",
    ],
)
def test_a_mail_url_that_cannot_be_read_is_one_sentence(url: str) -> None:
    with pytest.raises(ConfigError, match="MAIL_URL must be"):
        server_from(url)
