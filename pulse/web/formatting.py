"""Jinja filters for dates, numbers and words: one house style, in English and Welsh, times as in London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from pulse.domain.words import N_
from pulse.languages.saying import gettext, noun

LONDON = ZoneInfo("Europe/London")
MINUS = "\N{MINUS SIGN}"
_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July")),
    *(N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
#: Monday first; in Welsh with "dydd"
_WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday")),
    N_("Sunday"),
)


def format_date(value: date | datetime | None) -> str:
    """A day such as "12 October 2026"; an aware datetime is read in London; None is empty."""
    if value is None:
        return ""
    day = _in_london(value) if isinstance(value, datetime) else value
    return f"{day.day} {gettext(_MONTHS[day.month - 1])} {day.year}"


def format_weekday(day: date) -> str:
    """A day of the next weeks, such as "Monday 12 October"; a datetime as it stands."""
    return f"{gettext(_WEEKDAYS[day.weekday()])} {day.day} {gettext(_MONTHS[day.month - 1])}"


def format_datetime(value: datetime | None) -> str:
    """A moment as "12 October 2026 at 9:05am" in London; a naive value is read as UTC; None is empty."""
    if value is None:
        return ""
    local = _in_london(value)
    half = gettext("am") if local.hour < 12 else gettext("pm")
    time = f"{local.hour % 12 or 12}:{local.minute:02d}{half}"
    return gettext("%(day)s at %(time)s", day=format_date(local.date()), time=time)


def _in_london(value: datetime) -> datetime:
    return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo("UTC"))).astimezone(LONDON)


def format_number(value: float | None, places: int = 0) -> str:
    """Thousands with commas, and a true minus sign rather than a hyphen; None is empty."""
    if value is None:
        return ""
    text = f"{value:,.{places}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def format_percent(share: float | None, places: int = 0) -> str:
    """A share from 0 to 1 as "60%"; None is empty."""
    return "" if share is None else f"{format_number(share * 100, places)}%"


def format_change(value: float | None, places: int = 0) -> str:
    """A difference with its sign, as "+4", or "0" when it rounds to none; None is empty."""
    text = format_number(value, places)
    rounds_to_none = not text or text.strip("0.") == ""
    return text if rounds_to_none or text.startswith(MINUS) else f"+{text}"


def plural(count: float, one: str, many: str = "") -> str:
    """The count and its noun: "1 team", "1,088 answers"; `many` defaults to `one` + "s".

    In Welsh the noun stays singular and its first letter changes with the number: see the catalogue.
    """
    return f"{format_number(count)} {noun(one, many or one + 's', count)}"


def one_line(text: str) -> str:
    """What was typed as one line: no blanks around or doubled, no character that cannot be printed."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def init_app(app: Flask) -> None:
    """Register the filters: date, datetime, number, percent, change, plural."""
    app.jinja_env.filters.update(
        date=format_date,
        datetime=format_datetime,
        number=format_number,
        percent=format_percent,
        change=format_change,
        plural=plural,
    )
