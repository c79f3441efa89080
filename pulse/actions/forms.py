"""What the pages of actions ask for. What fits together is decided by `promises`."""

from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from pulse.actions.models import FINDING_LENGTH
from pulse.actions.promises import Choices, Promise, PromiseError
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.web.formatting import one_line

_NOT_A_DAY = lazy("Give a day, month and year, such as 2027-03-31.")
_NOT_LISTED = lazy("Choose one from the list.")
STATE_WORDS = (
    ("promised", lazy("Promised")),
    ("doing", lazy("Under way")),
    ("done", lazy("Done")),
    ("not_done", lazy("Not done, and will not be")),
)


class ActionForm(FlaskForm):
    """You said, we did."""

    wave_id = SelectField(
        lazy("Which survey was it said in?"),
        coerce=int,
        invalid_value_message=_NOT_LISTED,
        invalid_choice_message=_NOT_LISTED,
    )
    finding = StringField(
        lazy("Which finding does it answer?"),
        description=lazy("In the words of the results page. Leave it empty if it answers no single finding."),
    )
    said = StringField(
        lazy("You said"),
        description=lazy("What people said, in one sentence that nobody can be known by."),
    )
    did = TextAreaField(
        lazy("We did, or will do"),
        description=lazy("Staff read this on the first page of the next survey."),
    )
    owner = StringField(
        lazy("Who sees to it?"), description=lazy("A role or a team, such as Head of Housing.")
    )
    due_on = DateField(
        lazy("By when?"),
        [InputRequired(lazy("Give the day by which it is promised."))],
        invalid_value_message=_NOT_A_DAY,
    )
    unit_id = SelectField(lazy("For whom?"), coerce=str, invalid_choice_message=_NOT_LISTED)
    measure = SelectField(
        lazy("What should it change?"),
        coerce=str,
        invalid_choice_message=_NOT_LISTED,
        description=lazy("Once done, it is marked on the chart of this measure."),
    )
    state = RadioField(
        lazy("State"),
        choices=[SelectChoice(value, label) for value, label in STATE_WORDS],
        default="promised",
        invalid_choice_message=_NOT_LISTED,
    )
    done_on = DateField(
        lazy("Done on"),
        [Optional()],
        description=lazy("Only when it is done."),
        invalid_value_message=_NOT_A_DAY,
    )

    def offer(self, choices: Choices) -> None:
        """Fill the lists; call it before validating."""
        self.wave_id.choices = [SelectChoice(str(key), label) for key, label in choices.waves]
        self.unit_id.choices = [SelectChoice("", _("Everyone"))] + [
            SelectChoice(str(key), label) for key, label in choices.units
        ]
        self.measure.choices = [SelectChoice("", _("Nothing that is measured"))] + [
            SelectChoice(key, label) for key, label in choices.measures
        ]

    def prefill(self, given: Mapping[str, str]) -> None:
        """Fill in what the link on a results page says; what is no choice here, or too long, is left out.

        Nothing is stored by it: what is then sent is checked like anything that was typed.
        """
        for field, value in ((self.wave_id, "wave"), (self.unit_id, "unit"), (self.measure, "measure")):
            chosen = given.get(value, "")
            if chosen in [str(choice.value) for choice in field.choices or []]:
                field.data = field.coerce(chosen)
        finding = one_line(given.get("finding", ""))
        self.finding.data = finding if len(finding) <= FINDING_LENGTH else ""

    def promise(self) -> Promise:
        """What was typed, for the use cases."""
        return Promise(
            wave_id=self.wave_id.data,
            said=self.said.data or "",
            did=self.did.data or "",
            owner=self.owner.data or "",
            due_on=self.due_on.data,
            unit_id=int(self.unit_id.data) if self.unit_id.data else None,
            measure=self.measure.data or None,
            state=self.state.data,
            done_on=self.done_on.data,
            finding=self.finding.data,
        )

    def texts(self) -> dict[str, str | None]:
        """What was written, also where a date or a choice is none."""
        return {name: self[name].data for name in ("finding", "said", "did", "owner")}

    def refuse(self, errors: Iterable[PromiseError]) -> None:
        """Put each of a use case's refusals beside its field."""
        for error in errors:
            field = self[error.field]
            field.errors = [*field.errors, str(error)]
