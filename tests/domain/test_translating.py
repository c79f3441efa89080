"""A frozen question in another language: only what is read of it changes."""

from typing import Any

from pulse.domain.instrument.translating import texts_of_item, texts_of_items, translate_item, words_of_item

#: as a wave freezes a reversed question
REVERSED: dict[str, Any] = {
    "id": "PTA-06",
    "bank": "permission",
    "text": "I have to ask before I change anything.",
    "bank_lead_in": "Think of the last three months.",
    "lead_in": "How far do you agree?",
    "help": "",
    "scale": "agreement",
    "options": [[1, "Disagree"], [2, "Agree"]],
    "nonsubstantive": [["na", "Does not apply to me"], ["pns", "Prefer not to say"]],
    "reverse": True,
    "favourable": [1],
}


def test_every_text_that_people_read_is_named_by_its_place_and_a_reversed_question_is_read_twice() -> None:
    texts = texts_of_item(REVERSED)
    assert REVERSED["reverse"]
    assert [text.source for text in texts if text.context == "item PTA-06"] == [REVERSED["text"]]
    assert [text.context for text in texts if text.twice] == ["item PTA-06"]
    labels = {label for _code, label in REVERSED["options"] + REVERSED["nonsubstantive"]}
    assert labels <= {text.source for text in texts if text.context == f"scale {REVERSED['scale']}"}
    assert len(texts_of_items([REVERSED, REVERSED])) == len(set(texts))


def test_codes_order_and_all_that_is_counted_stay_as_they_are() -> None:
    words = {(text.context, text.source): f"Cym: {text.source}" for text in texts_of_item(REVERSED)}
    translated = translate_item(REVERSED, words)

    assert translated["text"] == f"Cym: {REVERSED['text']}"
    assert [code for code, _ in translated["options"]] == [code for code, _ in REVERSED["options"]]
    assert all(label.startswith("Cym: ") for _, label in translated["options"] + translated["nonsubstantive"])
    kept = words_of_item(REVERSED, words)
    assert REVERSED | kept == translated
    assert {name for name in REVERSED if REVERSED[name] != translated[name]} <= set(kept)


def test_a_translation_of_other_english_words_is_never_shown() -> None:
    stale = {("item PTA-06", "An older wording."): "Hen eiriad.", ("item PTA-01", REVERSED["text"]): "Arall."}
    assert translate_item(REVERSED, stale) == REVERSED
