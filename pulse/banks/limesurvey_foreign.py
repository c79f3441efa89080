"""Questions of a LimeSurvey survey that did not come from here, as entries of a bank file."""

from collections.abc import Iterator
from typing import Any

from pulse.banks.limesurvey_types import (
    ARRAYS,
    FIXED,
    FIXED_ARRAYS,
    LEFT_OUT,
    LISTS,
    TEXTS,
    Options,
    apart_of,
    proposed_scale,
    same_scale,
)
from pulse.banks.limesurvey_words import words_of
from pulse.banks.limesurvey_xml import Question
from pulse.domain.instrument import Library, Scale
from pulse.domain.instrument.checks import MAX_TEXT
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import plural

#: said of questions whose origin nobody stated yet; a note is what stands in for a source
NOTE = "brought in from a LimeSurvey survey; say where it comes from"
_MOST_SCALES = 50
Entry = dict[str, Any]


class Foreign:
    """Makes entries, and the scales they need; what it had to leave out it adds to the report."""

    def __init__(self, bank_id: str, library: Library, report: list[str]) -> None:
        self._bank_id = bank_id
        self._library = library
        self._report = report
        self._taken = {item.id for bank in library.banks if bank.id != bank_id for item in bank.items}
        #: new scales by their ids
        self.proposed: dict[str, Scale] = {}
        self._by_labels: dict[tuple[str, ...], str] = {}
        #: texts whose markup was taken out
        self.unmarked = 0

    def entries(self, question: Question) -> Iterator[Entry]:
        """The entry of each question that this one is here; none when a bank cannot hold it."""
        for code, text, entry in list(self._foreign(question)):
            words, marked = words_of(text)
            self.unmarked += marked
            if "{" in text:
                self._leave_out(code, _("an expression in braces stands in it"))
            elif not 0 < len(words) <= MAX_TEXT:
                many = plural(len(words), "character")
                self._leave_out(
                    code,
                    _(
                        "its text has %(characters)s and may have 1 to %(most)s",
                        characters=many,
                        most=MAX_TEXT,
                    ),
                )
            else:
                yield {"id": self._free_id(code), "text": words, "note": NOTE, **entry}

    def _leave_out(self, code: str, why: str) -> None:
        self._report.append(_("%(code)s is left out: %(why)s.", code=code, why=why))

    def _foreign(self, question: Question) -> Iterator[tuple[str, str, Entry]]:
        """(code, markup, scale and more) of each question that this one is here."""
        kind, code = question.kind, question.code
        if kind in TEXTS:
            yield code, question.text, {"scale": self._open_scale()}
        elif kind in LISTS or kind in FIXED:
            scale = self._scale(code, question.options if kind in LISTS else FIXED[kind])
            if scale:
                yield code, question.text, scale
        elif kind in ARRAYS or kind in FIXED_ARRAYS:
            scale = self._scale(code, question.options if kind in ARRAYS else FIXED_ARRAYS[kind])
            for line, text in question.lines if scale else ():
                yield f"{code}-{line}", text, scale
        else:
            called = _(LEFT_OUT.get(kind, N_("its type")))
            self._leave_out(code, _("%(type)s has no place in a bank", type=called))

    def _scale(self, code: str, options: Options) -> Entry:
        """The scale with these answers, or one that is proposed for them; empty when there can be none."""
        if any("{" in label for _, label in options):
            self._leave_out(code, _("an expression in braces stands in its answers"))
            return {}
        chosen, apart = apart_of([(each, words_of(label)[0]) for each, label in options], self._library)
        na = {"does_not_apply": "yes"} if any(sort == "na" for sort, _ in apart) else {}
        known = same_scale(chosen, self._library)
        if known is not None:
            if not known[1]:
                self._report.append(
                    _(
                        "%(code)s: its answers stood the other way round; %(scale)s has them low to high.",
                        code=code,
                        scale=known[0].id,
                    )
                )
            return {"scale": known[0].id, **na}
        scale_id = self._proposal(code, chosen, apart)
        return {"scale": scale_id, **na} if scale_id else {}

    def _proposal(self, code: str, options: Options, apart: Options) -> str:
        """The id of a new scale with these answers, one for all that have them; "" if there can be none."""
        labels = tuple(label for _, label in options)
        if labels in self._by_labels:
            return self._by_labels[labels]
        scale = proposed_scale(f"{self._bank_id}_{len(self.proposed) + 1}", options, apart)
        if scale is None or len(self.proposed) >= _MOST_SCALES:
            few = _("it has %(answers)s, and a scale has 2 to 10", answers=plural(len(options), "answer"))
            many = _("it needs one more than %(most)s new scales", most=_MOST_SCALES)
            self._leave_out(code, few if scale is None else many)
            return ""
        self.proposed[scale.id] = scale
        self._by_labels[labels] = scale.id
        self._report.append(
            _(
                "New scale %(scale)s: %(labels)s. It is not scored unless you make it a scored one.",
                scale=scale.id,
                labels=", ".join(labels)[:200],
            )
        )
        return scale.id

    def _open_scale(self) -> str:
        found = next((scale for scale in self._library.scales if scale.kind == "text"), None)
        if found is None:
            found = self.proposed.setdefault("open_text", Scale("open_text", "text", max_chars=1000))
        return found.id

    def _free_id(self, code: str) -> str:
        item_id, number = code, 2
        while item_id in self._taken:
            item_id, number = f"{code}-{number}", number + 1
        if item_id != code:
            self._report.append(
                _("%(code)s: this id is taken by another question; here it is %(id)s.", code=code, id=item_id)
            )
        self._taken.add(item_id)
        return item_id
