"""How a question worked, in plain sentences: one for each thing that is worth a look, none for noise."""

from dataclasses import dataclass
from typing import Any

from pulse.domain.measurement.diagnostics import MOST_AT_ONE_END, MOST_NA, MOST_SILENT, ItemTotal
from pulse.domain.measurement.items import round_shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_number

Item = dict[str, Any]


@dataclass(frozen=True)
class Rates:
    """Of everybody who was shown a question: shares, 0 to 1. The ends are shares of scored answers."""

    #: people who were shown it and gave any answer, one that is set apart too
    n: int
    #: None where this answer was not offered
    not_applying: float | None
    rather_not: float
    #: words of the option with the lowest score and its share; of the highest
    lowest: tuple[str, float]
    highest: tuple[str, float]


def rates_of(item: Item, counts: dict[str, int]) -> Rates | None:
    """From how often each option was chosen; None where nobody gave an answer that is scored."""
    options = {str(code): str(label) for code, label in item["options"]}
    order = list(options)[::-1] if item["reverse"] else list(options)
    scored = sum(counts.get(code, 0) for code in order)
    apart = {code: counts.get(code, 0) for code in ("na", "pns")}
    n = scored + sum(apart.values())
    if not scored:
        return None
    first, last = ((options[code], counts.get(code, 0) / scored) for code in (order[0], order[-1]))
    return Rates(n, apart["na"] / n if item["na"] else None, apart["pns"] / n, first, last)


def remarks(total: ItemTotal | None, rates: Rates | None) -> list[str]:
    """What is worth a look at one question; nothing where it did its work, or where it cannot be told."""
    said = [*_together(total)] if total is not None else []
    return [*said, *_rates(rates)] if rates is not None else said


def _together(total: ItemTotal) -> list[str]:
    if not (total.against or total.weak):
        return []
    said = [_(_AGAINST if total.against else _WEAK, where=_where(total))]
    if total.better_without:
        without, alpha = (format_number(value, 2) for value in (total.alpha_without, total.alpha))
        said.append(
            _("Without it alpha would be %(without)s instead of %(alpha)s.", without=without, alpha=alpha)
        )
    return [" ".join(said)]


_AGAINST = N_(
    "Who scores high on it scores low on the others of its scale (%(where)s): check whether it is scored the "
    "wrong way round."
)
_WEAK = N_(
    "It goes with the others of its scale less than a good question should (%(where)s): it may ask something "
    "else."
)
_LOWER = N_("%(share)s chose “%(option)s”: there is little room for its score to go lower still.")
_HIGHER = N_("%(share)s chose “%(option)s”: there is little room for its score to go higher still.")


def _rates(rates: Rates) -> list[str]:
    said = []
    if rates.not_applying is not None and rates.not_applying > MOST_NA:
        share = _share(rates.not_applying)
        said.append(_("It does not apply to %(share)s of those who answered: ask it of fewer.", share=share))
    if rates.rather_not > MOST_SILENT:
        share = _share(rates.rather_not)
        said.append(_("%(share)s would rather not say: people may not feel safe with it.", share=share))
    # of its score, for a higher one is better of some scales, worse of others, and neither of feelings
    for (option, many), words in ((rates.lowest, _LOWER), (rates.highest, _HIGHER)):
        if many > MOST_AT_ONE_END:
            said.append(_(words, share=_share(many), option=option))
    return said


def _share(share: float) -> str:
    return f"{round_shown(100 * share):.0f} %"


def did_its_work(total: ItemTotal) -> str:
    """One sentence for a question about which there is no remark."""
    return _("It goes with the others of its scale (%(where)s).", where=_where(total))


def cannot_be_told(total: ItemTotal) -> str:
    """One sentence for a question whose interval reaches to both sides of the mark."""
    return _(
        "Too few answered its whole scale to tell whether it goes with the others (%(where)s).",
        where=_where(total),
    )


def _where(total: ItemTotal) -> str:
    r, low, high = (format_number(value, 2) for value in (total.r, total.low, total.high))
    return _("%(value)s; %(low)s to %(high)s", value=r, low=low, high=high)
