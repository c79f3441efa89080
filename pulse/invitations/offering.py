"""The languages of the survey that a link or code leads to, wherever that link stands now.

Which one somebody reads stands in the address of their page alone, and is kept nowhere.
"""

from pulse.domain.sheets import Plan
from pulse.invitations.queries import Entry
from pulse.languages.choosing import offer
from pulse.surveys.languages import languages_of
from pulse.surveys.plans import plan_named


def plan_behind(entry: Entry | None) -> Plan:
    """What a link's wave froze; nothing of a link that leads nowhere, or of a wave that has not opened."""
    if entry is None or entry.plan_sha256 is None:
        return {}
    return plan_named(entry.wave_id, entry.plan_sha256)


def offer_of(entry: Entry | None) -> None:
    """This page may be read in the languages of the link's wave."""
    offer(languages_of(plan_behind(entry)))
