"""What the pages of accounts ask for. Who may have which password or unit is decided by the use cases."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from pulse.accounts.managing import AccountDetails, AccountError
from pulse.accounts.password_rules import LONGEST
from pulse.languages.saying import lazy_gettext as lazy
from pulse.web.access import ROLE_LABELS, Role

_NAME_HINT = lazy("As colleagues know this person. It is shown at the top of their pages and in this list.")
_UNIT_HINT = lazy("For leaders only: the code from the staff list. A leader sees this unit and all below it.")


class SignInForm(FlaskForm):
    """Deliberately says nothing about which of the two is wrong."""

    email = StringField(
        lazy("E-mail address"), [InputRequired(lazy("Enter your e-mail address.")), Length(max=254)]
    )
    password = PasswordField(
        lazy("Password"), [InputRequired(lazy("Enter your password.")), Length(max=LONGEST)]
    )


class OwnPasswordForm(FlaskForm):
    """The old password is asked for, so that an unlocked computer is not enough."""

    current = PasswordField(
        lazy("Password you have now"), [InputRequired(lazy("Enter the password you have now."))]
    )
    new = PasswordField(
        lazy("New password"),
        [InputRequired(lazy("Enter a new password."))],
        description=lazy("12 or more characters. Three or four unrelated words are easy to remember."),
    )


class AccountForm(FlaskForm):
    """What an administrator may change of an account."""

    full_name = StringField(
        lazy("Name"),
        [
            InputRequired(lazy("Enter the person's name.")),
            Length(max=200, message=lazy("Use 200 characters or fewer.")),
        ],
        description=_NAME_HINT,
    )
    role = SelectField(
        lazy("Role"), choices=[SelectChoice(role.value, lazy(label)) for role, label in ROLE_LABELS.items()]
    )
    unit = StringField(
        lazy("Unit"), [Length(max=80, message=lazy("Use 80 characters or fewer."))], description=_UNIT_HINT
    )
    active = BooleanField(lazy("May sign in"), default=True)

    def details(self) -> AccountDetails:
        """What was typed, for the use cases."""
        return AccountDetails(
            full_name=self.full_name.data,
            role=Role(self.role.data),
            unit_code=self.unit.data or "",
            active=self.active.data,
        )


class NewAccountForm(AccountForm):
    """The same, with the e-mail address that the person signs in with."""

    email = StringField(
        lazy("E-mail address"),
        [
            InputRequired(lazy("Enter the person's e-mail address.")),
            Length(max=254, message=lazy("Use 254 characters or fewer.")),
            Regexp(
                r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$",
                message=lazy("Enter an e-mail address with an @ and a full stop."),
            ),
        ],
    )


def show_error(form: FlaskForm, error: AccountError) -> None:
    """Put a use case's refusal beside the field it is about, or at the top of the form."""
    field = form._fields.get(error.field)
    if field is None:
        form.form_errors.append(str(error))
    else:
        field.errors = [*field.errors, str(error)]
