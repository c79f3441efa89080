"""Banks with texts that trip up files: quotes, markup, formulas, other scripts, what looks like YAML."""

from typing import Any

from hypothesis import strategies as st

from pulse.domain.instrument import Bank, Index, Item, Library, Pair, Scale, Section, StageRule
from tests.support.injections import INJECTIONS

ODD = (
    *("No", "null", "~", "1e3", "yes", "2026-11-23", "0x1F", "- a", "? b", "# c", "a # b", "a: b", "a:", "'"),
    *(
        '"',
        '""',
        "\\",
        "\\n",
        "[x",
        "{",
        "}",
        "{approach}",
        "{}",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%",
        "`",
        "---",
    ),
    *(
        "...",
        "<<",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202eabc",
        "😀",
        "שלום",
        "é",
    ),
    *(
        "  a",
        "a ",
        "<b>x</b>",
        "<script>alert(1)</script>",
        "&lt;",
        "]]>",
        "_x0041_",
        "_x000D_",
        "'=1",
        "''=1",
    ),
    *INJECTIONS,
)
SCALE = Scale("agree5", "bipolar", ((1, "No"), (2, "Less"), (3, "So"), (4, "More"), (5, "Yes: all")))
OPEN = Scale("open", "text", max_chars=1000)
LIBRARY = Library(banks=(), scales=(SCALE, OPEN), terms={"approach": "working <together>"})
# half of a character cannot be stored, and no file holds one
texts = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), max_size=12))
#: as forms and files have them: trimmed, and something
words = texts.map(str.strip).filter(bool)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """A bank of two sections; only its ids are tame."""
    items = tuple(
        draw(_items(f"X-{number}", "one" if number < 3 else "two"))
        for number in range(1, draw(st.integers(2, 5)))
    )
    stage = StageRule(draw(st.floats(0, 100)), 0.8, 0.2, 10)
    return Bank(
        "odd",
        draw(words),
        draw(st.integers(1, 1000)),
        items,
        (
            Section("one", draw(words), draw(st.sampled_from([(), ("B-1", "B-2")]))),
            Section("two", draw(words)),
        ),
        (Pair("P-1", draw(words)),),
        (
            Index("I-1", draw(words), "higher_is_better", "mean", ("one",), need_share=draw(st.floats(0, 1))),
            Index("I-2", draw(words), "not_good_or_bad", "stage", ("two",), stage=stage, beside=("X-1",)),
        ),
        draw(words),
        draw(words),
    )


def _items(item_id: str, section: str) -> st.SearchStrategy[Item]:
    flags: Any = {name: st.booleans() for name in ("reverse", "na", "reserve", "retired", "anchor")}
    return st.builds(
        Item,
        st.just(item_id),
        words,
        st.sampled_from(["agree5", "open"]),
        st.just(section),
        sources=st.sampled_from([(), ("S-1",), ("S-1", "S-2")]),
        audience=st.sampled_from(["staff", "leaders"]),
        side=st.sampled_from([None, "positive", "experienced"]),
        pair=st.sampled_from([None, "P-1"]),
        partner=st.sampled_from([None, "X-9"]),
        note=words,
        waived=st.lists(words, max_size=2).map(
            lambda found: tuple((f"rule{n}", why) for n, why in enumerate(found))
        ),
        wording=st.integers(1, 9),
        replaces=st.sampled_from([None, "X-0"]),
        **flags,
    )
