"""Characters that cannot be seen or look like others: they hide nothing, and ordinary ones stay."""

import pytest

from pulse.domain.plain_text import as_seen, without_invisible
from pulse.domain.redaction import Redactor

#: how a name or a number can be kept from a search though a reader sees it, and what must be left
DISGUISES = {
    "Brin\ufe0fdlewood, Brin\u034fdlewood and A\u3164da\u3164": "[name], [name] and [name]",
    "Brin\u115fdlewood, Brin\uffa0dlewood and Brin\u2800dlewood": "[name], [name] and [name]",
    "A\U0001d159da\ufffc": "[name]",
    # no space is left, but neither is the name
    "Ada\u200bis late, I told Ada\u2800twice": "[name]is late, I told [name]twice",
    "\U0001d400\U0001d41d\U0001d41a \U0001d5a1\U0001d5cb\U0001d5c2\U0001d5c7dlewood": "[name]",
    "\u24b6\u24d3\u24d0, \U0001f150\U0001f153\U0001f150 and \U0001f130DA": "[name], [name] and [name]",
    "\U0001f170\U0001f173\U0001f170, \u1d00\u1d05\u1d00, \u249c\u249f\u249c": "[name], [name], [name]",
    "\U0001f1e6\U0001f1e9\U0001f1e6, B\u0336r\u0336i\u0336ndlewood\u0336!": "[name], [name]!",
    "Ad\u0430 Brindlew\u043e\u043ed": "[name]",
    "\u0391d\u03b1, Br\u03b9ndle\u03c9\u03bf\u03bfd, and \u0405i\u00e2n": "[name], [name], and [name]",
    "\u24ea\u2466\u2466\u24ea\u24ea \u2468\u24ea\u24ea\u2460\u2461\u2462": "[phone number]",
    "\u2070\u2077\u2077\u2070\u2070 \u2079\u2070\u2070\u00b9\u00b2\u00b3": "[phone number]",
    "0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e3 900\u3164123": "[phone number]",
    "07700\u2022900\u2022123 and \u2776\u2777\u2778\u2779\u277a\u277b": "[phone number] and [number]",
    "x\ufe6bcouncil.gov.uk, a.b@council\uff0egov\u3002uk": "[e-mail address], [e-mail address]",
    "B\u201300777, B\u200300777 and b\u2011\u200900777": "[staff number], [staff number] and [staff number]",
    "LS1\u20034AP, LS1\u20094AP, \u041cS1 4\u0410P": "[postcode], [postcode], [postcode]",
    "AB\u200912\u200334\u201356 C, \u0410\u0412 12 34 56 \u0421": (
        "[National Insurance number], [National Insurance number]"
    ),
}
#: what people write every day, in characters that a plainer reading changes
KEPT = (
    "\u0422\u0435\u0441\u0442 \u0437\u0434\u0435\u0441\u044c",
    "\u201cIt\u2019s 2\u00bd \u2013 no, 3\u00be hours\u2026\u201d",
    "Word\u2122, \u00a9 2026, 20\u00b0, \u00a35, \u20ac6, CO\u2082, 12 m\u00b2, caf\u00e9, \u2116 7",
    "\u2022 one\n\u2022 two \u2192 three \u00d7 4\n\n\U0001f600 \U0001f44d\U0001f3fd \U0001f1ec\U0001f1e7",
    "5\u00d710\u00b3, \u00b5g, \u00bc\u2013\u00be, a\u00a0b",
)


@pytest.fixture(scope="module")
def few() -> Redactor:
    return Redactor(["Ada Brindlewood", "Siân McBride"], ["B00123"])


@pytest.mark.parametrize("text", DISGUISES)
def test_characters_unseen_or_alike_hide_no_name_and_no_number(text: str, few: Redactor) -> None:
    assert few.redact(text).text == DISGUISES[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_name_and_no_number_stays_as_it_was_typed(text: str, few: Redactor) -> None:
    assert few.redact(text).text == text


def test_every_code_point_that_need_not_be_shown_is_taken_out() -> None:
    """The ranges are those of Default_Ignorable_Code_Point; the first and last of each."""
    ranges = "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0"
    ranges += " FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF 2800"
    for one in ranges.split():
        first, _, last = one.partition("-")
        unseen = chr(int(first, 16)) + chr(int(last or first, 16))
        assert without_invisible(f"a{unseen}b") == "ab", one
    assert without_invisible("\u2801\u3163\u3165\uff9f") == "\u2801\u3163\u3165\uff9f"


def test_a_roster_typed_in_such_characters_is_known_all_the_same() -> None:
    pasted = Redactor(
        ["\uff21da\u200b\u00a0Brin\u00addlewood", "S\u043ek\u043el \u0410\u043d\u043d\u0430"],
        ["B\u201100123"],
    )
    text = "Ada Brindlewood left, Sokol and then \u0410\u041d\u041d\u0410, B 00123"
    assert pasted.redact(text).text == "[name] left, [name] and then [name], [staff number]"


@pytest.mark.parametrize("hidden", ["\u2060", "\u00ad", "\ufe0f", "\u3164", "\u200b"])
def test_what_cannot_be_seen_tells_no_two_texts_apart(hidden: str) -> None:
    assert as_seen(f"Disa{hidden}gree") == as_seen("Disagree")


@pytest.mark.parametrize(
    "alike", ["Dis\u0430gree", "DISAGREE", " disagree ", "Disagree.", "Disagree\u2026", "\uff24isagree"]
)
def test_what_looks_the_same_is_the_same(alike: str) -> None:
    assert as_seen(alike) == as_seen("Disagree")


@pytest.mark.parametrize(
    ("one", "other"), [("1-2", "12"), ("+5", "5"), ("<1", ">1"), ("A", "A+"), ("\U0001f600", "\U0001f621")]
)
def test_what_looks_different_stays_so(one: str, other: str) -> None:
    assert as_seen(one) != as_seen(other)
