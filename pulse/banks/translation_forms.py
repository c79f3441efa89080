"""Forms of the translation pages. What a text must keep of its English is checked where it is saved."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField, TextAreaField

from pulse.languages.saying import lazy_gettext as lazy
from pulse.web.formatting import one_line


class TranslationForm(FlaskForm):
    """Words for one text. `seen` is the version that was shown."""

    seen = HiddenField()
    words = TextAreaField(lazy("Translation"))
    note = StringField(
        lazy("Note for whoever comes next"),
        filters=[lambda typed: one_line(typed or "")],
        description=lazy("Say what was hard, or what to look at. Up to 300 characters."),
    )


class TranslationsFileForm(FlaskForm):
    """A file with translations, to be looked at first."""

    file = FileField(lazy("File"), [FileRequired(lazy("Choose a file."))])


def version_seen(form: FlaskForm) -> int:
    """The version that was shown; one that never was for a form that was tampered with."""
    typed = str(form.seen.data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
