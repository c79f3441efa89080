"""What the studio asks of an editor. What can be kept is decided by `editing` and the library's checks."""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from pulse.banks.proposing import next_question
from pulse.banks.revising import LONGEST_WHY, fingerprint
from pulse.banks.source_choice import SourcesField
from pulse.domain.instrument import Bank, Item, Library
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.checks import MAX_TEXT
from pulse.domain.instrument.parts import Audience
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.web.formatting import one_line

_NOT_LISTED = lazy("Choose one from the list.")
_ID = Regexp(
    r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$",
    message=lazy("Write letters and digits with hyphens between them, such as OWN-01."),
)
_FILE_NAME = Regexp(
    r"^[a-z][a-z0-9_]*$",
    message=lazy("Write small letters, digits and underscores, such as our_questions."),
)
AUDIENCES = {"staff": lazy("Everybody"), "leaders": lazy("People who lead")}
DECLARATIONS = {
    Change.SPELLING: lazy("Spelling: the same question, the same version"),
    Change.TERM: lazy("Another term for the same thing: the same question, marked on charts"),
    Change.MEANING: lazy("Another question: it gets an id of its own, and the old one is retired"),
}


def at_most(most: int) -> Length:
    """So many characters, and no more."""
    return Length(max=most, message=lazy("Write up to %(most)s characters.", most=most))


def one_line_of(text: str | None) -> str:
    """A question is one line, whatever was pasted."""
    return one_line(text or "")


def reason() -> StringField:
    """Why it is changed, for the history."""
    return StringField(
        lazy("Why?"),
        [Length(max=LONGEST_WHY, message=lazy("Say why in up to %(most)s characters.", most=LONGEST_WHY))],
        filters=[one_line_of],
        description=lazy("Kept in the history of the bank."),
    )


def named(label: str, most: int, missing: str = "", hint: str = "") -> StringField:
    """A line of up to so many characters; with `missing`, one that cannot be left empty."""
    checks: list[Any] = [at_most(most)]
    return StringField(
        label,
        [InputRequired(missing), *checks] if missing else checks,
        filters=[one_line_of],
        description=hint,
    )


class ItemForm(FlaskForm):
    """A question. `seen` is how it stood when the form was shown."""

    seen = HiddenField()
    text = TextAreaField(
        lazy("Question"),
        [
            InputRequired(lazy("Write the question.")),
            at_most(MAX_TEXT),
        ],
        filters=[one_line_of],
    )
    section = SelectField(lazy("Heading"), invalid_choice_message=_NOT_LISTED)
    scale = SelectField(lazy("Answers"), invalid_choice_message=_NOT_LISTED)
    audience = RadioField(
        lazy("Who is asked?"), choices=[SelectChoice(*each) for each in AUDIENCES.items()], default="staff"
    )
    reverse = BooleanField(lazy("Agreeing is the unfavourable answer: the score is turned round"))
    na = BooleanField(lazy("Offer “Does not apply to me”"))
    reserve = BooleanField(lazy("Keep it in reserve: asked only by surveys that name it"))
    sources = SourcesField(
        lazy("Sources"),
        invalid_choice_message=lazy("Choose sources from the list: one of these is not there any more."),
        description=lazy("The points it comes from. Tick as many as there are."),
    )
    note = StringField(
        lazy("Note"),
        [at_most(300)],
        filters=[one_line_of],
        description=lazy("For other editors. Say here that it is your own if it has no source."),
    )
    waive = StringField(
        lazy("Keep the wording as it is, because"),
        [at_most(200)],
        filters=[one_line_of],
        description=lazy(
            "Only if you disagree with the remarks above. Your reason is shown beside the question."
        ),
    )
    declared = RadioField(
        lazy("What kind of change is this?"),
        choices=[SelectChoice(str(int(change)), label) for change, label in DECLARATIONS.items()],
        validate_choice=False,
    )
    why = reason()

    def offer(self, library: Library, bank: Bank) -> None:
        """What there is to choose from."""
        self.section.choices = [
            SelectChoice(section.id, library.fill(section.label)) for section in bank.sections
        ]
        self.scale.choices = [
            SelectChoice(scale.id, _scale_label(library, scale.id)) for scale in library.scales
        ]
        self.sources.offer(library)

    def offer_changes(self, least: Change) -> None:
        """Only what the edit can be: never less than it is at least."""
        chosen = [(change, label) for change, label in DECLARATIONS.items() if change >= least]
        self.declared.choices = [SelectChoice(str(int(change)), label) for change, label in chosen]

    def show(self, item: Item) -> None:
        """The question as it stands."""
        for name in ("text", "section", "scale", "audience", "reverse", "na", "reserve", "note"):
            self[name].data = getattr(item, name)
        self.sources.data = list(item.sources)
        self.seen.data = fingerprint(item)

    def values(self, sources_before: Sequence[str] = ()) -> dict[str, Any]:
        """Fields of an item as they were typed."""
        names = ("text", "section", "scale", "reverse", "na", "reserve", "note")
        audience: Audience = next(each for each in get_args(Audience) if each == self.audience.data)
        sources = self.sources.in_order(sources_before)
        return {name: self[name].data for name in names} | {"audience": audience, "sources": sources}

    def declaration(self) -> Change | None:
        """What was chosen; None if nothing was."""
        chosen = self.declared.data
        return Change(int(chosen)) if chosen in {str(int(each)) for each in DECLARATIONS} else None


