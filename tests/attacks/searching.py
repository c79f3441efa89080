"""Find planted texts and keys in the bytes of files, in the ways in which programs write them down."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

_PREFIX = 8
_PIECE = 1 << 24


def writings(secret: bytes) -> list[bytes]:
    """As it is, in hexadecimal, in base64 wherever in a longer text it begins, and in UTF-16."""
    found = [secret, secret.hex().encode(), secret.hex().upper().encode(), secret.lower(), secret.upper()]
    for before in range(3):  # three bytes make four characters; those at the ends depend on the neighbours
        inside = base64.b64encode(b"\0" * before + secret)
        found.append(inside[4 if before else 0 : -4])
        found.append(found[-1].replace(b"+", b"-").replace(b"/", b"_"))
    if secret.isascii():
        found.append(secret.decode("ascii").encode("utf-16-le"))
    return found


def found_in(files: Iterable[Path], secrets: Sequence[bytes]) -> set[bytes]:
    """Those of the secrets (12 bytes or more each) that stand in one of the files, in any writing.

    The first eight bytes of every writing are looked for at every place of every file at once, and what
    begins alike is compared in full.
    """
    origin = {writing: secret for secret in secrets for writing in writings(secret)}
    by_start: dict[int, list[bytes]] = {}
    for writing in origin:
        by_start.setdefault(int.from_bytes(writing[:_PREFIX], "little"), []).append(writing)
    starts = np.array(sorted(by_start), np.uint64)
    longest = max(map(len, origin), default=0)
    found: set[bytes] = set()
    for data in _pieces(files, longest):
        for place, start in _candidates(data, starts):
            found |= {origin[one] for one in by_start[start] if data.startswith(one, place)}
    return found


def _pieces(files: Iterable[Path], overlap: int) -> Iterator[bytes]:
    """Files in pieces that overlap, so that nothing is cut in two; a file that went meanwhile is left out."""
    for path in files:
        try:
            with path.open("rb") as file:
                kept = b""
                while read := file.read(_PIECE):
                    yield kept + read
                    kept = (kept + read)[-overlap:]
        except FileNotFoundError:
            continue


def _candidates(
    data: bytes, starts: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
) -> Iterator[tuple[int, int]]:
    """(place, first eight bytes as a number) wherever one of the starts stands."""
    for shift in range(_PREFIX):
        length = (len(data) - shift) // _PREFIX
        if length <= 0:
            return
        words = np.frombuffer(data, np.uint64, length, shift)
        nearest = np.searchsorted(starts, words)
        nearest[nearest == starts.size] = 0
        for index in np.flatnonzero(starts[nearest] == words):
            yield shift + int(index) * _PREFIX, int(words[index])
