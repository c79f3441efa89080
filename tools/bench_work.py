"""What a page cannot do without: its own statements to the database, and the charts that it draws.

Recorded, then done again by themselves, so that the very same work is compared without anything around it.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from types import FunctionType
from typing import Any

from sqlalchemy import Engine, Executable, event

#: modules that turn released figures into charts
_DRAWING = ("pulse.dashboards.figures", "pulse.dashboards.svg")
_PLAIN = (str, int, float, bool, type(None))


@dataclass
class Work:
    """Statements with their parameters, and drawing functions with what they were given."""

    statements: list[tuple[Executable, Any]] = field(default_factory=list)
    drawings: list[Callable[[], Any]] = field(default_factory=list)

    def seconds_of_queries(self, engine: Engine) -> float:
        """Every statement again on one connection, every row fetched and its columns decoded."""
        with engine.connect() as connection:
            began = time.perf_counter()
            for statement, parameters in self.statements:
                connection.execute(statement, parameters).all()
            return time.perf_counter() - began

    def seconds_of_drawing(self) -> float:
        """Every chart again, as the text that a page carries."""
        began = time.perf_counter()
        for draw in self.drawings:
            json.dumps(draw(), default=str)
        return time.perf_counter() - began

    def charts(self) -> list[Any]:
        """What the drawing functions give."""
        return [draw() for draw in self.drawings]


@contextmanager
def recorded(engine: Engine) -> Iterator[Work]:
    """What is asked of the database and drawn inside the block."""
    work = Work()

    # SQLAlchemy goes by the names of the arguments
    def note(conn: Any, clauseelement: Any, multiparams: Any, params: Any, execution_options: Any) -> None:  # noqa: ARG001
        work.statements.append((clauseelement, multiparams or params or {}))

    event.listen(engine, "before_execute", note)
    try:
        with _watched(work):
            yield work
    finally:
        event.remove(engine, "before_execute", note)


@contextmanager
def _watched(work: Work) -> Iterator[None]:
    """Every function of a drawing module, under whichever name a page calls it, notes what it was given."""
    watching: list[bool] = []

    def watch(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            if not watching:  # a chart that is part of another is drawn with it
                work.drawings.append(lambda: function(*args, **named))
            watching.append(True)
            try:
                return function(*args, **named)
            finally:
                watching.pop()

        return run

    places = list(_drawing_functions())
    for module, name, function in places:
        setattr(module, name, watch(function))
    try:
        yield
    finally:
        for module, name, function in places:
            setattr(module, name, function)


def _drawing_functions() -> Iterator[tuple[Any, str, FunctionType]]:
    """Where pages find them: (module, name there, function)."""
    modules = [module for name, module in sys.modules.items() if name.startswith("pulse.dashboards")]
    for module in modules:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value.__module__.startswith(_DRAWING) and name[0] != "_":
                yield module, name, value


def is_plain(value: Any) -> bool:
    """Whether a chart is made of dicts, lists, text and numbers alone: no object of a chart library."""
    if isinstance(value, dict):
        return type(value) is dict and all(is_plain(key) and is_plain(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    return isinstance(value, _PLAIN)
