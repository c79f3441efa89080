"""What sends a wave's letters by GOV.UK Notify, and is killed at random moments, in a process of its own.

    python -m tests.attacks.killed_sender '[{"folder": "...", "url": "...", "people": 90, "kills": 10}, ...]'

For each of these it opens a wave of so many people in a database of its own, a third each for e-mail, text
and post; starts a sender so many times and kills it with SIGKILL; lets one finish; and writes the references
of all letters wanted into told.json in the folder. Senders are forked from a process that has loaded all,
which saves two seconds a kill.
"""

import json
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

import notifications_python_client.notifications  # noqa: F401 - so that no sender is killed while it loads it
from flask import Flask
from sqlalchemy import func, select, update

from pulse.app import create_app
from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations.codes import make_reference
from pulse.invitations.models import SENDING, WAITING, Invitation
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages import notify
from pulse.messages.mailers import carriers_from
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from tests.conftest import make_settings
from tests.messages.notify_server import Notify
from tests.results.factories import make_council, make_quarterly
from tests.support.rows import all_rows
from tests.support.tables import load_models
from tests.surveys.factories import make_planned_wave

#: seconds between the start of a sender and its death, at the most
LONGEST_LIFE = 0.15
_CHANNELS = ["email", "text", "letter", "slip"]


def main(runs: str) -> None:
    """The command: one run after the other, each in a process of its own."""
    load_models()
    for run in json.loads(runs):
        child = os.fork()
        if not child:
            _in_child(lambda run=run: _run(**run))  # type: ignore[misc]
        assert os.waitpid(child, 0)[1] == 0, "a run failed"


def _run(folder: str, url: str, people: int, kills: int, seed: int, forgetful: bool) -> None:
    """One run; forgetful is a program that asks nobody before it sends again."""
    # the stand-in takes a letter within hundredths of a second, so that a "no" may be believed sooner
    notify.STRAGGLES = 0.05
    logging.disable(logging.WARNING)  # connections are cut on purpose
    if forgetful:
        notify.NotifyMailer.was_taken = lambda *_: None  # type: ignore[assignment, method-assign]
    settings = make_settings(Path(folder), mail_url="notify:", notify=Notify(url=url).settings())
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        keyring = Keyring(settings.key_dir)
        wave_id = _open_wave(people, keyring)
        wanted = [row["person_id"] for row in all_rows()["invitation"]]
        db.session.rollback()
        db.engine.dispose()
        died = _kill_senders(app, wave_id, kills, Random(seed))
        assert os.waitpid(_fork(app, wave_id), 0)[1] == 0, "the last sender failed"
        references = [make_reference(keyring.token_key(), wave_id, person_id, 0) for person_id in wanted]
        left = _count_waiting()
    Path(folder, "told.json").write_text(json.dumps({"wanted": references, "left": left, "kills": died}))


def _count_waiting() -> int:
    waits = Invitation.delivery.in_((WAITING, SENDING))
    return db.session.scalar(select(func.count()).select_from(Invitation).where(waits)) or 0


def _open_wave(people: int, keyring: Keyring) -> int:
    make_council({"C": (None, people)})
    with writing():
        by_text, by_post = Person.id % 3 == 1, Person.id % 3 == 2
        post = "1 High St\nZZ1 1ZZ"
        db.session.execute(update(Person).where(by_text).values(email=None, phone="+447700900123"))
        db.session.execute(update(Person).where(by_post).values(email=None, post_address=post))
    wave_id = make_planned_wave(make_quarterly(channels=_CHANNELS)).id
    assert open_and_invite(wave_id, keyring) == people
    return wave_id


def _kill_senders(app: Flask, wave_id: int, kills: int, rng: Random) -> int:
    """How many of them died while there was something to send."""
    died = 0
    for _ in range(kills):
        child = _fork(app, wave_id)
        time.sleep(rng.uniform(0.01, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        died += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return died


def _fork(app: Flask, wave_id: int) -> int:
    """A sender: tick after tick until nothing waits, or it is killed."""
    child = os.fork()
    if not child:
        _in_child(lambda: _send_all(app, wave_id))
    return child


def _in_child(act: Callable[[], None]) -> None:
    """Never returns, so that no child goes on with what its parent does."""
    try:
        act()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _send_all(app: Flask, wave_id: int) -> None:
    settings = app.config["PULSE"]
    key = Keyring(settings.key_dir).token_key()
    while _count_waiting():
        with carriers_from(settings) as carriers:
            send_waiting(surveys.get_wave(wave_id), Sender(carriers, key, settings.base_url))
        db.session.rollback()


if __name__ == "__main__":
    main(*sys.argv[1:])
