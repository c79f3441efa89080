"""A bank as a LimeSurvey survey structure (.lss), as LimeSurvey 6 imports it.

Each section is a group and each question a list of radio buttons, or a box for text. What LimeSurvey has no
place for (sources, reverse, pairs, measures and the like) goes with the questions as an attribute of our own:
LimeSurvey keeps attributes that it does not know, and a bank that comes back is whole again.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any
from xml.etree import ElementTree

from pulse.banks.incoming import from_node
from pulse.banks.reading import read_text
from pulse.banks.writing import UnwritableError, write_bank, write_scales
from pulse.domain.instrument import Bank, Item, Library, Scale
from pulse.domain.spreadsheets import holdable
from pulse.languages.saying import gettext as _

ITEM, BANK = "pulse", "pulse_bank"
_DB_VERSION = "623"
_SURVEY = "100001"
_LANGUAGE = "en"
#: the longest code of a question; it holds letters and digits only and begins with a letter
_MAX_CODE = 20
#: in place of what a code cannot hold; `z` marks them, so that an id can be told from its code again
_SPELT = {"z": "zz", "-": "zd", "_": "zu", ".": "zp"}
_UNSPELT = {spelt: character for character, spelt in _SPELT.items()} | {"zn": ""}
_WRONG_START = re.compile(r"[^A-Za-z]")
#: a survey as this product would have it: anonymous, nothing of the machine kept, no answer demanded
_SETTINGS = {
    "sid": _SURVEY,
    "gsid": "1",
    "admin": "inherit",
    "adminemail": "inherit",
    "anonymized": "Y",
    "format": "G",
    "savetimings": "N",
    "template": "inherit",
    "language": _LANGUAGE,
    "additional_languages": "",
    "datestamp": "N",
    "ipaddr": "N",
    "refurl": "N",
    "shownoanswer": "N",
    "usetokens": "N",
}
Row = Mapping[str, str]


def write_lss(bank: Bank, library: Library) -> bytes:
    """The survey structure. Raises UnwritableError for a bank that no file can hold, or without questions."""
    if not bank.items:
        raise UnwritableError(
            _("%(bank)s has no question, and LimeSurvey needs one; export it as YAML.", bank=bank.id)
        )
    root = ElementTree.Element("document")
    for tag, text in (("LimeSurveyDocType", "Survey"), ("DBVersion", _DB_VERSION)):
        ElementTree.SubElement(root, tag).text = text
    ElementTree.SubElement(ElementTree.SubElement(root, "languages"), "language").text = _LANGUAGE
    try:
        tables = _tables(bank, library)
    except KeyError as error:
        raise UnwritableError(
            _("%(name)s is not a scale, a section or a term here; mend the bank.", name=error)
        ) from None
    for name, rows in tables.items():
        if rows:
            _add_table(root, name, rows)
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def _add_table(root: ElementTree.Element, name: str, rows: Sequence[Row]) -> None:
    table = ElementTree.SubElement(root, name)
    fields = ElementTree.SubElement(table, "fields")
    for key in rows[0]:
        ElementTree.SubElement(fields, "fieldname").text = key
    body = ElementTree.SubElement(table, "rows")
    for row in rows:
        line = ElementTree.SubElement(body, "row")
        for key, value in row.items():
            ElementTree.SubElement(line, key).text = holdable(value)


def _tables(bank: Bank, library: Library) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {
        name: []
        for name in ("answers", "answer_l10ns", "groups", "group_l10ns", "questions", "question_l10ns")
    }
    tables["question_attributes"] = []
    held = _held(bank, library)
    codes = codes_of(bank.items)
    for order, section in enumerate(bank.sections, 1):
        shared = {"sid": _SURVEY, "group_order": str(order), "randomization_group": "", "grelevance": "1"}
        tables["groups"].append({"gid": str(order), **shared})
        words = {"group_name": shown(section.label), "description": "", "language": _LANGUAGE}
        tables["group_l10ns"].append({"id": str(order), "gid": str(order), **words, **shared})
    groups = {section.id: str(order) for order, section in enumerate(bank.sections, 1)}
    for number, item in enumerate(bank.items, 1):
        place = {"qid": str(number), "sid": _SURVEY, "gid": groups[item.section]}
        _add_question(tables, place, codes[item.id], item, library)
        _add_attributes(tables, str(number), item, library.scale(item.scale), held[item.id])
    tables["question_attributes"].insert(0, _attribute("1", BANK, held[""]))
    tables["surveys"] = [_SETTINGS]
    tables["surveys_languagesettings"] = [
        {
            "surveyls_survey_id": _SURVEY,
            "surveyls_language": _LANGUAGE,
            "surveyls_title": shown(bank.title),
            "surveyls_description": shown(bank.about),
            "surveyls_welcometext": shown(library.fill(bank.lead_in)),
            "surveyls_dateformat": "5",
            "surveyls_numberformat": "0",
        }
    ]
    return tables


def _add_question(tables: dict[str, list[Row]], place: Row, code: str, item: Item, library: Library) -> None:
    scale = library.scale(item.scale)
    sort, theme = ("T", "longfreetext") if scale.kind == "text" else ("L", "listradio")
    fixed = {"other": "N", "mandatory": "N", "encrypted": "N", "scale_id": "0", "same_default": "0"}
    order = str(len(tables["questions"]) + 1)
    tables["questions"].append(
        {
            **{"qid": place["qid"], "parent_qid": "0", "sid": place["sid"], "gid": place["gid"]},
            **{"type": sort, "title": code, **fixed, "question_order": order},
            **{"relevance": "1", "question_theme_name": theme, "same_script": "0"},
        }
    )
    words = {"question": shown(library.fill(item.text)), "help": shown(scale.lead_in or scale.note)}
    tables["question_l10ns"].append(
        {"id": place["qid"], "qid": place["qid"], **words, "script": "", "language": _LANGUAGE}
    )
    for order_of, (answer, label) in enumerate(answers_of(item, scale)):
        aid = str(len(tables["answers"]) + 1)
        where = {"sortorder": str(order_of), "assessment_value": "0", "scale_id": "0"}
        tables["answers"].append({"aid": aid, "qid": place["qid"], "code": answer, **where})
        tables["answer_l10ns"].append({"id": aid, "aid": aid, "answer": shown(label), "language": _LANGUAGE})


def _add_attributes(tables: dict[str, list[Row]], qid: str, item: Item, scale: Scale, held: Any) -> None:
    tables["question_attributes"].append(_attribute(qid, ITEM, held))
    if scale.max_chars is not None:
        tables["question_attributes"].append(_attribute(qid, "maximum_chars", str(scale.max_chars)))
    if item.reserve or item.retired:
        tables["question_attributes"].append(_attribute(qid, "hidden", "1"))


def _attribute(qid: str, name: str, value: Any) -> Row:
    """An attribute; what is held is JSON in letters that no filter of markup changes."""
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        value = re.sub("[&<>]", lambda found: f"\\u{ord(found[0]):04x}", value)
    return {"qid": qid, "attribute": name, "value": value, "language": ""}


def _held(bank: Bank, library: Library) -> dict[str, Any]:
    """Question id -> its entry of the bank's file, with what it inherits; "" -> the bank without them."""
    tree = from_node(read_text(write_bank(bank), bank.id))
    held: dict[str, Any] = {}
    items = {item.id: item for item in bank.items}
    for section in tree.get("sections", []):
        for entry in section.pop("questions", []):
            item = items[entry["id"]]
            own = {"bank": bank.id, "section": item.section, "scale": item.scale, "audience": item.audience}
            held[item.id] = entry | own
    used = {item.scale for item in bank.items}
    scales = write_scales([scale for scale in library.scales if scale.id in used], {}, {})
    held[""] = tree | {"scales": from_node(read_text(scales, "scales"))["scales"]}
    return held


