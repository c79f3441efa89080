"""Banks, scales and sources as YAML in the format of question_banks/, as a person would have written it.

What is written reads back as the same values, or is refused: nothing is ever lost on the way to a file.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pulse.banks.parsing import parse_bank, parse_scales, parse_sources
from pulse.banks.reading import UnreadableError, read_text
from pulse.banks.yaml_heads import SCALE_HEAD, SOURCE_HEAD, SWAPS, TERMS, bank_head
from pulse.banks.yaml_words import entry, heads, ids, labels, plain, quoted
from pulse.domain.instrument import Bank, Document, Index, Item, Problem, Scale, Section, Source
from pulse.languages.saying import gettext as _

#: what stands before the measures of a bank, and before nothing else
MEASURES = "\nmeasures:\n"
_ID = re.compile(r'^  - id: "?([^"\n]+)"?$', re.MULTILINE)


class UnwritableError(ValueError):
    """Something that a file of banks cannot say; the message is one sentence that says what to mend."""


def write_bank(bank: Bank) -> str:
    """The file of a bank. Raises UnwritableError for one that would not read back as the same."""
    parts = [bank_head(bank), _bank_keys(bank)]
    if bank.pairs:
        pairs = (entry(2, (("id", plain(pair.id)), ("label", quoted(pair.label)))) for pair in bank.pairs)
        parts.append(["pairs:", *_flat(pairs)])
    parts += _sections(bank)
    if bank.indices:
        parts.append(["measures:", *_flat(entry(2, _index_keys(index)) for index in bank.indices)])
    text = _joined(parts)
    anchors = tuple(item.id for item in bank.items if item.anchor)
    _assert_same(
        text, bank.id, lambda node, problems: _differing(parse_bank(node, bank.id, anchors, problems), bank)
    )
    return text


def measure_ids(text: str) -> set[str]:
    """The ids of the measures in the file of a bank, as `write_bank` writes it."""
    _before, _key, measures = text.partition(MEASURES)
    return set(_ID.findall(measures))


def write_scales(scales: Sequence[Scale], terms: Mapping[str, str], swaps: Mapping[str, str]) -> str:
    """The file of scales and words. Raises UnwritableError as `write_bank` does."""
    parts = [heads(SCALE_HEAD), ["scales:", *_flat(_scale(scale) for scale in scales)]]
    if terms:
        parts.append([*heads([TERMS]), *labels("terms", terms.items(), 0)])
    if swaps:
        parts.append([*heads([SWAPS]), *labels("swaps", swaps.items(), 0)])
    text = _joined(parts)
    meant = (tuple(scales), dict(terms), dict(swaps))
    _assert_same(
        text, "scales", lambda node, problems: _("a scale") if parse_scales(node, problems) != meant else ""
    )
    return text


def write_sources(documents: Sequence[Document], sources: Sequence[Source]) -> str:
    """The file of sources. Raises UnwritableError as `write_bank` does."""
    parts = [heads(SOURCE_HEAD), ["documents:", *_flat(_document(document) for document in documents)]]
    groups = [
        _points(document, heading, group)
        for (document, heading), group in groupby(sources, key=lambda each: (each.document, each.heading))
    ]
    if groups:
        groups[0].insert(0, "sources:")
    text = _joined([*parts, *groups])
    meant = (tuple(documents), tuple(sources))
    _assert_same(
        text,
        "sources",
        lambda node, problems: _("a source") if parse_sources(node, problems) != meant else "",
    )
    return text


def _assert_same(text: str, shown: str, differing: Callable[..., str]) -> None:
    """Reads what was written; `differing` names what came back otherwise."""
    problems: list[Problem] = []
    try:
        where = differing(read_text(text, shown), problems)
    except UnreadableError as error:
        raise UnwritableError(error.problem.message) from None
    if problems:
        subject = f"{problems[0].subject}: " if problems[0].subject else ""
        raise UnwritableError(f"{subject}{problems[0].message}")
    if where:
        raise UnwritableError(
            _(
                "%(where)s cannot be kept as it is; take away spaces at the beginning and end of its texts, "
                "and see that its heading is one of the bank's and that questions follow the order of the "
                "headings.",
                where=where,
            )
        )


def _differing(read: Bank, meant: Bank) -> str:
    if read == meant:
        return ""
    both = zip(read.items, meant.items, strict=False)
    return next((after.id for before, after in both if before != after), _("the bank %(id)s", id=meant.id))


def _flat(lines: Iterable[Sequence[str]]) -> list[str]:
    return [line for each in lines for line in each]


def _joined(parts: Iterable[Sequence[str]]) -> str:
    """A blank line between parts."""
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _bank_keys(bank: Bank) -> list[str]:
    keys = [("bank", plain(bank.id)), ("title", quoted(bank.title)), ("version", str(bank.version))]
    if bank.about:
        keys.insert(2, ("about", quoted(bank.about)))
    if bank.items:
        keys.append(("scale", plain(_usual(bank.items, "scale"))))
    if bank.items and _usual(bank.items, "audience") != "staff":
        keys.append(("audience", _usual(bank.items, "audience")))
    if bank.lead_in:
        keys.append(("lead_in", quoted(bank.lead_in)))
    return [f"{key}: {value}" for key, value in keys]


def _usual(items: Sequence[Item], name: str) -> str:
    """The scale or audience that most of them have; what the others have is written beside them."""
    counted: Counter[str] = Counter(getattr(item, name) for item in items)
    return counted.most_common(1)[0][0]


def _sections(bank: Bank) -> list[list[str]]:
    sections = [_section(bank, section) for section in bank.sections]
    if sections:
        sections[0].insert(0, "sections:")
    return sections


def _section(bank: Bank, section: Section) -> list[str]:
    items = [item for item in bank.items if item.section == section.id]
    keys = [("id", plain(section.id)), ("label", quoted(section.label))]
    usual = {}
    for name in ("scale", "audience") if items else ():
        usual[name] = _usual(items, name)
        if usual[name] != _usual(bank.items, name):
            keys.append((name, plain(usual[name])))
    if section.borrowed:
        keys.append(("borrowed", ids(section.borrowed)))
    lines = entry(2, keys)
    if items:
        lines += ["    questions:", *_flat(_question(item, usual) for item in items)]
    return lines


def _question(item: Item, usual: Mapping[str, str]) -> list[str]:
    return entry(6, _item_keys(item, usual)) + labels("wording_waived", item.waived, 8)


def _item_keys(item: Item, usual: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "id", plain(item.id)
    yield "text", quoted(item.text)
    yield "sources", ids(item.sources)
    for name in ("scale", "audience"):
        if getattr(item, name) != usual[name]:
            yield name, plain(getattr(item, name))
    for key, value in (("compare_with", item.partner), ("pair", item.pair), ("side", item.side)):
        if value is not None:
            yield key, plain(value)
    flags = {
        "reverse": item.reverse,
        "does_not_apply": item.na,
        "reserve": item.reserve,
        "retired": item.retired,
    }
    yield from ((key, "yes") for key, on in flags.items() if on)
    if item.wording != 1:
        yield "wording", str(item.wording)
    if item.replaces is not None:
        yield "replaces", plain(item.replaces)
    if item.note:
        yield "note", quoted(item.note)


def _index_keys(index: Index) -> Iterator[tuple[str, str]]:
    yield "id", plain(index.id)
    yield "label", quoted(index.label)
    yield "direction", index.direction
    yield "method", index.method
    yield from ((key, ids(getattr(index, key))) for key in ("sections", "pairs") if getattr(index, key))
    yield "need", str(index.need)
    if index.need_share:
        yield "need_share", repr(index.need_share)
    if index.need_facets:
        yield "need_facets", str(index.need_facets)
    if index.stage is not None:
        yield "in_place_from", repr(index.stage.threshold)
        yield "in_place_chance", repr(index.stage.in_place)
        yield "not_yet_chance", repr(index.stage.not_yet)
        yield "min_n", str(index.stage.min_n)
    if index.beside:
        yield "beside", ids(index.beside)


def _scale(scale: Scale) -> list[str]:
    lines = [f"  {plain(scale.id)}:", f"    kind: {scale.kind}"]
    if scale.lead_in:
        lines.append(f"    lead_in: {quoted(scale.lead_in)}")
    lines += labels("options", ((str(code), label) for code, label in scale.options), 4)
    lines += labels("set_apart", scale.nonsubstantive, 4)
    for key in ("favourable", "unfavourable"):
        if getattr(scale, key):
            lines.append(f"    {key}: [{', '.join(str(code) for code in getattr(scale, key))}]")
    if scale.max_chars is not None:
        lines.append(f"    max_chars: {scale.max_chars}")
    if scale.note:
        lines.append(f"    note: {quoted(scale.note)}")
    return lines


def _document(document: Document) -> list[str]:
    lines = [f"  {plain(document.id)}:", f"    title: {quoted(document.title)}"]
    if document.author:
        lines.append(f"    author: {quoted(document.author)}")
    if document.year is not None:
        lines.append(f"    year: {document.year}")
    return lines


def _points(document: str, heading: str, group: Iterable[Source]) -> list[str]:
    points = labels("points", ((source.id, source.paraphrase) for source in group), 4)
    return [f"  - document: {plain(document)}", f"    heading: {quoted(heading)}", *points]
