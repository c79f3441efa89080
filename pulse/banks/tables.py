"""Banks as tables of cells, one row a question, and such tables as the trees that bank files are read into.

Every table but the first may be missing: somebody's own list of questions needs only ids and texts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pulse.banks.table_files import FIRST, Sheets, Table
from pulse.banks.writing import UnwritableError
from pulse.domain.instrument import Bank, Index, Item, Library, Scale
from pulse.languages.saying import gettext as _

Row = Sequence[str]
#: heading -> the key of a bank file; * a list of ids, : a list of codes and labels
QUESTION = {
    "bank": "bank",
    "section": "section",
    "id": "id",
    "text": "text",
    "scale": "scale",
    "audience": "audience",
    "reverse": "reverse",
    "does not apply": "does_not_apply",
    "reserve": "reserve",
    "retired": "retired",
    "wording": "wording",
    "replaces": "replaces",
    "pair": "pair",
    "side": "side",
    "compare with": "compare_with",
    "sources": "sources*",
    "note": "note",
    "waived": "wording_waived:",
}
BANK = {"bank": "bank", "title": "title", "about": "about", "version": "version", "lead in": "lead_in"}
SECTION = {"bank": "bank", "id": "id", "label": "label", "borrowed": "borrowed*"}
PAIR = {"bank": "bank", "id": "id", "label": "label"}
MEASURE = {
    "bank": "bank",
    "id": "id",
    "label": "label",
    "direction": "direction",
    "method": "method",
    "sections": "sections*",
    "pairs": "pairs*",
    "need": "need",
    "need share": "need_share",
    "need facets": "need_facets",
    "beside": "beside*",
    "in place from": "in_place_from",
    "in place chance": "in_place_chance",
    "not yet chance": "not_yet_chance",
    "min n": "min_n",
}
SCALE = {
    "scale": "id",
    "kind": "kind",
    "lead in": "lead_in",
    "options": "options:",
    "set apart": "set_apart:",
    "favourable": "favourable*",
    "unfavourable": "unfavourable*",
    "longest answer": "max_chars",
    "note": "note",
}
HEADINGS: Mapping[str, Mapping[str, str]] = {
    FIRST: QUESTION,
    "Banks": BANK,
    "Sections": SECTION,
    "Pairs": PAIR,
    "Measures": MEASURE,
    "Scales": SCALE,
}


def tables_of(banks: Sequence[Bank], library: Library) -> Sheets:
    """The tables that hold these banks whole, with the scales that they use. Raises UnwritableError."""
    used = {item.scale for bank in banks for item in bank.items}
    scales = [scale for scale in library.scales if scale.id in used]
    rows: dict[str, Iterable[Row]] = {
        FIRST: _each(banks, lambda bank: (_question(bank, item) for item in bank.items)),
        "Banks": [(bank.id, bank.title, bank.about, str(bank.version), bank.lead_in) for bank in banks],
        "Sections": _each(
            banks,
            lambda bank: ((bank.id, each.id, each.label, _list(each.borrowed)) for each in bank.sections),
        ),
        "Pairs": _each(banks, lambda bank: ((bank.id, pair.id, pair.label) for pair in bank.pairs)),
        "Measures": _each(banks, lambda bank: (_measure(bank, index) for index in bank.indices)),
        "Scales": [_scale(scale) for scale in scales],
    }
    return {name: [tuple(HEADINGS[name]), *found] for name, found in rows.items()}


def _each(banks: Iterable[Bank], rows: Callable[[Bank], Iterable[Row]]) -> Iterator[Row]:
    return (row for bank in banks for row in rows(bank))


def cells_of_question(bank: Bank, item: Item) -> dict[str, str]:
    """Key of a bank file (a value of QUESTION) -> the cell; empty where a list cannot stand in one."""
    try:
        return dict(zip(QUESTION.values(), _question(bank, item), strict=True))
    except UnwritableError:
        return {}


def _question(bank: Bank, item: Item) -> Row:
    flags = [_yes(on) for on in (item.reverse, item.na, item.reserve, item.retired)]
    return (
        *(bank.id, item.section, item.id, item.text, item.scale, item.audience, *flags),
        *(str(item.wording), item.replaces or "", item.pair or "", item.side or "", item.partner or ""),
        *(_list(item.sources), item.note, _labels(item.waived)),
    )


def _measure(bank: Bank, index: Index) -> Row:
    stage = index.stage
    limits = (stage.threshold, stage.in_place, stage.not_yet, stage.min_n) if stage else ("",) * 4
    return (
        *(bank.id, index.id, index.label, index.direction, index.method),
        *(_list(index.sections), _list(index.pairs), str(index.need), repr(index.need_share)),
        *(str(index.need_facets), _list(index.beside), *(str(limit) for limit in limits)),
    )


def _scale(scale: Scale) -> Row:
    return (
        *(scale.id, scale.kind, scale.lead_in),
        _labels((str(code), label) for code, label in scale.options),
        _labels(scale.nonsubstantive),
        *(_list(str(code) for code in codes) for codes in (scale.favourable, scale.unfavourable)),
        *("" if scale.max_chars is None else str(scale.max_chars), scale.note),
    )


def _yes(on: bool) -> str:
    return "yes" if on else ""


def _list(words: Iterable[str]) -> str:
    kept = list(words)
    if any("," in word or not word for word in kept):
        raise UnwritableError(
            _(
                "“%(listed)s” cannot be listed in a cell; export the bank as YAML.",
                listed="; ".join(kept)[:60],
            )
        )
    return ", ".join(kept)


def _labels(pairs: Iterable[tuple[str, str]]) -> str:
    """A line each: code, colon, label."""
    kept = list(pairs)
    for code, label in kept:
        if ":" in code or "\n" in code or label.strip() != label or "\n" in label or not label:
            raise UnwritableError(
                _("“%(label)s” cannot stand in a list of a cell; export the bank as YAML.", label=label[:60])
            )
    return "\n".join(f"{code}: {label}" for code, label in kept)


#: what people who know the pages may call a column
_AS_ON_PAGES = {"heading": "section", "headings": "sections", "question": "text", "answers": "scale"}


def columns_of(table: Table, known: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """(key of a bank file -> its column, headings that are not known) of one table."""
    found: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(table.headings):
        words = " ".join(heading.lower().replace("_", " ").split())
        key = known.get(words) or known.get(_AS_ON_PAGES.get(words, ""))
        if key is None or key in found:
            unknown += [heading] if heading else []
        else:
            found[key] = place
    return found, unknown
