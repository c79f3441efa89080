"""What has left the gate, as values that nothing but the reading of a stored release can make.

Every type here needs a seal that is private to `pulse.results.released` and its parts, so a figure made by
hand, a copy with another number in it, or a table put together from a list is refused twice: the type check
knows no value that fits, and the constructor raises Forged. Charts, pages and exports accept these types and
nothing else. A table can be sorted, filtered, picked from and given other labels, and is then still one.

None can be copied, pickled or filled in again from a state: that would make one without the seal.

What this does not do: it is no lock against somebody who edits these modules, imports or calls their private
names (a test searches the source for imports) or goes round constructors on purpose with `object.__new__` and
`object.__setattr__`. `relabelled` takes any text, so a label says nothing of whose a figure is: the figure
does. Nor does it decide what may leave: `results.release` did, when the wave closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NoReturn, Self, final

_HERE = "pulse.results.released"
#: what a tally calls the answers that are no option of the scale (results.tally.OPTION_NAMES)
SET_APART: Final = frozenset({"none", "na", "pns"})


class Forged(TypeError):
    """Somebody tried to make a released value elsewhere than where releases are read."""


@final
class _Seal:
    """What only the reading of a release holds."""

    __slots__ = ()


_SEAL: Final = _Seal()


@dataclass(frozen=True, slots=True)
class _Released:
    """Made with the seal or not at all; no type elsewhere is a kind of one, or it could carry anything."""

    seal: InitVar[_Seal]

    def __init_subclass__(cls) -> None:
        super(_Released, cls).__init_subclass__()
        if not cls.__module__.startswith(_HERE):
            raise Forged("Nothing is derived from a released value.")
        # a frozen dataclass with slots makes its own, unless the class itself has one
        for name in ("__getstate__", "__setstate__"):
            setattr(cls, name, _Released._refuse)

    def __post_init__(self, seal: _Seal) -> None:
        if seal is not _SEAL:
            raise Forged("A released value is read from a release by pulse.results.released and never made.")

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise Forged("A released value is not copied, pickled or filled in: hand on the value itself.")

    # whatever `copy` and `pickle` ask for
    __copy__ = __deepcopy__ = __getstate__ = __setstate__ = __reduce__ = __reduce_ex__ = _refuse


@final
@dataclass(frozen=True, slots=True)
class ReleasedWave(_Released):
    """One release and the wave that it is of: what stands around every figure."""

    wave_id: int
    programme_id: int
    number: int
    label: str
    k: int
    released_at: datetime
    #: eligible people, invitations delivered, people counted in a block
    eligible: int
    delivered: int
    answered: int
    #: answers that may have been moved to the middle, at the most
    softened: int


@final
@dataclass(frozen=True, slots=True)
class ReleasedGroup(_Released):
    """A published set of people; the fields are those of `results.models.Group`."""

    release: ReleasedWave
    id: int
    number: int
    parent: int | None
    key: str
    kind: str
    unit_id: int | None
    name: str
    headcount: int
    n: int
    depth: int


@final
@dataclass(frozen=True, slots=True)
class ReleasedFigure(_Released):
    """One published number with all that a reader needs beside it, and whose it is.

    The fields are those of `results.models.Figure`. `detail` cannot be changed, however deep: what is a
    list in JSON is a tuple here.
    """

    group: ReleasedGroup
    measure: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    q: float | None
    flagged: bool
    detectable: float | None
    detail: Mapping[str, Any]

    @property
    def stands_for(self) -> int:
        """How many people the figure is about: those asked, and where cohorts take turns the others too."""
        return int(self.detail.get("stands_for", self.group.headcount))


@final
@dataclass(frozen=True, slots=True)
class ReleasedCounts(_Released):
    """How many people of a group chose each option of one question, in an order that may be chosen."""

    group: ReleasedGroup
    options: tuple[tuple[str, int], ...]

    def people(self, option: str) -> int:
        """0 for an option that nobody chose."""
        return dict(self.options).get(option, 0)

    def along(self, options: Iterable[str]) -> Self:
        """The counts of the scale in this order; what is set apart (SET_APART) is left out.

        Raises Forged unless every option of the scale that somebody chose is named, once, and nothing else
        than options is: shares of some of the options would not be shares of the people.
        """
        order = tuple(options)
        chosen = {option for option, people in self.options if people} - SET_APART
        if len(set(order)) < len(order) or any(len(one) != 1 or not one.isalnum() for one in order):
            raise Forged("Counts are put in order by the options of the scale, each of them once.")
        if left_out := sorted(chosen - set(order)):
            raise Forged(f"Counts without some of the options that people chose: {', '.join(left_out)}.")
        return type(self)(_SEAL, self.group, tuple((option, self.people(option)) for option in order))

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(people for _, people in self.options)


@final
@dataclass(frozen=True, slots=True)
class ReleasedStatus(_Released):
    """What a reader is told of a unit: its own result, a combined group's, or neither, and why."""

    unit_id: int
    status: str
    reason: str


@final
@dataclass(frozen=True, slots=True)
class ReleasedCell(_Released):
    """One published number of a category of an attribute, or of two together, in one group.

    The fields are those of `results.models.AttributeFigure`.
    """

    group: ReleasedGroup
    family: str
    category: str
    measure: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    favourable: int | None
    unfavourable: int | None


_NESTED = (dict, list)


def frozen(value: Any) -> Any:
    """JSON as it was stored, but so that nobody can change it."""
    kind = type(
        value
    )  # most of what is stored is numbers and words, which are looked at once and not entered
    if kind is dict:
        deep = {name: frozen(one) if type(one) in _NESTED else one for name, one in value.items()}
        return MappingProxyType(deep)
    return tuple([frozen(one) if type(one) in _NESTED else one for one in value]) if kind is list else value


def thawed(value: Any) -> Any:
    """A plain copy of what `frozen` gave, such as a file in JSON is written from."""
    if isinstance(value, Mapping):
        return {name: thawed(one) for name, one in value.items()}
    return [thawed(one) for one in value] if isinstance(value, tuple) else value
