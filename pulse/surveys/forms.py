"""What the wizard asks of a survey's words and people. Whether it can be is decided by the checks."""

import re
from typing import Any, ClassVar

from flask_babel import LazyString
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, StopValidation, ValidationError

from pulse.directory import queries as directory
from pulse.domain.rotation import MIN_BY_PERSON
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.surveys.details import Details, ProgrammeError
from pulse.surveys.form_choices import EVERYONE, list_audience_choices
from pulse.surveys.models import BY_PERSON, BY_WAVE, MOST_COHORTS, Programme
from pulse.surveys.question_sets import KEEP, OWN, items_of_banks, list_banks, list_question_sets

#: name of a field -> what was typed into it, as a browser sends it
Typed = dict[str, list[str]]
ROTATIONS = {
    BY_WAVE: N_("By wave: everybody is asked the same, and other questions next time"),
    BY_PERSON: N_("By person: chance decides who gets which part, so that every wave covers the whole set"),
}
_MOST_A_WAVE = 200
#: Python refuses to read thousands of digits as a number
_SHORT_NUMBER = re.compile(r"[0-9]{1,3}")


def whole(
    label: LazyString, low: int, high: int, default: int, description: LazyString | str = ""
) -> IntegerField:
    """A whole number; what is no number at all gets one sentence, not the two that WTForms has."""
    range_words = lazy(
        "%(label)s: write a whole number from %(low)s to %(high)s.", label=label, low=low, high=high
    )
    between = NumberRange(low, high, range_words)
    return _WholeNumber(label, [between], default=default, description=description)


