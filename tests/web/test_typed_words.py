"""What is given back of a form that cannot be kept: words that people type, and nothing that a page hides."""

from flask import Flask

from pulse.accounts import forms as accounts
from pulse.banks import forms, scale_forms, shape_forms, translation_forms
from pulse.web.typed_words import Words, boxes_of, typed_words


def test_hidden_boxes_passwords_and_lists_are_never_given_back() -> None:
    assert boxes_of(accounts).isdisjoint(("password", "current", "new"))
    assert "email" in boxes_of(accounts)
    boxes = boxes_of(forms, scale_forms, shape_forms, translation_forms)
    assert {"text", "why", "headings", "options", "paraphrase", "words"} <= boxes
    assert boxes.isdisjoint(("seen", "csrf_token", "scale", "section", "sources", "rows"))


def test_words_come_in_the_order_of_the_page_without_empty_ones(app: Flask) -> None:
    typed = {"b": "second to none", "hidden": "x", "c": " ", "a": "first"}
    with app.test_request_context(method="POST", data=typed):
        assert typed_words({"a", "b", "c"}) == [Words("Text 1", "second to none"), Words("Text 2", "first")]
