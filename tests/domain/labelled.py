"""A labelled set for redaction, made anew from a seed: sentences with one planted name of a roster each.

Every name is drawn at random, typed in one of many ways, and put into one of many surroundings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

FIRST = """
Aaliyah Abdul Adaeze Agnieszka Aisha Alasdair Amina Andrzej Anil Beatriz Bronwen Callum Chidi Ciarán Colette
Darren Deepika Deirdre Dimitra Ed Eilidh Fatima Gareth Gurpreet Halina Hamza Ibrahim Ifeoma Imogen Jamal
Jo José Kathleen Kwame Laszlo Leanne Li Lorraine Małgorzata Meera Mei Mohammed Moira Nadia Niamh Olufemi
Oyelaran Parveen Pavel Philippa Rashida Renée Roisin Sanjay Shabnam Sinéad Stephen Suki Tariq Thandiwe
Tomasz Trevor Vikram Winifred Yasmin Zainab Zoë
""".split()  # noqa: SIM905 - a list literal would be a line a name
#: also ordinary words or months: to be known by what stands beside them
ORDINARY_FIRST = ["Grace", "Mark", "Will", "May", "Hope", "Rose", "April", "Faith"]
LAST = """
Abernathy Adeyemi Ahmed Bałucki Bancroft Begum Bhattacharya Blenkinsop Cartwright Chowdhury Davies D'Souza
Eastwood Fairclough Fernández Gallagher Gill Habib Hargreaves Hussain Iqbal Ivanova Jankowski Kaur Khan
Kowalczyk Lewandowska Llewellyn MacAllister McBride McGrath Mensah Murphy Mukherjee Ng Nowak Nwosu O'Brien
O'Neill O'Sullivan Okafor Oyelowo Parker Patel Pritchard Quansah Ramanathan Rutherford Sandhu Sawicki
Smith Smith-Jones Szymański Taylor Thackeray Uddin Vasquez Walker Weatherby Wojcik Yilmaz Zielinski
""".split()  # noqa: SIM905
ORDINARY_LAST = ["Young", "Price", "Banks", "Field", "Day", "York", "Lincoln", "Page"]

_AROUND_NAMES = (
    """
I asked {} about it and nothing came of it.|{} never listens to the team.|My manager {} is brilliant.
It was {}'s idea to move the desks.|Thanks to {}, we can talk openly now.|since {} left, nobody fills in
Speak to {} or nobody at all.|We were told by {}: no overtime.|Everyone knows that {} decides everything.
When I rang in, {} shouted at me|The rota ({} writes it) is unfair.|"{}" is all I have to say.
Give {} more time, please!|Without {} we would be lost...|Why is {} allowed to work from home?
Our team lead, {}, does listen.|{} and the others help.|Better training - ask {} - would help.
I would thank {} in person if I could.|It depends on who is in: {}, mostly.|Nobody but {} answers the phone
Last week {}'s visit cheered us up.|Not one of us trusts {}.\nThe rest is fine.|Let {} get on with the job
""".strip()
    .replace("\n", "|")
    .replace("\\n", "\n")
    .split("|")
)


@dataclass(frozen=True)
class Labelled:
    """One sentence; `planted` must not be readable in it afterwards. `way` names how it is typed."""

    text: str
    planted: str
    way: str


def make_roster(rng: Random, people: int = 600) -> list[str]:
    """Full names as a staff list has them; one in ten first and last names is an ordinary word as well."""
    names = []
    for _ in range(people):
        first = rng.choice(ORDINARY_FIRST if rng.random() < 0.1 else FIRST)
        last = rng.choice(ORDINARY_LAST if rng.random() < 0.1 else LAST)
        middle = f" {rng.choice(FIRST)}" if rng.random() < 0.1 else ""
        title = rng.choice(["Mr ", "Mrs ", "Dr "]) if rng.random() < 0.1 else ""
        names.append(f"{last}, {first}" if rng.random() < 0.1 else f"{title}{first}{middle} {last}")
    return names


def _parts_of(name: str) -> tuple[str, str]:
    """First and last name of an entry of the roster."""
    if "," in name:
        last, first = name.split(", ")
        return first, last
    words = [word for word in name.split() if word not in ("Mr", "Mrs", "Dr")]
    return words[0], words[-1]


_WHOLE: dict[str, Callable[[str, str], str]] = {
    "whole": lambda first, last: f"{first} {last}",
    "whole, lower case": lambda first, last: f"{first} {last}".lower(),
    "whole, capitals": lambda first, last: f"{first} {last}".upper(),
    "surname first": lambda first, last: f"{last}, {first}",
    "initial and last": lambda first, last: f"{first[0]}. {last}",
    "title and last": lambda first, last: f"Mrs {last}",
    "with a middle initial": lambda first, last: f"{first} J {last}",
    "without accents": lambda first, last: _without_accents(f"{first} {last}"),
    "curly apostrophe": lambda first, last: f"{first} {last}".replace("'", "\u2019"),
    "apostrophe left out": lambda first, last: f"{first} {last}".replace("'", ""),
    "hyphen left out": lambda first, last: f"{first} {last}".replace("-", " "),
    "invisible character inside": lambda first, last: (
        f"{first[:2]}\u200b{first[2:]} {last[:3]}\u00ad{last[3:]}"
    ),
}
_SINGLE: dict[str, Callable[[str, str], str]] = {
    "first": lambda first, last: first,
    "last": lambda first, last: last,
}


def _without_accents(name: str) -> str:
    return name.translate(str.maketrans("áéëíóńłñ", "aeeionln"))


def plant_names(rng: Random, roster: list[str], count: int) -> Iterator[Labelled]:
    """As many whole names as single ones; a single one of these has a capital."""
    for number in range(count):
        ways = _WHOLE if number % 2 else _SINGLE
        way = rng.choice(list(ways))
        first, last = _parts_of(rng.choice(roster))
        planted = ways[way](first, last)
        alone = way in _SINGLE and planted in (*ORDINARY_FIRST, *ORDINARY_LAST)
        around = rng.choice(_AROUND_NAMES)
        yield Labelled(around.format(planted), planted, f"{way}, an ordinary word" if alone else way)
