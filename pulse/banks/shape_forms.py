"""What the pages of headings, measures, scales and sources ask for. What can be kept is decided elsewhere."""

from dataclasses import asdict

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from pulse.banks.forms import named, one_line_of, reason
from pulse.banks.heads import Heads
from pulse.banks.measures import DIRECTIONS, Shape
from pulse.banks.scales import KINDS, Typed
from pulse.domain.instrument import Bank, Document, Index, Library, Source

_NOT_LISTED = "Choose one from the list."
_ID = Regexp(
    r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$",
    message="Write letters and digits with hyphens between them, such as OWN-1.",
)
_SHORT = Regexp(
    r"^[a-z][a-z0-9_]*$", message="Write small letters, digits and underscores, such as our_scale."
)
MOST_CHARS = 2000


class HeadsForm(FlaskForm):
    """A bank's own words and headings."""

    seen = HiddenField()
    title = named("Name of the bank", 80, "Give the bank a name.")
    about = named("What is it about?", 200)
    lead_in = named("What people read before its questions", 300)
    headings = TextAreaField(
        "Headings",
        description="One a line, in order: a short name, = and the heading, such as: people = People. "
        "A heading can go once it has no question.",
    )
    borrowed = TextAreaField(
        "Questions of other banks that are shown here too",
        description="One heading a line, such as: people = PTA-01, TAA-E1. Each question is kept in its own "
        "bank, and a survey asks it once.",
    )
    why = reason()

    def show(self, heads: Heads, seen: str) -> None:
        """The bank as it stands."""
        self.process(data=asdict(heads) | {"seen": seen})

    def heads(self) -> Heads:
        """What was typed."""
        return Heads(**{name: self[name].data or "" for name in Heads.__dataclass_fields__})


class MeasureForm(FlaskForm):
    """A measure. `by_parts` makes each heading a part with a score of its own."""

    seen = HiddenField()
    label = named("Name of the measure", 80, "Give the measure a name.")
    direction = SelectField(
        "What does a high score mean?",
        choices=[SelectChoice(*each) for each in DIRECTIONS.items()],
        invalid_choice_message=_NOT_LISTED,
    )
    sections = SelectMultipleField("Which headings is it made of?", invalid_choice_message=_NOT_LISTED)
    need = IntegerField(
        "How many questions must somebody answer to be scored?",
        [InputRequired("Give a number, such as 3."), NumberRange(1, 60, "Give a number from 1 to 60.")],
        description="Of the whole measure, or of each part.",
    )
    by_parts = BooleanField("Each heading is a part with a score of its own")
    why = reason()

    def offer(self, library: Library, bank: Bank) -> None:
        """The headings there are."""
        self.sections.choices = [SelectChoice(one.id, library.fill(one.label)) for one in bank.sections]

    def show(self, index: Index, seen: str) -> None:
        """The measure as it stands."""
        self.label.data, self.direction.data, self.need.data = index.label, index.direction, index.need
        self.sections.data, self.by_parts.data = list(index.sections), index.method == "mean_of_facets"
        self.seen.data = seen

    def shape(self) -> Shape:
        """What was typed."""
        return Shape(
            label=self.label.data or "",
            direction=self.direction.data or "",
            sections=tuple(self.sections.data or ()),
            need=self.need.data or 1,
            by_parts=self.by_parts.data,
        )


class NameForm(MeasureForm):
    """A measure of pairs or stages: only its name is changed here."""

    direction = sections = need = by_parts = None

    def show(self, index: Index, seen: str) -> None:
        self.label.data, self.seen.data = index.label, seen

    def offer(self, library: Library, bank: Bank) -> None:
        """Nothing to choose."""

    def shape(self) -> Shape:
        return Shape(self.label.data or "", "", (), 1)


class NewMeasureForm(MeasureForm):
    """A measure that is not there yet."""

    id = StringField("Id", [InputRequired("Give the measure an id, such as OWN."), Length(max=20), _ID])


class ScaleForm(FlaskForm):
    """An answer scale."""

    seen = HiddenField()
    kind = SelectField(
        "What kind of answers?",
        choices=[SelectChoice(*each) for each in KINDS.items()],
        invalid_choice_message=_NOT_LISTED,
    )
    options = TextAreaField(
        "Options",
        description="One a line, from low to high, such as: 1 = Strongly disagree. None for a text box.",
    )
    apart = TextAreaField(
        "Set apart, and never scored",
        description="na = Does not apply to me; pns = Prefer not to say. One a line.",
    )
    favourable = named("Favourable codes", 40, hint="Such as: 4, 5. Empty if none is.")
    unfavourable = named("Unfavourable codes", 40, hint="Such as: 1, 2.")
    lead_in = named("What people read with the question", 300)
    max_chars = IntegerField(
        "Most characters of a text box",
        [Optional(), NumberRange(1, MOST_CHARS, f"Give a number from 1 to {MOST_CHARS}.")],
    )
    note = named("Note, or the help beside a text box", 300)
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
        "Short name",
        [InputRequired("Give the scale a short name."), Length(max=40), _SHORT],
        filters=[one_line_of],
    )


class DocumentForm(FlaskForm):
    """A published text."""

    id = StringField("Id", [InputRequired("Give the document an id, such as plan2026."), Length(max=20), _ID])
    title = named("Title", 200, "Give the document's title.")
    author = named("Author", 120)
    year = IntegerField("Year", [Optional(), NumberRange(1800, 2200, "Give a year such as 2026.")])
    why = reason()

    def document(self) -> Document:
        """What was typed."""
        return Document(self.id.data, self.title.data, self.author.data or "", self.year.data)


class PointForm(FlaskForm):
    """One point of a document, in words of one's own."""

    seen = HiddenField()
    id = StringField("Id", [InputRequired("Give the point an id, such as OWN-P1."), Length(max=20), _ID])
    document = SelectField("Document", invalid_choice_message=_NOT_LISTED)
    heading = named("Heading it stands under", 200, "Give the heading.")
    paraphrase = named("What it says, in your own words", 300, "Say the point in your own words.")
    why = reason()

    def offer(self, library: Library) -> None:
        """The documents there are."""
        self.document.choices = [SelectChoice(one.id, one.title) for one in library.documents]

    def point(self) -> Source:
        """What was typed."""
        return Source(self.id.data, self.document.data, self.heading.data, self.paraphrase.data)
