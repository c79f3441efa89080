"""What the page for paper codes asks for."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length


class CodeForm(FlaskForm):
    """Whether it can be a code is decided where codes are made."""

    code = StringField(
        "Your code",
        [
            InputRequired("Type the code that is on your slip."),
            Length(max=60, message="Type only the 12 letters and figures of your code."),
        ],
        description="12 letters and figures, such as 7K3M 9QXT B2WF. Capitals and spaces do not matter.",
    )
