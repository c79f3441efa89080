"""What other programs are given, field by field: the one description, in code and in the published document.

Every value but names and words is of a released type (`api.serialising` takes nothing else).
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


def _says(words: str) -> Any:
    return Field(description=words)


class Model(BaseModel):
    """Nothing that is not described here leaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wave(Model):
    """One dated run of a survey whose results are out."""

    id: Annotated[int, _says("What other paths call wave_id; not the number that pages show.")]
    programme_id: int
    programme: Annotated[str, _says("The survey that the wave is a run of.")]
    number: Annotated[int, _says("Its place among the waves of its survey, counted from 1; in no path.")]
    label: Annotated[str, _says("What pages call it, such as Autumn 2026 or Wave 11.")]
    opens_at: datetime
    closes_at: datetime
    released_at: datetime
    k: Annotated[int, _says("No figure stands for fewer people than this.")]
    answered: Annotated[
        int | None, _says("People who answered; null where the whole is not open to this key.")
    ]
    headcount: Annotated[int | None, _says("People who were asked; null for fewer than 20.")]


class Waves(Model):
    """The newest first."""

    waves: list[Wave]


class Group(Model):
    """A set of people with results of its own, in one wave; groups are numbered anew in each."""

    number: int
    parent: Annotated[int | None, _says("The smallest group around it that is open to this key.")]
    kind: Literal["organisation", "unit", "combined"]
    name: str
    answered: int
    headcount: Annotated[int | None, _says("Null for fewer than 20 people: a courtesy, no protection.")]


class HiddenUnit(Model):
    """A unit without a result of its own."""

    name: str
    inside: Annotated[int, _says("Number of the group that the unit lies directly in.")]
    status: Annotated[
        Literal["combined", "higher", "left_out"],
        _says("Shown together with others, counted higher up, or in no result."),
    ]
    reason: str


class Groups(Model):
    """In the order of the tree: each before those inside it."""

    wave_id: int
    groups: list[Group]
    hidden: list[HiddenUnit]


class Figure(Model):
    """One number with all that a reader needs beside it. Nothing is rounded; null is no number, never 0."""

    measure: str
    about: Annotated[str, _says("What the measure is, in words.")]
    n: Annotated[int, _says("People it stands for.")]
    value: float | None
    low: Annotated[float | None, _says("Lower end of the 95 % interval.")]
    high: float | None
    change: Annotated[
        float | None, _says("Since the wave before, for the same group and the same questions.")
    ]
    change_low: float | None
    change_high: float | None
    q: Annotated[float | None, _says("Benjamini-Hochberg over every change of the release.")]
    flagged: Annotated[bool, _says("Whether the change is more than noise.")]
    detectable: Annotated[float | None, _says("The smallest change that could have been seen.")]
    detail: Annotated[dict[str, Any], _says("What a single number cannot carry; differs by measure.")]


class HiddenMeasure(Model):
    """Asked, and not shown of this group."""

    measure: str
    about: str
    reason: str


class Figures(Model):
    """Every figure of one group."""

    wave_id: int
    group: int
    figures: list[Figure]
    hidden: list[HiddenMeasure]


class Option(Model):
    """How many people chose one option."""

    option: str
    label: str
    people: int


class Tally(Model):
    """One question: options of its scale, and apart from these no answer, does not apply, and the like."""

    item: str
    text: str
    options: list[Option]
    apart: list[Option]


class Tallies(Model):
    """Option counts of every question that may be shown of one group."""

    wave_id: int
    group: int
    tallies: list[Tally]
    hidden: list[HiddenMeasure]


class Family(Model):
    """An attribute that the wave declared, or two together."""

    family: str
    labels: list[str]


class Cell(Model):
    """One number of a category in one group, to one decimal; counts are to the nearest 3."""

    family: str
    category: str
    measure: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    favourable: int | None
    unfavourable: int | None


class HiddenCell(Model):
    """A cell that is not shown."""

    family: str
    category: str
    measure: str
    reason: str


class Attributes(Model):
    """Tables by declared attribute; none lie below the top levels of the organisation."""

    wave_id: int
    group: int
    families: list[Family]
    cells: list[Cell]
    hidden: list[HiddenCell]


class Point(Model):
    """One wave of a trend; without a figure `reason` says why."""

    wave: str
    figure: Figure | None
    reason: str | None


class Trend(Model):
    """One measure for one set of people over the waves so far, from the first that has it on."""

    wave_id: int
    group: int
    measure: str
    about: str
    points: list[Point]
    before: Annotated[str | None, _says("Why the line starts where it does; null if with the survey.")]


class FeelingsMap(Model):
    """How hopeful and how worried people are at once. `cells[worry][hope]` counts people; null is hidden."""

    wave_id: int
    group: int
    n: Annotated[int, _says("People on the map, also those in hidden cells; 0 where no map is shown.")]
    side: Annotated[int, _says("5: answers 0 to 4. 2: little of it, or 2 and more. 0: no map is shown.")]
    cells: list[list[int | None]]
    hidden: Annotated[str | None, _says("Why something is hidden; null where nothing is.")]


class Action(Model):
    """You said, we did."""

    programme_id: int
    programme: str
    wave: Annotated[str, _says("The wave in which it was said.")]
    said: str
    did: str
    state: Annotated[str, _says("In words, such as: done, January 2026.")]
    owner: str
    unit: str | None
    measure: str | None
    late: bool


class Actions(Model):
    """The newest first, by survey."""

    as_of: date
    actions: list[Action]


class Problem(Model):
    """An error, by RFC 9457."""

    type: str
    title: str
    status: int
    detail: Annotated[str, _says("One sentence that says what to do.")]
