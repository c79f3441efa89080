"""The answer sheets of one closing wave, opened in memory: a matrix of codes, and where each counts.

They exist for the length of the count and are never written anywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from nacl.public import PrivateKey

from pulse.domain.sheets import (
    NO_ANSWER,
    NOT_APPLICABLE,
    NOT_ASKED,
    PREFER_NOT,
    Plan,
    all_items,
    asked_in_part,
    closed_items,
    is_closed,
    keeps_to_block,
)
from pulse.responses.sealing import NOT_A_SHEET, EnvelopeDamaged, Sheet, open_envelope

#: characters below this are not scores ("-"); letters are not either
_ZERO, _NINE = ord("0"), ord("9")
_NOT_SCORED = (NO_ANSWER, NOT_APPLICABLE, PREFER_NOT)
NO_CHARACTER = ord(NO_ANSWER)


@dataclass(frozen=True, order=True)
class Written:
    """What one person wrote to one question: apart from their scores, and from what else they wrote."""

    item: str
    unit_id: int
    text: str


@dataclass(frozen=True, eq=False)
class Sheets:
    """`codes[person, item]` is the answer's character as a byte; `unit_ids[person]` where it counts.

    `attributes[code][person]` is the number of a category in the plan's list, for each declared attribute.
    `chance` is what random choices of the count are seeded with; 0 if nothing was ever sealed.
    """

    items: list[str]
    codes: npt.NDArray[np.uint8]
    unit_ids: npt.NDArray[np.int64]
    written: tuple[Written, ...] = ()
    attributes: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    chance: int = 0

    @property
    def n(self) -> int:
        return int(self.unit_ids.size)

    def column(self, item: str) -> npt.NDArray[np.uint8]:
        return np.asarray(self.codes[:, self.items.index(item)])

    def scores_of(self, item: str) -> npt.NDArray[np.float64]:
        """The chosen option numbers of one item, NaN where there is none."""
        column = self.column(item)
        scored = (column >= _ZERO) & (column <= _NINE)
        return np.where(scored, column.astype(np.float64) - _ZERO, np.nan)

    def with_column(self, item: str, characters: npt.NDArray[np.uint8]) -> "Sheets":
        """The same sheets with one more counted column."""
        codes = np.column_stack([self.codes, characters])
        return replace(self, items=[*self.items, item], codes=codes)


def open_sheets(sealed: Iterable[bytes], private_key: PrivateKey, plan: Plan) -> Sheets:
    """Open every envelope; raises EnvelopeDamaged at the first that does not open, or holds no sheet.

    Answers take one byte an item, so that a million sheets of 30 items need some 40 MB.
    """
    items, texts, forms = closed_items(plan), _text_items(plan), _categories_of(plan)
    answers, units = bytearray(), []
    written: list[Written] = []
    attributes: dict[str, list[int]] = {code: [] for code in forms}
    for one in sealed:
        sheet = open_envelope(one, private_key)
        answers += _answers_of(sheet, len(items))
        units.append(sheet.unit_id)
        written += _written_in(sheet, texts)
        _require_block(sheet, plan)
        _require_declared(sheet, plan)
        for code, categories in forms.items():
            attributes[code].append(_category_in(sheet, code, categories))
    codes = np.frombuffer(bytes(answers), dtype=np.uint8).reshape(len(units), len(items))
    _require_offered(codes, plan)
    return _in_order(
        Sheets(
            items,
            codes,
            np.array(units, dtype=np.int64),
            tuple(sorted(written)),
            {code: np.array(found, dtype=np.int64) for code, found in attributes.items()},
            _chance_of(private_key),
        )
    )


def _chance_of(private_key: PrivateKey) -> int:
    """The seed of random choices: the same each time that these envelopes are counted, known to nobody after.

    A count that is killed and begun anew must give the same release, so chance cannot come from the
    machine. Who knows the seed could try out which answers give what was released, so it cannot be the
    wave's number, nor anything that is kept. It is drawn from the wave's private key, which is destroyed
    with the envelopes; who has both can read the answers anyway.
    """
    drawn = blake2b(b"chance of the count", key=bytes(private_key), digest_size=16).digest()
    return int.from_bytes(drawn, "big")


def _in_order(sheets: Sheets) -> Sheets:
    """By unit, answers and attributes: the envelopes' own order must not reach a sum's last digits.

    Comments are put in an order of their own, so that their places do not point at anybody's scores.
    """
    codes = sheets.codes
    answers = [codes.view(f"S{codes.shape[1]}").ravel()] if codes.size else []
    order = np.lexsort([*sheets.attributes.values(), *answers, sheets.unit_ids])
    attributes = {code: values[order] for code, values in sheets.attributes.items()}
    return replace(sheets, codes=codes[order], unit_ids=sheets.unit_ids[order], attributes=attributes)


def _categories_of(plan: Plan) -> dict[str, dict[str, int]]:
    """Code of each declared attribute -> the number of each of its frozen categories."""
    return {
        one["code"]: {category: number for number, category in enumerate(one["categories"])}
        for one in plan.get("attributes", [])
    }


def _require_declared(sheet: Sheet, plan: Plan) -> None:
    """Only declared attributes are sealed; a plan from before attributes were declared knows of none."""
    given: object = sheet.attributes
    if "attributes" not in plan:
        return
    declared = {one["code"] for one in plan["attributes"]}
    if not isinstance(given, dict) or not given.keys() <= declared:
        raise EnvelopeDamaged(NOT_A_SHEET)


def _category_in(sheet: Sheet, code: str, categories: Mapping[str, int]) -> int:
    """The category that was frozen; the empty one for a person of whom the staff list says nothing."""
    value: object = sheet.attributes.get(code, "")
    if not isinstance(value, str) or value not in categories:
        raise EnvelopeDamaged(NOT_A_SHEET)
    return categories[value]


def _require_block(sheet: Sheet, plan: Plan) -> None:
    """What is marked as not asked, and what is written, fit one of the plan's blocks."""
    blocks = range(len(plan.get("blocks", ())))
    if blocks and not any(keeps_to_block(plan, block, sheet.answers, sheet.comments) for block in blocks):
        raise EnvelopeDamaged(NOT_A_SHEET)


