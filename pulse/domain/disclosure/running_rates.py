"""Which units' running rates may stand side by side, so that no small group's follows by subtraction."""

from collections.abc import Collection, Mapping


def may_show_rates(parents: Mapping[int, int | None], asked: Mapping[int, int], least: int) -> set[int]:
    """The units whose rates may be shown beside that of the whole.

    parents: unit -> the unit above, None for a top. asked: unit -> people asked in it and below it.
    Exact guarantee: of whoever is shown, the whole included, the people outside all the shown units within
    are none, or `least` or more. Where a few would be left over the smallest unit within is hidden too, until
    none or enough are. Shown units are nested or apart, so no other difference of shown units is smaller.
    """
    within: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        within.setdefault(parent, []).append(child)
    outermost: dict[int | None, list[int]] = {}
    shown: set[int] = set()
    total = sum(asked[top] for top in within.get(None, []))
    unit: int | None
    for unit in [*_children_first(within), None]:
        people = total if unit is None else asked[unit]
        inside = [one for child in within.get(unit, []) for one in _shown_of(child, shown, outermost)]
        if unit is None or people >= least:
            inside = _leave_enough(people, inside, asked, least, shown, outermost)
        if unit is not None and people >= least:
            shown.add(unit)
        outermost[unit] = inside
    return shown


def _shown_of(unit: int, shown: set[int], outermost: Mapping[int | None, list[int]]) -> list[int]:
    return [unit] if unit in shown else outermost[unit]


def _leave_enough(
    people: int,
    inside: list[int],
    asked: Mapping[int, int],
    least: int,
    shown: set[int],
    outermost: Mapping[int | None, list[int]],
) -> list[int]:
    """Hide the smallest of the units inside until none, or `least` people, are left outside of them."""
    while inside and 0 < people - sum(asked[one] for one in inside) < least:
        smallest = min(inside, key=lambda one: (asked[one], one))
        shown.discard(smallest)
        inside = [one for one in inside if one != smallest] + outermost[smallest]
    return inside


def _children_first(within: Mapping[int | None, list[int]]) -> list[int]:
    """Every unit after all units inside it."""
    order, waiting = [], list(within.get(None, []))
    while waiting:
        order.append(waiting.pop())
        waiting += within.get(order[-1], [])
    return order[::-1]


def count_cautiously(
    parents: Mapping[int, int | None],
    asked: Mapping[int, int],
    answered: Mapping[int, int],
    shown: Collection[int],
) -> tuple[int, dict[int, int]]:
    """(of the whole, shown unit -> of it) how many have answered, never all or none of any part.

    A part is what lies in a unit and outside all shown units within it. Each is counted as if at least one
    person in it had answered, and one had not. Exact guarantee: whatever is worked out of the rates, rounded
    from these counts, is true of an organisation in which no part has answered as one. Not more: two rates
    at the ends of the scale can narrow a part to one or two counts, such as all or all but one.
    """
    within: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        within.setdefault(parent, []).append(child)
    outermost: dict[int | None, list[int]] = {}
    told: dict[int, int] = {}
    whole = 0
    unit: int | None
    for unit in [*_children_first(within), None]:
        children = within.get(unit, [])
        inside = [one for child in children for one in ([child] if child in shown else outermost[child])]
        outermost[unit] = inside
        own = children if unit is None else [unit]
        people, sheets = (
            sum(of[one] for one in own) - sum(of[one] for one in inside) for of in (asked, answered)
        )
        count = sum(told[one] for one in inside) + (min(max(sheets, 1), people - 1) if people > 1 else 0)
        if unit is None:
            whole = count
        elif unit in shown:
            told[unit] = count
    return whole, told
