"""SMTP against a real server: what is sent, what is kept for later, and what is never sent in the clear."""

import ssl
import traceback
from pathlib import Path

import pytest

from pulse.messages.smtp import SmtpMailer, server_from
from pulse.messages.transport import MailDelayed, MailRefused, MailUnavailable
from tests.messages.certificates import server_context, trusting_context
from tests.messages.factories import SENDER, make_mail
from tests.messages.servers import PASSWORD, USER, Post, serving


def test_many_mails_go_over_one_connection() -> None:
    with serving() as post:
        with SmtpMailer(post.server(), SENDER) as mailer:
            for number in range(5):
                mailer.send(make_mail(to=f"person{number}@example.org"))
        assert [recipient for recipient, _ in post.taken] == [f"person{n}@example.org" for n in range(5)]
        assert post.connections == 1


def test_a_line_that_is_a_single_dot_does_not_end_the_mail() -> None:
    with serving() as post:
        with SmtpMailer(post.server(), SENDER) as mailer:
            mailer.send(make_mail(text="before\n.\nafter\n"))
        assert post.taken[0][1].endswith(b"\r\n\r\nbefore\r\n.\r\nafter\r\n")


def test_nothing_is_opened_until_there_is_a_mail() -> None:
    with serving() as post:
        with SmtpMailer(post.server(), SENDER):
            pass
        assert post.connections == 0


def test_starttls_is_used_where_it_is_offered(tmp_path: Path) -> None:
    with serving(starttls=server_context(tmp_path), require_starttls=True) as post:
        with SmtpMailer(post.server(), SENDER, trusting_context(tmp_path)) as mailer:
            mailer.send(make_mail())
        assert len(post.taken) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    with serving(starttls=server_context(tmp_path)) as post:
        with SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailUnavailable, match="certificate"):
            mailer.send(make_mail())
        assert post.taken == []


def test_a_certificate_for_another_host_is_not_accepted(tmp_path: Path) -> None:
    with serving(starttls=server_context(tmp_path, host=bytes((10, 0, 0, 1)))) as post:
        mailer = SmtpMailer(post.server(), SENDER, trusting_context(tmp_path))
        with mailer, pytest.raises(MailUnavailable, match="certificate"):
            mailer.send(make_mail())
        assert post.taken == []


def test_a_server_without_the_required_starttls_gets_no_mail() -> None:
    with serving() as post:
        mailer = SmtpMailer(post.server(require_starttls=True), SENDER)
        with mailer, pytest.raises(MailUnavailable, match="offers no encryption"):
            mailer.send(make_mail())
        assert post.taken == []


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    with serving(tls=server_context(tmp_path)) as post:
        with SmtpMailer(post.server(tls=True), SENDER, trusting_context(tmp_path)) as mailer:
            mailer.send(make_mail())
        assert len(post.taken) == 1


def test_the_user_and_password_are_given_once_a_connection(tmp_path: Path) -> None:
    with serving(starttls=server_context(tmp_path), auth_required=True) as post:
        server = post.server(user=USER, password=PASSWORD)
        with SmtpMailer(server, SENDER, trusting_context(tmp_path)) as mailer:
            mailer.send(make_mail())
            mailer.send(make_mail())
        assert (len(post.taken), post.signed_in) == (2, 1)


def test_a_wrong_password_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    with serving(starttls=server_context(tmp_path), auth_required=True) as post:
        mailer = SmtpMailer(post.server(user=USER, password="wrong one"), SENDER, trusting_context(tmp_path))
        with mailer, pytest.raises(MailUnavailable, match="refused the user or the password") as caught:
            mailer.send(make_mail())
        assert "wrong one" not in str(caught.value)
        assert post.taken == []


def test_a_password_never_travels_without_encryption() -> None:
    with serving(auth_require_tls=False) as post:
        mailer = SmtpMailer(post.server(user=USER, password=PASSWORD), SENDER)
        with mailer, pytest.raises(MailUnavailable, match="offers no encryption"):
            mailer.send(make_mail())
        assert post.signed_in == 0


def test_a_recipient_refused_for_good_does_not_stop_the_next() -> None:
    with serving(Post(replies={"gone@example.org": "550 no such user gone@example.org"})) as post:
        with SmtpMailer(post.server(), SENDER) as mailer:
            with pytest.raises(MailRefused, match="550"):
                mailer.send(make_mail(to="gone@example.org"))
            mailer.send(make_mail())
        assert [recipient for recipient, _ in post.taken] == ["jo.bloggs@example.org"]
        assert post.connections == 1


def test_a_mail_refused_for_good_at_its_end_is_refused() -> None:
    with serving(Post(data_replies=["554 looks like spam"])) as post:
        with SmtpMailer(post.server(), SENDER) as mailer:
            with pytest.raises(MailRefused, match="554"):
                mailer.send(make_mail())
            mailer.send(make_mail())
        assert len(post.taken) == 1


