"""What the pages of headings, measures and pairs ask for. What can be kept is decided elsewhere."""

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
from wtforms.validators import InputRequired, NumberRange, Regexp

from pulse.banks.forms import at_most, named, one_line_of, reason
from pulse.banks.heads import Heads
from pulse.banks.measures import DIRECTIONS, METHODS, Shape
from pulse.banks.pairs import KINDS, NewPair
from pulse.domain.instrument import Bank, Index, Library
from pulse.domain.instrument.checks import MAX_TEXT
from pulse.languages.saying import lazy_gettext as lazy

NOT_LISTED = lazy("Choose one from the list.")
ID = Regexp(
    r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$",
    message=lazy("Write letters and digits with hyphens between them, such as OWN-1."),
)


def pair_label() -> StringField:
    """What a pair is called."""
    missing = lazy("Say what the pair is about, such as: Hope and worry.")
    return named(lazy("What the pair is about"), 80, missing)


class HeadsForm(FlaskForm):
    """A bank's own words and headings."""

    seen = HiddenField()
    title = named(lazy("Name of the bank"), 80, lazy("Give the bank a name."))
    about = named(lazy("What is it about?"), 200)
    lead_in = named(lazy("What people read before its questions"), 300)
    headings = TextAreaField(
        lazy("Headings"),
        description=lazy(
            "One a line, in order: a short name, = and the heading, such as: people = People. "
            "A heading can go once it has no question."
        ),
    )
    borrowed = TextAreaField(
        lazy("Questions of other banks that are shown here too"),
        description=lazy(
            "One heading a line, such as: people = PTA-01, TAA-E1. Each question is kept in its own bank, "
            "and a survey asks it once."
        ),
    )
    why = reason()

    def show(self, heads: Heads, seen: str) -> None:
        """The bank as it stands."""
        self.process(data=asdict(heads) | {"seen": seen})

    def heads(self) -> Heads:
        """What was typed."""
        return Heads(**{name: self[name].data or "" for name in Heads.__dataclass_fields__})


class MeasureForm(FlaskForm):
    """A measure of headings, or of pairs."""

    seen = HiddenField()
    label = named(lazy("Name of the measure"), 80, lazy("Give the measure a name."))
    direction = SelectField(
        lazy("What does a high score mean?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in DIRECTIONS.items()],
        invalid_choice_message=NOT_LISTED,
    )
    method = SelectField(
        lazy("How is the score made?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in METHODS.items()],
        invalid_choice_message=NOT_LISTED,
    )
    sections = SelectMultipleField(
        lazy("Which headings is it made of?"),
        invalid_choice_message=NOT_LISTED,
        description=lazy("For a score of questions under headings."),
    )
    pairs = SelectMultipleField(
        lazy("Which pairs is it made of?"),
        invalid_choice_message=NOT_LISTED,
        description=lazy("For mixed feelings, or a gap."),
    )
    need = IntegerField(
        lazy("How many must somebody answer to be scored?"),
        [
            InputRequired(lazy("Give a number, such as 3.")),
            NumberRange(1, 60, lazy("Give a number from 1 to 60.")),
        ],
        description=lazy("Questions of the whole measure, or of each heading if each has a score, or pairs."),
    )
    why = reason()

    def offer(self, library: Library, bank: Bank) -> None:
        """The headings and pairs there are."""
        self.sections.choices = [SelectChoice(one.id, library.fill(one.label)) for one in bank.sections]
        self.pairs.choices = [SelectChoice(one.id, library.fill(one.label)) for one in bank.pairs]

    def show(self, index: Index, seen: str) -> None:
        """The measure as it stands."""
        for name in ("label", "direction", "method", "need"):
            self[name].data = getattr(index, name)
        self.sections.data, self.pairs.data, self.seen.data = list(index.sections), list(index.pairs), seen

    def shape(self) -> Shape:
        """What was typed."""
        return Shape(
            label=self.label.data or "",
            direction=self.direction.data or "",
            sections=tuple(self.sections.data or ()),
            need=self.need.data or 1,
            method=self.method.data or "",
            pairs=tuple(self.pairs.data or ()),
        )


class NameForm(MeasureForm):
    """A measure of stages or of leaders' gaps: only its name is changed here."""

    direction = method = sections = pairs = need = None

    def show(self, index: Index, seen: str) -> None:
        self.label.data, self.seen.data = index.label, seen

    def offer(self, library: Library, bank: Bank) -> None:
        """Nothing to choose."""

    def shape(self) -> Shape:
        return Shape(self.label.data or "", "", (), 1)


class NewMeasureForm(MeasureForm):
    """A measure that is not there yet."""

    id = StringField(
        lazy("Id"), [InputRequired(lazy("Give the measure an id, such as OWN.")), at_most(20), ID]
    )


class PairForm(FlaskForm):
    """Two questions that are read together, made at once: one without the other cannot be."""

    id = StringField(
        lazy("Id of the pair"),
        [InputRequired(lazy("Give the pair an id, such as OWN-1.")), at_most(16), ID],
        description=lazy("Its questions get this id with a letter behind it."),
    )
    label = named(
        lazy("What the pair is about"), 80, lazy("Say what the pair is about, such as: Hope and worry.")
    )
    kind = SelectField(
        lazy("What kind of pair?"),
        choices=[SelectChoice(key, lazy(kind.label)) for key, kind in KINDS.items()],
        invalid_choice_message=NOT_LISTED,
    )
    first = TextAreaField(
        lazy("First question: the positive one, or what is expected"),
        [InputRequired(lazy("Write the first question.")), at_most(MAX_TEXT)],
        filters=[one_line_of],
    )
    second = TextAreaField(
        lazy("Second question: the negative one, or what is experienced"),
        [InputRequired(lazy("Write the second question.")), at_most(MAX_TEXT)],
        filters=[one_line_of],
    )
    section = SelectField(lazy("Heading"), invalid_choice_message=NOT_LISTED)
    scale = SelectField(lazy("Answers"), invalid_choice_message=NOT_LISTED)
    na = BooleanField(lazy("Offer “Does not apply to me”"))
    note = named(lazy("Where it comes from"), 300, lazy("Say where it comes from, or that it is your own."))
    why = reason()

    def offer(self, library: Library, bank: Bank) -> None:
        """Headings, and the scales that have a score."""
        self.section.choices = [SelectChoice(one.id, library.fill(one.label)) for one in bank.sections]
        self.scale.choices = [
            SelectChoice(one.id, f"{one.id}: {', '.join(library.fill(label) for _, label in one.options)}")
            for one in library.scales
            if one.scored
        ]

    def pair(self) -> NewPair:
        """What was typed."""
        return NewPair(**{name: self[name].data for name in NewPair.__dataclass_fields__})


class PairNameForm(FlaskForm):
    """What a pair is called."""

    seen = HiddenField()
    label = named(
        lazy("What the pair is about"), 80, lazy("Say what the pair is about, such as: Hope and worry.")
    )
    why = reason()
