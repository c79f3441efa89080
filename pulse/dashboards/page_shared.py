"""What several sections share: a change in words, a measure within a sentence, and the key of a chart."""

from pulse.dashboards.words import change_words
from pulse.dashboards.words_seen import seen_of
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable

Key = tuple[tuple[str, str], ...]
#: headline measures within a sentence
WITHIN = {
    "PTA": N_("permission to act"),
    "AMB": N_("mixed feelings"),
    "TAA": N_("being treated as an asset"),
}
#: section -> what its marks mean, as (words, style) of the key above a chart
_KEYS: dict[str, Key] = {
    "saydo": ((N_("experienced by staff"), "solid"), (N_("expected of staff"), "open")),
    "stages": ((N_("in place"), "d5"), (N_("emerging"), "d4"), (N_("not yet"), "d3")),
}


def key_of(section: str) -> Key:
    """The key of a section's chart; empty for one that needs none."""
    return said_key(_KEYS.get(section, ()))


def said_key(key: Key) -> Key:
    """The key in the language of the page."""
    return tuple((_(words), style) for words, style in key)


def changes(rows: ReleasedTable) -> str:
    """What moved beyond noise, or that nothing did, with what could have been seen; or that nothing compares.

    Where nothing moved, what could have been seen is said of the least precise row: it holds for all of them.
    """
    said = [(label, figure.detectable or 0.0, *change_words(figure)) for label, figure in rows]
    moved = [
        f"{label}: {words[0].lower()}{words[1:]}"
        for label, _least, words, way in said
        if way in ("up", "down")
    ]
    if moved:
        return f"{'; '.join(moved)}. {seen_of(rows.cells)}"
    compared = [(least, words) for _label, least, words, way in said if way == "none"]
    return f"{max(compared)[1]}." if compared else seen_of(rows.cells)
