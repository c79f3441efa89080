"""The labelled set's numbers and addresses: drawn at random, in one of the ways in which people type them."""

from collections.abc import Callable, Iterator
from random import Random

from pulse.domain.redaction_numbers import is_nhs_number
from tests.domain.labelled import Labelled

STAFF_NUMBERS = [f"HC{number:05d}" for number in range(310, 900, 7)]
#: what people write before a number that has no shape of its own; it stays
LABELS = [
    "payroll ",
    "payroll number ",
    "payroll no. ",
    "payroll: ",
    "payroll ref ",
    "employee number ",
    "emp no ",
]
LABELS += ["staff no: ", "staff ID ", "assignment number ", "pay number is ", "works no. ", "ID card "]
EXTENSIONS = ["ext ", "ext. ", "Ext", "extn ", "extension ", "extension: ", "ext. no. ", "x", "bleep "]
_AROUND_NUMBERS = (
    """
Call me on {} if you want to know more.|My number is {}.|{} is where you find me.|Write to me: {}
it says {} on the letter and nobody reads it|I left {} with reception (twice).|See {}, it is all there.
The case with {} was closed without a word.|Details: {}; nobody came back to me.|"{}" is what I was given.
Please check {}!|They lost {} again, third time this year.|We share {} between four of us
""".strip()
    .replace("\n", "|")
    .split("|")
)


def plant_numbers(rng: Random, count: int) -> Iterator[Labelled]:
    for _ in range(count):
        way = rng.choice(list(_NUMBERS))
        planted = _NUMBERS[way](rng)
        yield Labelled(rng.choice(_AROUND_NUMBERS).format(planted), planted, way)


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _phone(rng: Random) -> str:
    end = _digits(rng, 6)
    mobile = f"07{rng.choice('345789')}{_digits(rng, 2)}"
    land = rng.choice(["0113", "0121", "0161", "0115", "0191"])
    return rng.choice(
        [
            f"{mobile} {end}",
            f"{mobile}{end}",
            f"{mobile} {end[:3]} {end[3:]}",
            f"{mobile}-{end[:3]}-{end[3:]}",
            f"+44 {mobile[1:]} {end}",
            f"+44 (0){mobile[1:]} {end}",
            f"0044{mobile[1:]}{end}",
            f"{land} 4{end[:2]} {_digits(rng, 4)}",
            f"({land}) 4{end}",
            f"020 7{_digits(rng, 3)} {_digits(rng, 4)}",
            f"{land}.4{end[:2]}.{_digits(rng, 4)}",
            f"{land} 4{end[:2]} {_digits(rng, 4)} ext {_digits(rng, 3)}",
            f"({mobile}) {end}",
            f"{mobile}.{end[:3]}.{end[3:]}",
            " ".join(f"{mobile}{end}"),
            f"44 {mobile[1:]} {end}",
            f"{land}/4{end}",
        ]
    )


def _extension(rng: Random) -> str:
    return rng.choice(EXTENSIONS) + rng.choice("123456789") + _digits(rng, 3)


def _nhs(rng: Random) -> str:
    digits = ""
    while not is_nhs_number(digits):
        digits = rng.choice("4679") + _digits(rng, 9)
    gap = rng.choice(["", " ", "-", "."])
    return gap.join((digits[:3], digits[3:6], digits[6:]))


def _ni(rng: Random) -> str:
    letters = rng.choice("ABCEGHJKLMNPRSTWXYZ") + rng.choice("ABCEGHJKLMNPRSTWXYZ")
    gap = rng.choice(["", " ", "-", ".", "/"])
    typed = gap.join((letters, _digits(rng, 2), _digits(rng, 2), _digits(rng, 2), rng.choice("ABCD")))
    if not gap and rng.random() < 0.5:
        typed = f"{typed[:2]} {typed[2:8]} {typed[8]}"
    return typed.lower() if rng.random() < 0.3 else typed


def _postcode(rng: Random) -> str:
    area = rng.choice(["LS", "M", "B", "SW", "EC", "CF", "G", "BT", "NE", "PE"])
    out = area + str(rng.randint(1, 28)) if area != "EC" else f"EC{rng.randint(1, 4)}{rng.choice('AMV')}"
    inward = rng.choice("0123456789") + "".join(rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    typed = out + rng.choice([" ", "", "  ", "-"]) + inward
    return (
        typed.lower() if rng.random() < 0.3 and inward[1:].lower() not in ("st", "nd", "rd", "th") else typed
    )


def _email(rng: Random) -> str:
    user = rng.choice(["j.okoro", "zainab_k", "p-lane.3", "rota", "tom.o'dell"]) + _digits(rng, 1)
    domain = rng.choice(["council.gov.uk", "nhs.net", "example.org", "mail.example.co.uk"])
    spelled = f"{user} at {domain.replace('.', ' dot ')}"
    hidden = [f"{user} (at) {domain}", f"{user}[at]{domain}", f"{user} at {domain}", f"{user} @ {domain}"]
    hidden.append(f"{user}(at){domain.replace('.', '(dot)')}")
    return rng.choice([f"{user}@{domain}", f"{user}@{domain}".upper(), spelled, *hidden])


def _web(rng: Random) -> str:
    site = rng.choice(["teamtalk.org", "our-rota.co.uk", "union.example.net"])
    more = f"/{rng.choice(['who', 'u/77', 'posts?id=12'])}"
    return rng.choice([f"https://{site}{more}", f"www.{site}", f"{site}{more}", f"http://{site}"])


def _staff_number(number: str, rng: Random) -> str:
    typed = number[:2] + rng.choice(["", "", " ", "-"]) + number[2:]
    return typed.lower() if rng.random() < 0.5 else typed


_NUMBERS: dict[str, Callable[[Random], str]] = {
    "phone": _phone,
    "NHS number": _nhs,
    "National Insurance number": _ni,
    "postcode": _postcode,
    "e-mail": _email,
    "web address": _web,
    "staff number": lambda rng: _staff_number(rng.choice(STAFF_NUMBERS), rng),
    "payroll number": lambda rng: f"{rng.choice(LABELS)}{rng.randint(1000, 99999)}",
    "extension": _extension,
    "long number": lambda rng: _digits(rng, rng.randint(7, 12)).replace("0", "1"),
}
