"""A labelled set for redaction, made anew from a seed: sentences with one planted name of a roster each.

Every name is drawn at random, typed in one of many ways, and put into one of many surroundings.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

FIRST = """
Aaliyah Abdul Adaeze Agnieszka Aisha Alasdair Al-Amin Amina Andrzej Angharad Anil Anne-Marie Beatriz Bronwen
Callum Chidi Christopher Ciarán Colette Darren David Deepika Deirdre Dimitra Ed Eilidh Eleri Elizabeth Fatima
Ffion Gareth Gethin Gurpreet Halina Hamza Harpreet Hywel Ibrahim Ifeoma Imogen Jamal Jayesh Jo José Ka-Yan
Kathleen Kwame Laszlo Leanne Li Llŷr Lorraine Małgorzata Meera Mei Michael Mohammed Moira Nadia Niamh Olufemi
Oyelaran Parveen Pavel Philippa Rashida Renée Rhiannon Roisin Sanjay Shabnam Siân Sinéad Siobhán Stephen
Sukhvinder Suki Tariq Thandiwe Tomasz Trevor Vikram Wei Winifred Xiu Yasmin Zainab Zhen Zoë
""".split()  # noqa: SIM905 - a list literal would be a line a name
#: also ordinary words or months: to be known by what stands beside them
ORDINARY_FIRST = ["Grace", "Mark", "Will", "May", "Hope", "Rose", "April", "Faith"]
LAST = """
Abernathy Adeyemi Ahmed Al-Hassan Bałucki Bancroft Begum Bevan Bhattacharya Blenkinsop Cadwaladr Cartwright
Chakraborty Cheung Chowdhury Davies D'Souza Eastwood Fairclough Fernández Gallagher Gill Goh Gruffydd Habib
Hargreaves Hussain Iqbal Ivanova Jankowski Kaur Khan Kowalczyk Kwok Lewandowska Li Llewellyn MacAllister
McBride McGrath Mensah Murphy Mukherjee Ng Nowak Nwosu O'Brien O'Neill O'Sullivan Okafor Oyelowo Parker Patel
Pritchard Quansah Ramanathan Rutherford Sandhu Sawicki Singh Smith Smith-Jones Subramaniam Szymański Taylor
Thackeray Tudor-Rhys Uddin Vasquez Venkataraman Walker Weatherby Wojcik Wong Xu Yilmaz Zhang Zielinski
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


Typed = Callable[[str, str], str]
_WHOLE: dict[str, Typed] = {
    "whole": lambda first, last: f"{first} {last}",
    "whole, lower case": lambda first, last: f"{first} {last}".lower(),
    "whole, capitals": lambda first, last: f"{first} {last}".upper(),
    "whole, possessive": lambda first, last: f"{first} {last}\u2019s",
    "surname first": lambda first, last: f"{last}, {first}",
    "surname first, no comma": lambda first, last: f"{last} {first}",
    "initial and last": lambda first, last: f"{first[0]}. {last}",
    "initial and last, no full stop": lambda first, last: f"{first[0]} {last}",
    "first and last initial": lambda first, last: f"{first} {last[0]}",
    "title and last": lambda first, last: f"Mrs {last}",
    "title and last, lower case": lambda first, last: f"dr {last}".lower(),
    "title and first": lambda first, last: f"Dr. {first}",
    "with a middle initial": lambda first, last: f"{first} J {last}",
    "without accents": lambda first, last: _without_accents(f"{first} {last}"),
    "curly apostrophe": lambda first, last: f"{first} {last}".replace("'", "\u2019"),
    "back quote for apostrophe": lambda first, last: f"{first} {last}".replace("'", "`"),
    "apostrophe left out": lambda first, last: f"{first} {last}".replace("'", ""),
    "hyphen left out": lambda first, last: f"{first} {last}".replace("-", " "),
    "hyphen as a dash": lambda first, last: f"{first} {last}".replace("-", "\u2013"),
    "as in an e-mail": lambda first, last: f"{first}.{last}".lower(),
    "in one word": lambda first, last: f"{first}{last}",
    "invisible character inside": lambda first, last: (
        f"{first[:2]}\u200b{first[2:]} {last[:3]}\u00ad{last[3:]}"
    ),
}
_SINGLE: dict[str, Typed] = {
    "first": lambda first, last: first,
    "first, possessive": lambda first, last: f"{first}'s",
    "first, apostrophe left out": lambda first, last: f"{first}s",
    "last": lambda first, last: last,
    "last, possessive": lambda first, last: f"{last}\u2019s",
}
_LOWER: dict[str, Typed] = {
    "first, lower case": lambda first, last: first.lower(),
    "last, lower case": lambda first, last: last.lower(),
}
_ORDINARY = {name.lower() for name in (*ORDINARY_FIRST, *ORDINARY_LAST)}
_ALSO_CALLED = {"David": "Dave", "Elizabeth": "Liz", "Kathleen": "Kath", "Michael": "Mike", "Philippa": "Pip"}
_ALSO_CALLED |= {"Christopher": "Chris", "Stephen": "Steve", "Trevor": "Trev", "Mohammed": "Mo"}


def _without_accents(name: str) -> str:
    return name.translate(str.maketrans("áâéëíóńłñŷ", "aaeeionlny"))


def plant_names(rng: Random, roster: list[str], count: int) -> Iterator[Labelled]:
    """Two whole names to two single ones with a capital and one without."""
    for number in range(count):
        ways = (_WHOLE, _SINGLE, _WHOLE, _SINGLE, _LOWER)[number % 5]
        way = rng.choice(list(ways))
        planted = ways[way](*_parts_of(rng.choice(roster)))
        ordinary = ways is not _WHOLE and re.sub(r"['\u2019]?s$", "", planted).lower() in _ORDINARY
        yield _in_a_sentence(rng, planted, f"{way}, an ordinary word" if ordinary else way)


def plant_unlike(rng: Random, roster: list[str], count: int) -> Iterator[Labelled]:
    """Names that stand in no roster as they are typed: short forms, one letter wrong, bare initials."""
    for number in range(count):
        first, last = _parts_of(rng.choice(roster))
        if number % 3 == 0:
            full = rng.choice([name for name in _ALSO_CALLED if any(name in one for one in roster)])
            yield _in_a_sentence(rng, _ALSO_CALLED[full], "short form")
        elif number % 3 == 1:
            yield _in_a_sentence(rng, _misspelt(rng, rng.choice([first, last])), "one letter wrong")
        else:
            yield _in_a_sentence(rng, f"{first[0]}{last[0]}", "bare initials")


def _in_a_sentence(rng: Random, planted: str, way: str) -> Labelled:
    return Labelled(rng.choice(_AROUND_NAMES).format(planted), planted, way)


def _misspelt(rng: Random, name: str) -> str:
    """A letter doubled, left out, or exchanged with the next; never the first."""
    at = rng.randrange(1, len(name))
    return rng.choice(
        [
            name[:at] + name[at - 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        ]
    )
