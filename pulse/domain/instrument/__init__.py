"""What may be asked: banks, answer scales, measures, sources and rotations, and what makes them sound.

Nothing here knows how a bank is written down: `pulse.banks.loading` makes these values from files and hands
each one the `Place` it came from, so that `check_library` can say where a mistake stands.
"""

from pulse.domain.instrument.checks import check_library
from pulse.domain.instrument.freezing import freeze_item, freeze_items, freeze_measures
from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import (
    Bank,
    Document,
    Index,
    Item,
    Pair,
    Place,
    Rotation,
    RotationWave,
    Scale,
    Section,
    Source,
    StageRule,
)
from pulse.domain.instrument.problems import Problem

__all__ = [
    "Bank",
    "Document",
    "Index",
    "Item",
    "Library",
    "Pair",
    "Place",
    "Problem",
    "Rotation",
    "RotationWave",
    "Scale",
    "Section",
    "Source",
    "StageRule",
    "check_library",
    "freeze_item",
    "freeze_items",
    "freeze_measures",
]
