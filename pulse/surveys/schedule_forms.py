"""What the wizard asks of a survey's calendar, and of how people are reached."""

from typing import Any, ClassVar

from flask_babel import LazyString
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from pulse.domain.quiet_text import QuietTextError, read_quiet_periods, write_quiet_period
from pulse.domain.words import N_
from pulse.domain.working_days import NATIONS
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.languages.sentences import say
from pulse.surveys.details import Details, ProgrammeError
from pulse.surveys.forms import StepForm, Typed, split_ids, whole
from pulse.surveys.language_words import TICKS
from pulse.surveys.models import CHANNELS, EMAIL, LETTER, MOST_REMINDERS, SLIP, TEXT
from pulse.surveys.schedule_checks import LONGEST_FIELDWORK

#: what most programmes want, by rule
CADENCES = {
    "FREQ=MONTHLY;INTERVAL=3": N_("Every quarter"),
    "FREQ=MONTHLY": N_("Every month"),
    "FREQ=YEARLY": N_("Every year"),
}
WEEKDAYS = {
    "MO": N_("Monday"),
    "TU": N_("Tuesday"),
    "WE": N_("Wednesday"),
    "TH": N_("Thursday"),
    "FR": N_("Friday"),
    "SA": N_("Saturday"),
    "SU": N_("Sunday"),
}
CHANNEL_WORDS = {
    EMAIL: N_("E-mail"),
    TEXT: N_("Text message"),
    LETTER: N_("Posted letter"),
    SLIP: N_("Paper slip with a code, handed out"),
}
_OTHER = "other"
_NO_NATION = "none"
_ANY_HOUR = lazy("From 0 to 23, by the clock of the place named below.")


class WhenForm(StepForm):
    """When waves open and close, and on which days nothing happens."""

    cadence = RadioField(
        lazy("How often"),
        [InputRequired(lazy("Choose how often the survey opens."))],
        choices=[
            *(SelectChoice(rule, lazy(words)) for rule, words in CADENCES.items()),
            SelectChoice(_OTHER, lazy("By a rule of your own")),
        ],
        default="FREQ=MONTHLY;INTERVAL=3",
        description=lazy("Nobody should be asked more often than every four weeks."),
    )
    rule = StringField(
        lazy("Rule of your own"),
        description=lazy("Only for a rule of your own: RFC 5545, such as FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU."),
    )
    starts_on = DateField(lazy("First day"), [InputRequired(lazy("Choose the first day."))])
    opens_at_hour = whole(lazy("Hour of opening"), 0, 23, 9, _ANY_HOUR)
    open_days = whole(lazy("Days open"), 1, LONGEST_FIELDWORK, 14, lazy("Two weeks suit most surveys."))
    zone = StringField(
        lazy("Time zone"),
        [InputRequired(lazy("Name a time zone such as Europe/London."))],
        default=Details.zone,
        description=lazy("Its clock counts for every hour on this page, summer and winter."),
    )
    nation = SelectField(lazy("Bank holidays of"), default="ENG")
    weekdays = SelectMultipleField(
        lazy("Days of the week"),
        validate_choice=False,
        choices=[SelectChoice(code, lazy(words)) for code, words in WEEKDAYS.items()],
        default=["MO", "TU", "WE", "TH", "FR"],
        description=lazy("On the other days no wave opens or closes, and no letter leaves."),
    )
    letters_from_hour = whole(lazy("Letters leave from"), 0, 23, 8, lazy("Hour of the day."))
    letters_until_hour = whole(lazy("Letters leave until"), 1, 24, 18, lazy("Hour of the day."))
    quiet_periods = TextAreaField(
        lazy("Quiet periods"),
        description=lazy(
            "Spells without a survey, one a line: 24 August to 31 August for every year, or 21 December 2026 "
            "to 3 January 2027 for one."
        ),
    )

    def offer(self, _programme: object) -> None:
        self.nation.choices = [
            *(SelectChoice(code, _(name)) for code, name in NATIONS.items() if code),
            SelectChoice(_NO_NATION, _("Nowhere: bank holidays are days like any other")),
        ]

    def validate_quiet_periods(self, field: TextAreaField) -> None:
        try:
            read_quiet_periods(field.data or "")
        except QuietTextError as error:
            raise ValidationError(say(error.sentence)) from error

    def field_of(self, name: str) -> str:
        """A rule that was chosen from the list is wrong where it was chosen."""
        return "cadence" if name == "rule" and self.cadence.data != _OTHER else super().field_of(name)

    def values(self) -> dict[str, Any]:
        same = ("starts_on", "opens_at_hour", "open_days", "letters_from_hour", "letters_until_hour")
        chosen = set(self.weekdays.data or ())
        return {name: self[name].data for name in same} | {
            "rule": self.rule.data or "" if self.cadence.data == _OTHER else self.cadence.data,
            "zone": (self.zone.data or "").strip(),
            "nation": "" if self.nation.data == _NO_NATION else self.nation.data,
            "weekdays": ",".join(day for day in WEEKDAYS if day in chosen),
            "quiet_periods": read_quiet_periods(self.quiet_periods.data or ""),
        }

    @staticmethod
    def typed_of(details: Details) -> Typed:
        known = details.rule in CADENCES
        return {
            "cadence": [details.rule if known else _OTHER],
            "rule": ["" if known else details.rule],
            "starts_on": [details.starts_on.isoformat()],
            "opens_at_hour": [str(details.opens_at_hour)],
            "open_days": [str(details.open_days)],
            "zone": [details.zone],
            "nation": [details.nation or _NO_NATION],
            "weekdays": details.weekdays.split(","),
            "letters_from_hour": [str(details.letters_from_hour)],
            "letters_until_hour": [str(details.letters_until_hour)],
            "quiet_periods": ["\n".join(map(write_quiet_period, details.quiet_periods))],
        }


