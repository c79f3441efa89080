"""What the page of keys asks for."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from pulse.accounts.managing import AccountError
from pulse.accounts.password_rules import LONGEST
from pulse.accounts.program_keys import DAYS, KeyWish
from pulse.domain.words import N_
from pulse.languages.saying import lazy_gettext as lazy

KIND_LABELS = {"api": N_("Results, for a program"), "calendar": N_("Survey dates, for a calendar")}


class KeyForm(FlaskForm):
    """A new key. The password is asked for, so that an unlocked computer is not enough."""

    name = StringField(
        lazy("What it is for"),
        [
            InputRequired(lazy("Enter what the key is for.")),
            Length(max=120, message=lazy("Use 120 characters or fewer.")),
        ],
        description=lazy(
            "Such as “Council data portal” or “Calendar on my phone”. The list of keys shows it."
        ),
    )
    kind = RadioField(
        lazy("What it opens"),
        choices=[SelectChoice(kind, lazy(label)) for kind, label in KIND_LABELS.items()],
        default="api",
    )
    days = SelectField(
        lazy("It ends after"),
        choices=[SelectChoice(str(days), lazy("%(days)s days", days=days)) for days in DAYS],
        default=str(DAYS[1]),
    )
    password = PasswordField(
        lazy("Your password"),
        [InputRequired(lazy("Enter the password you signed in with.")), Length(max=LONGEST)],
    )

    def wish(self) -> KeyWish:
        """What was typed, for the use case."""
        return KeyWish(
            name=self.name.data or "",
            kind=self.kind.data or "",
            days=int(self.days.data),
            password=self.password.data or "",
        )

    def refuse(self, error: AccountError) -> None:
        """Put a use case's refusal beside the field it is about."""
        field = self._fields[error.field]
        field.errors = [*field.errors, str(error)]
