"""How else a person is reached: a mobile number as E.164 writes it, and the lines of an envelope.

Only the worker uses them, to send letters. No page, list or export shows them, and no result stands beside
them. They leave the database on the day that their person leaves the staff list.
"""

import re

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
LINES = ("post line 1", "post line 2", "post line 3", "post line 4", "post town", "post county")


class BadContact(ValueError):
    """A number or address that no letter would reach; the message says what is wrong and how to mend it."""


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
        raise BadContact("is not a telephone number: correct it, or leave it blank.") from None
    phone = format_number(number, PhoneNumberFormat.E164)
    mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if number_type(number) not in mobile and not _EXAMPLE.fullmatch(phone):
        raise BadContact("is not a mobile number that takes texts: correct it, or leave it blank.")
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
        wanted = "first line" if not lines else "UK postcode"
        raise BadContact(f"has no {wanted}: fill it in, or leave the whole address blank.")
    if any(line[0] in _NO_BEGINNING or not any(map(str.isalnum, line)) for line in lines):
        raise BadContact("has a line that cannot be printed: begin each line with a letter or figure.")
    return "\n".join([*_fitted(lines), f"{postcode[1]} {postcode[2]}"])


def _fitted(lines: list[str]) -> list[str]:
    """One line less than an envelope holds, for the postcode: the last ones share a line if need be."""
    kept = MOST_LINES - 2
    return lines if len(lines) < MOST_LINES else [*lines[:kept], ", ".join(lines[kept:])]
