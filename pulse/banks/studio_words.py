"""What an edit means, in words: which version it makes, which trends end, and what a bridge would take."""

from typing import NamedTuple

from pulse.banks import usage
from pulse.banks.editing import Edit
from pulse.banks.measures import moved_between
from pulse.banks.store import get_library
from pulse.banks.telling import list_ids
from pulse.banks.terms import LINES_END, Reworded
from pulse.domain.instrument.changing import Change, people_for_bridge
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say
from pulse.web.formatting import format_number, plural


class Told(NamedTuple):
    """An edit as the page tells it."""

    least: Change
    sentence: str
    #: what happens to each survey that asks it, and to each measure it counts in
    consequences: list[str]
    bridge: str


_LEAST = {
    Change.NOTHING: N_("Nothing that people read or that is counted has changed."),
    Change.SPELLING: N_(
        "This looks like spelling. If it is more, say so below: only you know what is meant."
    ),
    Change.TERM: N_(
        "One term is another now (%(reasons)s). If it means the same, the question stays; if it does not, it "
        "is another question."
    ),
    Change.MEANING: N_(
        "This is another question: %(reasons)s. It gets the id %(new_id)s, and %(id)s is retired."
    ),
}


def describe(edit: Edit) -> Told:
    """What the page says before anything is kept."""
    least = edit.weighed.least
    reasons = "; ".join(map(say, edit.weighed.reasons))
    sentence = _(_LEAST[least], reasons=reasons, new_id=edit.new_id, id=edit.before.id)
    return Told(least, sentence, _consequences(edit), _bridge(edit))


def _consequences(edit: Edit) -> list[str]:
    """If it becomes another question; of a term, that charts are marked."""
    if edit.weighed.least is Change.NOTHING:
        return _moves(edit)
    uses = usage.uses_of([edit.before.id])[edit.before.id]
    goes_on = [_goes_on(edit, use) for use in uses]
    return [*goes_on, *(_(_COUNTS, measure=label) for label in _measures(edit.before.id)), *_moves(edit)]


_COUNTS = N_(
    "It counts in “%(measure)s”: with another question in its place, no change of that measure is worked out "
    "from the wave before to the one after, unless a bridge carries it on."
)


def _moves(edit: Edit) -> list[str]:
    """Which measures are other scores from the next wave on, as the question goes under another heading."""
    library = get_library()
    left, joined = moved_between(library.bank_of(edit.before.id), edit.before, edit.after)
    return [
        _(said, measure=library.fill(index.label))
        for said, indices in ((_LEAVES, left), (_JOINS, joined))
        for index in indices
    ]


_LEAVES = N_(
    "It counts in “%(measure)s” no more: from the next wave on that is another score, compared with no "
    "earlier one."
)
_JOINS = N_(
    "It counts in “%(measure)s” from the next wave on: that is another score then, compared with no earlier "
    "one."
)


def _goes_on(edit: Edit, use: usage.Use) -> str:
    asked = (
        _("“%(survey)s” (asked in %(waves)s so far)", survey=use.survey, waves=plural(use.waves, "wave"))
        if use.waves
        else _("“%(survey)s” (not asked yet)", survey=use.survey)
    )
    if use.active and not use.waves:
        after = _("%(survey)s will ask it, unless you change the survey.", survey=asked)
    elif use.active:
        after = _("%(survey)s goes on asking it until you change the survey.", survey=asked)
    elif use.paused:
        after = _("%(survey)s is paused, and asks it again if it goes on.", survey=asked)
    else:
        after = _("%(survey)s asks it no more.", survey=asked)
    return f"{after} {_trend(edit, use.waves)}"


def _trend(edit: Edit, waves: int) -> str:
    if not waves:
        return _("No trend ends.")
    return _(
        "As another term its line goes on, with a mark. As another question its line ends; that of %(id)s "
        "begins with the first wave that asks it.",
        id=edit.new_id,
    )


def _measures(item_id: str) -> list[str]:
    library = get_library()
    bank, item = library.bank_of(item_id), library.item(item_id)
    return [library.fill(index.label) for index in bank.indices if item in bank.index_items(index)]


def _bridge(edit: Edit) -> str:
    if edit.weighed.least < Change.TERM:
        return ""
    each = people_for_bridge()
    return _(
        "To carry a trend over a break, half of the people would get the old words in one wave, half the "
        "new. That can show a difference of 5 points only with about %(each)s answers in each half, %(all)s "
        "in all; with fewer people, take the break.",
        each=format_number(each),
        all=format_number(2 * each),
    )


def kept(item_id: str, kept_id: str) -> str:
    """After a save."""
    if kept_id == item_id:
        return _("%(id)s is saved.", id=item_id)
    return _(
        "%(new_id)s is saved as a question of its own, and %(id)s is retired. A survey of enough people can "
        "bridge the break: see its page.",
        new_id=kept_id,
        id=item_id,
    )


def reworded(found: Reworded) -> str:
    """After new words were saved."""
    if not found.ids:
        return _("The words are saved. No question reads otherwise.")
    said = _(
        "The words are saved. %(questions)s will read otherwise from the next wave: %(ids)s.",
        questions=plural(len(found.ids), "question"),
        ids=list_ids(found.ids),
    )
    if found.broken:
        said += " " + _(LINES_END, ids=list_ids(found.broken))
    return said


def uses(item_id: str) -> list[str]:
    """Every survey that asks it, in a phrase each."""
    return [
        _(_uses_it(use), survey=use.survey, waves=plural(use.waves, "wave"))
        for use in usage.uses_of([item_id])[item_id]
    ]


def _uses_it(use: usage.Use) -> str:
    if use.active:
        return N_("“%(survey)s”: %(waves)s so far, and it goes on")
    return (
        N_("“%(survey)s”: %(waves)s so far; it is paused")
        if use.paused
        else N_("“%(survey)s”: %(waves)s so far")
    )