def _choice_of_channel(label: LazyString, default: str, description: LazyString | str = "") -> SelectField:
    ways = (SelectChoice(channel, lazy(words)) for channel, words in CHANNEL_WORDS.items())
    choices = [SelectChoice("", lazy("None")), *ways]
    return SelectField(label, choices=choices, default=default, description=description)


class ReachForm(StepForm):
    """How people hear of a wave, and how often they are reminded."""

    PLACES: ClassVar[dict[str, str]] = {"channels": "channel_1"}

    channel_1 = _choice_of_channel(
        lazy("First choice"),
        EMAIL,
        lazy(
            "For everybody of whom the staff list has what it needs. Texts and posted letters go through "
            "GOV.UK Notify."
        ),
    )
    channel_2 = _choice_of_channel(lazy("For those whom that does not reach"), SLIP)
    channel_3 = _choice_of_channel(lazy("For those who are still left"), "")
    channel_4 = _choice_of_channel(lazy("And for the rest"), "")
    reminder_days = StringField(
        lazy("Reminders"),
        default="7",
        description=lazy(
            "Days after the opening, such as 4, 9; at most %(most)s, none if left empty. Only to those who "
            "have not answered and whose address has not changed since they were invited. Posted letters and "
            "slips get none.",
            most=MOST_REMINDERS,
        ),
    )
    languages = SelectMultipleField(
        lazy("Languages"), choices=[SelectChoice(code, lazy(words)) for code, words in TICKS.items()]
    )

    def values(self) -> dict[str, Any]:
        chosen = (self[f"channel_{place}"].data for place in range(1, len(CHANNELS) + 1))
        return {
            "channels": tuple(channel for channel in chosen if channel),
            "reminder_days": days_of(self.reminder_days.data),
            "languages": tuple(self.languages.data or ()),
        }

    def show_error(self, error: ProgrammeError) -> bool:
        """A way that stands twice is wrong where it stands the second time."""
        chosen = [self[f"channel_{place}"].data for place in range(1, len(CHANNELS) + 1)]
        again = next((at for at, one in enumerate(chosen) if one and one in chosen[:at]), None)
        if error.field != "channels" or again is None:
            return super().show_error(error)
        self[f"channel_{again + 1}"].errors = [str(error)]
        return True

    @staticmethod
    def typed_of(details: Details) -> Typed:
        padded = [*details.channels, *[""] * len(CHANNELS)][: len(CHANNELS)]
        chosen = {f"channel_{place}": [channel] for place, channel in enumerate(padded, 1)}
        days = [", ".join(map(str, details.reminder_days))]
        return chosen | {"reminder_days": days, "languages": list(details.languages)}


def days_of(text: str | None) -> tuple[int, ...]:
    """Days as people write them; -1, which no check lets pass, for what is no number."""
    return tuple(int(part) if part.isdecimal() and len(part) < 4 else -1 for part in split_ids(text))