def _text_items(plan: Plan) -> dict[str, int]:
    """The longest text that the form takes for each open item."""
    return {item["id"]: item["max_chars"] for item in all_items(plan) if not is_closed(item)}


def _written_in(sheet: Sheet, texts: dict[str, int]) -> list[Written]:
    """The comments of one sheet; like answers, nothing that the form does not take."""
    given: object = sheet.comments
    if not isinstance(given, dict):
        raise EnvelopeDamaged(NOT_A_SHEET)
    for item, text in given.items():
        if not isinstance(text, str) or len(text) > texts.get(item, -1):
            raise EnvelopeDamaged(NOT_A_SHEET)
    return [Written(item, sheet.unit_id, text) for item, text in given.items()]


def _require_offered(codes: npt.NDArray[np.uint8], plan: Plan) -> None:
    """Every answer is one that the form offers; anything else never came through it."""
    closed = [item for item in all_items(plan) if is_closed(item)]
    in_part = asked_in_part(plan)
    for column, item in zip(codes.T, closed, strict=True):
        apart = [*_NOT_SCORED, NOT_ASKED] if item["id"] in in_part else _NOT_SCORED
        offered = [str(code) for code, _ in item["options"]]
        if not np.isin(column, [ord(one) for one in (*offered, *apart)]).all():
            raise EnvelopeDamaged(NOT_A_SHEET)


def _answers_of(sheet: Sheet, length: int) -> bytes:
    packed = sheet.answers.encode("ascii", "replace")
    if len(packed) != length:
        raise EnvelopeDamaged(NOT_A_SHEET)
    return packed