@pytest.mark.parametrize(
    "post",
    [Post(replies={"jo.bloggs@example.org": "451 try later"}), Post(data_replies=["452 no room"])],
    ids=["recipient", "message"],
)
def test_a_refusal_for_now_is_only_a_delay(post: Post) -> None:
    with serving(post), SmtpMailer(post.server(), SENDER) as mailer:
        with pytest.raises(MailDelayed, match="cannot take mail for this recipient now"):
            mailer.send(make_mail())
        mailer.send(make_mail(to="other@example.org"))
        assert [recipient for recipient, _ in post.taken] == ["other@example.org"]


def test_a_refused_sender_is_no_fault_of_the_recipient() -> None:
    with serving(Post(sender_reply="553 not your domain")) as post:
        with SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailUnavailable, match="MAIL_FROM"):
            mailer.send(make_mail())
        assert post.taken == []


def test_a_connection_lost_between_two_mails_is_opened_again() -> None:
    with serving(Post(hang_up_on={2})) as post:
        with SmtpMailer(post.server(), SENDER) as mailer:
            for number in range(3):
                mailer.send(make_mail(to=f"person{number}@example.org"))
        assert [recipient for recipient, _ in post.taken] == [f"person{n}@example.org" for n in range(3)]
        assert post.connections == 2


@pytest.mark.parametrize("changes", [{"sender_reply": "421 too many"}, {"data_replies": ["421 closing"] * 9}])
def test_a_server_that_keeps_closing_is_tried_twice_and_then_left(changes: dict[str, object]) -> None:
    with serving(Post(**changes)) as post:  # type: ignore[arg-type]
        with (
            SmtpMailer(post.server(), SENDER) as mailer,
            pytest.raises(MailUnavailable, match="keeps closing"),
        ):
            mailer.send(make_mail())
        assert post.connections == 2
        assert post.taken == []


def test_a_server_that_always_hangs_up_is_unavailable() -> None:
    with serving(Post(hang_up_on=set(range(1, 50)))) as post:
        with (
            SmtpMailer(post.server(), SENDER) as mailer,
            pytest.raises(MailUnavailable, match="keeps closing"),
        ):
            mailer.send(make_mail())
        assert post.taken == []


def test_a_slow_server_is_not_sent_the_same_mail_twice() -> None:
    with serving(Post(wait_before_taking=1.0)) as post:
        mailer = SmtpMailer(post.server(timeout=0.2), SENDER)
        with mailer, pytest.raises(MailUnavailable, match="cannot be reached"):
            mailer.send(make_mail())
        assert post.attempts == 1


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with serving() as post:
        server = post.server()
    with SmtpMailer(server, SENDER) as mailer, pytest.raises(MailUnavailable, match="cannot be reached"):
        mailer.send(make_mail())


def test_a_mailer_goes_on_when_the_server_is_back() -> None:
    with serving() as post:
        server = post.server()
    with SmtpMailer(server, SENDER) as mailer:
        with pytest.raises(MailUnavailable):
            mailer.send(make_mail())
        with serving(Post(port=post.port)) as back:
            mailer.send(make_mail())
            assert len(back.taken) == 1


def test_a_recipient_that_no_header_can_carry_is_refused_before_anything_is_sent() -> None:
    with serving() as post:
        with SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailRefused):
            mailer.send(make_mail(to="jo@example.org\r\nBcc: all@example.org"))
        assert post.connections == 0


def test_no_error_shows_the_recipient_even_when_the_server_quotes_it() -> None:
    with serving(Post(replies={"jo.bloggs@example.org": "550 jo.bloggs@example.org unknown"})) as post:
        with SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailRefused) as caught:
            mailer.send(make_mail())
        assert "bloggs" not in "".join(traceback.format_exception(caught.value))


def test_the_default_context_checks_certificate_and_host() -> None:
    context = SmtpMailer(server_from("smtps://localhost"), SENDER)._context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("hangs_up", [False, True])
def test_a_mail_that_the_server_may_have_taken_says_so(hangs_up: bool) -> None:
    with serving() as post:
        post.cut_after_taking = hangs_up
        post.wait_before_taking = 0.0 if hangs_up else 1.5
        with SmtpMailer(post.server(timeout=0.3), SENDER) as mailer, pytest.raises(MailUnavailable) as error:
            mailer.send(make_mail())
        assert len(post.taken) <= 1  # and it is not sent a second time at once
    assert error.value.perhaps_taken


def test_a_mail_whose_connection_broke_before_it_was_sent_did_not_leave() -> None:
    post = Post(hang_up_on={1, 2})
    with serving(post), SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailUnavailable) as error:
        mailer.send(make_mail())
    assert not error.value.perhaps_taken


@pytest.mark.parametrize("reply", ["450 not now", "451 try later"])
def test_a_mail_that_the_server_turned_away_did_not_leave(reply: str) -> None:
    with serving() as post:
        post.data_replies = [reply]
        with SmtpMailer(post.server(), SENDER) as mailer, pytest.raises(MailDelayed) as error:
            mailer.send(make_mail())
    assert not error.value.perhaps_taken


def test_a_mail_to_a_server_that_is_not_there_did_not_leave() -> None:
    with serving() as post:
        server = post.server()
    with SmtpMailer(server, SENDER) as mailer, pytest.raises(MailUnavailable) as error:
        mailer.send(make_mail())
    assert not error.value.perhaps_taken
