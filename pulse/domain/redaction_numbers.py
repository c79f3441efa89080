"""Numbers and addresses in a text: everything that has a shape of its own, in all the ways people type it.

The text is in plain characters (see plain_text): one kind of space, dash and apostrophe. Runs are bounded, so
that a long text without a break takes no longer than any other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from pulse.domain.plain_text import in_plain_characters


class Kind(StrEnum):
    """What was taken out, in the words that stand in its place; the surest first."""

    EMAIL = "e-mail address"
    WEB = "web address"
    NI = "National Insurance number"
    NHS = "NHS number"
    STAFF = "staff number"
    POSTCODE = "postcode"
    PHONE = "phone number"
    NUMBER = "number"
    NAME = "name"


class Span(NamedTuple):
    """A piece of a text, from `start` up to before `end`."""

    start: int
    end: int
    kind: Kind


_TOP = "com|org|net|uk|gov|nhs|info|eu|wales|scot|cymru|london|io|co|me|tv|biz|app|dev|ai|ly"
_DOT = r"\s{0,9}(?:\(dot\)|\[dot\]|\sdot\s)\s{0,9}"
_AT = r"\s{0,9}(?:\(at\)|\[at\]|\{at\}|\sat\s)\s{0,9}"
#: as long as may be (RFC 5321, 4.5.3.1.1; RFC 1035, 2.3.4)
_USER = r"[\w.+%'-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_HOST = rf"{_LABEL}(?:\.{_LABEL})"
_EMAILS = re.compile(
    rf"{_USER}@{_HOST}*|{_USER}\s@\s?{_HOST}+|{_USER}@\s{_HOST}+|{_USER}\s{{0,9}}[([]at[])]\s{{0,9}}{_HOST}+"
    rf"|{_USER}(?:{_DOT}{_LABEL}){{0,9}}{_AT}{_LABEL}(?:{_DOT}{_LABEL})+"
    rf"|{_USER}{_AT}(?!www\.)(?:{_LABEL}\.)+(?:{_TOP})\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    rf"(?:https?://|www\.)\S*[\w/]|(?<![\w@.])(?:{_LABEL}\.){{1,127}}(?:{_TOP})\b(?:/\S*[\w/])?|(?<![\w@])@\w{{2,}}"
)
#: two, for spaces are easily typed twice; a comma with a space would stand between numbers
_GAP = r"(?:[\s.*_-]{0,2}|,)"
_NI_GAP = r"[\s.*_/-]{0,2}"
_NI_DIGITS = rf"\d{{2}}{_NI_GAP}\d{{2}}{_NI_GAP}\d{{2}}"
_SMALL_WORDS = "on|in|at|by|to|of|up|so|as|is|it|or|if|an|we|me|my|no|be|do|go|he|us"
_NI = re.compile(
    rf"\b[A-Z]{{2}}{_NI_GAP}{_NI_DIGITS}(?:{_NI_GAP}[A-D])?\b|\b[a-zA-Z]{{2}}{_NI_GAP}{_NI_DIGITS}{_NI_GAP}[b-dB-D]\b"
    # "on 01 02 03 a letter came" is a date
    rf"|\b(?!(?:{_SMALL_WORDS})\b)[a-zA-Z]{{2}}{_NI_GAP}{_NI_DIGITS}{_NI_GAP}[aA]\b"
)
#: with a capital O or I for a digit ("b4 our" is none), and in capitals with a space too many ("LS1 4 AP")
_POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[\s.*_-]{0,2}"
    r"((?:[0-9]|(?-i:[OI]))[ABD-HJLNP-UW-Z]{2}|(?-i:[0-9] [ABD-HJLNP-UW-Z]{2})))\b",
    re.IGNORECASE,
)
_ORDINALS = ("st", "nd", "rd", "th")
_TEN_DIGITS = re.compile(rf"(?<![\d+])\d(?:{_GAP}\d){{9}}(?!\d)")
_THREE_THREE_FOUR = re.compile(r"(?<!\d)\d{3}([ .*_-]{1,2}|,)\d{3}\1\d{4}(?!\d)")
#: a number to call in one's own town, unless the rest is a year
_THREE_FOUR = re.compile(r"(?<![\d£$€.,])(?<!\d[ -])\d{3}[ -](?!19\d\d|20\d\d)\d{4}(?![\d,]|[ -]?\d)")
#: what starts like a number to call, however it is broken up: phonenumbers wants the usual groups
_DIALLED = re.compile(
    r"(?<![\d£$€])(?:\+\s?4\s?4|\(?0)(?:[\s()./*_|~+=#-]{0,3}\d){8,12}(?!\d)(?:\s?\(?(?:ext(?:n|ension)?|x)\b\.?\s?\d{1,6})?",
    re.IGNORECASE,
)
#: the usual groups only, for "0, 1, 2" are marks and "0900, 1300, 1700" are times
_COMMA = "[, ]{1,2}"
_WITH_COMMAS = re.compile(
    rf"(?<![\d£$€.,])0(?:\d{{4}}{_COMMA}\d{{3}}[, ]{{0,2}}\d{{3}}|\d{{3}}{_COMMA}\d{{3}}{_COMMA}\d{{4}}"
    rf"|\d{{2}}{_COMMA}\d{{4}}{_COMMA}\d{{4}})(?!\d)"
)
_EXTENSION = re.compile(
    r"\b(?:ext|extn|extension|bleep|pager|dial)(?![a-z])[.:-]?"
    r"(?:\s(?:no|number|is|me|on|me on)\b\.?)?\s?(\d{3,6})\b"
    r"|\bx(\d{4,5})\b|\b(?:call|ring|phone|text|reach)\b[^.\d\n]{0,20}\bon\s(\d{4,6})\b",
    re.IGNORECASE,
)
_NAMED_NUMBER = r"(?:number|num|no|nr|ID|ref|reference)\b"
#: "pay 300 more" and "we work 1200 hours" are no numbers of a person; "pay no. 300" is
_LABELLED = re.compile(
    rf"\b(?:(?:payroll|employee|emp|personnel|assignment|badge|smartcard|ID)\b(?:\s(?:ID|card))?(?:\s{_NAMED_NUMBER})?"
    rf"|(?:staff|works?|pay|HR)\b(?:\s(?:ID|card))?\s?(?:{_NAMED_NUMBER}|[:#]))[\s.:#]*(?:(?:is|was)\b\s*)?"
    r"((?:[A-Z]{1,4}(?=\d)|(?-i:[A-Z]{1,4})[-_/ ])?\d{3,10}[A-Z]?(?:[-/]\d{1,2})?)\b"
    r"(?!\s?(?:staff|people|employees|members|hours|%))",
    re.IGNORECASE,
)
#: not 120000 or 2500000, which are counts
_LONG = re.compile(r"(?<![\d£$€])(?<!\d[.,])(?!\d+0000\b)\d{6,}")
_GROUPED = re.compile(r"(?<![\d£$€.,])\d{2,}(?:[ *_-]\d{2,}){1,6}(?![\d.,]\d)")
#: 104233, 104 233 and 104-233; looked at from each group of digits on, hence the look-ahead
_ONE_OR_TWO_GROUPS = re.compile(r"(?<!\d)(?=(\d{5,}|\d{2,}[ *_-]\d{2,}(?:[ *_-]\d{2,})?)(?!\d))")
#: phonenumbers takes far longer over one long text than over many short ones; no number is longer than 60
_WINDOW, _OVERLAP = 1000, 60
_YEAR = re.compile(r"(?:19|20)\d\d|\d\d")


def find_numbers(text: str) -> Iterator[Span]:
    """Everything but what is known from the roster; spans may overlap."""
    for kind, pattern in ((Kind.EMAIL, _EMAILS), (Kind.WEB, _WEB), (Kind.NI, _NI)):
        yield from (Span(*match.span(), kind) for match in pattern.finditer(text))
    for match in _POSTCODE.finditer(text):
        if match[0].isupper() or (match[1] or "")[1:].lower() not in _ORDINALS:
            yield Span(*match.span(), Kind.POSTCODE)
    if any(one.isdigit() for one in text):
        yield from _find_digits(text)


def _find_digits(text: str) -> Iterator[Span]:
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 - large, and only the worker redacts

    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(match[0]):
            yield Span(*match.span(), Kind.NHS)
    for begin in range(0, len(text), _WINDOW - _OVERLAP):
        window = text[begin : begin + _WINDOW]
        for found in PhoneNumberMatcher(window, "GB", leniency=Leniency.VALID):
            yield Span(begin + found.start, begin + found.end, Kind.PHONE)
    for pattern in (_DIALLED, _WITH_COMMAS):
        yield from (Span(*match.span(), Kind.PHONE) for match in pattern.finditer(text))
    for kind, pattern in ((Kind.PHONE, _EXTENSION), (Kind.STAFF, _LABELLED)):
        for match in pattern.finditer(text):
            yield Span(*match.span(match.lastindex or 0), kind)
    for pattern in (_THREE_THREE_FOUR, _THREE_FOUR, _LONG):
        yield from (Span(*match.span(), Kind.NUMBER) for match in pattern.finditer(text))
    for match in _GROUPED.finditer(text):
        if _is_account(match[0]):
            yield Span(*match.span(), Kind.NUMBER)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, however spaced, end in the check digit of an NHS number (modulus 11)."""
    digits = [int(one) for one in text if one.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10


def _is_account(text: str) -> bool:
    """Eight digits or more in groups, such as an account or a card; not a date or a run of years."""
    groups = re.findall(r"\d+", text)
    return sum(map(len, groups)) >= 8 and not all(_YEAR.fullmatch(group) for group in groups)


class StaffNumbers:
    """The roster's own numbers, and others of their shape: a number of somebody who has left is one too."""

    _MOST_SHAPES = 200

    def __init__(self, numbers: Iterable[str]) -> None:
        given = {in_plain_characters(number).strip().casefold() for number in numbers}
        #: a bare "42" on a roster must not empty every text of its numbers
        digits = {number for number in given if number.isdigit() and len(number) >= 5}
        self._digits = set(map(_without_zeros, digits))
        shapes = Counter(re.sub(r"\d", "0", number) for number in given - digits)
        enough = [shape for shape, _ in shapes.most_common(self._MOST_SHAPES) if _is_telling(shape)]
        either = "|".join(_typed(shape) for shape in enough)
        self._shapes = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if enough else None

    def find(self, text: str) -> Iterator[Span]:
        if self._shapes:
            yield from (Span(*match.span(), Kind.STAFF) for match in self._shapes.finditer(text))
        for match in _ONE_OR_TWO_GROUPS.finditer(text) if self._digits else ():
            if _without_zeros(re.sub(r"\D", "", match[1])) in self._digits:
                yield Span(*match.span(1), Kind.STAFF)


def _without_zeros(number: str) -> str:
    """Without the zeros that payroll systems put before a number and people leave out or add."""
    bare = number.lstrip("0")
    return bare if len(bare) >= 5 else number


def _typed(shape: str) -> str:
    """A pattern for numbers of this shape: HC00417 is also typed HC 00417, hc-00417 and HC_00417."""
    pattern = re.sub(r"(?<=[^\W\d_])(?=0)", "-", re.escape(shape).replace("\\-", "-").replace("\\ ", "-"))
    return re.sub("-+", "[ _/-]{,2}", pattern).replace("0", r"\d")


def _is_telling(shape: str) -> bool:
    """Letters and four digits or more: what is shorter also names rooms, forms and grades."""
    return shape.count("0") >= 4 and any(one.isalpha() for one in shape)
