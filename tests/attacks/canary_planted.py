"""Invented members of staff, each of whom can be told from everybody else by anything that is theirs.

Where each kind may stand, and nowhere else:

| kind | may stand in |
|---|---|
| name, address | the roster: its table, and administrators' roster pages; the owner's letters (address) |
| link, slip | the owner's letters, and what the owner's own browser is sent |
| browser, network | nowhere |
| words | the form handed back to their author; after the close, redacted, the table of comments |
| answers | nowhere in the clear |
"""

import string
from dataclasses import dataclass, field
from random import Random

#: every planted string has this length or more: shorter ones turn up by chance
LEAST = 12
KINDS = ("name", "address", "link", "browser", "network", "words", "answers", "slip")
_CONSONANTS, _VOWELS = "bcdfgjklmnprtvwz", "aeiou"


@dataclass
class Planted:
    """One person. `link` is known once the wave is open."""

    number: int
    name: str
    address: str
    browser: str
    network: str
    words: str
    #: chosen answers to the closed questions, by item, and as a sheet keeps them
    chosen: dict[str, str] = field(default_factory=dict)
    answers: str = ""
    link: str = ""
    #: the code on paper, for people whose address the organisation does not hold
    slip: str = ""

    def canaries(self) -> dict[str, bytes]:
        """What to look for, by kind; of an address the part before the @, written alike anywhere."""
        texts = {
            "name": self.name.split()[-1],
            "address": self.address.partition("@")[0],
            "link": self.link,
            "browser": self.browser,
            "network": self.network,
            "words": self.words,
            "answers": self.answers,
        }
        if self.slip:
            texts["slip"] = self.slip.replace(" ", "")
        assert all(len(text) >= LEAST for text in texts.values()), texts
        return {kind: text.encode() for kind, text in texts.items()}


def plant(people: int, seed: int = 1, first: int = 0) -> list[Planted]:
    """So many people, numbered from `first`; the same ones for the same seed."""
    rng = Random(seed)
    return [
        Planted(
            number=number,
            name=f"{_made_up(rng, 3).capitalize()} {_made_up(rng, 6).capitalize()}",
            address=f"{_made_up(rng, 7)}@staff.example.org",
            browser=f"Browser-{_letters(rng)}",
            # a /24 each, of the block for benchmarks (RFC 2544), all of one length
            network=f"198.18.{100 + number % 156}.{100 + number // 156}",
            words=f"w{_letters(rng)}",
        )
        for number in range(first, first + people)
    ]


def has_slip(one: Planted) -> bool:
    """Every tenth person: the roster holds no address, so no letter reaches them."""
    return one.number % 10 == 9


def roster_of(planted: list[Planted]) -> bytes:
    """The file that an administrator imports: one unit a dozen people, below one organisation."""
    lines = ["staff number,name,email,unit code,unit name,parent unit code,leads people"]
    lines.append(",,,TOP,Everywhere,,")
    for one in planted:
        unit = one.number // 12
        row = (
            f"S{one.number}",
            one.name,
            "" if has_slip(one) else one.address,
            f"U{unit}",
            f"Unit {unit}",
            "TOP",
            "no",
        )
        lines.append(",".join(row))
    return "\n".join(lines).encode()


def _made_up(rng: Random, syllables: int) -> str:
    """A word that nobody is called, of two letters a syllable."""
    return "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(syllables))


def _letters(rng: Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=LEAST))
