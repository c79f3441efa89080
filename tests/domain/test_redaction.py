"""Redaction: how much of a labelled set it takes out, how much of clean text it leaves, and single cases."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.redaction import Kind, Redactor, without_invisible
from pulse.domain.redaction_numbers import is_nhs_number
from tests.domain.clean_text import clean_sentences
from tests.domain.labelled import Labelled, make_roster, plant_names, plant_unlike
from tests.domain.labelled_numbers import EXTENSIONS, LABELS, STAFF_NUMBERS, plant_numbers

_WORDS = re.compile(r"[^\W\d_]{2,}|\d{3,}")
EACH = 2000
ROSTER = make_roster(Random(11))
PEOPLE = [
    "Ada Brindlewood",
    "Grace Price",
    "Mark Young",
    "Will O'Neill",
    "Dr Jean-Luc Smith-Jones",
    "García, José",
    "Ludwig van Beek",
    "Ed Ng",
    "Robert (Bob) Field",
    "Łukasz Nowak",
    "Siân McBride",
    "Al Hassan",
    "May Day",
]


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(ROSTER, STAFF_NUMBERS)


@pytest.fixture(scope="module")
def few() -> Redactor:
    return Redactor(PEOPLE, ["B00123", "104523", "12"])


def tell(figure: str) -> None:
    print(figure)  # noqa: T201 - the figures are there to be read (`pytest -s`)


def is_gone(one: Labelled, redactor: Redactor) -> bool:
    """Whether no word of two letters or more, and no run of three digits, of what was planted is left."""
    words = set(_WORDS.findall(without_invisible(one.planted).lower()))
    words -= {"mrs", "dr", "at", "dot"} | set(_WORDS.findall(" ".join([*LABELS, *EXTENSIONS]).lower()))
    left = redactor.redact(one.text).text.lower()
    for mark in Kind:
        left = left.replace(f"[{mark}]", " ")
    return not words & set(_WORDS.findall(left))


def share_found(planted: list[Labelled], redactor: Redactor) -> float:
    """The share taken out; prints it whole and for each way of typing."""
    asked, found = Counter[str](), Counter[str]()
    for one in planted:
        asked[one.way] += 1
        found[one.way] += is_gone(one, redactor)
    for way, count in sorted(asked.items()):
        tell(f"  {way:34} {found[way]:4} of {count:4}")
    return found.total() / asked.total()


def test_of_planted_numbers_99_in_100_are_taken_out(redactor: Redactor) -> None:
    share = share_found(list(plant_numbers(Random(12), EACH)), redactor)
    tell(f"numbers taken out: {share:.4f} (at least 0.99)")
    assert share >= 0.99


def test_of_planted_roster_names_95_in_100_are_taken_out(redactor: Redactor) -> None:
    share = share_found(list(plant_names(Random(13), ROSTER, EACH)), redactor)
    tell(f"roster names taken out: {share:.4f} (at least 0.95)")
    assert share >= 0.95


def test_of_names_that_no_roster_has_as_they_are_typed_short_forms_alone_are_found(
    redactor: Redactor,
) -> None:
    """A reader has to look for the others; the page that lists comments says so."""
    found = {
        way: [is_gone(one, redactor) for one in plant_unlike(Random(15), ROSTER, EACH) if one.way == way]
        for way in ("short form", "one letter wrong", "bare initials")
    }
    shares = {way: sum(gone) / len(gone) for way, gone in found.items()}
    tell(f"beside the roster's own names: {shares}")
    assert shares["short form"] >= 0.95
    assert max(shares["one letter wrong"], shares["bare initials"]) < 0.5


def test_of_clean_sentences_at_most_1_in_100_is_changed(redactor: Redactor) -> None:
    sentences = list(clean_sentences(Random(14), EACH))
    changed = [one for one in sentences if redactor.redact(one).text != one]
    tell("\n  ".join([f"clean sentences changed: {len(changed) / EACH:.4f} (at most 0.01)", *changed[:5]]))
    assert len(set(sentences)) > EACH / 2
    assert len(changed) <= EACH / 100


def test_without_a_roster_and_its_rules_the_figures_would_not_be_met() -> None:
    """The measure can fail: a redactor that knows nobody finds hardly a name."""
    assert share_found(list(plant_names(Random(13), ROSTER, 200)), Redactor([])) < 0.1


CASES = {
    "I asked Ada about it.": "I asked [name] about it.",
    "ada's team and ADA BRINDLEWOOD": "[name]'s team and [name]",
    "Brindlewood, Ada": "[name]",
    "Adas desk": "[name]s desk",
    "Dr A. J. Brindlewood left": "[name] left",
    "Grace is what we need": "Grace is what we need",
    "Grace Price, Mrs Price and mr price": "[name], [name] and [name]",
    "I told Grace; Grace said no": "I told [name]; [name] said no",
    "Will we mark the price?": "Will we mark the price?",
    "Will Mark Young come in May?": "[name] come in May?",
    "o neill, O\u2019Neill and ONeill": "[name], [name] and [name]",
    "Smith Jones and Jean Luc": "[name] and [name]",
    "JOSE GARCIA, jose": "[name], [name]",
    "Siân Mc Bride, MacBride": "[name], [name]",
    "van Beek and L. van Beek": "[name] and [name]",
    "Ed in the ED": "[name] in the ED",
    'Robert "Bobby" Field': "[name]",
    "Field work with Bob": "Field work with [name]",
    "Ada, Bob and Łukasz": "[name], [name] and [name]",
    "lukasz_nowak": "[name]",
    "Adamant adaptations": "Adamant adaptations",
    "AdaBrindlewood, adabrindlewood and jeanluc": "[name], [name] and jeanluc",
    "O' Neill, O`Neill and d.o'neill": "[name], [name] and [name]",
    "Bobby and robbie never rob": "[name] and [name] never rob",
    "told by price; the price is right": "told by price; the price is right",
    "Ask May, tell Field Services; Page 7 of Field 7": "Ask [name], tell Field Services; Page 7 of Field 7",
    "Grace P never asks, Mark said": "[name] never asks, [name] said",
    "If Mark doesn't know, Price does": "If [name] doesn't know, [name] does",
    "Price is the only manager who listens": "[name] is the only manager who listens",
    "May is on her own, off in May and June": "[name] is on her own, off in May and June",
    "Mark and Grace run the desk": "[name] and [name] run the desk",
    "Young Street, St Mark's and Grace House": "Young Street, St Mark's and Grace House",
    "Call b4 our talk, 120000 calls": "Call b4 our talk, 120000 calls",
    "Ring 07700 900123 ext 12": "Ring [phone number]",
    "call me on 4512, bleep 118": "call me on [phone number], bleep [phone number]",
    "943 476 5919 and 943 476 5918": "[NHS number] and [number]",
    "AB 12 34 56 C": "[National Insurance number]",
    "ls1 4ap, LS1 4AP; Q1 2nd half": "[postcode], [postcode]; Q1 2nd half",
    "b00777 and B00123": "[staff number] and [staff number]",
    "payroll no: 4512": "payroll no: [staff number]",
    "we work from 0800, pay 300 more": "we work from 0800, pay 300 more",
    "staff ID: B 00123/2 or hc 41": "staff ID: [staff number] or hc 41",
    "496 0123; 100 2026": "[number]; 100 2026",
    "room 12, 104523": "room 12, [staff number]",
    "a.b@c.org or www.x.org.": "[e-mail address] or [web address].",
    "a.b{at}c.org, ab at nhs.net": "[e-mail address], [e-mail address]",
    "Ada Brindlewood 07700 900123 ada@x.org": "[name] [phone number] [e-mail address]",
    "Mark \n  Young": "[name]",
    "brindlewood2, 2ada and adabrindlewood85; Page7, MO1": "[name], 2ada and [name]; Page7, MO1",
    "07700,900,123 and 07700, 900123, marks 0, 1, 1, 0, 2, 2, 1, 1": (
        "[phone number] and [phone number], marks 0, 1, 1, 0, 2, 2, 1, 1"
    ),
    "07700*900*123 or 07700_900|123; 0900, 1300, 1700": "[phone number] or [phone number]; 0900, 1300, 1700",
    "b_00777, b-00777": "[staff number], [staff number]",
    "O77OO 9OO l23, 1O, IO, oo": "[phone number], 1O, IO, oo",
    "943*476*5919, 943,476,5919": "[NHS number], [NHS number]",
}
#: named in the module as out of its reach; whoever brings one within it should say so there
OUT_OF_REACH = (
    *("B.r.i.n.d.l.e.w.o.o.d", "B r i n d l e w o o d", "Brindle-wood", "Brindle\nwood", "Br1ndlewood"),
    *("oh seven seven double oh nine", "doowelnirB", "theBrindlewood", "Brindlew*od", "A.B. in payroll"),
)


@pytest.mark.parametrize("text", CASES)
def test_names_and_numbers_are_taken_out_with_what_belongs_to_them(text: str, few: Redactor) -> None:
    assert few.redact(text).text == CASES[text]


@pytest.mark.parametrize("text", OUT_OF_REACH)
def test_what_is_said_to_be_out_of_reach_is(text: str, few: Redactor) -> None:
    assert few.redact(text).text == text


def test_marks_are_counted_by_kind(few: Redactor) -> None:
    marks = few.redact("Ada and Bob, LS1 4AP").marks
    assert marks == Counter({Kind.NAME: 2, Kind.POSTCODE: 1})


def test_what_cannot_be_seen_is_taken_out_and_hides_nothing(few: Redactor) -> None:
    assert few.redact("A\u200bda \u202eknows\x07 it\r\nall \ud800\u00ad").text == "[name] knows it\nall "


def test_a_redactor_without_a_roster_still_takes_numbers_out() -> None:
    assert Redactor([]).redact("Ada, 07700 900123").text == "Ada, [phone number]"


@pytest.mark.parametrize("name", ["", "  ", ",", "Member A1-3", "X", "Mr", "ß", "\u0301", "Person Number7"])
def test_an_odd_name_on_the_roster_empties_no_text(name: str) -> None:
    text = "A member said on page 7: the number of persons is what it is, x."
    assert Redactor([name]).redact(text).text == text


@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_what_is_left_can_be_stored(text: str) -> None:
    redacted = Redactor(PEOPLE).redact(text)
    redacted.text.encode()
    assert "\0" not in redacted.text
    assert redacted.marks.total() <= len(text)


def test_the_check_digit_tells_an_nhs_number_from_ten_other_digits() -> None:
    assert [is_nhs_number(text) for text in ("943 476 5919", "9434765918", "943", "0000000000")] == [
        True,
        False,
        False,
        True,
    ]