class NewItemForm(ItemForm):
    """A question that is not there yet."""

    id = StringField(
        lazy("Id"),
        [InputRequired(lazy("Give the question an id, such as OWN-01.")), at_most(20), _ID],
        description=lazy("The next one that is free. You can write another."),
    )

    def propose(self, library: Library, bank: Bank) -> None:
        """The next id after the bank's last question, under the same heading."""
        self.id.data, self.section.data = next_question(library, bank)


class BankForm(FlaskForm):
    """A bank of one's own."""

    title = StringField(
        lazy("Name of the bank"),
        [InputRequired(lazy("Give the bank a name.")), at_most(80)],
        filters=[one_line_of],
    )
    id = StringField(
        lazy("Short name"),
        [InputRequired(lazy("Give the bank a short name.")), at_most(40), _FILE_NAME],
        description=lazy(
            "Small letters, digits and underscores, such as our_questions: the name of its file."
        ),
    )
    about = StringField(
        lazy("What is it about?"),
        [at_most(200)],
        filters=[one_line_of],
        description=lazy("Half a sentence, such as: how new staff are welcomed."),
    )
    section = StringField(
        lazy("First heading"),
        [InputRequired(lazy("Give the bank a heading: a dimension or a facet.")), at_most(80)],
        filters=[one_line_of],
    )
    why = reason()


class WhyForm(FlaskForm):
    """An act that needs no more than a reason."""

    why = reason()


def _scale_label(library: Library, scale_id: str) -> str:
    scale = library.scale(scale_id)
    if scale.kind == "text":
        return _("%(id)s: a text box", id=scale_id)
    labels: Iterable[str] = (library.fill(label) for _, label in scale.options)
    return f"{scale_id}: {', '.join(labels)}"


class ImportForm(FlaskForm):
    """A file with questions, to be looked at first."""

    file = FileField(lazy("File"), [FileRequired(lazy("Choose a file."))])


class WordsForm(FlaskForm):
    """What this organisation says in place of the words of the banks, one line each: ours = yours."""

    seen = HiddenField()
    terms = TextAreaField(
        lazy("Terms"),
        description=lazy(
            "One a line, such as: approach = building on people's own strengths. "
            "The questions say {approach} where it belongs."
        ),
    )
    swaps = TextAreaField(
        lazy("Your own words"),
        description=lazy("One a line, such as: local people = residents. Every question says the second."),
    )
    why = reason()
