"""Heavy work in turns: one at work, one waiting, and a sentence for everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from flask import Flask

from pulse.web import turns


@contextmanager
def somebody_at_work() -> Iterator[None]:
    """Another request that has the turn for as long as this lasts."""
    begun, done = Event(), Event()

    def work() -> None:
        with turns.one_at_a_time():
            begun.set()
            done.wait(30)

    thread = Thread(target=work)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)


def test_whoever_finds_the_turn_taken_is_refused_and_has_it_when_it_is_free() -> None:
    with somebody_at_work(), pytest.raises(turns.TooBusy), turns.one_at_a_time():
        pass
    with turns.one_at_a_time():
        pass


def test_a_fault_in_the_work_gives_the_turn_back() -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.one_at_a_time():
            raise ZeroDivisionError
    with turns.one_at_a_time():
        pass


def test_only_one_waits_and_a_third_is_refused_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a patience without end the third would wait for the first, which waits for the third."""
    monkeypatch.setattr(turns, "PATIENCE", -1)
    waited = Event()

    def wait() -> None:
        with turns.one_at_a_time():
            waited.set()

    second = Thread(target=wait)
    with somebody_at_work():
        second.start()
        while turns._places._value:  # the second has not taken its place yet
            pass
        with pytest.raises(turns.TooBusy), turns.one_at_a_time():
            pass
        assert not waited.is_set()
    second.join()
    assert waited.is_set()


def test_the_refusal_is_a_page_that_says_when_to_come_again(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = app.make_response(app.handle_user_exception(turns.TooBusy()))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert turns.SENTENCE in answer.get_data(as_text=True)
