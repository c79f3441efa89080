"""What the pages of scales and sources ask for. What can be kept is decided elsewhere."""

from dataclasses import asdict

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from pulse.banks.forms import at_most, named, one_line_of, reason
from pulse.banks.scales import KINDS, Typed
from pulse.banks.shape_forms import ID, NOT_LISTED
from pulse.domain.instrument import Document, Library, Source
from pulse.languages.saying import lazy_gettext as lazy

_SHORT = Regexp(
    r"^[a-z][a-z0-9_]*$",
    message=lazy("Write small letters, digits and underscores, such as our_scale."),
)
MOST_CHARS = 2000


class ScaleForm(FlaskForm):
    """An answer scale."""

    seen = HiddenField()
    kind = SelectField(
        lazy("What kind of answers?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in KINDS.items()],
        invalid_choice_message=NOT_LISTED,
    )
    options = TextAreaField(
        lazy("Options"),
        description=lazy(
            "One a line, from low to high, such as: 1 = Strongly disagree. None for a text box."
        ),
    )
    apart = TextAreaField(
        lazy("Set apart, and never scored"),
        description=lazy("na = Does not apply to me; pns = Prefer not to say. One a line."),
    )
    favourable = named(lazy("Favourable codes"), 40, hint=lazy("Such as: 4, 5. Empty if none is."))
    unfavourable = named(lazy("Unfavourable codes"), 40, hint=lazy("Such as: 1, 2."))
    lead_in = named(lazy("What people read with the question"), 300)
    max_chars = IntegerField(
        lazy("Most characters of a text box"),
        [Optional(), NumberRange(1, MOST_CHARS, lazy("Give a number from 1 to %(most)s.", most=MOST_CHARS))],
    )
    note = named(lazy("Note, or the help beside a text box"), 300)
    why = reason()

    def show(self, typed: Typed, seen: str) -> None:
        """The scale as it stands."""
        self.process(data=asdict(typed) | {"seen": seen})

    def typed(self) -> Typed:
        """What was typed."""
        words = {name: self[name].data or "" for name in Typed.__dataclass_fields__ if name != "max_chars"}
        return Typed(**words, max_chars=self.max_chars.data)


class NewScaleForm(ScaleForm):
    """A scale that is not there yet."""

    id = StringField(
        lazy("Short name"),
        [InputRequired(lazy("Give the scale a short name.")), at_most(40), _SHORT],
        filters=[one_line_of],
    )


class DocumentForm(FlaskForm):
    """A published text."""

    id = StringField(
        lazy("Id"), [InputRequired(lazy("Give the document an id, such as plan2026.")), at_most(20), ID]
    )
    title = named(lazy("Title"), 200, lazy("Give the document's title."))
    author = named(lazy("Author"), 120)
    year = IntegerField(
        lazy("Year"), [Optional(), NumberRange(1800, 2200, lazy("Give a year such as 2026."))]
    )
    why = reason()

    def document(self) -> Document:
        """What was typed."""
        return Document(self.id.data, self.title.data, self.author.data or "", self.year.data)


class PointForm(FlaskForm):
    """One point of a document, in words of one's own."""

    seen = HiddenField()
    id = StringField(
        lazy("Id"), [InputRequired(lazy("Give the point an id, such as OWN-P1.")), at_most(20), ID]
    )
    document = SelectField(lazy("Document"), invalid_choice_message=NOT_LISTED)
    heading = named(lazy("Heading it stands under"), 200, lazy("Give the heading."))
    paraphrase = named(lazy("What it says, in your own words"), 300, lazy("Say the point in your own words."))
    why = reason()

    def offer(self, library: Library) -> None:
        """The documents there are."""
        self.document.choices = [SelectChoice(one.id, one.title) for one in library.documents]

    def point(self) -> Source:
        """What was typed."""
        return Source(self.id.data, self.document.data, self.heading.data, self.paraphrase.data)
