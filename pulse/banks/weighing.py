"""What an edit does to a question, beside how it stands and beside how surveys asked it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from pulse.banks import usage
from pulse.domain.instrument import Item, Library
from pulse.domain.instrument.changing import Weighed, weigh, weigh_text
from pulse.domain.instrument.comparing import ItemChange
from pulse.domain.instrument.freezing import Frozen


class Edited(NamedTuple):
    """One question before and after an edit, under one id."""

    before: Item
    after: Item


def weigh_edits(library: Library, edits: Iterable[Edited]) -> dict[str, Weighed]:
    """Question -> the least that its edit is.

    Two small steps can make a large one: what leads away from the words that people were asked is weighed
    from those. An edit that leads no further away, after another word was set for everything, is not.
    """
    listed = list(edits)
    worded = [edit.after.id for edit in listed if edit.before.text != edit.after.text]
    asked = usage.asked_as(worded) if worded else {}
    return {edit.after.id: _weigh(library, edit, asked.get(edit.after.id, ())) for edit in listed}


def edits_in(changes: Iterable[ItemChange]) -> list[Edited]:
    """Those of changes between two versions of a bank that edit a question, in their order."""
    return [
        Edited(each.before, each.after)
        for each in changes
        if each.change == "changed" and each.before and each.after
    ]


def _weigh(library: Library, edit: Edited, asked: Collection[Frozen]) -> Weighed:
    found = weigh(*edit)
    try:
        before, after = (library.fill(item.text) for item in edit)
    except KeyError:  # no such {term}, which the library's own checks tell
        return found
    for form in asked:
        since = weigh_text(form["text"], after)
        if since.least > max(found.least, weigh_text(form["text"], before).least):
            found = since
    return found
