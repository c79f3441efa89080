"""What is true of the invented council, planted in how its people feel; the dashboards have to find it.

People answer from these shifts (`attitudes`); nothing else in the demo knows them. Tests compare each fact
with the released figures.
"""

from dataclasses import dataclass

#: what results are also shown by: codes of attributes of the staff list, and a pair of them
DECLARED = ("length_of_service", "working_pattern")
CROSSED = (("length_of_service", "working_pattern"),)

#: facets of permission to act, and dimensions, by the section ids of the question banks
LICENCE, ROOM = frozenset({"licence"}), frozenset({"room"})
PERMISSION = frozenset({"licence", "room", "learning", "trust"})

#: told "you have permission", but given no time
TOLD = "Reablement and Home Care"
#: most people here are hopeful and worried at once
TORN = "Children and Families"
#: half the people here are hopeful, the other half worried
SPLIT = "Homes and Neighbourhoods"
#: permission to act rises slowly here once an action was done
RISING = "Places and Environment"

#: the action of RISING was done after this wave
ACTION_WAVE = 5
RISE_A_WAVE = 2.9
#: how much rosier people who lead see what they and staff were both asked, in points
LEADERS_ROSIER = 20.0
STRONG, WEAK = "relationships", "power"


@dataclass(frozen=True)
class Shift:
    """Points (0 to 100) added to every answer on `sections` of people in `place` (a unit's name).

    `rise` is added once for each wave after wave `after`; "" as place is everyone.
    """

    place: str
    sections: frozenset[str]
    points: float = 0.0
    rise: float = 0.0
    after: int = 0

    def at(self, wave: int) -> float:
        """Points added in wave `wave` (from 1)."""
        return self.points + self.rise * max(0, wave - self.after)


@dataclass(frozen=True)
class Fact:
    """A planted fact as a reader should find it. `unit` "" is the whole organisation."""

    id: str
    unit: str
    measures: tuple[str, ...]
    says: str


SHIFTS = (
    Shift(TOLD, LICENCE, points=24.0),
    Shift(TOLD, ROOM, points=-28.0),
    Shift(RISING, PERMISSION, points=-3.0),
    Shift(RISING, PERMISSION, rise=RISE_A_WAVE, after=ACTION_WAVE),
    Shift(RISING, frozenset({"survey_trust"}), rise=3.0, after=ACTION_WAVE),
)

FACTS = (
    Fact(
        "told",
        TOLD,
        ("PTA.licence:level", "PTA.room:level"),
        "People are told that they have permission, and are given no time to use it.",
    ),
    Fact("torn", TORN, ("AMB", "AMB.mixed"), "Most people are both hopeful and worried."),
    Fact("split", SPLIT, ("AMB",), "Half the people are hopeful and half are worried, few are both."),
    Fact("rosier", "", ("GAP",), "People who lead see things 15 to 20 points rosier than staff do."),
    Fact("rise", RISING, ("PTA",), "Permission to act rises by 2 to 3 points a wave after an action."),
    Fact("strong", "", ("REL:level",), "Relationships are the strongest of the six dimensions."),
    Fact("weak", "", ("POW:level",), "Power is the weakest of the six dimensions."),
)
