"""A file with questions, read and checked as a whole before anything is changed.

Whatever is wrong in a file, or too much, is refused in one sentence; whatever has no place here is told in
the report. Saving is the caller's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pulse.banks.incoming import Read, slug, with_incoming
from pulse.banks.limesurvey_reading import read_lss
from pulse.banks.limits import ImportRefused, check_size
from pulse.banks.loading import TAKEN
from pulse.banks.parsing import parse_bank, parse_scales
from pulse.banks.reading import UnreadableError, read_text
from pulse.banks.table_files import TableFile, read_csv, read_xlsx
from pulse.banks.table_reading import read_tables
from pulse.banks.telling import say_place, say_problem
from pulse.domain.instrument import Bank, Index, Item, Library, Problem, Scale, check_library
from pulse.languages.saying import gettext as _

__all__ = ["Imported", "ImportRefused", "read_upload", "with_incoming"]

#: said of questions whose origin nobody stated; a note is what stands in for a source
NOTE = "brought in from a file; say where it comes from"
_MOST_EDITS = 9_999
_BANK_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: lines of a report; nobody reads thousands
_MOST_TOLD = 200
#: wrong references of a file that are looked into one by one
_MOST_WRONG = 20


@dataclass(frozen=True)
class Imported:
    """What a file brings: its banks, the scales that they need and that are not here, and what to know."""

    banks: tuple[Bank, ...]
    scales: tuple[Scale, ...] = ()
    report: tuple[str, ...] = ()


def read_upload(name: str, content: bytes, library: Library) -> Imported:
    """The banks of a file by the ending of its name. Changes nothing.

    A bank that comes back sound here would be accepted in the library with its `scales`, apart from what the
    report says of other banks. Raises ImportRefused: one sentence on what is wrong first.
    """
    check_size(content)
    shown = _shown(name)
    read = _read(shown, content, library)
    _refuse(read.problems)
    _check_names(read.banks)
    _check_counts(read.banks)
    new = _new_scales(read, library)
    told = _check_within(read.banks, new, library, shown)
    return Imported(read.banks, new, _shortened([*read.report, *told]))


def _shortened(report: list[str]) -> tuple[str, ...]:
    more = len(report) - _MOST_TOLD
    return (
        (*report[:_MOST_TOLD], _("And %(more)s lines more.", more=f"{more:,}")) if more > 0 else tuple(report)
    )


def _shown(name: str) -> str:
    """The name of a file as messages may show it, without folders."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(character for character in last if character.isprintable())[-80:] or "file"


def _read(shown: str, content: bytes, library: Library) -> Read:
    stem, _dot, ending = shown.rpartition(".")
    ending = ending.lower() if stem else ""
    if ending in ("yaml", "yml"):
        return _read_yaml(content, shown, library)
    if ending in ("csv", "txt", "tsv"):
        return _read_cells(read_csv(content, shown), stem, library)
    if ending == "xlsx":
        return _read_cells(read_xlsx(content, shown), stem, library)
    if ending in ("lss", "xml"):
        return read_lss(content, shown, slug(stem), library)
    raise ImportRefused(
        _(
            "The name of the file must end in .yaml, .csv, .xlsx or .lss (a LimeSurvey survey structure): "
            "save it as one of these."
        )
    )


def _read_yaml(content: bytes, shown: str, library: Library) -> Read:
    read = Read()
    try:
        tree = read_text(content.decode("utf-8-sig"), shown)
    except UnicodeDecodeError:
        raise ImportRefused(_("The file is not UTF-8 text: save it again as UTF-8.")) from None
    except UnreadableError as error:
        raise ImportRefused(say_problem(error.problem)) from None
    keys = tree.value if isinstance(tree.value, dict) else {}
    if "bank" in keys:
        bank_id = keys["bank"].value
        stem = bank_id.strip() if isinstance(bank_id, str) else ""
        read.banks = (parse_bank(tree, stem, library.anchors, read.problems),)
    elif "scales" in keys:
        read.scales = parse_scales(tree, read.problems)[0]
        read.report.append(
            _("Terms and swaps of the file are left out; set your own under scales and terms.")
        )
    else:
        raise ImportRefused(_("The file is no question bank: its first key must be bank, or scales."))
    return read


def _read_cells(file: TableFile, stem: str, library: Library) -> Read:
    read = read_tables(file, slug(stem), library)
    if not file.sure:
        read.report.append(
            _("The file is not in UTF-8; it was read as Windows-1252, so check accents and dashes.")
        )
    unsourced = sum(1 for bank in read.banks for item in bank.items if not item.sources and not item.note)
    if unsourced:
        read.banks = tuple(_noted(bank) for bank in read.banks)
        read.report.append(
            _(
                "Questions without a source: %(questions)s; a note says that they were brought in.",
                questions=unsourced,
            )
        )
    return read


