"""Which surveys ask a question, and which pilots try it on people.

The banks lie below them: the application lends what they know.
"""

from collections.abc import Collection
from typing import NamedTuple

from flask import current_app

from pulse.domain.instrument.freezing import Frozen


class Use(NamedTuple):
    """A survey that asks a question, and in how many opened waves it already did."""

    survey: str
    #: still in its rotation, so asked again
    active: bool
    waves: int
    #: in the rotation of a survey that is paused: it may go on at any time
    paused: bool = False


def uses_of(item_ids: Collection[str]) -> dict[str, list[Use]]:
    """Every use of every one of these questions; those without one have an empty list."""
    found = current_app.extensions["pulse.question_uses"](item_ids)
    return {item_id: found.get(item_id, []) for item_id in item_ids}


def asked_as(item_ids: Collection[str]) -> dict[str, list[Frozen]]:
    """How each of these questions was asked, frozen, once for each survey that has asked it."""
    found = current_app.extensions["pulse.questions_asked"](item_ids)
    return {item_id: found.get(item_id, []) for item_id in item_ids}


class Told(NamedTuple):
    """The newest closed survey that tells how a question did."""

    wave_id: int
    label: str


def last_told(item_id: str) -> Told | None:
    """Where to read how this question did when it was last asked; None until a survey with it has closed."""
    found: Told | None = current_app.extensions["pulse.last_told"](item_id)
    return found


def pilots_of(item_ids: Collection[str]) -> list[tuple[str, str]]:
    """(title, one of these questions) of every pilot under way that tries any of them on people."""
    found: list[tuple[str, str]] = current_app.extensions["pulse.pilots_under_way"](item_ids)
    return found
