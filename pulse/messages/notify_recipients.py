"""Where a text or a posted letter goes, checked before anybody is asked to carry it."""

import re

from pulse.messages.mail import BadMailError

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_FEWEST, _MOST = 3, 7


def check_phone(given: str) -> str:
    """The number; raises BadMailError unless it is one as E.164 writes it, such as +447700900123."""
    if not _E164.fullmatch(given):
        raise BadMailError("This is not one telephone number with its country code.")
    return given


def check_lines(given: str) -> dict[str, str]:
    """`address_line_1` and so on, as Notify wants them; raises BadMailError unless they are 3 to 7."""
    lines = [line.strip() for line in given.split("\n") if line.strip()]
    if not _FEWEST <= len(lines) <= _MOST:
        raise BadMailError("A postal address has three to seven lines, the first the name.")
    return {f"address_line_{place}": line for place, line in enumerate(lines, 1)}
