"""What the pages of programmes ask for. Whether it can be done is decided by the use cases."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, StopValidation

from pulse.domain.disclosure import DEFAULT_K, STANDARD
from pulse.surveys.declared import MOST_ATTRIBUTES, MOST_CATEGORIES, MOST_CROSSES
from pulse.surveys.form_choices import CROSS, EVERYONE, list_attribute_choices, list_audience_choices
from pulse.surveys.models import GUARDIAN, WORKER, Programme
from pulse.surveys.programme_checks import (
    HIGHEST_K,
    LONGEST_FIELDWORK,
    PROFILE_WORDS,
    Details,
    ProgrammeError,
)
from pulse.surveys.question_sets import KEEP, OWN, list_question_sets

#: what most programmes want, by rule
CADENCES = {
    "FREQ=MONTHLY;INTERVAL=3": "Every quarter",
    "FREQ=MONTHLY": "Every month",
    "FREQ=YEARLY": "Every year",
}
#: who can open the answers of a wave, as a choice
KEY_HOLDERS = {
    WORKER: "This service: a file that only its worker can read",
    GUARDIAN: "One or two guardians, such as the union and HR: on paper, and nowhere else",
}
_OTHER = "other"
_WHOLE = "Write a whole number."


def _whole(label: str, low: int, high: int, default: int, description: str = "") -> IntegerField:
    """A whole number; what is no number at all gets one sentence, not the two that WTForms has."""
    between = NumberRange(low, high, f"{label}: write a whole number from {low} to {high}.")
    return _WholeNumber(label, [between], default=default, description=description)


class _WholeNumber(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_WHOLE) from None

    def pre_validate(self, _form: Form) -> None:
        """What is no number is not also told that it is out of range."""
        if self.process_errors:
            raise StopValidation


class ProgrammeForm(FlaskForm):
    """A new programme, or the one given, to be changed."""

    name = StringField("Name", [DataRequired("Give the survey a name.")])
    purpose = TextAreaField(
        "Why people are asked",
        [DataRequired("Say why people are asked: they read it first.")],
        description="One or two sentences, in plain words. Staff read them before anything else.",
    )
    organisation = StringField(
        "Who asks",
        [DataRequired("Name the organisation that asks, as it signs its letters.")],
        description="The organisation, as it signs its letters.",
    )
    question_set = RadioField("What is asked", validators=[InputRequired("Choose what is asked.")])
    item_ids = TextAreaField(
        "Questions of your own list",
        description="Only for a list of your own: the ids of the questions in order, such as PTA-01, PTA-06.",
    )
    cadence = RadioField(
        "How often",
        [InputRequired("Choose how often the survey opens.")],
        choices=[SelectChoice(*each) for each in (*CADENCES.items(), (_OTHER, "By a rule of your own"))],
        default="FREQ=MONTHLY;INTERVAL=3",
        description="Nobody should be asked more often than every four weeks.",
    )
    rule = StringField(
        "Rule of your own",
        description="Only for a rule of your own: RFC 5545, such as FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU.",
    )
    starts_on = DateField("First day", [InputRequired("Choose the first day.")])
    opens_at_hour = _whole("Hour of opening", 0, 23, 9, "From 0 to 23, by the clock in London.")
    open_days = _whole("Days open", 1, LONGEST_FIELDWORK, 14, "Two weeks suit most surveys.")
    reminder_days = StringField(
        "Reminders",
        default="7",
        description="Days after the opening, such as 4, 9; at most three, none if left empty. Only to those "
        "who have not answered and whose address has not changed since they were invited.",
    )
    audience_unit_id = SelectField("Who is asked", default=EVERYONE)
    k = _whole(
        "Fewest answers shown (k)",
        DEFAULT_K,
        HIGHEST_K,
        DEFAULT_K,
        "No figure of fewer people is shown, ever. Once a wave has opened it can be raised for the next one, "
        "and never lowered.",
    )
    profile = RadioField(
        "Profile",
        [DataRequired("Choose a profile.")],
        choices=[SelectChoice(*each) for each in PROFILE_WORDS.items()],
        default=STANDARD,
        description="The least that k may ever be in this survey.",
    )
    attributes = SelectMultipleField(
        "Facts from the staff list",
        validate_choice=False,
        description="Chosen facts are sealed with each answer, and staff are told so on the first page. At "
        f"most {MOST_ATTRIBUTES}, of {MOST_CATEGORIES} categories or fewer.",
    )
    crosses = SelectMultipleField(
        "Two facts together",
        validate_choice=False,
        description=f"At most {MOST_CROSSES} pairs, of facts that are chosen above.",
    )
    ask_leaders = BooleanField(
        "Ask people who lead a few more questions",
        description="Up to four, on how they see it from their side.",
    )

    key_mode = RadioField(
        "Who holds the key of the answers",
        [DataRequired("Choose who holds the key.")],
        choices=[SelectChoice(*each) for each in KEY_HOLDERS.items()],
        default=WORKER,
        description="With guardians, nobody can read an answer before they bring their key at the close, not "
        "even who runs this service. If they lose their key, the wave is lost: nobody can open its answers.",
    )

    def __init__(self, programme: Programme | None = None) -> None:
        super().__init__(data=_values_of(programme) if programme else None)
        self.zone = programme.zone if programme else Details.zone
        kept = [(KEEP, "The questions it asks now")] if programme else []
        sets = [(each.id, each.label) for each in list_question_sets()]
        choices = [*kept, *sets, (OWN, "A list of your own")]
        self.question_set.choices = [SelectChoice(*each) for each in choices]
        self.audience_unit_id.choices = list_audience_choices()
        declared = programme.attributes if programme else []
        self.attributes.choices, self.crosses.choices = list_attribute_choices(declared)

    def details(self) -> Details:
        """What was typed, for the use cases."""
        unit = self.audience_unit_id.data
        own = self.question_set.data == OWN
        return Details(
            name=self.name.data,
            purpose=self.purpose.data,
            organisation=self.organisation.data,
            question_set=self.question_set.data,
            item_ids=tuple(split_ids(self.item_ids.data)) if own else (),
            rule=self.rule.data or "" if self.cadence.data == _OTHER else self.cadence.data,
            starts_on=self.starts_on.data,
            opens_at_hour=self.opens_at_hour.data,
            zone=self.zone,
            open_days=self.open_days.data,
            reminder_days=_days_of(self.reminder_days.data),
            audience_unit_id=int(unit) if unit else None,
            k=self.k.data,
            ask_leaders=self.ask_leaders.data,
            key_mode=self.key_mode.data,
            profile=self.profile.data,
            attributes=tuple(self.attributes.data or ()),
            crosses=tuple(_pair_of(value) for value in self.crosses.data or ()),
        )

    def show_error(self, error: ProgrammeError) -> None:
        """Put a refusal beside the field it is about, or at the top."""
        field = self._fields.get(error.field)
        if field is None:
            self.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]


def _days_of(text: str | None) -> tuple[int, ...]:
    """Days as people write them; -1, which no check lets pass, for what is no number."""
    return tuple(int(part) if part.isdecimal() else -1 for part in split_ids(text))


def _pair_of(value: str) -> tuple[str, str]:
    one, _, other = value.partition(CROSS)
    return one, other


def split_ids(text: str | None) -> list[str]:
    """Item ids as people write them: with commas, spaces or one a line."""
    return [part for part in re.split(r"[\s,;]+", text or "") if part]


def _values_of(programme: Programme) -> dict[str, Any]:
    """The programme as the form shows it."""
    known = programme.rule in CADENCES
    values = {name: getattr(programme, name) for name in _SAME}
    return values | {
        "question_set": KEEP,
        "cadence": programme.rule if known else _OTHER,
        "rule": "" if known else programme.rule,
        "audience_unit_id": str(programme.audience_unit_id or EVERYONE),
        "reminder_days": ", ".join(map(str, programme.reminder_days)),
        "crosses": [CROSS.join(pair) for pair in programme.crosses],
    }


_SAME = (
    *("name", "purpose", "organisation", "starts_on", "opens_at_hour"),
    *("open_days", "k", "ask_leaders", "key_mode", "profile"),
    "attributes",
)
