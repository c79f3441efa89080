"""A LimeSurvey survey structure (.lss) as a bank; what a bank has no place for is told line by line."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from pulse.banks.incoming import Read, slug, to_node
from pulse.banks.limesurvey import BANK, ITEM, answers_of, code_of, id_of, shown
from pulse.banks.limesurvey_foreign import Entry, Foreign
from pulse.banks.limesurvey_words import words_of
from pulse.banks.limesurvey_xml import Question, Survey, read_survey
from pulse.banks.limits import ImportRefused
from pulse.banks.parsing import parse_bank, parse_scales
from pulse.domain.instrument import Item, Library, Place, Scale
from pulse.domain.json_text import read_json
from pulse.languages.saying import gettext as _
from pulse.web.formatting import plural

#: of what went out with a question, or with the bank
_MAX_HELD = {ITEM: 20_000, BANK: 300_000}
#: settings of questions that say nothing, or that a bank decides otherwise
_UNTOLD_VALUES = frozenset(("", "0", "1", "N", "Y", "I", "default", "inherit"))
_UNTOLD = frozenset((ITEM, BANK, "maximum_chars"))
_TABLES = ("conditions", "quota", "assessments", "defaultvalues", "survey_url_parameters")


def read_lss(content: bytes, name: str, stem: str, library: Library) -> Read:
    """The bank of a survey; `stem` names it when the survey has no title. Raises ImportRefused."""
    return _Reader(read_survey(content), name, stem, library).read()


class _Reader:
    """Builds the entry of a bank file from a survey, group by group."""

    def __init__(self, survey: Survey, name: str, stem: str, library: Library) -> None:
        self._survey, self._library = survey, library
        self._place = Place(name, 1)
        self._result = Read()
        self._asked = [(question, self._held(question, ITEM)) for question in survey.questions]
        title = words_of(survey.title)[0] or stem
        head = next((held for each in survey.questions if (held := self._held(each, BANK))), None)
        ours = next((held for _question, held in self._asked if held), None)
        self._bank_id = str((head or ours or {}).get("bank") or slug(title))
        self._head: Entry = head or {"version": "1", "about": words_of(survey.about)[0]}
        if head is None or shown(str(head.get("title"))) != survey.title:
            self._head["title"] = title
        if ours and head is None:
            self._tell(_("The bank's own part is lost: measures, pairs and sections are not brought in."))
        self._ours = bool(ours)
        self._scales = {scale.id: scale for scale in library.scales} | self._scales_held()
        self._foreign = Foreign(self._bank_id, library, self._result.report)

    def read(self) -> Read:
        sections = list(self._sections())
        if not any(section["questions"] for section in sections):
            raise ImportRefused(_("The survey has no question of a type that a bank can hold."))
        head = {key: value for key, value in self._head.items() if key != "scales"}
        tree = to_node(head | {"bank": self._bank_id, "sections": sections}, self._place)
        bank = parse_bank(tree, self._bank_id, self._library.anchors, self._result.problems)
        used = {item.scale for item in bank.items}
        scales = (self._scales | self._foreign.proposed).values()
        self._result.banks = (bank,)
        self._result.scales = tuple(scale for scale in scales if scale.id in used)
        self._tell_survey()
        return self._result

    def _tell(self, sentence: str) -> None:
        self._result.report.append(sentence)

    def _held(self, question: Question, name: str) -> Entry | None:
        """What went out with a question, if it came back readable."""
        written = question.attributes.get(name, "")
        if not written:
            return None
        try:
            held: Any = read_json(written) if len(written) <= _MAX_HELD[name] else None
            to_node(held, self._place)
        except RecursionError:
            held = None
        if not isinstance(held, dict) or not held.get("bank"):
            self._tell(
                _(
                    "%(code)s: what went out with it is no longer readable, so it comes in as new.",
                    code=question.code,
                )
            )
            return None
        return held

    def _scales_held(self) -> dict[str, Scale]:
        tree = to_node({"scales": self._head.get("scales") or {}}, self._place)
        return {scale.id: scale for scale in parse_scales(tree, self._result.problems)[0]}

    def _sections(self) -> Iterator[Entry]:
        """Each group with its questions; one of ours keeps its id and what it borrows."""
        listed = self._head.get("sections") or []
        known = {str(each.get("id")): each for each in listed if isinstance(each, dict)}
        taken: set[str] = set()
        for gid, markup in self._survey.groups:
            asked = [(question, held) for question, held in self._asked if question.group == gid]
            ids = [str(held.get("section")) for _question, held in asked if held]
            same = [key for key, each in known.items() if shown(str(each.get("label", ""))) == markup]
            own = next((known.pop(key) for key in [*ids[:1], *same] if key in known), None)
            label = words_of(markup)[0] or "Questions"
            section: Entry = dict(own) if own else {"id": ids[0] if ids else slug(label), "label": label}
            section["id"] = _free(section["id"], taken)
            if own and not same:
                section["label"] = label
            section["questions"] = [
                entry for question, held in asked for entry in self._entries(question, held)
            ]
            yield section

    def _entries(self, question: Question, held: Entry | None) -> Iterator[Entry]:
        self._tell_question(question)
        if held is not None:
            yield self._own(question, held)
            return
        if self._ours and code_of(id_of(question.code)) == question.code:
            question.code = id_of(question.code)
        yield from self._foreign.entries(question)

    def _own(self, question: Question, held: Entry) -> Entry:
        """A question that went out from here, with what was changed of it since."""
        entry = {key: value for key, value in held.items() if key not in ("bank", "section")}
        if question.text != shown(self._filled(str(held.get("text", "")))):
            entry["text"] = words_of(question.text)[0]
        scale = self._scales.get(str(held.get("scale")))
        if scale is not None:
            given = Item("", "", scale.id, na=held.get("does_not_apply") == "yes")
            if question.options != [(code, shown(label)) for code, label in answers_of(given, scale)]:
                self._tell(
                    _(
                        "%(id)s: its answers were changed there; those of %(scale)s stay.",
                        id=held.get("id"),
                        scale=scale.id,
                    )
                )
        return entry

    def _filled(self, text: str) -> str:
        try:
            return self._library.fill(text)
        except KeyError:  # a term of the organisation that it came from
            return text

    def _tell_question(self, question: Question) -> None:
        if question.relevance not in ("", "1"):
            self._tell(
                _(
                    "%(code)s: the condition on which it is asked is left out; it is asked of everybody.",
                    code=question.code,
                )
            )
        if question.other:
            self._tell(_("%(code)s: its answer “Other” is left out.", code=question.code))
        if question.kind == "O":
            self._tell(_("%(code)s: its box for a comment is left out.", code=question.code))

    def _tell_survey(self) -> None:
        """What is left out of the survey as a whole, a sentence each."""
        survey = self._survey
        names = {
            name
            for question in survey.questions
            for name, value in question.attributes.items()
            if name not in _UNTOLD and value not in _UNTOLD_VALUES
        }
        mandatory = sum(question.mandatory for question in survey.questions)
        unmarked = self._foreign.unmarked
        new = [question for question, held in self._asked if held is None]
        told = [
            (
                survey.other_languages,
                _(
                    "Other languages are left out: %(languages)s.",
                    languages=", ".join(survey.other_languages),
                ),
            ),
            (
                mandatory,
                _(
                    "%(questions)s had to be answered; here none has to be.",
                    questions=plural(mandatory, "question"),
                ),
            ),
            (
                names,
                _("Settings of questions are left out: %(names)s.", names=", ".join(sorted(names))[:300]),
            ),
            (unmarked, _("Formatting was taken out of %(texts)s.", texts=plural(unmarked, "text"))),
            (any(each.help for each in new), _("Help texts of questions are left out.")),
            (not self._head.get("bank") and survey.welcome, _("The words of welcome are left out.")),
        ]
        self._result.report += [sentence for applies, sentence in told if applies]
        if listed := _unused(survey):
            self._tell(_("Left out with the survey: %(listed)s.", listed=", ".join(listed)))


def _unused(survey: Survey) -> list[str]:
    """How much of what a bank has no place for, table by table."""
    conditions, quotas, assessments, filled, parameters = (survey.unused.get(table, 0) for table in _TABLES)
    told = [
        (conditions, plural(conditions, "condition between questions", "conditions between questions")),
        (quotas, plural(quotas, "quota")),
        (assessments, plural(assessments, "assessment")),
        (filled, plural(filled, "answer filled in beforehand", "answers filled in beforehand")),
        (parameters, plural(parameters, "parameter of links", "parameters of links")),
    ]
    return [words for number, words in told if number]


def _free(section_id: str, taken: set[str]) -> str:
    """Two groups may have one name, and two sections no one id."""
    free = next(
        each
        for number in count(1)
        if (each := f"{section_id}_{number}" if number > 1 else section_id) not in taken
    )
    taken.add(free)
    return free
