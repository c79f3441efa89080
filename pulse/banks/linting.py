"""What the wording rules say of the questions of a library."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import g, has_app_context

from pulse.directory.queries import count_people_by_unit
from pulse.domain.instrument import Item, Library
from pulse.domain.wording import RULES, Context, Finding, Level, Question, check_scale, check_wording
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

_LEVELS: dict[Level, str] = {"error": "error", "warn": "warning", "info": "note"}


class Remark(NamedTuple):
    """A finding as a page says it, in its language."""

    label: str
    level: Level
    why: str
    example: str


@dataclass(frozen=True)
class Linted:
    """One question as people read it, with what the rules notice of it."""

    item: Item
    text: str
    findings: tuple[Finding, ...]
    #: what an editor overrode, each with the reason given; "identifying" cannot be
    waived: tuple[tuple[Finding, str], ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether this may not be asked."""
        return any(found.is_blocking for found in self.findings)

    @property
    def remarks(self) -> list[Remark]:
        """The findings for a page."""
        return [
            Remark(_(RULES[one.rule].label), one.level, say(one.why), say(one.example))
            for one in self.findings
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """(label of the rule, reason) of what was overridden, for a page."""
        return [(_(RULES[one.rule].label), reason) for one, reason in self.waived]


def lint_library(library: Library, context: Context | None = None) -> tuple[Linted, ...]:
    """Every question that is still offered, in bank order."""
    said = context or context_of(library)
    texts = {item.id: library.fill(item.text) for item in library.all_items()}
    return tuple(
        _lint(item, _question(library, item, texts), said) for item in library.all_items() if not item.retired
    )


def lint_item(library: Library, item: Item, context: Context | None = None) -> Linted:
    """One question, which need not be in the library yet, beside those that are."""
    texts = {other.id: library.fill(other.text) for other in library.all_items()}
    texts[item.id] = library.fill(item.text)
    return _lint(item, _question(library, item, texts), context or context_of(library))


def lint_grades(library: Library, context: Context | None = None) -> dict[str, tuple[Finding, ...]]:
    """Bank -> what is noticed of its questions together; only banks of which something is."""
    said = context or context_of(library)
    offered = {bank.id: [item for item in bank.items if not item.retired] for bank in library.banks}
    found = {
        bank: tuple(check_scale([library.fill(item.text) for item in items], said))
        for bank, items in offered.items()
    }
    return {bank: findings for bank, findings in found.items() if findings}


def wording_lines(linted: Iterable[Linted], notes: bool = False) -> Iterator[str]:
    """A line for each error and warning, and with `notes` for the rest: where, what, why and what instead."""
    for one in linted:
        where = _where(one)
        for found in one.findings:
            if notes or found.level != "info":
                yield f"{where}: {_said(found)}"


def waiver_lines(linted: Iterable[Linted]) -> list[str]:
    """A line for each override that names no rule, or the one that cannot be overridden."""
    return [
        f"{_where(one)}: error: wording_waived {rule} has no effect; name a rule that can be waived."
        for one in linted
        for rule, _reason in one.item.waived
        if rule not in RULES or rule == "identifying"
    ]


def _where(one: Linted) -> str:
    return ", ".join(str(part) for part in (one.item.place, one.item.id) if part)


def grade_lines(library: Library) -> list[str]:
    """A line for each bank whose questions are hard to read together."""
    return [
        f"{bank}: {_said(found)}" for bank, findings in lint_grades(library).items() for found in findings
    ]


def _said(found: Finding) -> str:
    return f"{_LEVELS[found.level]}: {RULES[found.rule].label}. {found.why} {found.example}"


def context_of(library: Library) -> Context:
    """The organisation's own words, its terms and those it swaps in; and how small its groups are."""
    swapped = {written: own for written, own in library.swaps.items() if own != written}
    return Context(terms={**library.terms, **swapped}, smallest_cell=smallest_cell())


def smallest_cell() -> int | None:
    """People in the smallest unit of the staff list, the least that an answer about oneself could leave.

    None without a staff list, or without a database (`pulse bank check` needs none): then the rules take it
    for too small. Counted once a request.
    """
    if not has_app_context():
        return None
    if "pulse_smallest_cell" not in g:
        g.pulse_smallest_cell = min(count_people_by_unit().values(), default=None)
    found: int | None = g.pulse_smallest_cell
    return found


def _lint(item: Item, question: Question, context: Context) -> Linted:
    reasons = dict(item.waived)
    found = check_wording(question, context)
    waived = tuple((one, reasons[one.rule]) for one in found if one.rule in reasons and not one.is_blocking)
    return Linted(
        item, question.text, tuple(one for one in found if one not in [each for each, _ in waived]), waived
    )


def _question(library: Library, item: Item, texts: Mapping[str, str]) -> Question:
    scale = library.scale(item.scale)
    return Question(
        texts[item.id],
        scale.kind,
        tuple(label for _, label in scale.options),
        na=item.na,
        audience=item.audience,
        neighbours=tuple(texts[other.id] for other in _neighbours(library, item)),
    )


def _neighbours(library: Library, item: Item) -> Iterator[Item]:
    """What the same people may be asked too in the same manner: to agree with, to choose from, to write of.

    Not the other side of its pair, which is meant to be alike, nor what it took the place of.
    """
    kind = library.scale(item.scale).kind
    for other in library.items_for(item.audience):
        same_pair = item.pair is not None and other.pair == item.pair
        succeeds = item.replaces == other.id or other.replaces == item.id
        apart = other.id == item.id or same_pair or succeeds or other.retired
        if not apart and library.scale(other.scale).kind == kind:
            yield other
