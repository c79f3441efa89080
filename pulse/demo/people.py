"""The people of the invented place, and the roster file in which they arrive. One seed, one set of people."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pulse.demo.place import DOMAIN, Place, Size, list_places

Rng = np.random.Generator

ATTRIBUTES: dict[str, dict[str, float]] = {
    "Length of service": {
        "Under 2 years": 0.24,
        "2 to 5 years": 0.28,
        "6 to 10 years": 0.22,
        "Over 10 years": 0.26,
    },
    "Working pattern": {"Full time": 0.62, "Part time": 0.26, "Shifts": 0.12},
    "Grade band": {"Grades 1 to 4": 0.36, "Grades 5 to 8": 0.42, "Grades 9 to 12": 0.18, "Senior": 0.04},
    "Where you work": {"Office": 0.31, "Out and about": 0.38, "Home and office": 0.31},
}
LEADERS_GRADES = {"Grades 5 to 8": 0.30, "Grades 9 to 12": 0.52, "Senior": 0.18}

_FIRST = """
Ada Amir Anwen Bea Callum Carys Dara Deepa Dilys Efan Elin Ewan Farah Femi Finn Gwen Hana Hari Idris
Imran Iona Isla Jaya Jude Kofi Lena Leo Mabel Maya Mina Nell Nia Noor Olwen Omar Orla Owen Pearl
Priya Rafi Rhys Rosa Sami Sian Tara Tomas Uma Vera Wren Yusuf Zara
""".split()  # noqa: SIM905 - a list literal would be a line a name
_LAST = """
Alderfold Ashmarrow Barleycroft Brindlewood Cobblestead Copperfen Dapplemoor Dovetarn Elmsworthy
Fallowmere Fernhollow Gorsefield Greywater Hartsbeck Hazelbrow Inglethorn Juniperhill Kestrelby
Larkmeadow Lindenshaw Marshlight Millrace Nettlecombe Oakenbridge Otterholm Pebbleford Quillbrook
Reedmarsh Rowanlea Sandlark Sedgewater Stonechat Tansyfield Thistledown Underhay Violetbank Waxwing
Willowherb Yarrowby Yewdale
""".split()  # noqa: SIM905 - a list literal would be a line a name

_COLUMNS = ["staff number", "name", "email", "unit code", "unit name", "parent unit code", "leads people"]
#: people directly in a unit by its level: none at the top, the office of a directorate with the heads of its
#: services, none in a service itself; teams hold the rest
_DIRECT = (0, 26, 0)
_SMALLEST_TEAM = 4
#: people who have no work e-mail, so that no invitation reaches them
_WITHOUT_EMAIL = 0.03


@dataclass(frozen=True)
class Staff:
    """One invented person; `at` is the unit of the only post."""

    staff_no: str
    full_name: str
    email: str
    at: Place
    leads: bool
    attributes: dict[str, str]


def invent_people(size: Size, rng: Rng) -> list[Staff]:
    """Everybody, unit by unit; `size.people` of them unless the smallest teams already hold more."""
    places = list_places(size)
    counts = _headcounts(places, size.people, rng)
    homes = [place for place, count in zip(places, counts, strict=True) for _ in range(count)]
    first_of = {place.code: index for index, place in reversed(list(enumerate(homes)))}
    leads = [index < first_of[place.code] + _leaders_of(place) for index, place in enumerate(homes)]
    attributes = _draw_attributes(np.array(leads), rng)
    names = _draw_names(len(homes), rng)
    reached = rng.random(len(homes)) >= _WITHOUT_EMAIL
    return [
        Staff(
            staff_no=f"B{number:05d}",
            full_name=f"{first} {last}",
            email=f"{first}.{last}.{number}@{DOMAIN}".lower() if reached[index] else "",
            at=homes[index],
            leads=leads[index],
            attributes=attributes[index],
        )
        for index, (number, (first, last)) in enumerate(enumerate(names, start=1))
    ]


def _headcounts(places: list[Place], people: int, rng: Rng) -> list[int]:
    """People directly in each unit; teams share what is left unevenly, and nobody is left over."""
    fixed = [_DIRECT[place.level] if place.level < len(_DIRECT) else 0 for place in places]
    teams = [index for index, place in enumerate(places) if place.level == len(_DIRECT)]
    left = people - sum(fixed) - _SMALLEST_TEAM * len(teams)
    shares = rng.multinomial(max(0, left), rng.dirichlet(np.full(len(teams), 3.0)))
    for index, share in zip(teams, shares, strict=True):
        fixed[index] = _SMALLEST_TEAM + int(share)
    return fixed


def _leaders_of(place: Place) -> int:
    """One in each team; in a directorate's office the director, and the heads of services and deputies."""
    return (0, 9, 0, 1)[place.level]


def _draw_names(count: int, rng: Rng) -> list[tuple[str, str]]:
    first, last = rng.integers(len(_FIRST), size=count), rng.integers(len(_LAST), size=count)
    return [(_FIRST[f], _LAST[s]) for f, s in zip(first, last, strict=True)]


def _draw_attributes(leads: npt.NDArray[np.bool_], rng: Rng) -> list[dict[str, str]]:
    columns = {label: _draw(shares, leads.size, rng) for label, shares in ATTRIBUTES.items()}
    grades = _draw(LEADERS_GRADES, leads.size, rng)
    columns["Grade band"] = [
        grade if lead else other
        for lead, grade, other in zip(leads, grades, columns["Grade band"], strict=True)
    ]
    return [{label: values[index] for label, values in columns.items()} for index in range(leads.size)]


def _draw(shares: dict[str, float], count: int, rng: Rng) -> list[str]:
    return [str(value) for value in rng.choice(list(shares), size=count, p=list(shares.values()))]


def roster_csv(people: Iterable[Staff], size: Size) -> str:
    """The roster as an HR system would export it: each unit on a row of its own, then each person."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*_COLUMNS, *(f"attribute: {label}" for label in ATTRIBUTES)])
    for place in list_places(size):
        writer.writerow(["", "", "", place.code, place.name, place.parent_code, ""] + [""] * len(ATTRIBUTES))
    for one in people:
        post = [one.at.code, one.at.name, one.at.parent_code, "yes" if one.leads else "no"]
        writer.writerow([one.staff_no, one.full_name, one.email, *post, *one.attributes.values()])
    return out.getvalue()
