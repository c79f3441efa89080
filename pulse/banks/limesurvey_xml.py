"""The tables of a LimeSurvey survey structure (.lss), read so that no file can do harm, and its texts."""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from pulse.banks.limits import MAX_GROUPS, MAX_ROWS, ImportRefused, check_cell
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: a structure is six deep: document, table, rows, row, cell, and for themes a little more
_MAX_DEPTH = 12
_MAX_ELEMENTS = 400_000
_NOT_A_SURVEY = N_(
    "The file is not a LimeSurvey survey structure: export it there as “Survey structure (.lss)” and bring "
    "that in."
)


@dataclass
class Question:
    """A question as the survey has it. `texts` hold markup; `options` are (code, label)."""

    code: str
    kind: str
    group: str
    text: str
    help: str = ""
    other: bool = False
    mandatory: bool = False
    relevance: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    #: (code, text) of the lines of an array, or of the boxes of a multiple choice
    lines: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Survey:
    """A survey with its groups in order, each with its questions, and the languages that were left out."""

    title: str
    about: str = ""
    welcome: str = ""
    #: (id, name)
    groups: list[tuple[str, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    other_languages: list[str] = field(default_factory=list)
    #: table -> rows, of what a bank has no place for
    unused: dict[str, int] = field(default_factory=dict)


class _Shallow(TreeBuilder):
    """Stops at a file that is nested or long beyond what any survey is."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH or self._count > _MAX_ELEMENTS:
            raise ImportRefused(_("The file is nested or long beyond any survey: export the survey again."))
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def read_survey(content: bytes) -> Survey:
    """The survey of an .lss, in its base language. Raises ImportRefused."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - the web process starts without it
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415

    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        root = parser.close()
    except DefusedXmlException:
        raise ImportRefused(
            _(
                "The file declares entities or a document type, which a LimeSurvey export never does: export "
                "it again."
            )
        ) from None
    except (ParseError, ValueError, LookupError):
        raise ImportRefused(_(_NOT_A_SURVEY)) from None
    if root.tag != "document" or (root.findtext("LimeSurveyDocType") or "").strip() != "Survey":
        raise ImportRefused(_(_NOT_A_SURVEY))
    return _survey(root)


def _rows(root: Element, table: str) -> list[dict[str, str]]:
    rows = root.iterfind(f"{table}/rows/row")
    return [{cell.tag: (cell.text or "") for cell in row} for row in rows]


def _survey(root: Element) -> Survey:
    languages = [(node.text or "").strip() for node in root.iterfind("languages/language")]
    settings = next(iter(_rows(root, "surveys")), {})
    language = settings.get("language", "").strip() or next(iter(languages), "en")
    words = _in_language(_rows(root, "surveys_languagesettings"), "surveyls_language", language)
    named = words[0] if words else {}
    names = {row.get("gid", ""): row.get("group_name", "") for row in _spoken(root, "group", language)}
    groups = [
        row.get("gid", "")
        for row in sorted(_rows(root, "groups"), key=lambda row: _number(row, "group_order"))
    ]
    survey = Survey(
        title=named.get("surveyls_title", ""),
        about=named.get("surveyls_description", ""),
        welcome=named.get("surveyls_welcometext", ""),
        groups=[(gid, names.get(gid, "")) for gid in dict.fromkeys(groups)],
        other_languages=sorted(set(languages) - {language}),
    )
    tables = ("conditions", "quota", "assessments", "defaultvalues", "survey_url_parameters")
    survey.unused = {name: count for name in tables if (count := len(_rows(root, name)))}
    survey.questions = _questions(root, language, [gid for gid, _ in survey.groups])
    asked = sum(1 + len(question.lines) for question in survey.questions)
    if len(survey.groups) > MAX_GROUPS or asked > MAX_ROWS:
        raise ImportRefused(
            _(
                "The survey has over %(groups)s groups or %(questions)s questions: split it there.",
                groups=MAX_GROUPS,
                questions=f"{MAX_ROWS:,}",
            )
        )
    return survey


def _questions(root: Element, language: str, groups: list[str]) -> list[Question]:
    """In the order of the groups and in these of the questions; each once."""
    texts = {row.get("qid", ""): row for row in _spoken(root, "question", language)}
    # up to version 3 the words of the lines stand with the lines
    texts |= {
        row.get("qid", ""): row
        for row in _in_language(_rows(root, "subquestions"), "language", language)
        if "question" in row
    }
    found: dict[str, Question] = {}
    places = {gid: place for place, gid in enumerate(groups)}
    main = [row for row in _rows(root, "questions") if row.get("parent_qid", "0") in ("0", "")]
    for row in sorted(
        main, key=lambda row: (places.get(row.get("gid", ""), len(places)), _number(row, "question_order"))
    ):
        qid = row.get("qid", "")
        found.setdefault(qid, _question(row, texts.get(qid, {})))
    seen: set[str] = set()
    for row in sorted(_rows(root, "subquestions"), key=lambda row: _number(row, "question_order")):
        question, qid = found.get(row.get("parent_qid", "")), row.get("qid", "")
        if question is not None and qid not in seen and row.get("scale_id", "0") in ("0", ""):
            text = check_cell(
                texts.get(qid, {}).get("question", ""), _("Question %(code)s", code=question.code)
            )
            question.lines.append((row.get("title", ""), text))
        seen.add(qid)
    _add_options(root, language, found)
    for row in _rows(root, "question_attributes"):
        if (question := found.get(row.get("qid", ""))) is not None and row.get("language", "") in (
            "",
            language,
        ):
            question.attributes[row.get("attribute", "")] = row.get("value", "")
    return list(found.values())


def _question(row: dict[str, str], words: dict[str, str]) -> Question:
    code = row.get("title", "").strip()[:40]
    return Question(
        code=code,
        kind=row.get("type", ""),
        group=row.get("gid", ""),
        text=check_cell(words.get("question", ""), _("Question %(code)s", code=code)),
        help=words.get("help", ""),
        other=row.get("other") == "Y",
        mandatory=row.get("mandatory", "N") not in ("N", ""),
        relevance=row.get("relevance", "").strip(),
    )


def _add_options(root: Element, language: str, questions: dict[str, Question]) -> None:
    words = {
        row.get("aid", ""): row.get("answer", "")
        for row in _rows(root, "answer_l10ns")
        if row.get("language", language) == language
    }
    rows = _rows(root, "answers")
    if not words:  # up to version 3
        rows = _in_language(rows, "language", language)
    for row in sorted(rows, key=lambda row: _number(row, "sortorder")):
        question = questions.get(row.get("qid", ""))
        if question is not None and row.get("scale_id", "0") in ("0", ""):
            label = row.get("answer", "") if not words else words.get(row.get("aid", ""), "")
            question.options.append(
                (row.get("code", ""), check_cell(label, _("Question %(code)s", code=question.code)))
            )


def _spoken(root: Element, sort: str, language: str) -> list[dict[str, str]]:
    """The words of groups or questions: in a table of their own, or up to version 3 in that of the things."""
    rows = _rows(root, f"{sort}_l10ns") or _rows(root, f"{sort}s")
    return _in_language(rows, "language", language)


def _in_language(rows: list[dict[str, str]], key: str, language: str) -> list[dict[str, str]]:
    return [row for row in rows if row.get(key, language) == language]


def _number(row: dict[str, str], key: str) -> int:
    written = row.get(key, "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
