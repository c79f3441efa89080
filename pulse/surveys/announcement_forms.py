"""What the page of announcements asks for."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from pulse.languages.saying import lazy_gettext as lazy
from pulse.messages.webhooks import LABELS


class ChannelForm(FlaskForm):
    """Whether the address may be posted to is decided by messages.webhooks."""

    kind = RadioField(
        lazy("Where to"),
        [InputRequired(lazy("Choose where to."))],
        choices=[SelectChoice(*each) for each in LABELS.items()],
    )
    address = StringField(
        lazy("Address of the channel"),
        [DataRequired(lazy("Paste the address that the channel gave you."))],
        description=lazy(
            "It begins with https://. Whoever has it can post there, so it is shown only in part once it is "
            "saved."
        ),
    )
