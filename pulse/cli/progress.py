"""Telling how far something long has come: a bar in a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


class Tell(Protocol):
    """Say what is being done, and how much was done since it was last called."""

    def __call__(self, what: str, done: int, /) -> None: ...


@contextmanager
def showing_progress(title: str, total: int) -> Iterator[Tell]:
    """A function to call as work goes on; `total` is what all its calls together come to, about."""
    started = time.monotonic()
    if sys.stderr.isatty():
        with _bar(title, total) as tell:
            yield tell
    else:
        yield _Lines(title)
    print(f"{title}: done in {time.monotonic() - started:.0f} s.", file=sys.stderr)  # noqa: T201 - a command


@contextmanager
def _bar(title: str, total: int) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.fields[title]}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, title=title)

        def tell(what: str, done: int, /) -> None:
            progress.update(task, description=what, advance=done)

        yield tell


class _Lines:
    """One line whenever something else is being done."""

    def __init__(self, title: str) -> None:
        self._title, self._last = title, ""

    def __call__(self, what: str, _done: int, /) -> None:
        if what != self._last:
            self._last = what
            print(f"{self._title}: {what}", file=sys.stderr)  # noqa: T201 - a command's own words
