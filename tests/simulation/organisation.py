"""Fifteen surveys of one organisation in three zones: weekly, fortnightly, monthly and quarterly."""

from collections.abc import Sequence
from datetime import date
from random import Random

from pulse.db import db, writing
from pulse.directory.models import Person, Post, Unit
from pulse.surveys.models import Programme
from tests.results.factories import ANCHORS
from tests.simulation.calendar import QUIET

#: each zone, and whose bank holidays are kept there
ZONES = (("Europe/London", "ENG"), ("America/New_York", ""), ("Australia/Sydney", ""))
#: rule, days open, reminders, cohorts, hour of opening
RHYTHMS = {
    "weekly": ("FREQ=WEEKLY;BYDAY=MO", 4, [2], 1, 9),
    "each Friday": ("FREQ=WEEKLY;BYDAY=FR", 5, [3], 3, 11),
    "fortnightly": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 7, [2, 4], 1, 2),
    "monthly": ("FREQ=MONTHLY;BYMONTHDAY=25", 10, [3, 6, 8], 2, 7),
    "quarterly": ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU", 14, [4, 7], 1, 17),
}
STARTS_ON = date(2026, 1, 5)
_ROTATION = [[*ANCHORS, "POW-05", "POW-01", "LET-01"], [*ANCHORS, "POW-02", "POW-03"]]


def found(rng: Random, zones: Sequence[tuple[str, str]]) -> None:
    """Everybody, in units of 3 to 7 below one top a survey, and the surveys."""
    with writing():
        for zone, nation in zones:
            for rhythm in RHYTHMS:
                name = f"Programme {rhythm} {zone.partition('/')[2]}"
                nation_of_it = "NIR" if nation and rhythm == "monthly" else nation
                _add_programme(name, rhythm, zone, nation_of_it, _add_people(name, rng))


def _add_programme(name: str, rhythm: str, zone: str, nation: str, top_id: int) -> None:
    rule, open_days, reminder_days, cohorts, hour = RHYTHMS[rhythm]
    db.session.add(
        Programme(
            name=name,
            purpose="To be simulated.",
            organisation="Everywhere",
            rotation=_ROTATION,
            rule=rule,
            starts_on=STARTS_ON,
            opens_at_hour=hour,
            zone=zone,
            open_days=open_days,
            reminder_days=reminder_days,
            nation=nation,
            quiet_periods=QUIET,
            cohorts=cohorts,
            audience_unit_id=top_id,
            k=5,
        )
    )


def _add_people(name: str, rng: Random) -> int:
    """Four to six units; of everybody about one in thirty is refused, and as many have no address."""
    top = _add_unit(name, None)
    for number in range(rng.randint(4, 6)):
        unit_id = _add_unit(f"{name} {number}", top)
        for member in range(rng.randint(3, 7)):
            code = f"{name.replace(' ', '-')}-{number}-{member}".lower().replace("_", "")
            chance = rng.random()
            prefix = "refused" if chance < 0.03 else "p"
            address = None if chance > 0.97 else f"{prefix}.{code}@example.org"
            person = Person(staff_no=code, full_name=f"Member {code}", email=address, leads=member == 0)
            db.session.add(person)
            db.session.flush()
            db.session.add(Post(person_id=person.id, unit_id=unit_id, main=True))
    return top


def _add_unit(code: str, parent_id: int | None) -> int:
    unit = Unit(code=code, name=f"Unit {code}", parent_id=parent_id)
    db.session.add(unit)
    db.session.flush()
    return unit.id
