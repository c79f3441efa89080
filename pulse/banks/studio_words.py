"""What an edit means, in words: which version it makes, which trends end, and what a bridge would take."""

from typing import NamedTuple

from pulse.banks import usage
from pulse.banks.editing import Edit
from pulse.banks.store import get_library
from pulse.domain.instrument.changing import Change, people_for_bridge
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
    Change.NOTHING: "Nothing that people read or that is counted has changed.",
    Change.SPELLING: "This looks like spelling. If it is more, say so below: only you know what is meant.",
    Change.TERM: "One term is another now ({reasons}). If it means the same, the question stays; "
    "if it does not, it is another question.",
    Change.MEANING: "This is another question: {reasons}. It gets the id {new_id}, and {id} is retired.",
}


def describe(edit: Edit) -> Told:
    """What the page says before anything is kept."""
    least = edit.weighed.least
    words = {
        "reasons": "; ".join(map(say, edit.weighed.reasons)),
        "new_id": edit.new_id,
        "id": edit.before.id,
    }
    return Told(least, _LEAST[least].format(**words), _consequences(edit), _bridge(edit))


def _consequences(edit: Edit) -> list[str]:
    """If it becomes another question; of a term, that charts are marked."""
    if edit.weighed.least is Change.NOTHING:
        return []
    item_id, found = edit.before.id, []
    for use in usage.uses_of([item_id])[item_id]:
        asked = f"asked in {plural(use.waves, 'wave')} so far" if use.waves else "not asked yet"
        after = "goes on asking it until you change the survey" if use.active else "asks it no more"
        found.append(f"“{use.survey}” ({asked}) {after}. {_trend(edit, use.waves)}")
    return found + [
        f"It counts in “{label}”: with another question in its place, that measure is compared only over "
        "the questions that both waves asked."
        for label in _measures(item_id)
    ]


def _trend(edit: Edit, waves: int) -> str:
    if not waves:
        return "No trend ends."
    return (
        f"As another term its line goes on, with a mark. As another question its line ends; that of "
        f"{edit.new_id} begins with the first wave that asks it."
    )


def _measures(item_id: str) -> list[str]:
    library = get_library()
    bank, item = library.bank_of(item_id), library.item(item_id)
    return [library.fill(index.label) for index in bank.indices if item in bank.index_items(index)]


def _bridge(edit: Edit) -> str:
    if edit.weighed.least < Change.TERM:
        return ""
    each = people_for_bridge()
    return (
        "To carry a trend over a break, half of the people would get the old words in one wave, half the "
        f"new. That can show a difference of 5 points only with about {format_number(each)} answers in each "
        f"half, {format_number(2 * each)} in all; with fewer people, take the break."
    )


def kept(item_id: str, kept_id: str) -> str:
    """After a save."""
    if kept_id == item_id:
        return f"{item_id} is saved."
    return (
        f"{kept_id} is saved as a question of its own, and {item_id} is retired. A survey of enough people "
        "can bridge the break: see its page."
    )


def reworded(item_ids: list[str]) -> str:
    """After new words were saved."""
    if not item_ids:
        return "The words are saved. No question reads otherwise."
    return (
        f"The words are saved. {plural(len(item_ids), 'question')} will read otherwise from the next wave: "
        f"{', '.join(item_ids[:8])}{' and others' if len(item_ids) > 8 else ''}."
    )


def uses(item_id: str) -> list[str]:
    """Every survey that asks it, in a phrase each."""
    return [
        f"“{use.survey}”: {plural(use.waves, 'wave')} so far{', and it goes on' if use.active else ''}"
        for use in usage.uses_of([item_id])[item_id]
    ]
