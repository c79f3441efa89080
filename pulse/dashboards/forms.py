"""The one form of those who read comments first: a button for each decision."""

import re

from flask_wtf import FlaskForm
from wtforms import StringField

from pulse.results.moderation import SHOWN, WITHHELD

_ALL = "all"
_ID = re.compile(r"[0-9a-f]{32}")


class DecisionForm(FlaskForm):
    """The button that was pressed sends its own name and value: the comment's id, or "all"."""

    shown = StringField()
    withheld = StringField()

    def decision(self) -> tuple[str, bytes | None] | None:
        """(status, comment id or None for all that wait); None if no button of the page was pressed."""
        pressed = [(status, self[status].data) for status in (SHOWN, WITHHELD) if self[status].data]
        if len(pressed) != 1:
            return None
        status, value = pressed[0]
        if value == _ALL:
            return status, None
        return (status, bytes.fromhex(value)) if _ID.fullmatch(value) else None
