"""Search whatever was written for whatever was planted, and say where it may not stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ahocorasick

from tests.attacks.canary_planted import Planted
from tests.attacks.searching import writings

#: a canary by kind and owner
Canary = tuple[str, int]
NOBODY: frozenset[str] = frozenset()


class Searcher:
    """Finds every canary at once, as typed, in capitals, in hexadecimal, in base64 and in UTF-16."""

    def __init__(self, planted: Iterable[Planted]) -> None:
        self._automaton = ahocorasick.Automaton()
        for one in planted:
            for kind, secret in [*one.canaries().items(), *_spaced(one)]:
                for writing in writings(secret):
                    self._automaton.add_word(writing.decode("latin-1"), (kind, one.number))
        self._automaton.make_automaton()

    def find(self, text: bytes) -> set[Canary]:
        return {canary for _, canary in self._automaton.iter(text.decode("latin-1"))}


def _spaced(one: Planted) -> Iterable[tuple[str, bytes]]:
    """A code as it stands on its slip, and as a browser sends it."""
    return [("slip", space.join(one.slip.split()).encode()) for space in (" ", "+", "%20") if one.slip]


@dataclass
class Haul:
    """What a search found where it must not be: place -> canaries; `bytes` and `kinds` say how it looked."""

    planted: int
    searched: Counter[str] = field(default_factory=Counter)
    found: dict[str, set[Canary]] = field(default_factory=dict)

    def look(
        self,
        place: str,
        texts: Iterable[bytes],
        searcher: Searcher,
        allowed: Iterable[str] = NOBODY,
        own: int | None = None,
        shown: frozenset[Canary] = frozenset(),
    ) -> None:
        """Search; kinds in `allowed`, canaries of `own` and those in `shown` may stand here."""
        found = self.found.setdefault(place, set())
        for text in texts:
            self.searched[place] += len(text)
            found |= {
                (kind, owner)
                for kind, owner in searcher.find(text) - shown
                if kind not in allowed and owner != own
            }

    def kinds(self, place: str) -> Counter[str]:
        return Counter(kind for kind, _ in self.found.get(place, set()))

    @property
    def total(self) -> int:
        return sum(map(len, self.found.values()))


def files_below(*folders: Path, without: Sequence[str] = ()) -> Iterable[bytes]:
    """The content of every file; `without` names beginnings of file names to leave out."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(tuple(without)):
                yield path.name.encode() + b"\n" + path.read_bytes()


def told(haul: Haul) -> Mapping[str, str]:
    """Place -> what was found there, in words."""
    return {
        place: ", ".join(f"{n} {kind}" for kind, n in sorted(haul.kinds(place).items())) or "0"
        for place in haul.searched
    }
