"""The survey form, made from a wave's frozen plan: nothing is required, nothing is preselected."""

from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pulse.domain.sheets import (
    NO_ANSWER,
    NOT_APPLICABLE,
    PREFER_NOT,
    asked_of,
    closed_items,
    comment_limit,
    is_closed,
    unasked_pattern,
)
from pulse.domain.words import N_
from pulse.languages.saying import gettext
from pulse.responses.sealing import packed_bytes
from pulse.responses.submission import Ballot
from pulse.surveys.plans import plan_named
from pulse.web.formatting import format_number

#: how the two answers that are not scores travel in a form, and in a sheet
_CHARACTERS = {"na": NOT_APPLICABLE, "pns": PREFER_NOT}
_CHOOSE = N_("Choose one of the answers shown, or leave this question out.")


class SurveyForm(FlaskForm):
    """Base of every wave's form; one field an item, named by the item's id."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything may be left out, but not all of it: an empty sheet is a slip, not an answer."""
        if not super().validate(extra_validators):
            return False
        if not any((field.data or "").strip() for field in self.questions()):
            self.form_errors.append(gettext("Answer at least one question, then send your answers."))
            return False
        return True

    def questions(self) -> list[Field]:
        """The item fields in order, without the CSRF field."""
        return [field for field in self if field.name != "csrf_token"]


def form_for(ballot: Ballot) -> SurveyForm:
    """A form for one person's questions, filled from the current request."""
    return _form_class(ballot.wave_id, ballot.plan_sha256, ballot.leads, ballot.block)()


@lru_cache(maxsize=128)
def _form_class(wave_id: int, digest: str, leads: bool, block: int) -> type[SurveyForm]:
    """Made once a wave, block and process; the digest is in the key so that no other form is ever shown."""
    asked = asked_of(plan_named(wave_id, digest), leads, block)
    return type("WaveForm", (SurveyForm,), {item["id"]: _field_for(item) for item in asked})


def _field_for(item: dict[str, Any]) -> Field:
    if not is_closed(item):
        return TextAreaField(item["text"], validators=[Optional(), _fits(item)], filters=[_one_line_end])
    choices = [(str(code), label) for code, label in item["options"] + item["nonsubstantive"]]
    shown = [SelectChoice(*choice) for choice in choices]
    return RadioField(item["text"], choices=shown, validators=[_OneOf(choices)], validate_choice=False)


class _OneOf:
    """One of the item's own answers or none. A field posted twice counts as a slip, like a foreign value."""

    field_flags: dict[str, object] = {}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        self._codes = {code for code, _ in choices}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        given = field.raw_data or []
        if len(given) > 1 or (given and given[0] and given[0] not in self._codes):
            field.data = None
            raise ValidationError(gettext(_CHOOSE))


def _one_line_end(text: str | None) -> str | None:
    """Browsers send a line end as two characters, but let people type as if it were one."""
    return text.replace("\r\n", "\n") if text else text


def _fits(item: dict[str, Any]) -> Any:
    def check(_form: FlaskForm, field: Field) -> None:
        text = field.data or ""
        if len(text) > item["max_chars"]:
            limit = format_number(item["max_chars"])
            raise ValidationError(gettext("Shorten this to %(limit)s characters or fewer.", limit=limit))
        if packed_bytes(text) > comment_limit(item):
            raise ValidationError(
                gettext("Shorten this, or use fewer special characters: it takes too much room.")
            )

    return check


def answers_of(form: SurveyForm, ballot: Ballot) -> str:
    """One character for each closed item of the plan, in a sheet's order; unasked ones marked as such."""
    given = {field.name: field.data for field in form.questions()}
    pattern = unasked_pattern(ballot.plan, ballot.block)
    return "".join(
        _character(given.get(item)) if empty == NO_ANSWER else empty
        for item, empty in zip(closed_items(ballot.plan), pattern, strict=True)
    )


def _character(value: str | None) -> str:
    return _CHARACTERS.get(value, value) if value else NO_ANSWER


def comments_of(form: SurveyForm, ballot: Ballot) -> dict[str, str]:
    """Texts written, by item id."""
    texts = [item["id"] for item in asked_of(ballot.plan, ballot.leads, ballot.block) if not is_closed(item)]
    return {item: form[item].data.strip() for item in texts if (form[item].data or "").strip()}
