"""From trees to an instrument: the one schema of all bank files, and those of scales and sources.

Anything of the wrong shape is noted in `problems`; what is returned then is not for use.
"""

from pulse.banks.checking import Entry
from pulse.banks.reading import Node
from pulse.domain.instrument import (
    Bank,
    Document,
    Index,
    Item,
    Pair,
    Place,
    Problem,
    Scale,
    Section,
    Source,
    StageRule,
)
from pulse.domain.instrument.parts import Audience, Direction, Kind, Method, Side
from pulse.languages.saying import gettext as _

#: versions and wordings, which every edit counts on
MOST_COUNTED = 99_999
_BANK = ("bank", "title", "about", "version", "scale", "audience", "lead_in", "sections", "pairs", "measures")
_SECTION = ("id", "label", "scale", "audience", "questions", "borrowed")
_QUESTION = (
    *("id", "text", "sources", "scale", "audience", "reverse", "does_not_apply", "reserve"),
    *("pair", "side", "compare_with", "note", "wording_waived", "wording", "retired", "replaces"),
)
_STAGE_KEYS = ("in_place_from", "in_place_chance", "not_yet_chance", "min_n")
_MEASURE = (
    *(
        "id",
        "label",
        "direction",
        "method",
        "sections",
        "pairs",
        "need",
        "need_share",
        "need_facets",
        "beside",
    ),
    *_STAGE_KEYS,
)
_SCALE = ("kind", "lead_in", "options", "set_apart", "favourable", "unfavourable", "max_chars", "note")


def parse_bank(tree: Node, file_stem: str, anchors: tuple[str, ...], problems: list[Problem]) -> Bank:
    """One bank file. `anchors` are the ids that the rotation asks in every wave."""
    entry = Entry(tree, _BANK, problems)
    if entry.text("bank") != file_stem:
        wanted = f"bank: {file_stem}"
        entry.note(
            "bank", _('bank must be the name of the file without .yaml; write "%(bank)s".', bank=wanted)
        )
    items: list[Item] = []
    sections: list[Section] = []
    for node in entry.entries("sections"):
        heading = Entry(node, _SECTION, problems)
        borrowed = heading.words("borrowed")
        sections.append(Section(heading.text("id"), heading.text("label"), borrowed, heading.place))
        items += [_item(each, entry, heading, anchors) for each in heading.entries("questions")]
    pairs = [Entry(node, ("id", "label"), problems) for node in entry.entries("pairs")]
    return Bank(
        id=file_stem,
        title=entry.text("title"),
        version=entry.whole("version", low=1, high=MOST_COUNTED),
        items=tuple(items),
        sections=tuple(sections),
        pairs=tuple(Pair(pair.text("id"), pair.text("label"), pair.place) for pair in pairs),
        indices=tuple(_index(node, problems) for node in entry.entries("measures")),
        lead_in=entry.text("lead_in", ""),
        about=entry.text("about", ""),
        place=entry.place,
    )


def _item(node: Node, bank: Entry, section: Entry, anchors: tuple[str, ...]) -> Item:
    """A question; scale and audience come from its section or bank when it does not name its own."""
    entry = Entry(node, _QUESTION, bank.problems)
    audience: Audience = bank.choice("audience", Audience, "staff")
    audience = section.choice("audience", Audience, audience)
    scale = entry.text("scale", section.text("scale", bank.text("scale", "")))
    item_id = entry.text("id")
    return Item(
        id=item_id,
        text=entry.text("text"),
        scale=scale,
        section=section.text("id", ""),
        sources=entry.words("sources"),
        audience=entry.choice("audience", Audience, audience),
        reverse=entry.flag("reverse"),
        na=entry.flag("does_not_apply"),
        anchor=item_id in anchors,
        reserve=entry.flag("reserve"),
        pair=entry.text("pair", "") or None,
        side=_side(entry),
        partner=entry.text("compare_with", "") or None,
        note=entry.text("note", ""),
        waived=entry.labels("wording_waived"),
        wording=entry.whole("wording", 1, low=1, high=MOST_COUNTED),
        retired=entry.flag("retired"),
        replaces=entry.text("replaces", "") or None,
        place=entry.place,
    )


def _side(entry: Entry) -> Side | None:
    first: Side = "positive"
    return entry.choice("side", Side, first) if entry.has("side") else None


