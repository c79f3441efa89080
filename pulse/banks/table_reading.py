"""Tables of cells as banks: each row becomes an entry as a bank file has it, for the one schema."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulse.banks.incoming import Read, slug
from pulse.banks.limits import MAX_GROUPS, ImportRefused
from pulse.banks.parsing import parse_bank, parse_scales
from pulse.banks.reading import Node
from pulse.banks.table_files import FIRST, Table, TableFile
from pulse.banks.tables import HEADINGS, cells_of_question, columns_of
from pulse.banks.telling import say_place
from pulse.domain.instrument import Bank, Library, Place
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

Entry = dict[str, Node]
_THINGS = {
    "banks": N_("banks"),
    "sections": N_("sections"),
    "pairs": N_("pairs"),
    "measures": N_("measures"),
    "scales": N_("scales"),
}
_BANK_TWICE = N_("%(place)s: the bank %(id)s is there twice; keep one.")
_SCALE_TWICE = N_("%(place)s: the scale %(id)s is there twice; keep one.")
_SECTION_TWICE = N_("%(place)s: the section %(id)s is there twice; keep one.")


@dataclass(frozen=True)
class _Row:
    """One row: the entry of its filled cells, and where it stands."""

    place: Place
    keys: Entry
    #: the keys that the table has a column for, filled or not
    columns: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        node = self.keys.get(key)
        return node.value if node and isinstance(node.value, str) else ""

    def node(self, *without: str) -> Node:
        return Node({key: node for key, node in self.keys.items() if key not in without}, self.place)


def read_tables(file: TableFile, stem: str, library: Library) -> Read:
    """The banks of a file of tables. `stem` names the bank of a table without a column for it.

    A table that is missing leaves what the library's bank of the same id has, and a column that is missing
    what its questions have. Raises ImportRefused.
    """
    read = Read()
    rows = {name: _rows(file, name, read.report) for name in HEADINGS}
    questions = rows[FIRST]
    if not questions:
        raise ImportRefused(_("The file has no questions: give it a heading line and a row a question."))
    read.report += [
        _("The sheet %(sheet)s is not used.", sheet=name)
        for name in file.tables
        if name.capitalize() not in HEADINGS
    ]
    order = dict.fromkeys(row.text("bank") or stem for name in ("Banks", FIRST) for row in rows[name] or [])
    for name, found in {"banks": order, **rows}.items():
        if name != FIRST and len(found or ()) > MAX_GROUPS:
            raise ImportRefused(_too_many(name.lower()))
    read.scales, *_rest = parse_scales(_scale_tree(rows["Scales"] or []), read.problems)
    read.banks = tuple(_bank(bank_id, stem, rows, library, read) for bank_id in order)
    return read


def _too_many(things: str) -> str:
    return _(
        "The file has over %(most)s %(things)s: bring in several files.",
        most=MAX_GROUPS,
        things=_(_THINGS[things]),
    )


def _rows(file: TableFile, name: str, report: list[str]) -> list[_Row] | None:
    """The rows of one table; None when the file has no such table."""
    table = file.tables.get(name.lower())
    if table is None:
        return None
    columns, unknown = columns_of(table, HEADINGS[name])
    if name == FIRST and not {"id", "text"} <= columns.keys():
        raise ImportRefused(
            _(
                "%(table)s: the first line must head the columns, one of them “id” and one “text”; add it.",
                table=table.shown,
            )
        )
    report += [
        _("The column “%(heading)s” of %(table)s is not used.", heading=heading[:60], table=name)
        for heading in unknown
    ]
    return [_row(table, columns, line, cells) for line, cells in table.rows]


def _row(table: Table, columns: Mapping[str, int], line: int, cells: tuple[str, ...]) -> _Row:
    place = Place(table.shown, line)
    keys: Entry = {}
    for key, column in columns.items():
        cell = cells[column] if column < len(cells) else ""
        if cell:
            keys[key.rstrip("*:")] = _node(key, cell, place)
    return _Row(place, keys, frozenset(columns))


def _node(key: str, cell: str, place: Place) -> Node:
    if key.endswith("*"):
        words = [word.strip() for word in cell.split(",")]
        return Node([Node(word, place) for word in words if word], place)
    if key.endswith(":"):
        labels: Entry = {}
        for line in cell.splitlines():
            code, colon, label = line.partition(":")
            if not colon or code.strip() in labels:
                raise ImportRefused(
                    _(
                        "%(place)s: “%(line)s” must be a code, a colon and words, and each code stands once; "
                        "mend it.",
                        place=say_place(place),
                        line=line[:60],
                    )
                )
            labels[code.strip()] = Node(label.strip(), place)
        return Node(labels, place)
    return Node(cell, place)


def _scale_tree(rows: list[_Row]) -> Node:
    place = Place("", 1)
    scales = {scale: row.node("id") for scale, row in _by_id(rows, _SCALE_TWICE).items()}
    return Node({"scales": Node(dict(scales), place)}, place)


def _by_id(rows: list[_Row], twice: str) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        if row.text("id") in found:
            raise ImportRefused(_(twice, place=say_place(row.place), id=row.text("id")))
        found[row.text("id")] = row
    return found


def _bank(
    bank_id: str, stem: str, rows: Mapping[str, list[_Row] | None], library: Library, read: Read
) -> Bank:
    own = {
        name: None if found is None else [row for row in found if (row.text("bank") or stem) == bank_id]
        for name, found in rows.items()
        if name != "Scales"
    }
    old = next((bank for bank in library.banks if bank.id == bank_id), None)
    questions = _with_the_rest(own[FIRST] or [], old)
    keys = _bank_keys(bank_id, own["Banks"] or [], questions, old)
    place = keys["bank"].place
    keys["sections"] = Node(_section_nodes(questions, own["Sections"], old), place)
    keys["pairs"] = Node([row.node("bank") for row in own["Pairs"] or []], place)
    keys["measures"] = Node([row.node("bank") for row in own["Measures"] or []], place)
    bank = parse_bank(Node(dict(keys), place), bank_id, library.anchors, read.problems)
    if old is not None and own["Pairs"] is None:
        bank = replace(bank, pairs=old.pairs)
    if old is not None and own["Measures"] is None:
        bank = replace(bank, indices=old.indices)
        read.report.append(
            _("The file has no table of measures: those of %(bank)s stay as they are.", bank=bank_id)
        )
    return bank


def _with_the_rest(rows: list[_Row], old: Bank | None) -> list[_Row]:
    """What a question that is here has, in the columns that the file has not."""
    here = {item.id: item for item in old.items} if old is not None else {}
    for row in rows:
        item = here.get(row.text("id"))
        if old is None or item is None:
            continue
        for key, cell in cells_of_question(old, item).items():
            if key not in row.columns and cell:
                row.keys.setdefault(key.rstrip("*:"), _node(key, cell, row.place))
    return rows


def _bank_keys(bank_id: str, rows: list[_Row], questions: list[_Row], old: Bank | None) -> Entry:
    if len(rows) > 1:
        raise ImportRefused(_(_BANK_TWICE, place=say_place(rows[1].place), id=bank_id))
    if rows:
        return {"bank": Node(bank_id, rows[0].place)} | rows[0].keys
    place = questions[0].place if questions else Place("", 1)
    keys = {"bank": bank_id, "title": bank_id.replace("_", " ").capitalize(), "version": "1"}
    if old is not None:
        keys |= {"title": old.title, "version": str(old.version)}
        keys |= {key: words for key, words in (("about", old.about), ("lead_in", old.lead_in)) if words}
    return {key: Node(words, place) for key, words in keys.items()}


def _section_nodes(questions: list[_Row], listed: list[_Row] | None, old: Bank | None) -> list[Node]:
    """The sections in their order, each with its questions; one that is not listed stands last."""
    heads = {section: row.node("bank") for section, row in _by_id(listed or [], _SECTION_TWICE).items()}
    if listed is None and old is not None:
        heads = {
            each.id: _heading(each.id, each.label, each.borrowed, questions[0].place) for each in old.sections
        }
    members: dict[str, list[Node]] = {section: [] for section in heads}
    for row in questions:
        written = row.text("section") or next(iter(heads), "questions")
        section = written if written in heads else slug(written)
        if section not in heads:
            heads[section] = _heading(section, written, (), row.place)
        members.setdefault(section, []).append(row.node("bank", "section"))
    if len(heads) > MAX_GROUPS:
        raise ImportRefused(_too_many("sections"))
    for section, node in heads.items():
        if isinstance(node.value, dict):
            node.value["questions"] = Node(members[section], node.place)
    return list(heads.values())


def _heading(section: str, label: str, borrowed: tuple[str, ...], place: Place) -> Node:
    keys = {"id": Node(section, place), "label": Node(label, place)}
    return Node(keys | {"borrowed": Node([Node(each, place) for each in borrowed], place)}, place)
