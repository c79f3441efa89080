"""What the simulated surveys ask, and how it is scored: written down again by hand.

Nothing here is read from the question banks, so that a slip there, or in the scoring, shows as bias.
"""

from dataclasses import dataclass

PTA = {
    "licence": ("PTA-01", "PTA-02", "PTA-03"),
    "room": ("PTA-04", "PTA-05"),
    "learning": ("PTA-06", "PTA-07", "PTA-08"),
    "trust": ("PTA-09", "PTA-10"),
}
TAA = ("TAA-E1", "TAA-E2", "TAA-E3", "TAA-E4", "TAA-E5", "TAA-E6", "TAA-G1", "TAA-G2")
EXPERIENCED = TAA[:6]
EXPECTED = ("TAA-X1", "TAA-X2", "TAA-X3", "TAA-X4", "TAA-X5", "TAA-X6")
POW = ("POW-01", "POW-02", "POW-03", "POW-04", "POW-05")
HOPE, WORRY = "AMB-P1", "AMB-N1"
STAGES = {
    "reframing": ("TOC-R1", "TOC-R2", "TOC-R3", "TOC-R4"),
    "recognising": ("TOC-G1", "TOC-G2", "TOC-G3", "TOC-G4"),
    "mobilising": ("TOC-M1", "TOC-M2", "TOC-M3", "TOC-M4"),
    "coproducing": ("TOC-C1", "TOC-C2", "TOC-C3", "TOC-C4"),
}
PTA_ITEMS = tuple(item for facet in PTA.values() for item in facet)
TOC_ITEMS = tuple(item for stage in STAGES.values() for item in stage)

REVERSED = {"PTA-07", "PTA-09", "TAA-G2", "POW-05"}
#: these may be answered with "does not apply to me"
NOT_FOR_ALL = {"POW-03", "TOC-G1", "TOC-G2", "TOC-G4", "TOC-M1", "TOC-M2", "TOC-M3"} | {
    *STAGES["coproducing"],
    *EXPECTED,
}
#: what is asked about with other questions than those of the same letters
_PART_OF = {item: stage for stage, items in STAGES.items() for item in items}
_PART_OF |= dict.fromkeys(EXPECTED, "expected")


@dataclass(frozen=True)
class Question:
    """`part` names what in a person it asks about; `feeling` questions count from 0, the others from 1."""

    id: str
    part: str
    reverse: bool
    not_for_all: bool
    feeling: bool

    def character(self, steps: int) -> str:
        """What a sheet holds for an answer `steps` (0 to 4) towards the favourable end."""
        if self.feeling:
            return str(steps)
        return str(5 - steps if self.reverse else 1 + steps)


def question(item: str) -> Question:
    """A question by its id."""
    feeling = item in (HOPE, WORRY)
    part = item if feeling else _PART_OF.get(item, item.partition("-")[0])
    return Question(item, part, item in REVERSED, item in NOT_FOR_ALL, feeling)
