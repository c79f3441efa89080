"""The columns of a roster file: what each is called, which must be there, and a template to start from.

One row is one post. A person with several posts has several rows; the first is the main one unless a
"main post" column says otherwise. A unit without people of its own has a row without a staff number.

| column | must be there | holds |
|---|---|---|
| staff number | yes | one per person, the same on every row of that person |
| name | yes | full name; or two columns, first name and last name |
| email | yes, may be blank | work e-mail; blank for people who have none |
| unit code | yes | the unit of this post |
| unit name | no | what people call that unit |
| parent unit code | no | the unit above it; blank at the top |
| main post | no | yes on the main post of a person with several |
| leads people | no | yes for people who lead a team |
| mobile number | no | where texts go; UK numbers need no country code |
| address line 1 to 4, town, county, postcode | no | where letters by post go; read if line 1 is there |
| attribute: ... | no, at most four | for example "attribute: Length of service" |

The tree may also come in a second file with the columns unit code (or code), unit name (or name) and
parent unit code (or parent code); the roster's own unit name and parent columns are then left unread.
ESR's "Org L1", "Org L2", ... may stand in place of the unit columns: each level is the parent of the next.
Headings match in any case, with spaces, dashes or underscores. Other columns are ignored and never kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_ATTRIBUTES = 4
ATTRIBUTE_PREFIX = "attribute"

#: field -> headings that mean it, best first: when a file has several, the first listed is read
ROSTER_HEADINGS: dict[str, tuple[str, ...]] = {
    "staff number": (
        "staff number",
        "staff no",
        "staff id",
        "employee number",
        "employee no",
        "employee id",
        "personal reference",
        "person reference",
        "personal ref",
        "payroll number",
        "assignment number",
    ),
    "name": ("name", "full name", "employee name", "display name", "staff name"),
    "first name": ("first name", "known as", "preferred name", "forename", "forenames", "given name"),
    "last name": ("last name", "surname", "family name"),
    "email": ("email", "e mail", "work email", "email address", "work email address", "e mail address"),
    "unit code": (
        "unit code",
        "unit reference",
        "org unit code",
        "org unit reference",
        "organisation code",
        "team code",
        "cost centre",
        "unit",
        "org unit",
        "organisation",
        "organization",
    ),
    "unit name": (
        "unit name",
        "org unit name",
        "organisation name",
        "team name",
        "cost centre description",
    ),
    "parent unit code": (
        "parent unit code",
        "parent unit reference",
        "parent org unit reference",
        "parent organisation code",
        "parent code",
        "parent unit",
        "parent",
    ),
    "main post": ("main post", "primary assignment", "primary post", "main job", "primary", "main"),
    "leads people": ("leads people", "people manager", "manager flag", "is manager", "leads"),
    "mobile number": (
        "mobile number",
        "mobile",
        "mobile phone",
        "mobile phone number",
        "mobile no",
        "mobile telephone",
        "mobile telephone number",
        "work mobile",
        "work mobile number",
        "personal mobile",
        "home mobile",
    ),
    **{
        f"post line {line}": (
            f"address line {line}",
            f"home address line {line}",
            f"address {line}",
            f"addr line {line}",
            f"address line{line}",
            f"post address {line}",
        )
        for line in range(1, 5)
    },
    "post town": ("town", "post town", "town or city", "town/city", "city", "address town", "home town"),
    "post county": ("county", "address county"),
    "postcode": ("postcode", "post code", "home postcode", "address postcode", "postal code"),
}
UNITS_HEADINGS: dict[str, tuple[str, ...]] = {
    "unit code": ("code", *ROSTER_HEADINGS["unit code"]),
    "unit name": ("name", *ROSTER_HEADINGS["unit name"]),
    "parent unit code": ROSTER_HEADINGS["parent unit code"],
}

#: the longest value that each field keeps, as the tables do
MAX_LENGTH = {
    "staff number": 80,
    "name": 200,
    "first name": 100,
    "last name": 99,
    "email": 254,
    "mobile number": 40,
    "unit code": 80,
    "unit name": 200,
    "parent unit code": 80,
    "attribute": 80,
}

_TEMPLATE = """\
staff number,name,email,unit code,unit name,parent unit code,main post,leads people,\
mobile number,address line 1,town,postcode,attribute: Length of service,attribute: Working pattern
,,,COUNCIL,Whole council,,,,,,,,,
,,,ADULTS,Adult services,COUNCIL,,,,,,,,
1001,Sample Person One,one@example.org,ADULTS-N,Adults north,ADULTS,yes,yes,,,,,5 to 10 years,Full time
1002,Sample Person Two,two@example.org,ADULTS-N,Adults north,ADULTS,yes,no,,,,,Under 2 years,Part time
1002,Sample Person Two,two@example.org,ADULTS-S,Adults south,ADULTS,no,no,,,,,Under 2 years,Part time
1003,Sample Person Three,,ADULTS-S,Adults south,ADULTS,yes,no,07700 900123,,,,2 to 5 years,Full time
1004,Sample Person Four,,ADULTS-S,Adults south,ADULTS,yes,no,,1 Sample Road,Sampleton,ZZ1 1ZZ,,Part time
"""


def template_csv() -> str:
    """A small roster that imports as it stands, to be filled in by an HR officer."""
    return _TEMPLATE


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a row (0 is the first cell), and the headings nobody reads."""

    at: dict[str, int]
    levels: tuple[int, ...] = ()
    attributes: dict[int, str] = field(default_factory=dict)  # cell -> label
    repeated: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def match_headings(headings: Sequence[str], known: dict[str, tuple[str, ...]]) -> Columns:
    """Recognise the columns of a heading line."""
    plain = [_plain(heading) for heading in headings]
    at = {}
    for name, synonyms in known.items():
        found = next((synonym for synonym in synonyms if synonym in plain), None)
        if found is not None:
            at[name] = plain.index(found)
    if "post line 1" not in at:  # a town or county without a street is where somebody works
        at = {name: cell for name, cell in at.items() if not is_postal(name)}
    attributes = {cell: label for cell, text in enumerate(headings) if (label := _attribute_label(text))}
    levels = _levels(plain)
    used = {*at.values(), *attributes, *levels}
    return Columns(
        at=at,
        levels=levels,
        attributes=attributes,
        repeated=tuple(headings[cell].strip() for cell in sorted(used) if plain.count(plain[cell]) > 1),
        ignored=tuple(
            text.strip() for cell, text in enumerate(headings) if cell not in used and text.strip()
        ),
    )


def is_postal(name: str) -> bool:
    """Whether a field is part of a postal address."""
    return name.startswith("post")


def attribute_code(label: str) -> str:
    """The code under which an attribute is kept; empty when the label has no letter or digit."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40].strip("_")


def _plain(heading: str) -> str:
    """Lower case, single spaces: "E-Mail_Address" and "e mail address" are one heading."""
    return re.sub(r"[\s_\-.]+", " ", heading).strip().lower()


def _attribute_label(heading: str) -> str:
    prefix, colon, label = heading.partition(":")
    return label.strip() if colon and _plain(prefix) == ATTRIBUTE_PREFIX else ""


def _levels(plain: Sequence[str]) -> tuple[int, ...]:
    """The cells of "org l1", "org l2", ... in order of level."""
    numbered = [(int(match[1]), cell) for cell, text in enumerate(plain) if (match := _LEVEL.match(text))]
    return tuple(cell for _, cell in sorted(numbered))


_LEVEL = re.compile(r"org (?:l|level )(\d{1,2})$")
