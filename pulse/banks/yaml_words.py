"""Words, ids and entries as lines of YAML in the manner of question_banks/."""

import re
from collections.abc import Iterable, Sequence

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def quoted(text: str) -> str:
    """A text between double quotes on one line; characters that cannot be seen are written as escapes."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(word: str) -> str:
    """An id without quotes where it needs none; `null` would be read as nothing."""
    return word if _PLAIN.fullmatch(word) and word != "null" else quoted(word)


def ids(words: Iterable[str]) -> str:
    """A list of ids on one line."""
    return f"[{', '.join(plain(word) for word in words)}]"


def entry(indent: int, keys: Iterable[tuple[str, str]]) -> list[str]:
    """The lines of one entry of a list, the first with its dash."""
    lines = [f"{' ' * (indent + 2)}{key}: {value}" for key, value in keys]
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def labels(key: str, table: Iterable[tuple[str, str]], indent: int) -> list[str]:
    """A key with its codes and labels under it; nothing when there are none."""
    lines = [f"{' ' * (indent + 2)}{plain(code)}: {quoted(label)}" for code, label in table]
    return [f"{' ' * indent}{key}:", *lines] if lines else []


def heads(lines: Sequence[str]) -> list[str]:
    """Comment lines. Nothing in them can end the comment, whatever a title holds."""
    return [f"# {_one_line(line)}".rstrip() for line in lines]


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
