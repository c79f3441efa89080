"""What somebody typed into a form that cannot be kept any more: shown once more, so that they can copy it."""

from collections.abc import Collection
from types import ModuleType
from typing import NamedTuple

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.fields.core import UnboundField

from pulse.languages.saying import gettext as _


class Words(NamedTuple):
    """One box: what it is called, and what was typed into it."""

    label: str
    text: str


def boxes_of(*modules: ModuleType) -> frozenset[str]:
    """Names of the boxes into which the forms of these modules have people type words.

    What one form hides, asks for as a password or has chosen from a list is none of them, whatever
    another one does.
    """
    kinds = [
        (name, field.field_class)
        for module in modules
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, FlaskForm)
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
    ]
    words = {name for name, kind in kinds if issubclass(kind, StringField)}
    return frozenset(words) - {name for name, kind in kinds if not _is_typed(kind)}


def _is_typed(kind: type) -> bool:
    return issubclass(kind, StringField) and not issubclass(kind, (HiddenField, PasswordField))


def typed_words(boxes: Collection[str]) -> list[Words]:
    """What this request brings in these boxes, in their order on the page; empty ones are left out."""
    typed = [text for name, text in request.form.items() if name in boxes and text.strip()]
    return [Words(_("Text %(number)s", number=number), text) for number, text in enumerate(typed, 1)]
