"""A question that became another one, for tests of bridges."""

from dataclasses import replace

from pulse.banks.editing import save_item
from pulse.banks.revising import Editor, fingerprint
from pulse.banks.store import forget, get_library
from pulse.domain.instrument.changing import Change
from tests.surveys.factories import NOW


def become_another(item_id: str, text: str = "My team decides on its own how our work is done.") -> str:
    """The id of the question that stands in place of this one from now on."""
    item = get_library().item(item_id)
    kept = save_item(replace(item, text=text), fingerprint(item), Change.MEANING, Editor(NOW, "Tried out"))
    forget()
    return kept
