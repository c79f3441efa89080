"""What the pages of a guardians' key ask for. Whether it fits is decided by the use cases."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from pulse.domain.key_text import KeyTextError
from pulse.domain.words import N_
from pulse.languages.saying import lazy_gettext as lazy
from pulse.languages.sentences import say

#: how many people hold a guardians' key
HOLDERS = {
    "2": N_("Two people, a share each: neither can open anything without the other"),
    "1": N_("One person, the whole key"),
}


class MakeKeyForm(FlaskForm):
    """For how many guardians."""

    holders = RadioField(
        lazy("Who will hold it"),
        choices=[SelectChoice(code, lazy(words)) for code, words in HOLDERS.items()],
        default="2",
    )


class KeyForm(FlaskForm):
    """The key, typed back by one guardian or two."""

    first = PasswordField(lazy("The key, or the first share"))
    second = PasswordField(
        lazy("The second share"), description=lazy("Leave this empty if one person holds the whole key.")
    )

    def texts(self) -> list[str]:
        return [self.first.data or "", self.second.data or ""]

    def show_error(self, error: KeyTextError) -> None:
        field = (self.first, self.second)[error.place]
        field.errors = [*field.errors, say(error.sentence)]


class WaveNameForm(FlaskForm):
    """The name of the wave, typed, so that nobody ends it, or discards its key, by a slip."""

    label = StringField(lazy("Type the name of the wave"), [DataRequired(lazy("Type the name of the wave."))])