def _index(node: Node, problems: list[Problem]) -> Index:
    entry = Entry(node, _MEASURE, problems)
    direction: Direction = "not_good_or_bad"
    method: Method = "mean"
    for key in ("direction", "method"):
        entry.text(key)  # notes a missing key; both are decisions that a file must state
    return Index(
        id=entry.text("id"),
        label=entry.text("label"),
        direction=entry.choice("direction", Direction, direction),
        method=entry.choice("method", Method, method),
        sections=entry.words("sections"),
        pairs=entry.words("pairs"),
        need=entry.whole("need", 1, low=1),
        need_share=entry.number("need_share", 0, high=1),
        need_facets=entry.whole("need_facets", 0),
        stage=_stage(entry) if any(entry.has(key) for key in _STAGE_KEYS) else None,
        beside=entry.words("beside"),
        place=entry.place,
    )


def _stage(entry: Entry) -> StageRule:
    return StageRule(
        threshold=entry.number("in_place_from", low=0, high=100),
        in_place=entry.number("in_place_chance", low=0.5, high=1),
        not_yet=entry.number("not_yet_chance", low=0, high=0.5),
        min_n=entry.whole("min_n", low=1),
    )


def parse_scales(
    tree: Node, problems: list[Problem]
) -> tuple[tuple[Scale, ...], dict[str, str], dict[str, str]]:
    """(scales, terms, swaps) of scales.yaml."""
    entry = Entry(tree, ("scales", "terms", "swaps"), problems)
    scales = tuple(_scale(scale_id, node, problems) for scale_id, node in entry.table("scales").items())
    return scales, dict(entry.labels("terms")), dict(entry.labels("swaps"))


def _scale(scale_id: str, node: Node, problems: list[Problem]) -> Scale:
    entry = Entry(node, _SCALE, problems, scale_id)
    kind: Kind = "choice"
    if not entry.has("kind"):
        entry.note(None, _("kind is missing; write bipolar, unipolar, choice or text."))
    return Scale(
        id=scale_id,
        kind=entry.choice("kind", Kind, kind),
        options=tuple((_code(entry, "options", code), label) for code, label in entry.labels("options")),
        nonsubstantive=_set_apart(entry),
        favourable=tuple(_code(entry, "favourable", code) for code in entry.words("favourable")),
        unfavourable=tuple(_code(entry, "unfavourable", code) for code in entry.words("unfavourable")),
        lead_in=entry.text("lead_in", ""),
        max_chars=entry.whole("max_chars", low=1, high=10_000) if entry.has("max_chars") else None,
        note=entry.text("note", ""),
        place=entry.place,
    )


def _code(entry: Entry, key: str, written: str) -> int:
    """Codes are stored with answers, so they are small whole numbers."""
    if not (written.isascii() and written.isdigit() and len(written) <= 2):
        entry.note(
            key,
            _(
                'the code "%(code)s" in %(key)s must be a whole number from 0 to 99; renumber it.',
                code=written,
                key=key,
            ),
        )
        return 0
    return int(written)


def _set_apart(entry: Entry) -> tuple[tuple[str, str], ...]:
    labels = entry.labels("set_apart")
    for code, _label in labels:
        if code not in ("na", "pns"):
            entry.note(
                "set_apart",
                _(
                    '"%(code)s" is not known there; use na (does not apply) or pns (rather not say).',
                    code=code,
                ),
            )
    return labels


def parse_sources(tree: Node, problems: list[Problem]) -> tuple[tuple[Document, ...], tuple[Source, ...]]:
    """(documents, sources) of sources.yaml."""
    entry = Entry(tree, ("documents", "sources"), problems)
    documents = [_document(key, node, problems) for key, node in entry.table("documents").items()]
    sources: list[Source] = []
    for node in entry.entries("sources"):
        group = Entry(node, ("document", "heading", "points"), problems)
        document, heading = group.text("document"), group.text("heading")
        points = group.table("points")
        for source_id, words in group.labels("points"):
            place = Place(
                group.place.file,
                points[source_id].place.line,
                {"document": group.place.keys.get("document", 1)},
            )
            sources.append(Source(source_id, document, heading, words, place))
    return tuple(documents), tuple(sources)


def _document(document_id: str, node: Node, problems: list[Problem]) -> Document:
    entry = Entry(node, ("title", "author", "year"), problems, document_id)
    year = entry.whole("year", low=1800, high=2200) if entry.has("year") else None
    return Document(document_id, entry.text("title"), entry.text("author", ""), year, entry.place)
