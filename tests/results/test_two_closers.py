"""Two processes close the same wave at once, as if neither had to lead: one releases it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from pulse.db import db
from pulse.invitations.sending import send_waiting
from pulse.results import closing, queries
from pulse.surveys import guardians, inbox
from pulse.surveys import queries as surveys
from tests.results.closes import PEOPLE, SMALL, assert_nothing_left, close, due, make_due_wave
from tests.results.factories import Site, answer_all, make_council
from tests.surveys.guarding import SECRET, make_guarded_open_wave


def make_wave(mode: str, site: Site) -> int:
    if mode == "worker":
        return make_due_wave(site)
    council = make_council(SMALL)
    wave_id, texts = make_guarded_open_wave(site.keyring)
    send_waiting(surveys.get_wave(wave_id), site.sender)
    answer_all(site, wave_id, council)
    assert close(wave_id, site) is False
    inbox.offer_inboxes(site.keyring, SECRET, due(wave_id))
    guardians.hand_key(wave_id, texts, SECRET, due(wave_id))
    return wave_id


def after(act: Callable[[], None], function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        act()
        return function(*args)

    return run


@pytest.mark.parametrize("mode", ["worker", "guardian"])
@pytest.mark.parametrize("boundary", ["_require_seal", "_count", "_key_of", "_open_all", "_release"])
def test_the_one_who_comes_too_late_says_quietly_that_it_released_nothing(
    boundary: str, mode: str, app: Flask, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id, won = make_wave(mode, site), []

    def close_apart() -> bool:
        with app.app_context():
            return close(wave_id, site)

    def overtake() -> None:
        monkeypatch.undo()
        db.session.rollback()  # the others' scrub waits for nobody who reads
        with ThreadPoolExecutor(1) as other:
            won.append(other.submit(close_apart).result(timeout=60))

    monkeypatch.setattr(closing, boundary, after(overtake, getattr(closing, boundary)))

    assert close(wave_id, site) is False

    assert won == [True]
    assert_nothing_left(wave_id, site)
    assert queries.get_release(wave_id).answered == PEOPLE
