"""What a programme's page tells beside its settings: its dates, its waves, and whether the worker runs."""

from datetime import datetime, timedelta
from typing import Any

from pulse.languages.saying import gettext as _
from pulse.surveys import wizard_pages, wizard_words
from pulse.surveys.clock_queries import find_beat
from pulse.surveys.details import details_of
from pulse.surveys.models import Wave
from pulse.surveys.overview import ProgrammePage
from pulse.surveys.planning import reminders_of
from pulse.web.formatting import format_datetime

#: a worker that was not seen for so long most likely stands still: it ticks every minute
SEEN_WITHIN = timedelta(minutes=5)


def worker_notice(now: datetime) -> str:
    """That the worker stands still and how to start it; empty while it runs."""
    seen = find_beat()
    if seen is None:
        return _("No worker has been seen yet. Nothing opens before you start it with `pulse worker`.")
    if now - seen <= SEEN_WITHIN:
        return ""
    when = format_datetime(seen)
    return _("The worker was last seen %(when)s: start it with `pulse worker`.", when=when)


def programme_extras(page: ProgrammePage) -> dict[str, Any]:
    """Values for the page's template."""
    programme = page.programme
    return {
        "lines": wizard_words.describe(details_of(programme), programme.rotation),
        "dates": wizard_pages.date_rows(programme, page.number, page.openings),
        "reminders": reminder_words(page),
        "closed_days": wizard_words.CLOSED_DAYS_RULE,
        "wave_rows": wizard_pages.wave_rows(programme, wizard_pages.cycle_numbers(programme, page.number)),
        "wave_headings": wizard_pages.wave_headings(programme),
        "coverage": wizard_pages.coverage_values(programme),
    }


def wave_reminders(wave: Wave) -> list[str]:
    """When the reminders of a wave go: as set when it opened, or as they would be set."""
    of = wave.programme
    if wave.plan_sha256 is not None:
        moments = [datetime.fromisoformat(moment) for moment in wave.remind_at]
    else:
        moments = reminders_of(of, wave.opens_at, wave.closes_at)
    return [wizard_pages.moment_words(moment, of.zone) for moment in moments]


def reminder_words(page: ProgrammePage) -> list[str]:
    """When the reminders of the next opening would go."""
    of = page.programme
    return [
        wizard_pages.moment_words(moment, of.zone)
        for opening in page.openings[:1]
        for moment in reminders_of(of, opening.opens_at, opening.closes_at)
    ]
