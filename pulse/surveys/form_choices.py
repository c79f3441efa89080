"""What the form of a programme offers from the staff list: who is asked, and facts to show results by."""

from collections.abc import Iterable
from itertools import combinations

from wtforms.fields.choices import SelectChoice

from pulse.directory.headcount import list_unit_counts
from pulse.languages.saying import gettext as _
from pulse.surveys.declared import Choice, list_choices, together
from pulse.web.formatting import plural

EVERYONE = ""
#: between the two codes of a pair; no code has it in it
CROSS = "*"
#: two spaces that a browser does not fold, for each level of the tree
_INDENT = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"


def list_audience_choices() -> list[SelectChoice]:
    """Everyone, then the tree with its headcounts, each level set in a little."""
    units = [
        SelectChoice(str(count.unit.id), f"{_INDENT * count.depth}{count.unit.name} ({count.total:,})")
        for count in list_unit_counts()
    ]
    return [SelectChoice(EVERYONE, _("Everyone in the staff list")), *units]


def list_attribute_choices(declared: Iterable[str]) -> tuple[list[SelectChoice], list[SelectChoice]]:
    """The attributes, each with its number of categories today, and every pair of them.

    What is `declared` and has left the staff list is among them, so that it can be taken off.
    """
    choices = list_choices()
    names = {one.code: one.label for one in choices}
    names |= {code: code for code in declared if code not in names}
    told = {one.code: _today(one) for one in choices}
    gone = _("not in the staff list any more")
    attributes = [SelectChoice(code, f"{name} ({told.get(code, gone)})") for code, name in names.items()]
    pairs = [
        SelectChoice(CROSS.join(pair), together([names[code] for code in pair]))
        for pair in combinations(names, 2)
    ]
    return attributes, pairs


def _today(one: Choice) -> str:
    return _("%(categories)s today", categories=plural(one.categories, "category", "categories"))
