"""Processes of the simulation: workers, who may be killed at any moment, and the one in which people answer.

All are forked from a process that has loaded everything and has opened nothing.
"""

import gc
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from flask import Flask

from pulse.config import Settings

#: what a process does with an order; given the settings
Work = Callable[[Settings, Any], Any]
_LONGEST = 900.0


class Failed(RuntimeError):
    """A process ended, or an order failed, without being killed."""


@dataclass
class Child:
    """A process inside the application's context that carries out one order after the other."""

    pid: int
    line: Connection

    @classmethod
    def start(cls, work: Work, app: Flask) -> "Child":
        ours, theirs = multiprocessing.Pipe()
        pid = os.fork()
        if not pid:
            ours.close()
            _serve(work, app, theirs)
        theirs.close()
        return cls(pid, ours)

    def send(self, order: Any) -> None:
        self.line.send(order)

    def is_done(self, seconds: float) -> bool:
        """Whether there is a reply by then."""
        return self.line.poll(seconds)

    def receive(self) -> Any:
        """The reply; raises Failed."""
        if not self.line.poll(_LONGEST):
            raise Failed("a process does not answer")
        try:
            worked, found = self.line.recv()
        except EOFError:
            raise Failed("a process ended by itself") from None
        if not worked:
            raise Failed(found)
        return found

    def ask(self, order: Any) -> Any:
        self.send(order)
        return self.receive()

    def kill(self) -> None:
        """As the system does it that has no memory left: nothing in the process learns of it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.line.close()

    def stop(self) -> None:
        self.send(None)
        os.waitpid(self.pid, 0)
        self.line.close()


def _serve(work: Work, app: Flask, line: Connection) -> None:
    """Never returns."""
    gc.freeze()
    try:
        settings: Settings = app.config["PULSE"]
        with app.app_context():
            while (order := line.recv()) is not None:
                try:
                    line.send((True, work(settings, order)))
                except Exception:
                    line.send((False, traceback.format_exc()))
    finally:
        sys.stdout.flush()
        os._exit(0)
