"""The one form of those who read comments first: a button for each decision."""

import re

from flask_wtf import FlaskForm
from wtforms import StringField

from pulse.results.moderation import SHOWN, WITHHELD

_ALL = "all"
_ID = re.compile(r"[0-9a-f]{32}")


class DecisionForm(FlaskForm):
    """The button that was pressed sends its own name and value: a comment's id, or "all" on the page.

    A page names the comments that it lists, so that nobody decides on what they had no chance to read.
    """

    shown = StringField()
    withheld = StringField()
    listed = StringField()

    def decision(self) -> tuple[str, list[bytes]] | None:
        """(status, ids of the comments it is for); None if no button of the page was pressed."""
        pressed = [(status, self[status].data) for status in (SHOWN, WITHHELD) if self[status].data]
        if len(pressed) != 1:
            return None
        status, value = pressed[0]
        ids = (self.listed.data or "").split() if value == _ALL else [value]
        if not ids or not all(_ID.fullmatch(one) for one in ids):
            return None
        return status, [bytes.fromhex(one) for one in ids]
