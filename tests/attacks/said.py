"""What one person sends, as the attackers' judge remembers it. No attacker is given it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """`choices` is item -> option code; `sheet` the same codes in the order asked, as one string."""

    person_id: int
    unit_id: int
    token: str
    choices: dict[str, str]
    comment: str

    @property
    def sheet(self) -> str:
        return "".join(self.choices.values())
