"""YAML files as plain trees that remember their lines, read so that no file can do harm or mean two things.

Only scalars, lists and mappings are taken, and every scalar stays the text that was written: the schema,
not YAML, decides what is a number or a yes, so that an unquoted `No` stays the word No.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pulse.domain.instrument import Place, Problem
from pulse.languages.saying import gettext as _

MAX_BYTES = 1_000_000
#: a larger text is nobody's bank, and is read by libyaml, where it is there: 1 MB takes it half a second
#: instead of ten
_LARGE = 100_000
#: deeper nesting than any bank needs; stops a file that exhausts memory by brackets alone
MAX_DEPTH = 12
_NOTHING = ("", "~", "null")


@dataclass(frozen=True)
class Node:
    """A scalar, list or mapping with the line it starts on; `keys` are the lines of a mapping's keys."""

    value: "str | list[Node] | dict[str, Node]"
    place: Place


class UnreadableError(Exception):
    """A file that cannot be read as a tree, with the one problem that stopped it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_tree(path: Path, shown: str) -> Node:
    """The content of a file; `shown` is its name in messages. Raises UnreadableError."""
    whole = Place(shown, 1)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(whole, _("the file is over 1 MB; split it or take out what is not a question."))
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(whole, _("the file is not UTF-8 text; save it again as UTF-8.")) from None
    except OSError:
        raise _unreadable(
            whole, _("the file cannot be opened; check that it is there and readable.")
        ) from None
    return read_text(text, shown)


def read_text(text: str, shown: str) -> Node:
    """The same of a text that is at hand."""
    if len(text.encode()) > MAX_BYTES:
        raise _unreadable(
            Place(shown, 1), _("this is over 1 MB; split it or take out what is not a question.")
        )
    try:
        return _Builder(shown).build(yaml.parse(text, Loader=_loader(text)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or _("a character that YAML does not allow")
        place = Place(shown, mark.line + 1 if mark else 1)
        raise _unreadable(
            place, _("this is not YAML (%(why)s); check indent, colons and quotes.", why=why)
        ) from None


def _unreadable(place: Place, message: str) -> UnreadableError:
    return UnreadableError(Problem(place, "", message))


def _loader(text: str) -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader) if len(text) > _LARGE else yaml.SafeLoader


class _Builder:
    """Builds the tree from parser events, so that aliases and tags are refused before anything grows."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._depth = 0

    def build(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _unreadable(
                        self._place(event), _("the file has a second part after ---; keep one.")
                    )
                root = self._node(next(events), events)
        if root is None:
            raise _unreadable(
                Place(self._shown, 1), _("the file is empty; write the bank or delete the file.")
            )
        return root

    def _place(self, event: Any) -> Place:
        return Place(self._shown, event.start_mark.line + 1)

    def _node(self, event: Any, events: Iterator[Any]) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _unreadable(
                place, _("& and * shortcuts are not used in banks; write the words out or quote them.")
            )
        if event.tag is not None:
            raise _unreadable(place, _("tags that start with ! are not used in banks; take the tag away."))
        if isinstance(event, yaml.ScalarEvent):
            return Node("" if event.style is None and event.value in _NOTHING else event.value, place)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _unreadable(place, _("the entries are nested too deeply; follow the other bank files."))
        node = (
            self._list(place, events)
            if isinstance(event, yaml.SequenceStartEvent)
            else self._map(place, events)
        )
        self._depth -= 1
        return node

    def _list(self, place: Place, events: Iterator[Any]) -> Node:
        members: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            members.append(self._node(event, events))
        return Node(members, place)

    def _map(self, place: Place, events: Iterator[Any]) -> Node:
        members: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events)
            if not isinstance(key.value, str):
                raise _unreadable(key.place, _("a key must be a single word; check the colons and brackets."))
            if key.value in members:
                raise _unreadable(
                    key.place,
                    _(
                        '"%(key)s" is written twice in one entry (first on line %(line)s); keep one.',
                        key=key.value,
                        line=lines[key.value],
                    ),
                )
            members[key.value] = self._node(next(events), events)
            lines[key.value] = key.place.line
        return Node(members, Place(place.file, place.line, lines))
