"""What the last release of a programme tells the forecast of its next wave, which lies below this package."""

from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.results import queries
from pulse.surveys import queries as surveys
from pulse.surveys.forecast import NOTHING_BEFORE, Before


def last_release(programme_id: int) -> Before:
    """Its combined groups, and its response rate where the results show one."""
    last = surveys.find_last_wave(programme_id)
    release = queries.find_release_before(programme_id, last.number + 1) if last else None
    if release is None:
        return NOTHING_BEFORE
    wave = surveys.get_wave(release.wave_id)
    shown = release.answered > 0 and release.eligible >= max(RATE_SHOWN_FROM, release.k)
    percent = min(100, max(1, round(100 * release.answered / release.eligible))) if shown else None
    return Before(wave.label, percent, tuple(queries.list_combined_sets(release.id)))
