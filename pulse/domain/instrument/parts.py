"""The parts of an instrument, as immutable values: questions, scales, measures, sources, rotations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Audience = Literal["staff", "leaders"]
Kind = Literal["bipolar", "unipolar", "text", "choice"]
Side = Literal["positive", "negative", "expected", "experienced"]
Direction = Literal["higher_is_better", "higher_is_more_worry", "not_good_or_bad", "nearer_zero_is_better"]
Method = Literal["mean", "mean_of_facets", "griffin", "gap", "leader_gap", "stage"]

#: sides that make one pair, in the order (first, second); a gap is first minus second
SIDES: Mapping[Side, Side] = {"positive": "negative", "expected": "experienced"}
#: methods that compare items instead of pooling them, so an item may also score elsewhere
COMPARING: frozenset[Method] = frozenset({"gap", "leader_gap"})


@dataclass(frozen=True)
class Place:
    """Where something was written: the file as shown to people, the line, and the lines of its keys."""

    file: str
    line: int
    keys: Mapping[str, int] = field(default_factory=dict)

    def at(self, key: str) -> "Place":
        """The line of one key, or of the whole entry when the key is not written."""
        return Place(self.file, self.keys.get(key, self.line))

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True)
class Item:
    """One question. `text` may hold `{term}` placeholders; `Library.fill` gives the words people read."""

    id: str
    text: str
    scale: str
    section: str = ""
    sources: tuple[str, ...] = ()
    audience: Audience = "staff"
    reverse: bool = False
    #: offers "does not apply"
    na: bool = False
    #: asked in every wave of a rotating programme
    anchor: bool = False
    #: in no default rotation
    reserve: bool = False
    pair: str | None = None
    side: Side | None = None
    #: for a leaders' question, the staff question with the same content
    partner: str | None = None
    note: str = ""
    #: wording rules that an editor overrode, each with the reason given: ("double", "one idea in our trade")
    waived: tuple[tuple[str, str], ...] = ()
    #: raised when a term is swapped: the same question in other words of the same meaning
    wording: int = 1
    #: no longer offered to new surveys; those that ask it go on
    retired: bool = False
    #: the question that this one took the place of, whose trend ended there
    replaces: str | None = None
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def offered(self) -> bool:
        """Whether a measure is whole only with it: reserves and retired questions are extra."""
        return not (self.reserve or self.retired)


@dataclass(frozen=True)
class Scale:
    """An answer scale, options low to high. Codes are stored; scores run 0 to 100 from lowest to highest."""

    id: str
    kind: Kind
    options: tuple[tuple[int, str], ...] = ()
    #: ("na" or "pns", label): set apart on the page, never scored, counted apart from skipped questions
    nonsubstantive: tuple[tuple[str, str], ...] = ()
    favourable: tuple[int, ...] = ()
    unfavourable: tuple[int, ...] = ()
    lead_in: str = ""
    max_chars: int | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def scored(self) -> bool:
        """Whether an answer has a place between 0 and 100."""
        return self.kind in ("bipolar", "unipolar")


@dataclass(frozen=True)
class Section:
    """A heading of a bank: a dimension, a facet or a stage."""

    id: str
    label: str
    #: questions of other banks that are shown under this heading too; each is kept, and asked, once
    borrowed: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Pair:
    """Two questions that are read together."""

    id: str
    label: str
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class StageRule:
    """A stage is in place when P(true score >= threshold) >= in_place, not yet when it is <= not_yet."""

    threshold: float
    in_place: float
    not_yet: float
    min_n: int


@dataclass(frozen=True)
class Index:
    """A measure made of several items.

    `need` counts answered items (`mean`), answered items in each facet (`mean_of_facets`, `stage`) or
    complete pairs (`griffin`, `gap`, `leader_gap`); `need_share` is a share of the items shown.
    """

    id: str
    label: str
    direction: Direction
    method: Method
    #: section ids; each is one facet for `mean_of_facets` and `stage`
    sections: tuple[str, ...] = ()
    #: pair ids, for `griffin` and `gap`
    pairs: tuple[str, ...] = ()
    need: int = 1
    need_share: float = 0.0
    need_facets: int = 0
    stage: StageRule | None = None
    #: items shown beside the index and not scored in it
    beside: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Document:
    """A published text that questions are traced to."""

    id: str
    title: str
    author: str = ""
    year: int | None = None
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Source:
    """One point of a document, in our own words; the document's sentence is never reprinted."""

    id: str
    document: str
    heading: str
    paraphrase: str
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Bank:
    """One file of questions with its sections, pairs and measures."""

    id: str
    title: str
    version: int
    items: tuple[Item, ...]
    sections: tuple[Section, ...] = ()
    pairs: tuple[Pair, ...] = ()
    indices: tuple[Index, ...] = ()
    lead_in: str = ""
    about: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)

    def index_items(self, index: Index) -> tuple[Item, ...]:
        """The items an index is made of, in bank order, reserves included."""
        return tuple(i for i in self.items if i.section in index.sections or i.pair in index.pairs)


@dataclass(frozen=True)
class RotationWave:
    """What one wave asks besides the anchors: closed questions in order, then open ones."""

    closed: tuple[str, ...]
    open: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Rotation:
    """A ready-made plan: wave n asks `waves[(n - 1) % len(waves)]`."""

    id: str
    label: str
    weeks_between_waves: int
    cohorts: int
    with_anchors: bool
    waves: tuple[RotationWave, ...]
    place: Place | None = field(default=None, compare=False, repr=False)
