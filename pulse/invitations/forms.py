"""What the page for paper codes asks for."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from pulse.languages.saying import lazy_gettext as lazy


class CodeForm(FlaskForm):
    """Whether it can be a code is decided where codes are made."""

    code = StringField(
        lazy("Your code"),
        [
            InputRequired(lazy("Type the code that is on your slip.")),
            Length(max=60, message=lazy("Type only the 12 letters and figures of your code.")),
        ],
        description=lazy(
            "12 letters and figures, such as 7K3M 9QXT B2WF. Capitals and spaces do not matter."
        ),
    )