def _noted(bank: Bank) -> Bank:
    items = (item if item.sources or item.note else replace(item, note=NOTE) for item in bank.items)
    return replace(bank, items=tuple(items))


def _refuse(problems: Iterable[Problem]) -> None:
    """Raises ImportRefused with the first problem, and how many there are besides."""
    told = list(dict.fromkeys(say_problem(each) for each in sorted(problems, key=lambda each: each.order)))
    if len(told) > 1:
        first, more = told[0].rstrip("."), len(told) - 1
        raise ImportRefused(_("%(problem)s (%(more)s more to mend after it).", problem=first, more=more))
    if told:
        raise ImportRefused(f"{told[0].rstrip('.')}.")


def _check_names(banks: Iterable[Bank]) -> None:
    for bank in banks:
        if not _BANK_ID.fullmatch(bank.id) or bank.id in TAKEN:
            raise ImportRefused(
                _(
                    "“%(bank)s” cannot name a bank: use up to 40 small letters, digits and _, beginning with "
                    "a letter, and not %(taken)s.",
                    bank=bank.id[:60],
                    taken=", ".join(TAKEN),
                )
            )


def _check_counts(banks: Iterable[Bank]) -> None:
    """A file leaves room to count on: many thousands of edits."""
    for bank in banks:
        counts = ((bank.id, bank.version), *((item.id, item.wording) for item in bank.items))
        for subject, number in counts:
            if number > _MOST_EDITS:
                raise ImportRefused(
                    _(
                        "%(id)s: a version or wording counts edits from 1; write a number up to %(most)s.",
                        id=subject,
                        most=f"{_MOST_EDITS:,}",
                    )
                )


def _new_scales(read: Read, library: Library) -> tuple[Scale, ...]:
    """Those that the banks use and the library has not; a scale of the same name must be the same."""
    here = {scale.id: scale for scale in library.scales}
    used = {item.scale for bank in read.banks for item in bank.items}
    needed = [scale for scale in read.scales if scale.id in used or not read.banks]
    for scale in needed:
        if scale.id in here and here[scale.id] != scale:
            raise ImportRefused(
                _(
                    "The file's scale %(scale)s is not the one of that name here: give it a name of its own "
                    "in the file, or make its options, kind and words the same.",
                    scale=scale.id,
                )
            )
    return tuple(scale for scale in needed if scale.id not in here)


def _check_within(
    banks: tuple[Bank, ...], scales: tuple[Scale, ...], library: Library, shown: str
) -> list[str]:
    """Refuses what the library could not take; returns what its other parts would then have wrong."""
    _check_references(banks, scales, library)
    after = with_incoming(library, banks, scales)
    before = {str(problem) for problem in check_library(library)}
    problems = [problem for problem in check_library(after) if str(problem) not in before]
    # an id that stands twice may be told of the place that was here first
    asked = {item.id for bank in banks for item in bank.items}
    own = [
        each
        for each in problems
        if each.subject in asked or (each.place and each.place.file.startswith(shown))
    ]
    _refuse(own)
    return [
        _("Elsewhere, to be mended before it can be saved: %(problem)s", problem=say_problem(problem))
        for problem in problems
    ]


def _check_references(banks: tuple[Bank, ...], scales: tuple[Scale, ...], library: Library) -> None:
    """Refuses a file that names many things that are not here, before each is compared with all that are."""
    scale_ids = {scale.id for scale in (*library.scales, *scales)}
    source_ids = {source.id for source in library.sources}
    item_ids = {item.id for bank in (*library.banks, *banks) for item in bank.items}
    wrong: list[Item | Index] = []
    for bank in banks:
        pairs, sections = {pair.id for pair in bank.pairs}, {section.id for section in bank.sections}
        for item in bank.items:
            named = {item.partner, *item.sources} - {None}
            if (
                item.scale not in scale_ids
                or (item.pair and item.pair not in pairs)
                or named - source_ids - item_ids
            ):
                wrong.append(item)
        known = pairs | sections | item_ids
        wrong += [each for each in bank.indices if {*each.sections, *each.pairs, *each.beside} - known]
    if len(wrong) > _MOST_WRONG:
        raise ImportRefused(
            _(
                "%(place)s, %(id)s: it names a scale, source, pair, section or question that is not here, as "
                "do %(more)s after it; mend the file, or add here what it names first.",
                place=say_place(wrong[0].place) if wrong[0].place else None,
                id=wrong[0].id,
                more=len(wrong) - 1,
            )
        )
