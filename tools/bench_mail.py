"""Letters by SMTP, noted one by one, beside mails whose bytes were made before, on one connection each.

The mail server is the one of the tests, in a process of its own: real SMTP, and it keeps nothing.
"""

import multiprocessing
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from pulse.db import db, writing
from pulse.invitations import letters
from pulse.invitations.handing_over import Sender
from pulse.invitations.models import WAITING, Invitation
from pulse.invitations.sending import occasion_of, send_waiting
from pulse.messages.mail import as_bytes
from pulse.messages.smtp import SmtpMailer, SmtpServer
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import EMAIL
from tests.messages.servers import Post, serving
from tests.support.tables import empty_database
from tools.bench_figures import Line, middle_of
from tools.bench_place import make_application, open_survey
from tools.bench_servers import make_settings

LEAST_SHARE = 0.7
PEOPLE = 2000
_SENDER = "Pulse <pulse@example.org>"
_DOMAIN = "example.org"


class _Sink(Post):
    """Takes everything and keeps nothing: memory would be measured too."""

    async def handle_DATA(self, *_args: object) -> str:  # noqa: N802 - aiosmtpd calls it so
        return "250 OK"


def _serve(told: Connection) -> None:
    with serving(_Sink()) as post:
        told.send(post.port)
        told.recv()


@contextmanager
def mail_server() -> Iterator[SmtpServer]:
    """A mail server in a process of its own until the block ends."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield SmtpServer(host="127.0.0.1", port=ours.recv())
    finally:
        ours.send("stop")
        process.join(20)


def measure_mail(database: str, url: str, repetitions: int = 3, people: int = PEOPLE) -> Line:
    """Letters a second, ours and prebuilt, in turns on the same server."""
    with TemporaryDirectory(prefix="pulse-bench-") as folder, mail_server() as server:
        settings = make_settings(Path(folder), url)
        app = make_application(settings)
        with app.app_context():
            keyring = Keyring(settings.key_dir)
            wave_id = open_survey(people, "Mail", keyring)
            prebuilt = _prebuild(wave_id, people)
            pairs = [
                (people / _ours(wave_id, keyring, server, people), people / _bare(prebuilt, server))
                for _ in range(repetitions)
            ]
            empty_database()
            db.engine.dispose()
    name = f"invitations by SMTP, each noted twice, {database}"
    return Line(name, *middle_of(pairs), "letters/s", LEAST_SHARE, higher_is_better=True)


def _prebuild(wave_id: int, people: int) -> list[tuple[str, bytes]]:
    """As many mails as there are people, of the same size as theirs."""
    occasion = occasion_of(surveys.get_wave(wave_id), "http://127.0.0.1:5000")
    link = f"http://127.0.0.1:5000/a/{'a' * 32}"
    mails = [letters.invitation(occasion, f"p{number}@bench.example", link) for number in range(people)]
    return [(mail.to, as_bytes(mail, _SENDER, _DOMAIN)) for mail in mails]


def _bare(prebuilt: list[tuple[str, bytes]], server: SmtpServer) -> float:
    with smtplib.SMTP(server.host, server.port) as smtp:
        smtp.ehlo()
        began = time.perf_counter()
        for to, content in prebuilt:
            smtp.sendmail("pulse@example.org", [to], content)
        return time.perf_counter() - began


def _ours(wave_id: int, keyring: Keyring, server: SmtpServer, people: int) -> float:
    with writing():
        db.session.execute(update(Invitation).values(delivery=WAITING, sent_to=None))
    wave = surveys.get_wave(wave_id)
    with SmtpMailer(server, _SENDER) as mailer:
        sender = Sender(
            dict.fromkeys((EMAIL, "text", "letter"), mailer), keyring.token_key(), "http://127.0.0.1:5000"
        )
        began = time.perf_counter()
        sent = send_waiting(wave, sender)
        seconds = time.perf_counter() - began
    if sent != people:
        raise RuntimeError(f"{sent} of {people} letters left")
    return seconds
