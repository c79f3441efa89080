"""Text that is safe in a file which a spreadsheet opens."""

import re

#: what a spreadsheet may run as a formula where a cell begins with it, whoever wrote it (CWE-1236); programs
#: set to East Asian languages read the full-width signs like the others
_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
#: a program that trims a cell comes to the sign behind these too
_PASSED_OVER = "\\s\\x00-\\x20\\x7f-\\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
_RUNS = re.compile(f"[{_PASSED_OVER}]*[{_SIGNS}]|[\\t\\r\\n]")
#: what XML 1.0 cannot hold at all, escaped or not, so that such a file would not open, and what it advises
#: against: control characters and code points that are no characters (section 2.2)
_NO_CHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNHOLDABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NO_CHARACTERS}]")
_LINE_ENDS = re.compile("\r\n?")


def defused(text: str) -> str:
    """The text as a cell of a CSV: an apostrophe stands before what a spreadsheet would run."""
    return f"'{text}" if _RUNS.match(text) else text


def guarded(text: str) -> str:
    """As `defused`, and `unguarded` gives back exactly this text, apostrophes of its own included."""
    return f"'{text}" if _RUNS.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """The text of a cell without the apostrophe that kept it from running."""
    return text[1:] if text.startswith("'") and _RUNS.match(text.lstrip("'")) else text


def holdable(text: str) -> str:
    """The text without characters that XML cannot hold, its line ends all alike."""
    return _UNHOLDABLE.sub("", _LINE_ENDS.sub("\n", text))