def answers_of(item: Item, scale: Scale) -> list[tuple[str, str]]:
    """(code, label) of what a person may choose, in order."""
    apart = [(code, label) for code, label in scale.nonsubstantive if code != "na" or item.na]
    return [*((str(code), label) for code, label in scale.options), *apart]


def shown(text: str) -> str:
    """A text where LimeSurvey expects markup and runs what stands in braces: it is shown as it is."""
    return holdable(html.escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;"))


def codes_of(items: Iterable[Item]) -> dict[str, str]:
    """Question id -> its code in LimeSurvey, which tells no capital from a small letter."""
    taken: set[str] = set()
    codes = {}
    for item in items:
        code = code_of(item.id)
        if len(code) > _MAX_CODE or code.lower() in taken:
            code = next(each for each in (f"zq{number}" for number in count(1)) if each not in taken)
        taken.add(code.lower())
        codes[item.id] = code
    return codes


def code_of(item_id: str) -> str:
    """The id in letters and digits; `id_of` turns it back."""
    start = "zn" if _WRONG_START.match(item_id) else ""
    return start + "".join(
        _SPELT.get(each, each if _alnum(each) else f"zh{ord(each):x}z") for each in item_id
    )


def _alnum(character: str) -> bool:
    return character.isascii() and character.isalnum()


def id_of(code: str) -> str:
    """The id that a code of ours stands for."""
    return re.sub(
        r"zh([0-9a-f]+)z|z.",
        lambda found: chr(int(found[1], 16)) if found[1] else _UNSPELT.get(found[0], found[0]),
        code,
    )
