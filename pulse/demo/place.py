"""An invented place: a council with its NHS and voluntary partners. Every name here is made up."""

from collections.abc import Iterator
from dataclasses import dataclass

ORGANISATION = "Brackenmere Together"
PURPOSE = (
    "Brackenmere works with people and places on what is strong, not on what is wrong. We ask every three "
    "months how that feels from the inside: what you may do, what holds you back, what we should build on."
)
DOMAIN = "brackenmere.example"

#: directorate -> service -> teams
TREE: dict[str, dict[str, tuple[str, ...]]] = {
    "Adult Social Care": {
        "Reablement and Home Care": (
            "Reablement North",
            "Reablement South",
            "Home Care Days",
            "Home Care Nights",
        ),
        "Older People": ("Hospital Discharge", "Social Work North", "Social Work South", "Care Reviews"),
        "Learning Disability": ("Supported Living", "Day Opportunities", "Shared Lives"),
        "Mental Health": ("Approved Practitioners", "Recovery Team", "Carer Support"),
    },
    "Children and Families": {
        "Early Help": ("Family Hubs North", "Family Hubs South", "Parenting Support"),
        "Children's Social Work": (
            "Assessment Team",
            "Court Team",
            "Family Safeguarding",
            "Disabled Children",
        ),
        "Children in Care": ("Fostering", "Adoption Support", "Leaving Care", "Virtual School"),
        "Schools and Learning": ("School Admissions", "Special Needs Casework", "Education Welfare"),
    },
    "Homes and Neighbourhoods": {
        "Tenancy Services": ("Tenancy North", "Tenancy South", "Rent and Income", "Sheltered Housing"),
        "Repairs": ("Responsive Repairs", "Planned Works", "Empty Homes", "Gas and Electrical"),
        "Housing Options": ("Homelessness Prevention", "Lettings", "Temporary Homes"),
        "Community Safety": ("Neighbourhood Wardens", "Antisocial Behaviour"),
    },
    "Places and Environment": {
        "Waste and Streets": ("Refuse East", "Refuse West", "Street Cleaning", "Recycling Centres"),
        "Parks and Green Spaces": ("Grounds North", "Grounds South", "Park Rangers"),
        "Planning and Building": ("Development Control", "Planning Policy", "Building Control"),
        "Highways": ("Highway Repairs", "Street Lighting", "Traffic and Parking"),
    },
    "Resources and Digital": {
        "Customer Services": ("Contact Centre", "Benefits", "Council Tax"),
        "Finance": ("Accountancy", "Payments", "Procurement"),
        "People and Change": ("HR Advice", "Learning and Development", "Payroll"),
        "Digital": ("Service Desk", "Web and Data", "Networks"),
    },
    "Brackenmere Community NHS": {
        "Community Nursing": ("District Nursing East", "District Nursing West", "Night Nursing"),
        "Therapies": ("Physiotherapy", "Occupational Therapy", "Speech and Language"),
        "Children's Health": ("Health Visiting", "School Nursing", "Community Paediatrics"),
        "Urgent Response": ("Two-Hour Response", "Virtual Ward"),
    },
    "Voluntary Partners": {
        "Neighbourhood Network": ("Befriending", "Community Transport", "Lunch Clubs"),
        "Advice and Money": ("Debt Advice", "Energy Advice", "Welfare Advice"),
        "Wellbeing Hub": ("Social Prescribing", "Carers Centre"),
    },
}


@dataclass(frozen=True)
class Size:
    """How much of the place is built. The default is all of it; tests build a corner.

    `directorates`, `services` and `teams` keep the first so many of each list.
    """

    people: int = 1800
    past_waves: int = 10
    directorates: int = 7
    services: int = 4
    teams: int = 4


@dataclass(frozen=True)
class Place:
    """One unit of the tree; level 0 is the top. `path` names the units above it and itself, top first."""

    code: str
    name: str
    parent_code: str
    path: tuple[str, ...]

    @property
    def level(self) -> int:
        return len(self.path) - 1


def list_places(size: Size) -> list[Place]:
    """Every unit, parents before children."""
    return list(_walk(size))


def _walk(size: Size) -> Iterator[Place]:
    top = Place("BT", ORGANISATION, "", (ORGANISATION,))
    yield top
    for d, (directorate, services) in enumerate(list(TREE.items())[: size.directorates], start=1):
        below = _inside(top, f"D{d}", directorate)
        yield below
        for s, (service, teams) in enumerate(list(services.items())[: size.services], start=1):
            inner = _inside(below, f"D{d}-S{s}", service)
            yield inner
            for t, team in enumerate(teams[: size.teams], start=1):
                yield _inside(inner, f"D{d}-S{s}-T{t}", team)


def _inside(parent: Place, code: str, name: str) -> Place:
    return Place(code, name, parent.code, (*parent.path, name))
