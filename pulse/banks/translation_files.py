"""Translations as a spreadsheet for translators, and such a file as what it would change."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from pulse.banks.limits import ImportRefused, check_size
from pulse.banks.table_files import FIRST, Table, read_csv, read_xlsx, write_csv, write_xlsx
from pulse.banks.translating import Group, answers_kept_apart, text_id
from pulse.languages.checking import TranslationRefused, check_note, check_words, tidy
from pulse.languages.saying import gettext as _
from pulse.languages.standing import Standing, draft, find_standing
from pulse.languages.texts import LANGUAGES, Text

#: headings of the columns that a machine reads, so never translated
WHERE, ENGLISH, STATE, NOTE = "Where", "English", "State", "Note"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_READERS = {"csv": read_csv, "xlsx": read_xlsx}
#: what is handed from the preview to the save, with room for how a form writes it; a form holds 512 KB
_MOST_CHARACTERS = 200_000
#: (line, cells by heading)
Line = tuple[int, dict[str, str]]


class Coming(NamedTuple):
    """A text that a file would change; `before` is how it stands."""

    before: Standing
    words: str
    note: str

    @property
    def handed_on(self) -> list[Any]:
        """What the preview hands on as JSON: the text, what it becomes, and the version it was seen at."""
        return [text_id(self.before.text), self.words, self.note, self.before.number]


class Preview(NamedTuple):
    """What a file would do. With `problems`, sentences, it does nothing."""

    coming: list[Coming]
    #: rows that say what stands already, or nothing
    same: int
    #: rows whose English is not here, or not any more
    unknown: list[str]
    problems: list[str]


def write_file(language: str, group: Group, ending: str) -> bytes:
    """A group as a table, `ending` a key of MEDIA_TYPES. Raises UnwritableError, a sentence."""
    rows = [(WHERE, ENGLISH, LANGUAGES[language], STATE, NOTE)]
    rows += [
        (each.text.context, each.text.source.strip(), each.words.strip(), each.kind, each.note)
        for each in find_standing(language, group.texts)
    ]
    return (write_csv if ending == "csv" else write_xlsx)({"Translations": rows})


def preview(language: str, groups: Iterable[Group], name: str, content: bytes) -> Preview:
    """What the file would change; raises ImportRefused for one that cannot be read at all."""
    known = {(text.context, text.source.strip()): text for group in groups for text in group.texts}
    standing = {each.text.key: each for each in find_standing(language, known.values())}
    found = Preview([], 0, [], [])
    seen: set[tuple[str, str]] = set()
    for line, cells in _lines(language, name, content):
        text = known.get((cells[WHERE], cells[ENGLISH]))
        if text is None:
            found.unknown.append(f"{cells[WHERE]}: {cells[ENGLISH]}"[:120])
        elif text.key in seen:
            found.problems.append(_("Line %(line)s: this text is in the file twice; keep one.", line=line))
        else:
            seen.add(text.key)
            found = _weigh(language, standing[text.key], cells, line, found)
    if sum(len(each.words) + len(each.note) + 40 for each in found.coming) > _MOST_CHARACTERS:
        found.problems.append(_("The file changes too much for one go: bring it in as several files."))
    return found


def _weigh(language: str, before: Standing, cells: dict[str, str], line: int, found: Preview) -> Preview:
    words = tidy(before.text, cells[LANGUAGES[language]])
    note = cells.get(NOTE, before.note)
    if not words or words == before.words:
        return found._replace(same=found.same + 1)
    try:
        check_words(language, before.text, words)
        found.coming.append(Coming(before, words, check_note(note)))
    except TranslationRefused as error:
        found.problems.append(_("Line %(line)s: %(problem)s", line=line, problem=str(error)))
    return found


def bring_in(
    language: str, groups: Iterable[Group], rows: object, editor_id: int | None, now: datetime
) -> int:
    """Save what a preview handed on, all of it or nothing; returns how many texts. Raises ImportRefused."""
    known = {text_id(text): text for group in groups for text in group.texts}
    wanted = list(_checked(rows, known))
    try:
        with answers_kept_apart(language, known.values()):
            for text, words, note, seen in wanted:
                draft(language, text, words, note, editor_id, now, seen=seen)
    except TranslationRefused as error:
        raise ImportRefused(
            _("Nothing is saved: %(problem)s Bring the file in again.", problem=error)
        ) from None
    except IntegrityError:  # another editor's save ended first
        raise ImportRefused(_("Somebody else saved at the same time: bring the file in again.")) from None
    return len(wanted)


def _checked(rows: object, known: dict[str, Text]) -> Iterator[tuple[Text, str, str, int]]:
    lost = ImportRefused(_("Something was lost on the way: bring the file in again."))
    if not isinstance(rows, list) or not rows:
        raise lost
    for row in rows:
        if not isinstance(row, list) or [type(each) for each in row] != [str, str, str, int]:
            raise lost
        if row[0] not in known:
            raise lost
        yield known[row[0]], row[1], row[2], row[3]


def _lines(language: str, name: str, content: bytes) -> Iterator[Line]:
    ending = name.lower().rpartition(".")[2]
    if ending not in _READERS:
        raise ImportRefused(_("The name of the file must end in .csv or .xlsx: save it as one of these."))
    check_size(content)
    table = _READERS[ending](content, name[:60]).tables.get(FIRST.lower())
    if table is None:
        raise ImportRefused(_("The file holds no table: begin with one that was taken away from here."))
    places = _places(table, language)
    for line, cells in table.rows:
        yield line, {head: _cell(cells, place) for head, place in places.items()}


def _places(table: Table, language: str) -> dict[str, int]:
    """Heading -> column; raises ImportRefused when one that is needed is not there."""
    headings = [heading.strip() for heading in table.headings]
    for needed in (WHERE, ENGLISH, LANGUAGES[language]):
        if headings.count(needed) != 1:
            raise ImportRefused(
                _(
                    "The file needs exactly one column %(heading)s: begin with a file from here.",
                    heading=needed,
                )
            )
    wanted = (WHERE, ENGLISH, LANGUAGES[language], NOTE)
    return {heading: place for place, heading in enumerate(headings) if heading in wanted}


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
