"""Behind the numbers: what a psychometrician or a union's statistician asks of a group's results.

Each table, and the chart above it, is there only if the wave has its figures. Nothing is computed here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pulse.dashboards import technical_group as group_tables
from pulse.dashboards import technical_quality as quality
from pulse.dashboards.frame import Frame, frame_of
from pulse.dashboards.page_funnel import find_funnel
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import Block, hidden_scores
from pulse.dashboards.words import join
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedGroup

#: tables that only some surveys give: the start of a block's id, and what a reader would miss
_WHOLE_SCALES = {
    "saydo": N_("the gap between what is expected and experienced"),
    "stages": N_("the stages of change"),
}
_WHOLE_ORGANISATION = {
    "reliability": N_("how well the questions of a scale hang together"),
    "goes-": N_("what goes together"),
}


@dataclass(frozen=True)
class Technical:
    """The technical page of one group; `missing` says which kind of survey gives what is not here."""

    frame: Frame
    blocks: list[Block]
    missing: str
    softened: str
    #: the section of the results page that pictures the tables of teams; empty if it has none
    funnel: str


def build(result: Result, groups: list[ReleasedGroup]) -> Technical:
    """Every table that this group's figures fill, and one sentence about those that they do not."""
    blocks = list(_blocks(result))
    missing = _missing(result, [one.id for one in blocks])
    softened = _softened(result.group.release.softened)
    return Technical(frame_of(result, groups), blocks, missing, softened, find_funnel(result, groups))


def _softened(most: int) -> str:
    """That some answers of this survey were moved, and why only the most that they can be is said."""
    if not most:
        return _("No answer of this survey was moved to protect people.")
    return _(
        "At most %(most)s single answers, in the whole organisation, were moved to the middle of their "
        "scale, so that no group is shown as all of one mind against something. The exact number is not "
        "told, because it would show where.",
        most=f"{most:,}",
    )


def _blocks(result: Result) -> Iterator[Block]:
    """In the order in which one asks: is it good, are teams comparable, do people agree, what is it worth."""
    found: list[Block | None] = [
        quality.reliability(result),
        quality.validity(result),
        *quality.goes_together(result),
        quality.bridges(result),
        quality.units(result),
        group_tables.beside_others(result),
        group_tables.agreement(result),
        group_tables.stages(result),
        group_tables.say_do(result),
        group_tables.weighted(result),
        group_tables.bounds(result),
        group_tables.trends(result),
    ]
    yield from (one for one in found if one is not None)


def _missing(result: Result, ids: list[str]) -> str:
    """Which kind of survey, and which page, gives what is not here, and what is hidden; empty if nothing."""
    whole = result.group.kind == "organisation"
    names = _WHOLE_ORGANISATION | _WHOLE_SCALES if whole else _WHOLE_SCALES
    absent = [_(words) for start, words in names.items() if not any(one.startswith(start) for one in ids)]
    said = []
    if absent:
        words = (
            N_("%(what)s comes from a survey that asks whole scales, such as a baseline.")
            if len(absent) == 1
            else N_("%(what)s come from a survey that asks whole scales, such as a baseline.")
        )
        said.append(_(words, what=_capital(join(absent))))
    if not whole:
        named = _capital(join([_(words) for words in _WHOLE_ORGANISATION.values()]))
        said.append(_("%(what)s are shown for the whole organisation only.", what=named))
    if result.group.headcount < RATE_SHOWN_FROM:
        words = N_("What those who did not answer could change is shown from %(least)s people on.")
        said.append(_(words, least=RATE_SHOWN_FROM))
    hidden = hidden_scores(result)
    if hidden:
        said.append(f"{join(hidden)}: {result.why_hidden[0].lower()}{result.why_hidden[1:]}")
    return " ".join(said)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
