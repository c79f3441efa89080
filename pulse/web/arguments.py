"""What commands of several packages take."""

import re

import click

#: of a row, in both databases
_LARGEST = 2**31 - 1


class RowNumber(click.ParamType[int]):
    """The number of a row; anything that can be none is refused in one sentence, and never looked up.

    `refusal` is that sentence, with {} for what was typed.
    """

    name = "integer"

    def __init__(self, refusal: str) -> None:
        self._refusal = refusal

    def convert(
        self, value: str | int, _param: click.Parameter | None, _context: click.Context | None
    ) -> int:
        text = str(value)
        if not re.fullmatch(r"[0-9]{1,10}", text) or not 0 < int(text) <= _LARGEST:
            raise self.unknown(value)
        return int(text)

    def unknown(self, value: object) -> click.ClickException:
        """The same refusal for a number that could be a row's and is nobody's."""
        return click.ClickException(self._refusal.format(value))


#: of the pages of surveys
WAVE = RowNumber("There is no wave {}: take the number in the address of the wave's page.")
