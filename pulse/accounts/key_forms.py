"""What the page of keys asks for."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from pulse.accounts.managing import AccountError
from pulse.accounts.password_rules import LONGEST
from pulse.accounts.program_keys import DAYS, KeyWish

KIND_LABELS = {"api": "Results, for a program", "calendar": "Survey dates, for a calendar"}


class KeyForm(FlaskForm):
    """A new key. The password is asked for, so that an unlocked computer is not enough."""

    name = StringField(
        "What it is for",
        [
            InputRequired("Enter what the key is for."),
            Length(max=120, message="Use 120 characters or fewer."),
        ],
        description="Such as “Council data portal” or “Calendar on my phone”. The list of keys shows it.",
    )
    kind = RadioField(
        "What it opens",
        choices=[SelectChoice(kind, label) for kind, label in KIND_LABELS.items()],
        default="api",
    )
    days = SelectField(
        "It ends after",
        choices=[SelectChoice(str(days), f"{days} days") for days in DAYS],
        default=str(DAYS[1]),
    )
    password = PasswordField(
        "Your password", [InputRequired("Enter the password you signed in with."), Length(max=LONGEST)]
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
