"""The freed pages of a SQLite database, read from the bytes of its file (sqlite.org/fileformat.html)."""

from pathlib import Path

_LARGEST_PAGE = 65_536
_BEGINNING = b"SQLite format 3\0"


def count_free_pages_with_content(file: bytes) -> int:
    """How many freed pages hold anything but zeros; raises ValueError if these are no such file's bytes.

    A page that was deleted with `secure_delete` on holds zeros. Trunk pages, which list the others, hold
    their numbers and are not counted.
    """
    if not file:
        return 0
    if not file.startswith(_BEGINNING):
        raise ValueError("this is not a SQLite database")
    given = int.from_bytes(file[16:18], "big")
    size = _LARGEST_PAGE if given == 1 else given
    zeros = bytes(size)
    return sum(_page(file, number, size) != zeros for number in _free_leaves(file, size))


def _free_leaves(file: bytes, size: int) -> list[int]:
    """Numbers of the freed pages, by way of the trunk pages that list them."""
    found: list[int] = []
    trunk, seen = int.from_bytes(file[32:36], "big"), set[int]()
    while trunk and trunk not in seen:
        seen.add(trunk)
        page = _page(file, trunk, size)
        numbers = [int.from_bytes(page[at : at + 4], "big") for at in range(0, len(page), 4)]
        found += numbers[2 : 2 + numbers[1]]
        trunk = numbers[0]
    return found


def _page(file: bytes, number: int, size: int) -> bytes:
    return file[(number - 1) * size : number * size]


def is_database(path: Path) -> bool:
    """Whether the file begins as a SQLite database does; False if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINNING)) == _BEGINNING
    except OSError:
        return False
