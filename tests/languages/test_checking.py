"""What a translation may not lose or bring in; each refusal is one sentence."""

import pytest
from flask import Flask

from pulse.languages.checking import TranslationRefused, check_words, tidy
from pulse.languages.texts import PAGE, Text, plural_text

FORMS = plural_text("%(num)s survey of %(name)s", "%(num)s surveys of %(name)s")
GOOD = "\n".join(["%(num)s arolwg %(name)s"] * 5)


def check(text: Text, words: str) -> None:
    check_words("cy", text, tidy(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (Text(PAGE, "Closes on %(day)s"), "Yn cau ar %(day)s"),
        (Text(PAGE, "60%% of %(all)s"), "60%% o %(all)s"),
        (Text(PAGE, "60% of staff"), "60% o staff"),
        (Text("item X", "Half (50%) of {what}"), "Hanner (50%) o {what}"),
        (Text("item X", "A <b>bold</b> step"), "Cam <b>dewr</b> <script>alert(1)</script>"),
        (FORMS, GOOD),
        (plural_text("One survey is open", "%(num)s surveys are open"), "a\nUn\nb %(num)s\nc\nd"),
    ],
)
def test_what_keeps_all_that_is_filled_in_may_stand(app: Flask, text: Text, words: str) -> None:
    check(text, words)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        (Text("item X", "A question"), " \n ", "Write the translation."),
        (Text("item X", "A question"), "x" * 321, "has 321 characters and may have 320"),
        (Text("bank X", "A" * 200), "x" * 401, "has 401 characters and may have 400"),
        (Text(PAGE, "A page"), "x" * 5001, "has 5,001 characters and may have 5,000"),
        (Text("item X", "A question"), "Cwest\x00iwn", "Character 6 is one that cannot be seen"),
        (Text("item X", "A question"), "Cwestiwn \u202eniwtsewc", "cannot be seen"),
        (Text("item X", "Our way"), "Ein {approach}", r"in place of \{approach\}"),
        (Text(PAGE, "Closes on %(day)s"), "Yn cau", r"must hold %\(day\)s"),
        (Text(PAGE, "Closes"), "Yn cau ar %(day)s", r"does not hold %\(day\)s"),
        (Text(PAGE, "Closes on %(day)s"), "Yn cau ar %(day)d", r"must hold %\(day\)s"),
        (Text(PAGE, "60%% of %(all)s"), "60% o %(all)s", "per cent sign twice"),
        (Text(PAGE, "60% of staff"), "60%% o staff", "per cent sign once"),
        (Text(PAGE, "All of it"), "100%", "no per cent sign"),
        (FORMS, GOOD.rpartition("\n")[0], "Cymraeg needs 5, and there are 4"),
        (FORMS, GOOD.replace("%(name)s", ""), r"must hold %\(name\)s"),
        (plural_text("team", "teams"), "%(num)s tîm\n" * 5, r"does not hold %\(num\)s"),
    ],
)
def test_what_would_break_a_page_is_refused(app: Flask, text: Text, words: str, sentence: str) -> None:
    with pytest.raises(TranslationRefused, match=sentence):
        check(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (Text("item X", "What would you change?"), "Beth yw eich enw llawn?"),
        (Text("item X", "What would you change?"), "Beth yw eich rhif ff\u00f4n?"),
        (Text("item X", "What would you change?"), "What is your n\u200bame?"),
        (Text("bank small", "Think of last week."), "Nodwch eich rhif staff."),
        (Text("scale open", "Write what comes to mind."), "Ysgrifennwch eich enw."),
        (Text("scale open", "Write what comes to mind."), "Eich enw llawn:"),
        (Text(PAGE, "Send my answers"), "Beth yw eich enw?"),
        (Text("programme 1", "How are you?"), "Pwy ydych chi?"),
    ],
)
def test_a_translation_may_not_ask_who_somebody_is(app: Flask, text: Text, words: str) -> None:
    with pytest.raises(TranslationRefused, match="It asks for who somebody is"):
        check(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # the English was let in, as the staff list counts it; the label of an answer; a page of accounts
        (Text("item X", "Which team do you work in?"), "Ym mha d\u00eem ydych chi'n gweithio?"),
        (Text("scale ways", "E-mail"), "E-bost"),
        (Text(PAGE, "Your name"), "Beth yw eich enw?"),
        (Text("item X", "My team knows who I am."), "Mae fy nh\u00eem yn gwybod pwy ydw i."),
    ],
)
def test_it_may_ask_what_the_english_asks(app: Flask, text: Text, words: str) -> None:
    check(text, words)


def test_blanks_are_those_of_the_english(app: Flask) -> None:
    assert tidy(Text("item X", "One line"), " Un\r\n  llinell ") == "Un llinell"
    assert tidy(Text("programme 1 purpose", "Two\nlines"), "Dwy \r\nlinell\n") == "Dwy\nlinell"
    assert tidy(Text(PAGE, "Closes: "), "Yn cau:") == "Yn cau: "
