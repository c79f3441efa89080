"""What blocks a question sees through how it is spelled, in English and in Welsh, and blocks nothing else."""

import pytest

from pulse.domain.wording import Context, blocking
from pulse.domain.wording.folding import views, words_in

#: the same question, kept from a search though a reader sees it
SPELLED = (
    "What is your n\u200bame?",
    "What is your na\u00adme?",
    "What is your n\u0336a\u0336m\u0336e\u0336?",
    "What is your n\u0430m\u0435?",
    "Wh\u03b1t is y\u03bfur n\u03b1m\u03b5?",
    "\uff37\uff48\uff41\uff54 \uff49\uff53 \uff59\uff4f\uff55\uff52 \uff4e\uff41\uff4d\uff45?",
    "What\u00a0is\u2003your   name?",
    "What is\nyour name?",
    "What is your full-name?",
    "What is your full_name?",
    "What is your f u l l  n a m e?",
    "W h a t i s y o u r n a m e?",
    "What is your n.a.m.e?",
    "Wh@t is y0ur n4m3?",
    "\u202e?eman ruoy si tahW",
    "\u2022 Who is your line manager?",
    "Think of your team. Who is your line manager?",
    "What is your manager\u2019s name?",
    "Do not be shy, write your name.",
    "Do not say a lot and give your name.",
    "Without delay write your name.",
    "Whats ur name pls?",
    "Do not forget to give your full name.",
    "What is your (full) name?",
    "What is your <b>name</b>?",
    'What is your "name"?',
    "Do not leave out your name.",
    "Do not write the names of others, only your own.",
    "Do not use a nickname - give your full name.",
    "Do not use a nickname (give your full name).",
    "Do not give anything but your name.",
    "Do not send this back without your name.",
    "Don't forget your staff number.",
    "Why not tell us your name?",
    "If you are not sure, what is your name?",
    "To whom do you report?",
    "What's your ext?",
)
WELSH = (
    "Beth yw eich enw llawn?",
    "Beth yw dy gyfeiriad?",
    "Nodwch eich rhif ff\u00f4n.",
    "Beth yw eich cyfeiriad e-bost?",
    "Eich dyddiad geni",
    "Rhowch eich rhif Yswiriant Gwladol.",
    "Rhif staff",
    "Rhif gweithiwr:",
    "Pwy ydych chi?",
    "Dywedwch wrthym pwy ydych chi.",
    "Ym mha d\u00eem ydych chi'n gweithio?",
    "Pa fand cyflog ydych chi?",
    "Faint yw eich oed?",
    "Ers faint ydych chi wedi gweithio yma?",
    "Beth yw eich swydd?",
    "Sut gallwn ni gysylltu \u00e2 chi?",
    "Beth yw eich crefydd?",
    "Beth yw'ch enw?",
    "Beth yw\u2019ch rhif staff?",
    "Enw eich rheolwr",
    "Pwy sydd wedi eich bwlio?",
    "Peidiwch \u00e2 gadael eich enw allan.",
    "Lle ydych chi'n gweithio?",
    "Ble'r ydych chi'n gweithio?",
    "Beth yw teitl eich swydd?",
    "Rhowch eich henw yma.",
    "Ydych chi'n anabl?",
    "Ble ydych chi'n byw?",
    "Faint oed wyt ti?",
    "Enwch y cydweithiwr sydd wedi'ch helpu fwyaf.",
    "Pa reolwr sydd wedi'ch trin yn annheg?",
    "Beth yw eich r\u00f4l yn y cyngor?",
)
HARMLESS = (
    "You do not need to say who you are.",
    "We will never ask for your name, your address or your staff number.",
    "Your name and e-mail address are never stored.",
    "We keep your name apart from what you say.",
    "Does your manager know your name?",
    "Peidiwch \u00e2 rhoi eich enw na'ch rhif staff.",
    "Nid yw eich enw yn cael ei gadw.",
    "Sut gallwn ni gysylltu \u00e2 staff yn well?",
    "Ble ydych chi'n gweithio orau?",
    "Pwy sy'n eich helpu fwyaf yn y gwaith?",
    "Please do not name people or give details that could identify you or someone else.",
    "Do not write your name or your staff number.",
    "Your name is not kept.",
    "I record what each resident tells me.",
    "What do residents call you about most?",
    "I say who I am when I pick up the phone.",
    "My full-time colleagues help me.",
    "When did you start to feel this way?",
    "I feel safe to say who did it.",
    "Of the plans A B C D I like one.",
    "Peidiwch \u00e2 rhoi eich enw.",
    "Mae fy nh\u00eem yn gwybod pwy ydw i.",
    "Beth yw eich barn am eich swydd?",
    "Rwy'n gwybod pwy i'w ffonio.",
    "Pa wasanaeth sy'n helpu trigolion fwyaf?",
)


@pytest.mark.parametrize("text", SPELLED)
def test_no_spelling_hides_what_is_asked(text: str) -> None:
    assert blocking(text, Context()) is not None


@pytest.mark.parametrize("text", WELSH)
def test_the_same_is_blocked_in_welsh(text: str) -> None:
    assert blocking(text, Context()) is not None


@pytest.mark.parametrize("text", HARMLESS)
def test_what_asks_for_nothing_is_let_by(text: str) -> None:
    assert blocking(text, Context()) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Think first. What is your n\u200bam\u0435?", "What is your n\u200bam\u0435"),
        ("Say it: what is your f u l l  n a m e", "what is your f u l l  n a m e"),
        ("Now: who is your\nline manager?", "who is your"),
    ],
)
def test_the_finding_says_where_in_the_text_as_typed(text: str, part: str) -> None:
    found = blocking(text, Context())
    assert found is not None
    assert found.span is not None
    assert text[slice(*found.span)] == part


def test_the_label_of_an_answer_asks_for_nothing_by_naming_it() -> None:
    assert blocking("E-mail address", Context()) is not None
    assert blocking("E-mail address", Context(), label=True) is None
    assert blocking("Something else: please write your name", Context(), label=True) is not None


def test_what_no_staff_list_counts_is_found_beside_what_it_does() -> None:
    counted = Context(smallest_cell=500)
    assert blocking("Which team do you work in?", counted) is None
    assert blocking("Which team do you work in, and what is your address?", counted) is not None


def test_ordinary_text_is_read_in_one_way() -> None:
    assert [view.text for view in views("I am heard here.")] == ["I am heard here."]


@pytest.mark.parametrize(
    ("letters", "words"),
    [("whatisyourname", ["what", "is", "your", "name"]), ("fullname", ["full", "name"]), ("a" * 300, None)],
)
def test_letters_without_blanks_are_read_as_words(letters: str, words: list[str] | None) -> None:
    assert words_in(letters) == (words or [letters])
