"""What the page of announcements asks for."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from pulse.messages.webhooks import LABELS


class ChannelForm(FlaskForm):
    """Whether the address may be posted to is decided by messages.webhooks."""

    kind = RadioField(
        "Where to",
        [InputRequired("Choose where to.")],
        choices=[SelectChoice(*each) for each in LABELS.items()],
    )
    address = StringField(
        "Address of the channel",
        [DataRequired("Paste the address that the channel gave you.")],
        description="It begins with https://. Whoever has it can post there, so it is shown only in part "
        "once it is saved.",
    )
