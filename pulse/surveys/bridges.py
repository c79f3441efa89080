"""Bridges over the break that a question leaves whose meaning changed: where one can be planned.

A bridge is a split ballot in one wave (domain.split_ballot). It is planned here, crossed by the next wave
that would ask the question (plans, crossing), and judged when that wave is released (results.bridging).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pulse.banks.store import get_library
from pulse.db import writing
from pulse.domain.instrument import Item, Library
from pulse.domain.instrument.changing import people_for_bridge
from pulse.domain.split_ballot import Bridge
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import queries
from pulse.surveys.forecast import Before
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import BRIDGE_LEAST, plan_of
from pulse.surveys.waves import count_audience
from pulse.web.formatting import format_number

#: what the release of a wave says of a bridge, by the id of its new question; lent from above this package
VerdictOf = Callable[[Wave, str], str]


class BridgeError(Exception):
    """The bridge cannot be planned or taken back; one sentence says why and what to do."""


@dataclass(frozen=True)
class Room:
    """How many people a wave asks, and what percent of them usually answer; None where that is not shown."""

    people: int
    percent: int | None

    @property
    def answers(self) -> int:
        """To be expected, or at the most."""
        return self.people if self.percent is None else self.people * self.percent // 100

    @property
    def enough(self) -> bool:
        return self.answers >= BRIDGE_LEAST

    @property
    def sentence(self) -> str:
        """How many answers a bridge takes, and whether this survey can give them."""
        takes = _(
            "A bridge takes %(each)s answers on each side, %(all)s in all.",
            each=people_for_bridge(),
            all=BRIDGE_LEAST,
        )
        if self.percent is None:
            asks = _GUESS if self.enough else _TOO_FEW
        else:
            asks = _KNOWN if self.enough else _KNOWN_TOO_FEW
        values = {"people": format_number(self.people), "least": BRIDGE_LEAST, "percent": self.percent}
        return f"{takes} {_(asks, **values, answers=format_number(self.answers))}"


_GUESS = N_("This survey asks %(people)s people in a wave: %(least)s of them must answer.")
_TOO_FEW = N_("This survey asks %(people)s people: take the break instead.")
_KNOWN = N_(
    "This survey asks %(people)s people in a wave, of whom %(percent)s in 100 answered the last one: that "
    "would give about %(answers)s."
)
_KNOWN_TOO_FEW = N_(
    "This survey asks %(people)s people, of whom %(percent)s in 100 answered the last one: take the break "
    "instead."
)


@dataclass(frozen=True)
class Changed:
    """A question in whose place another stands that means something else."""

    old: Item
    new: Item
    planned: bool
    #: the wave that crosses the bridge between them, if one does
    wave: Wave | None
    #: why no bridge can be planned; empty where one can, and where one is there
    refusal: str


def room_of(programme: Programme, before: Before) -> Room:
    """By the people in the audience today; of cohorts, one in so many."""
    return Room(count_audience(programme.audience_unit_id) // programme.cohorts, before.response)


def list_changed(programme: Programme, room: Room) -> list[Changed]:
    """The changed questions of a survey, in the order of the banks; those with a bridge among them."""
    library, crossed = get_library(), _crossed(programme)
    planned = [(old, new) for old, new in programme.bridges]
    pairs = dict.fromkeys([*_replaced(library, _asked(programme)), *planned, *crossed])
    return [
        Changed(
            library.item(old),
            library.item(new),
            (old, new) in planned,
            crossed.get((old, new)),
            "" if (old, new) in [*planned, *crossed] else _why_not(library, programme, (old, new), room),
        )
        for old, new in pairs
        if old in library and new in library
    ]


def plan_bridge(programme_id: int, new_id: str, before: Before) -> Changed:
    """Ask half the people each in the next wave that would ask either question; raises BridgeError."""
    with writing():
        programme = queries.get_programme(programme_id)
        found = _find(programme, new_id, room_of(programme, before))
        if found.planned:
            raise BridgeError(
                _("The bridge from %(old)s to %(new)s is planned already.", old=found.old.id, new=new_id)
            )
        if found.wave is not None:
            raise BridgeError(
                _(
                    "%(wave)s crosses the bridge from %(old)s to %(new)s already.",
                    wave=found.wave.label,
                    old=found.old.id,
                    new=new_id,
                )
            )
        if found.refusal:
            raise BridgeError(found.refusal)
        programme.bridges = [*programme.bridges, [found.old.id, new_id]]
        return found


def take_back(programme_id: int, new_id: str) -> None:
    """Ask everybody the same after all, until a wave has opened with the bridge; raises BridgeError."""
    with writing():
        programme = queries.get_programme(programme_id)
        kept = [bridge for bridge in programme.bridges if bridge[1] != new_id]
        if len(kept) == len(programme.bridges):
            raise BridgeError(
                _(
                    "No bridge to %(new)s is planned: it was taken back, or a wave has opened with it.",
                    new=new_id,
                )
            )
        programme.bridges = kept


def _find(programme: Programme, new_id: str, room: Room) -> Changed:
    found = next((each for each in list_changed(programme, room) if each.new.id == new_id), None)
    if found is None:
        raise BridgeError(
            _(
                "%(new)s stands in place of no question that this survey asks or asked: see which ones do.",
                new=new_id,
            )
        )
    return found


def _crossed(programme: Programme) -> dict[Bridge, Wave]:
    """Bridge -> the wave that crosses it. One that was given up crossed nothing."""
    return {(old, new): wave for wave in _opened(programme) for old, new in plan_of(wave).get("bridges", ())}


def _opened(programme: Programme) -> Iterator[Wave]:
    waves = queries.list_waves(programme.id)
    return (wave for wave in waves if wave.plan_sha256 is not None and wave.state != "cancelled")


def _asked(programme: Programme) -> set[str]:
    """Everything that the survey asks or asked."""
    before = {item["id"] for wave in _opened(programme) for item in plan_of(wave)["items"]}
    return before | _ahead(programme)


def _ahead(programme: Programme) -> set[str]:
    return {item for wave in programme.rotation for item in wave}


def _replaced(library: Library, asked: set[str]) -> Iterator[Bridge]:
    """For each question on offer, the nearest of those before it that the survey asks or asked."""
    for item in library.all_items():
        if item.replaces and not item.retired:
            before = next((each for each in _line_of(library, item) if each in asked), None)
            if before is not None:
                yield before, item.id


def _line_of(library: Library, item: Item) -> Iterator[str]:
    """Ids of the questions before this one, the latest first; a ring in a file ends where it began."""
    seen = {item.id}
    while item.replaces and item.replaces not in seen and item.replaces in library:
        seen.add(item.replaces)
        item = library.item(item.replaces)
        yield item.id


def _why_not(library: Library, programme: Programme, bridge: Bridge, room: Room) -> str:
    """The first reason against a bridge; empty if there is none."""
    sides = library.items(bridge)
    return next((why for why in _reasons(library, sides) if why), "") or _why_not_here(
        programme, bridge, room
    )


def _reasons(library: Library, sides: Iterable[Item]) -> Iterator[str]:
    """What of the questions themselves stands against it."""
    for side in sides:
        if not library.scale(side.scale).scored:
            yield _("A bridge compares scores, and these answers have none: take the break instead.")
        if side.audience != "staff":
            yield _(
                "A bridge takes halves of everybody, and this asks people who lead: take the break instead."
            )
        if side.pair:
            yield _(
                "%(id)s is one side of a pair, and half the people would be asked only the other side: take "
                "the break instead.",
                id=side.id,
            )


def _why_not_here(programme: Programme, bridge: Bridge, room: Room) -> str:
    old, new = bridge
    if not _ahead(programme) & {old, new}:
        return _(
            "No wave ahead asks %(old)s or %(new)s: choose %(new)s among the questions of this survey first.",
            old=old,
            new=new,
        )
    other = next((each for each in programme.bridges if {*each} & {*bridge}), None)
    if other is not None:
        return _(
            "The bridge from %(old)s to %(new)s is planned already: take that one back first.",
            old=other[0],
            new=other[1],
        )
    return "" if room.enough else room.sentence
