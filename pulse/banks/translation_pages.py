"""What the translation pages show of a group: filtered, searched, cut into pages, with people's names."""

from collections.abc import Iterable
from typing import NamedTuple, NoReturn

from flask import abort, request

from pulse.banks.revising import EditError
from pulse.banks.store import get_library
from pulse.banks.translating import Group, find_group, find_text, list_groups, text_id
from pulse.banks.translation_queries import names_of
from pulse.domain.words import N_
from pulse.languages import queries
from pulse.languages.catalogue import entries
from pulse.languages.saying import gettext as _
from pulse.languages.standing import Standing, as_standing, find_standing, why_not_review
from pulse.languages.texts import ENGLISH, LANGUAGES, PAGE_PLURAL, Text

PER_PAGE = 50
_LONGEST_SEARCH = 100
#: how a text may stand, as one may look for it
STATES = {
    "left": N_("Not reviewed yet"),
    "missing": N_("Missing"),
    "draft": N_("Draft"),
    "reviewed": N_("Reviewed"),
    "mine": N_("Waiting for my review"),
}
#: what a language is called in English, to be said in the language of the page
NAMES = {"cy": N_("Welsh")}
_KINDS = {
    "staff": N_("Pages that staff see"),
    "scales": N_("Answers and scales"),
    "pages": N_("Pages that only accounts see"),
}


class Row(NamedTuple):
    """One text of the table."""

    id: str
    standing: Standing
    who: str


class Found(NamedTuple):
    """One page of a group."""

    rows: list[Row]
    total: int
    page: int
    pages: int


class Version(NamedTuple):
    """One line of a text's history."""

    standing: Standing
    translator: str
    reviewers: list[str]


def check_language(language: str) -> str:
    """The language; a page that is not there for English and for what nobody speaks here."""
    if language == ENGLISH or language not in LANGUAGES:
        abort(404)
    return language


def get_group(language: str, group_id: str) -> Group:
    """The group with this id, or a page that is not there."""
    found = find_group(list_groups(check_language(language), get_library()), group_id)
    return found or _missing()


def get_text(group: Group, wanted: str) -> Text:
    """The text of the group that `text_id` names so, or a page that is not there."""
    return find_text(group, wanted) or _missing()


def _missing() -> NoReturn:
    """Whoever has typed something is told why, and shown it; an old link is a page that is not there."""
    if request.method == "POST":
        raise EditError(_("This text is gone: its English was changed, or its bank was deleted."))
    abort(404)


def heading(group: Group) -> str:
    """What the pages call a group."""
    return _(_KINDS[group.kind]) if group.kind in _KINDS else group.heading


def look(language: str, group: Group, state: str, words: str, page: int, account_id: int) -> Found:
    """Texts of a group in this state that hold every word, in either language; page from 1."""
    wanted = words[:_LONGEST_SEARCH].casefold().split()
    found = [
        standing
        for standing in find_standing(language, group.texts)
        if _in_state(standing, state, account_id) and _holds(standing, wanted)
    ]
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    names = names_of({each for standing in shown for each in _people(standing)})
    rows = [Row(text_id(each.text), each, _who(each, names)) for each in shown]
    return Found(rows, len(found), page, pages)


def _in_state(standing: Standing, state: str, account_id: int) -> bool:
    if state == "mine":
        return not why_not_review(standing, account_id)
    if state == "left":
        return not standing.reviewed
    return state not in STATES or standing.kind == state


def _holds(standing: Standing, wanted: Iterable[str]) -> bool:
    text = f"{standing.text.context} {standing.text.source} {standing.words}".casefold()
    return all(word in text for word in wanted)


def _people(standing: Standing) -> tuple[int | None, ...]:
    return standing.translator_id, standing.reviewer_id, standing.second_reviewer_id


def _who(standing: Standing, names: dict[int, str]) -> str:
    if not standing.words:
        return ""
    translator, *reviewers = _people(standing)
    wrote = names.get(translator or 0) or _("Machine or file")
    read = [names[each] for each in reviewers if each in names]
    if not read:
        return wrote
    return _("%(translator)s, read by %(reviewers)s", translator=wrote, reviewers=", ".join(read))


def list_history(language: str, text: Text) -> list[Version]:
    """Every version of a text, the newest first, with who made it."""
    versions = [as_standing(text, row) for row in queries.list_versions(language, text)]
    names = names_of({each for version in versions for each in _people(version)})
    return [
        Version(
            version,
            names.get(version.translator_id or 0, ""),
            [names[each] for each in _people(version)[1:] if each in names],
        )
        for version in versions
    ]


def places_of(language: str, text: Text) -> tuple[str, ...]:
    """The files that say a page string; nothing for other texts."""
    entry = entries(language).get(text.key)
    return entry.places if entry else ()


def is_plural(text: Text) -> bool:
    """Whether the translation has a line for each plural form."""
    return text.context == PAGE_PLURAL