class _WholeNumber(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Write a whole number.")) from None

    def pre_validate(self, _form: Form) -> None:
        """What is no number is not also told that it is out of range."""
        if self.process_errors:
            raise StopValidation


class StepForm(FlaskForm):
    """One step of the wizard. `typed`: as it was kept in a draft, which needs no mark against forgery."""

    #: field of Details -> field of the form, where their names differ
    PLACES: ClassVar[dict[str, str]] = {}

    def __init__(self, typed: Typed | None = None, programme: Programme | None = None) -> None:
        if typed is None:
            super().__init__()
        else:
            kept = MultiDict((name, value) for name, values in typed.items() for value in values)
            super().__init__(formdata=kept or None, meta={"csrf": False})
        self.offer(programme)

    def offer(self, programme: Programme | None) -> None:
        """Fill in what there is to choose from; `programme` is the one being changed, if any."""

    def values(self) -> dict[str, Any]:
        """The fields of Details that it sets; only of a form that is valid."""
        raise NotImplementedError

    @staticmethod
    def typed_of(details: Details) -> Typed:
        """What somebody would type to get these details."""
        raise NotImplementedError

    def field_of(self, name: str) -> str:
        """The form's field for a field of Details; empty if it has none."""
        place = self.PLACES.get(name, name)
        return place if place in self else ""

    def show_error(self, error: ProgrammeError) -> bool:
        """Put a refusal beside the field it is about; False if that is on another step."""
        place = self.field_of(error.field)
        if place:
            self[place].errors = [*self[place].errors, str(error)]
        return bool(place)


class WhatForm(StepForm):
    """What is asked, why, and by whom."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Give the survey a name."))])
    purpose = TextAreaField(
        lazy("Why people are asked"),
        [DataRequired(lazy("Say why people are asked: they read it first."))],
        description=lazy("One or two sentences, in plain words. Staff read them before anything else."),
    )
    organisation = StringField(
        lazy("Who asks"),
        [DataRequired(lazy("Name the organisation that asks, as it signs its letters."))],
        description=lazy("The organisation, as it signs its letters."),
    )
    question_set = RadioField(
        lazy("What is asked"), validators=[InputRequired(lazy("Choose what is asked."))]
    )
    item_ids = TextAreaField(
        lazy("Questions of your own list"),
        description=lazy(
            "Only for a list of your own: the ids of the questions in order, such as PTA-01, PTA-06."
        ),
    )
    whole_banks = SelectMultipleField(
        lazy("All questions of these banks"),
        description=lazy(
            "Only for a list of your own: they follow the questions above. A question that is there twice, "
            "or shown in two banks, is asked once. Reserves and questions for leaders are left out."
        ),
        invalid_choice_message=lazy("Choose banks from the list."),
    )
    a_wave = StringField(
        lazy("Questions a wave of your own list"),
        description=lazy(
            "Only for a list of your own, if its questions should take turns: how many with answers to "
            "choose from are asked in each wave. All of them every time if left empty."
        ),
    )
    rotate_by = RadioField(
        lazy("How questions take turns"),
        choices=[SelectChoice(who, lazy(words)) for who, words in ROTATIONS.items()],
        default=BY_WAVE,
        description=lazy("By person needs %(least)s people or more in each wave.", least=MIN_BY_PERSON),
    )

    def offer(self, programme: Programme | None) -> None:
        kept = [(KEEP, _("The questions it asks now"))] if programme else []
        sets = [(each.id, each.label) for each in list_question_sets()]
        self.question_set.choices = [
            SelectChoice(*each) for each in [*kept, *sets, (OWN, _("A list of your own"))]
        ]
        self.whole_banks.choices = [SelectChoice(*each) for each in list_banks()]
        by_person = self.rotate_by.data == BY_PERSON
        if directory.count_people() < MIN_BY_PERSON and not by_person:
            del self.rotate_by

    def validate_a_wave(self, field: StringField) -> None:
        field.data = (field.data or "").strip()
        if field.data and not (_SHORT_NUMBER.fullmatch(field.data) and 1 <= int(field.data) <= _MOST_A_WAVE):
            words = _("Write a whole number from 1 to %(most)s, or leave this empty.", most=_MOST_A_WAVE)
            raise ValidationError(words)

    def values(self) -> dict[str, Any]:
        own = self.question_set.data == OWN
        return {
            "name": self.name.data,
            "purpose": self.purpose.data,
            "organisation": self.organisation.data,
            "question_set": self.question_set.data,
            "item_ids": self._item_ids() if own else (),
            "a_wave": int(self.a_wave.data) if own and self.a_wave.data else None,
            "rotate_by": self.rotate_by.data if self.rotate_by else BY_WAVE,
        }

    def _item_ids(self) -> tuple[str, ...]:
        """The questions named, then those of whole banks that are not named yet."""
        named, more = split_ids(self.item_ids.data), items_of_banks(self.whole_banks.data or ())
        return (*named, *(item_id for item_id in more if item_id not in named))

    @staticmethod
    def typed_of(details: Details) -> Typed:
        return {
            "name": [details.name],
            "purpose": [details.purpose],
            "organisation": [details.organisation],
            "question_set": [details.question_set],
            "item_ids": [", ".join(details.item_ids)],
            "a_wave": [str(details.a_wave or "")],
            "rotate_by": [details.rotate_by],
        }


class WhoForm(StepForm):
    """Who is asked, and whether all of them each time."""

    audience_unit_id = SelectField(lazy("Who is asked"), default=EVERYONE)
    cohorts = whole(
        lazy("Cohorts"),
        1,
        MOST_COHORTS,
        1,
        lazy(
            "1 asks everybody every time. With 3, a third is asked in each wave, and everybody once in three "
            "waves. Chance decides who is in which; small units stay together."
        ),
    )
    ask_leaders = BooleanField(
        lazy("Ask people who lead a few more questions"),
        description=lazy("Up to four, on how they see it from their side."),
    )

    def offer(self, _programme: Programme | None) -> None:
        self.audience_unit_id.choices = list_audience_choices()

    def values(self) -> dict[str, Any]:
        unit = self.audience_unit_id.data
        return {
            "audience_unit_id": int(unit) if unit else None,
            "cohorts": self.cohorts.data,
            "ask_leaders": self.ask_leaders.data,
        }

    @staticmethod
    def typed_of(details: Details) -> Typed:
        return {
            "audience_unit_id": [str(details.audience_unit_id or EVERYONE)],
            "cohorts": [str(details.cohorts)],
        } | ({"ask_leaders": ["y"]} if details.ask_leaders else {})


def split_ids(text: str | None) -> list[str]:
    """Item ids as people write them: with commas, spaces or one a line."""
    return [part for part in re.split(r"[\s,;]+", text or "") if part]
