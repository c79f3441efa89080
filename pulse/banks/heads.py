"""A bank's own words and its headings: renamed, ordered, added, taken away when empty, and lent questions."""

from dataclasses import dataclass, replace

from pulse.banks.editing import in_order
from pulse.banks.revising import EditError, Editor, check_seen, fingerprint, revise_bank
from pulse.banks.terms import read_lines
from pulse.domain.instrument import Bank, Library, Section
from pulse.domain.instrument.problems import suggestion
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say


@dataclass(frozen=True)
class Heads:
    """What an editor sees and types: headings and lent questions are a line each, "id = words"."""

    title: str
    about: str
    lead_in: str
    headings: str
    borrowed: str


def shown(bank: Bank) -> tuple[Heads, str]:
    """As the bank stands, and its fingerprint."""
    headings = "\n".join(f"{one.id} = {one.label}" for one in bank.sections)
    lent = "\n".join(f"{one.id} = {', '.join(one.borrowed)}" for one in bank.sections if one.borrowed)
    heads = Heads(bank.title, bank.about, bank.lead_in, headings, lent)
    return heads, fingerprint(heads)


def save_heads(bank_id: str, heads: Heads, seen: str, editor: Editor) -> None:
    """Keep them; raises EditError.

    Other words before the questions are like another term in each of them: charts are marked, so that needs
    a reason. Headings and order change nothing that is asked.
    """

    def change(library: Library, bank: Bank) -> Bank:
        check_seen(shown(bank)[0], seen)
        if heads.lead_in != bank.lead_in and not editor.why.strip():
            raise EditError(_("Say why: charts are marked where what people read first changes."), "why")
        sections = _sections(library, bank, heads)
        _check_empty(bank, {one.id for one in sections})
        changed = replace(
            bank, title=heads.title, about=heads.about, lead_in=heads.lead_in, sections=sections
        )
        items = in_order(changed, bank.items)
        if heads.lead_in != bank.lead_in:
            items = [replace(item, wording=item.wording + 1) for item in items]
        return replace(changed, items=tuple(items))

    revise_bank(bank_id, change, editor, act="edited", what="headings and words of the bank")


def _sections(library: Library, bank: Bank, heads: Heads) -> tuple[Section, ...]:
    """The headings as typed; a new one is named by its id."""
    labels = read_lines(heads.headings, "headings")
    lent = {key: _ids(words) for key, words in read_lines(heads.borrowed, "borrowed").items()}
    for key in lent:
        if key not in labels:
            raise EditError(
                _("There is no heading “%(key)s”: begin the line with one of the above.", key=key), "borrowed"
            )
    if not labels:
        raise EditError(_("Keep one heading at least: write a line such as people = People."), "headings")
    for key in labels:
        if not key.replace("_", "").isalnum() or not key.isascii() or not key.islower():
            raise EditError(
                _(
                    "“%(key)s” cannot be the short name of a heading: use small letters, digits and "
                    "underscores.",
                    key=key,
                ),
                "headings",
            )
    _check_lent(library, bank, lent)
    return tuple(Section(key, label, lent.get(key, ())) for key, label in labels.items())


def _ids(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.replace(",", " ").split()))


def _check_lent(library: Library, bank: Bank, lent: dict[str, tuple[str, ...]]) -> None:
    own = {item.id for item in bank.items}
    for ids in lent.values():
        for item_id in ids:
            if item_id in own:
                raise EditError(
                    _("%(id)s is in this bank already: leave it out of this list.", id=item_id), "borrowed"
                )
            if item_id not in library:
                near = suggestion(item_id, (item.id for item in library.all_items()))
                raise EditError(
                    _("There is no question %(id)s in any bank; %(near)s", id=item_id, near=say(near)),
                    "borrowed",
                )


def _check_empty(bank: Bank, kept: set[str]) -> None:
    for section in bank.sections:
        inside = [item.id for item in bank.items if item.section == section.id]
        if section.id not in kept and inside:
            raise EditError(
                _(
                    "“%(heading)s” still has %(id)s: give its questions another heading first.",
                    heading=section.label,
                    id=inside[0],
                ),
                "headings",
            )
