"""What the pages of pilots ask for. What fits together is decided by `piloting`."""

import hashlib
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from pulse.domain.instrument import Library
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.pilots.asking import MOST_TESTERS, Named, check_day, read_questions, read_testers
from pulse.pilots.models import NOTE_LENGTH, TITLE_LENGTH
from pulse.pilots.piloting import Plan
from pulse.web.formatting import one_line

_DAYS = 14


def _testers(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [InputRequired(lazy("Write at least one tester: a name, a comma and an e-mail address."))],
        description=lazy(
            "One a line, %(most)s at most: a name, a comma, an e-mail address. They are told that it is "
            "never anonymous.",
            most=MOST_TESTERS,
        ),
    )


class MoreTestersForm(FlaskForm):
    """Testers who join a pilot that has begun."""

    testers = _testers(lazy("Who else tries them?"))

    def named(self) -> tuple[Named, ...]:
        """Who was typed; raises PilotError."""
        return read_testers(self.testers.data or "")


class PilotForm(FlaskForm):
    """A pilot to begin."""

    title = StringField(
        lazy("What is it called?"),
        [
            DataRequired(lazy("Give the pilot a title.")),
            Length(max=TITLE_LENGTH, message=lazy("Use %(most)s characters or fewer.", most=TITLE_LENGTH)),
        ],
        filters=[lambda typed: one_line(typed or "")],
        description=lazy("Testers read it in the subject of their letter."),
    )
    bank_id = SelectField(
        lazy("All questions of a bank"), invalid_choice_message=lazy("Choose a bank from the list.")
    )
    item_ids = TextAreaField(
        lazy("These questions"),
        description=lazy(
            "Instead of a bank, or beside it: ids of questions of any banks, such as PTA-01, with "
            "spaces or lines between them."
        ),
    )
    testers = _testers(lazy("Who tries them?"))
    note = TextAreaField(
        lazy("A note to them"),
        [Length(max=NOTE_LENGTH, message=lazy("Use %(most)s characters or fewer.", most=f"{NOTE_LENGTH:,}"))],
        filters=[lambda typed: (typed or "").replace("\r\n", "\n").strip()],
        description=lazy("Why you ask, and what you want to know. It may be left empty."),
    )
    closes_on = DateField(
        lazy("Until when?"),
        [InputRequired(lazy("Give the last day for comments."))],
        invalid_value_message=lazy("Give a day, month and year, such as 2027-03-31."),
    )

    def offer(self, library: Library, bank_id: str, today: date) -> None:
        """Fill the list of banks and what is usual; call it before validating."""
        banks = [SelectChoice(bank.id, library.fill(bank.title)) for bank in library.banks]
        self.bank_id.choices = [SelectChoice("", _("No whole bank")), *banks]
        if not self.is_submitted():
            self.bank_id.data = bank_id if bank_id in {bank.id for bank in library.banks} else ""
            self.closes_on.data = today + timedelta(days=_DAYS)

    def plan(self, today: date) -> Plan:
        """What was typed; raises PilotError."""
        item_ids = read_questions(self.item_ids.data or "", self.bank_id.data or "")
        testers = read_testers(self.testers.data or "")
        check_day(self.closes_on.data, today)
        return Plan(
            title=self.title.data,
            note=self.note.data,
            item_ids=item_ids,
            testers=testers,
            closes_on=self.closes_on.data,
            once=self._name(),
        )

    def _name(self) -> str:
        """Of what was typed: the same form sent twice makes one pilot, and pages hold no random number."""
        typed = [str(field.data) for name, field in self._fields.items() if name != "csrf_token"]
        return hashlib.sha256("\n".join(typed).encode()).hexdigest()[:32]
