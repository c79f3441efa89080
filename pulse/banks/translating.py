"""What there is to translate, in groups as people share the work: banks, scales, pages, surveys."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from flask import current_app

from pulse.banks.loading import freeze_items
from pulse.banks.usage import uses_of
from pulse.db import writing
from pulse.domain.instrument import Bank, Item, Library
from pulse.domain.instrument.translating import texts_of_items
from pulse.domain.plain_text import as_seen
from pulse.languages import queries
from pulse.languages.catalogue import other_texts, staff_texts
from pulse.languages.checking import TranslationRefused
from pulse.languages.saying import gettext as _
from pulse.languages.standing import Standing, as_standing, find_standing
from pulse.languages.texts import PAGE, PAGE_PLURAL, Text

SCALES, STAFF, OTHER = "scales", "staff", "pages"
#: former translations that are shown beside a text whose English was changed
_FORMER = 3


class Group(NamedTuple):
    """Texts that are translated together. `heading` of a bank or survey is its name."""

    id: str
    #: "bank", "survey", or the id itself
    kind: str
    heading: str
    texts: tuple[Text, ...]


class Count(NamedTuple):
    """How many texts of a group stand where."""

    reviewed: int
    draft: int
    missing: int

    @property
    def left(self) -> int:
        """Not reviewed."""
        return self.draft + self.missing


def text_id(text: Text) -> str:
    """Names a text in the address of its page: 16 hex digits of its place and words."""
    return hashlib.sha256("\0".join(text.key).encode()).hexdigest()[:16]


def list_groups(language: str, library: Library) -> list[Group]:
    """Everything there is to translate: surveys and what they share first, pages for accounts last."""
    return [
        *_surveys(library),
        Group(STAFF, STAFF, "", tuple(staff_texts(language))),
        Group(SCALES, SCALES, "", _unique(_scale_texts(library))),
        *(
            Group(f"bank-{bank.id}", "bank", library.fill(bank.title), _unique(_bank_texts(library, bank)))
            for bank in library.banks
        ),
        Group(OTHER, OTHER, "", tuple(other_texts(language))),
    ]


def find_group(groups: Iterable[Group], group_id: str) -> Group | None:
    """The group with this id, or None."""
    return next((group for group in groups if group.id == group_id), None)


def find_text(group: Group, wanted: str) -> Text | None:
    """The text of a group that `text_id` names so, or None."""
    return next((text for text in group.texts if text_id(text) == wanted), None)


def count(standings: Iterable[Standing]) -> Count:
    """How many are reviewed, drafts and without words."""
    kinds = Counter(standing.kind for standing in standings)
    return Count(kinds["reviewed"], kinds["draft"], kinds["missing"])


def count_groups(language: str, groups: Iterable[Group]) -> dict[str, Count]:
    """Group id -> how its texts stand, with one look into the database for all."""
    groups = list(groups)
    standing = {each.text.key: each for each in find_standing(language, _all(groups))}
    return {group.id: count(standing[text.key] for text in group.texts) for group in groups}


def count_left(language: str, survey: Group) -> int:
    """How many texts keep a survey from being offered: its own, its questions', and those of staff pages."""
    texts = (*survey.texts, *staff_texts(language))
    return sum(not standing.reviewed for standing in find_standing(language, texts))


def list_former(language: str, group: Group, text: Text) -> list[Standing]:
    """Translations of what stood in the same place in other English words, the newest first."""
    if text.context in (PAGE, PAGE_PLURAL):
        return []
    still = {each.source for each in group.texts if each.context == text.context}
    rows = [row for row in queries.list_newest(language, [text.context]) if row.source not in still]
    rows.sort(key=lambda row: row.id, reverse=True)
    return [as_standing(Text(row.context, row.source), row) for row in rows[:_FORMER]]


def supplied_texts(library: Library) -> list[Text]:
    """What the banks and scales of a library ask; headings are strings of pages."""
    of_banks = (text for bank in library.banks for text in _bank_texts(library, bank))
    asked = (text for text in (*of_banks, *_scale_texts(library)) if text.context != PAGE)
    return list(_unique(asked))


def item_text(library: Library, item: Item) -> Text:
    """A question; of a reversed one two people must say that its sense was kept."""
    return Text(f"item {item.id}", library.fill(item.text), twice=item.reverse)


@contextmanager
def answers_kept_apart(language: str, texts: Iterable[Text]) -> Iterator[None]:
    """One unit that saves translations of some of these texts, and saves none of them if it would leave two
    answers of one scale that read the same. Raises TranslationRefused."""
    by_scale: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        if text.context.startswith("scale "):
            by_scale[text.context].append(text)
    with writing():
        yield
        for beside in by_scale.values():
            _check_apart(find_standing(language, beside))


def _check_apart(standings: Iterable[Standing]) -> None:
    said: dict[str, str] = {}
    for standing in standings:
        english = said.setdefault(as_seen(standing.words), standing.text.source)
        if standing.words and english != standing.text.source:
            raise TranslationRefused(
                _(
                    "“%(one)s” and “%(other)s” would read the same: write other words for one of them.",
                    one=english,
                    other=standing.text.source,
                )
            )


def _bank_texts(library: Library, bank: Bank) -> Iterator[Text]:
    """Headings are strings of pages, as the results say them; people who answer never see them."""
    if bank.lead_in:
        yield Text(f"bank {bank.id}", library.fill(bank.lead_in))
    yield from (Text(PAGE, library.fill(section.label)) for section in bank.sections)
    yield from (item_text(library, item) for item in bank.items if not item.retired)


def _scale_texts(library: Library) -> Iterator[Text]:
    for scale in library.scales:
        labels = [label for _code, label in (*scale.options, *scale.nonsubstantive)]
        yield from (
            Text(f"scale {scale.id}", library.fill(words)) for words in (scale.lead_in, *labels) if words
        )
        if scale.kind == "text" and scale.note:  # the help below a text box, as waves freeze it
            yield Text(f"scale {scale.id}", scale.note)


def _surveys(library: Library) -> Iterator[Group]:
    """By name: a survey's own words, as the application lends them, and the questions that it will ask."""
    found: dict[str, list[Text]] = {}
    for heading, texts in current_app.extensions.get("pulse.texts_to_translate", list)():
        found.setdefault(heading, []).extend(texts)
    for survey, items in _asked(library).items():
        found.setdefault(survey, []).extend(_of_items(library, items))
    for heading, texts in found.items():
        name = hashlib.sha256(heading.encode()).hexdigest()[:8]
        yield Group(f"survey-{name}", "survey", heading, _unique(texts))


def _asked(library: Library) -> dict[str, list[Item]]:
    asked = defaultdict(list)
    for item_id, uses in uses_of([item.id for item in library.all_items()]).items():
        for use in uses:
            if use.active:
                asked[use.survey].append(library.item(item_id))
    return asked


def _of_items(library: Library, items: Iterable[Item]) -> list[Text]:
    """Just what a wave would freeze of these questions, so that both count the same."""
    return [Text(*needed) for needed in texts_of_items(freeze_items(library, [item.id for item in items]))]


def _unique(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Without the same text twice, in order."""
    return tuple({text.key: text for text in texts}.values())


def _all(groups: Iterable[Group]) -> Iterator[Text]:
    return (text for group in groups for text in group.texts)
