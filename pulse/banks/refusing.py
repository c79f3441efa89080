"""How the studio's pages say that something cannot be kept, and who it is that asks."""

from datetime import UTC, datetime

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from pulse.accounts.identity import require_account
from pulse.banks import forms, scale_forms, shape_forms, translation_forms
from pulse.banks.revising import ChangedMeanwhile, EditError, Editor
from pulse.languages.saying import gettext as _
from pulse.web.errors import error_page
from pulse.web.typed_words import boxes_of, typed_words

_BOXES = boxes_of(forms, shape_forms, scale_forms, translation_forms)


def editor_of(why: str | None) -> Editor:
    """Who is signed in, now, and the reason they gave."""
    return Editor(datetime.now(UTC), why or "", require_account().id)


def refuse(form: FlaskForm, error: EditError | None) -> None:
    """At the field that is to be mended, or above them all."""
    if error is None:
        return
    place = next((form[name] for name in error.fields if name in form), None)
    if place is None:
        form.form_errors.append(str(error))
    else:
        place.errors = [*place.errors, str(error)]


def is_meanwhile(error: EditError) -> bool:
    """Whether somebody else saved first."""
    return isinstance(error, ChangedMeanwhile)


def refused_page(error: EditError) -> ResponseReturnValue:
    """For an old link, and for a form of what is gone: whatever was typed into it is given back."""
    sentence = _("%(error)s Go back to the questions.", error=error)
    return error_page(404, _("This cannot be done"), sentence, typed=typed_words(_BOXES))
