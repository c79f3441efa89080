"""How else a person is reached: a mobile number as E.164 writes it, and the lines of an envelope.

Only the worker uses them, to send letters. No page, list or export shows them, and no result stands beside
them. They leave the database on the day that their person leaves the staff list.
"""

import re

from pulse.domain.words import N_

#: what people write between the figures of a number; anything else is two numbers, a word or an extension
_NUMBER = re.compile(r"[\d\s+().\-\N{NON-BREAKING HYPHEN}\N{EN DASH}]+")
#: Ofcom keeps these for drama and examples: they are mobile numbers in form, and nobody has one
_EXAMPLE = re.compile(r"\+447700900\d{3}")
_HOME = "GB"
#: UK postcodes as BS 7666 has them, and BFPO's; the space may be missing
_POSTCODE = re.compile(r"((?:[A-Z]{1,2}\d[A-Z\d]?)|GIR|BF1|BX\d)\s*(\d[A-Z]{2})", re.ASCII)
#: GOV.UK Notify prints seven lines, of which the first is the name
MOST_LINES = 6
#: its printers take no line that begins with one of these
_NO_BEGINNING = '@()=[]"”\\/,<>'
_NO_NUMBER = N_(
    "the mobile number of staff number “%(person)s” is not a telephone number: correct it, or leave it blank."
)
_NO_MOBILE = N_(
    "the mobile number of staff number “%(person)s” is not a mobile number that takes texts: correct it, or "
    "leave it blank."
)
_NO_LINE = N_(
    "the address of staff number “%(person)s” has no first line: fill it in, or leave the whole address "
    "blank."
)
_NO_POSTCODE = N_(
    "the address of staff number “%(person)s” has no UK postcode: fill it in, or leave the whole address "
    "blank."
)
_NOT_PRINTABLE = N_(
    "the address of staff number “%(person)s” has a line that cannot be printed: begin each line with a "
    "letter or figure."
)
LINES = ("post line 1", "post line 2", "post line 3", "post line 4", "post town", "post county")


class BadContact(ValueError):
    """A number or address that no letter would reach. The message says what is wrong and how to mend it, with
    %(person)s for the staff number; it is said through the catalogue.
    """


def read_phone(given: str) -> str:
    """A mobile number as E.164, "" for none; raises BadContact. UK numbers need no country code."""
    if not given:
        return ""
    # large; and only this command or request needs it
    from phonenumbers import (  # noqa: PLC0415
        NumberParseException,
        PhoneNumberFormat,
        PhoneNumberType,
        format_number,
        number_type,
        parse,
    )

    try:
        number = parse(given if _NUMBER.fullmatch(given) else "", _HOME)
    except NumberParseException:
        raise BadContact(_NO_NUMBER) from None
    phone = format_number(number, PhoneNumberFormat.E164)
    mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if number_type(number) not in mobile and not _EXAMPLE.fullmatch(phone):
        raise BadContact(_NO_MOBILE)
    return phone


def read_post(cells: list[str], at: dict[str, int]) -> str:
    """Two to six lines, the postcode last, "" for none; raises BadContact."""
    lines = [cells[at[field]].strip(" ,") for field in LINES if field in at]
    lines = [line for line in lines if line]
    given = cells[at["postcode"]] if "postcode" in at else ""
    if not lines and not given:
        return ""
    # a letter such as ß becomes two in upper case, which would make a postcode of another text
    postcode = _POSTCODE.fullmatch(given.upper().strip()) if given.isascii() else None
    if postcode is None or not lines:
        raise BadContact(_NO_POSTCODE if lines else _NO_LINE)
    if any(line[0] in _NO_BEGINNING or not any(map(str.isalnum, line)) for line in lines):
        raise BadContact(_NOT_PRINTABLE)
    return "\n".join([*_fitted(lines), f"{postcode[1]} {postcode[2]}"])


def _fitted(lines: list[str]) -> list[str]:
    """One line less than an envelope holds, for the postcode: the last ones share a line if need be."""
    kept = MOST_LINES - 2
    return lines if len(lines) < MOST_LINES else [*lines[:kept], ", ".join(lines[kept:])]
