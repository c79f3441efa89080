"""Reads one entry of a bank file key by key, and notes every key or value that is not of the agreed shape."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args

from pulse.banks.reading import Node
from pulse.domain.instrument import Place, Problem
from pulse.domain.instrument.problems import suggestion
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

Chosen = TypeVar("Chosen")
_YES = {"yes": True, "true": True, "no": False, "false": False}


class Entry:
    """A mapping in a file. A wrong value is noted in `problems` and read as if it were not written."""

    def __init__(self, node: Node, keys: Iterable[str], problems: list[Problem], subject: str = "") -> None:
        self.place: Place = node.place
        self.problems = problems
        self._nodes: dict[str, Node] = {}
        if isinstance(node.value, dict):
            self._nodes = node.value
        self.subject = subject or self._own_id()
        if not isinstance(node.value, dict):
            self.note(None, _("this must be an entry of `key: value` lines; follow the entries around it."))
        self._refuse_unknown(set(keys))

    def _own_id(self) -> str:
        node = self._nodes.get("id")
        return node.value if node and isinstance(node.value, str) else ""

    def _refuse_unknown(self, known: set[str]) -> None:
        for key in self._nodes:
            if key not in known:
                near = say(suggestion(key, known))
                self.note(key, _('"%(key)s" is not a key that is used here; %(near)s', key=key, near=near))

    def note(self, key: str | None, message: str) -> None:
        """Keeps a problem at the line of a key."""
        place = self.place.at(key) if key else self.place
        self.problems.append(Problem(Place(place.file, place.line), self.subject, message))

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._nodes

    def text(self, key: str, default: str | None = None) -> str:
        """Words; without a default the key must be there."""
        node = self._nodes.get(key)
        if node is None:
            if default is None:
                self.note(None, _("%(key)s is missing; add it.", key=key))
            return default or ""
        if not isinstance(node.value, str):
            self.note(key, _("%(key)s must be plain text; put it in double quotes.", key=key))
            return default or ""
        return node.value.strip()

    def flag(self, key: str) -> bool:
        """yes or no; no when the key is not there."""
        written = self.text(key, "no").lower()
        if written not in _YES:
            self.note(key, _('%(key)s is "%(written)s"; write yes or no.', key=key, written=written))
        return _YES.get(written, False)

    def number(self, key: str, default: float | None = None, low: float = 0, high: float = 1000) -> float:
        """A number within bounds; without a default the key must be there."""
        written = self.text(key, None if default is None else str(default))
        try:
            value = float(written)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            if self.has(key):
                self.note(
                    key,
                    _(
                        '%(key)s is "%(written)s"; write a number from %(low)s to %(high)s.',
                        key=key,
                        written=written,
                        low=f"{low:g}",
                        high=f"{high:g}",
                    ),
                )
            return default if default is not None else low
        return value

    def whole(self, key: str, default: int | None = None, low: int = 0, high: int = 1000) -> int:
        """A whole number within bounds; without a default the key must be there."""
        value = self.number(key, default, low, high)
        if value != int(value):
            written = self.text(key, "")
            self.note(key, _('%(key)s is "%(written)s"; write a whole number.', key=key, written=written))
        return int(value)

    def choice(self, key: str, of: Any, default: Chosen) -> Chosen:
        """One of the words of a Literal type."""
        options: Sequence[str] = get_args(of)
        written: Any = self.text(key, str(default))
        if written not in options:
            self.note(
                key,
                _(
                    '%(key)s is "%(written)s"; use one of %(listed)s.',
                    key=key,
                    written=written,
                    listed=", ".join(options),
                ),
            )
            return default
        chosen: Chosen = written
        return chosen

    def words(self, key: str) -> tuple[str, ...]:
        """A list of ids, or a single one; empty when the key is not there."""
        node = self._nodes.get(key)
        if node is None or node.value == "":
            return ()
        if isinstance(node.value, str):
            return (node.value.strip(),)
        listed = [each.value for each in node.value] if isinstance(node.value, list) else [None]
        if not all(isinstance(each, str) and each for each in listed):
            self.note(
                key,
                _(
                    "%(key)s must be a list of ids such as [A-1, A-2]; check the commas and brackets.",
                    key=key,
                ),
            )
            return ()
        return tuple(str(each).strip() for each in listed)

    def entries(self, key: str) -> list[Node]:
        """A list of entries; empty when the key is not there."""
        node = self._nodes.get(key)
        if node is None or node.value == "":
            return []
        if not isinstance(node.value, list):
            self.note(
                key,
                _("%(key)s must be a list of entries, each starting with a dash; add the dashes.", key=key),
            )
            return []
        return node.value

    def table(self, key: str) -> dict[str, Node]:
        """A mapping of ids to anything; empty when the key is not there."""
        node = self._nodes.get(key)
        if node is None or node.value == "":
            return {}
        if not isinstance(node.value, dict):
            self.note(
                key, _("%(key)s must be a list of `id: value` lines; follow the other entries.", key=key)
            )
            return {}
        return node.value

    def labels(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of codes to labels, in the order written."""
        table = self.table(key)
        for code, node in table.items():
            if not isinstance(node.value, str):
                self.note(key, _("%(key)s must be plain text; put it in double quotes.", key=f"{key} {code}"))
        return tuple((code, node.value) for code, node in table.items() if isinstance(node.value, str))
