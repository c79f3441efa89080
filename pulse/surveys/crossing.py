"""What a wave that crosses a bridge leaves behind: the survey goes on with the new question alone."""

from pulse.domain.sheets import Plan
from pulse.surveys.models import Programme


def cross_bridges(programme: Programme, plan: Plan) -> None:
    """A bridge lasts the one wave whose plan has it; from the next on, the new question stands in its place.

    The old one is retired, and asking it again would only lengthen a line that has ended. The caller holds
    the unit that writes.
    """
    crossed: list[list[str]] = plan.get("bridges", [])
    if not crossed:
        return
    new_for = dict(crossed)
    programme.bridges = [bridge for bridge in programme.bridges if bridge not in crossed]
    programme.rotation = [
        list(dict.fromkeys(new_for.get(item, item) for item in wave)) for wave in programme.rotation
    ]
