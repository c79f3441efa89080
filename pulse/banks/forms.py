"""What the studio asks of an editor. What can be kept is decided by `editing` and the library's checks."""

from collections.abc import Iterable
from typing import Any, get_args

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from pulse.banks.revising import LONGEST_WHY, fingerprint
from pulse.domain.instrument import Bank, Item, Library
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.checks import MAX_TEXT
from pulse.domain.instrument.parts import Audience
from pulse.web.formatting import one_line

_NOT_LISTED = "Choose one from the list."
_ID = Regexp(
    r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$",
    message="Write letters and digits with hyphens between them, such as OWN-01.",
)
_FILE_NAME = Regexp(
    r"^[a-z][a-z0-9_]*$", message="Write small letters, digits and underscores, such as our_questions."
)
_AUDIENCES = {"staff": "Everybody", "leaders": "People who lead"}
DECLARATIONS = {
    Change.SPELLING: "Spelling: the same question, the same version",
    Change.TERM: "Another term for the same thing: the same question, marked on charts",
    Change.MEANING: "Another question: it gets an id of its own, and the old one is retired",
}


def one_line_of(text: str | None) -> str:
    """A question is one line, whatever was pasted."""
    return one_line(text or "")


def reason(label: str = "Why?") -> StringField:
    return StringField(
        label,
        [Length(max=LONGEST_WHY, message=f"Say why in up to {LONGEST_WHY} characters.")],
        filters=[one_line_of],
        description="Kept in the history of the bank.",
    )


def named(label: str, most: int, missing: str = "", hint: str = "") -> StringField:
    """A line of up to so many characters; with `missing`, one that cannot be left empty."""
    checks: list[Any] = [Length(max=most, message=f"Write up to {most} characters.")]
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
        "Question",
        [
            InputRequired("Write the question."),
            Length(max=MAX_TEXT, message=f"Write up to {MAX_TEXT} characters."),
        ],
        filters=[one_line_of],
    )
    section = SelectField("Heading", invalid_choice_message=_NOT_LISTED)
    scale = SelectField("Answers", invalid_choice_message=_NOT_LISTED)
    audience = RadioField(
        "Who is asked?", choices=[SelectChoice(*each) for each in _AUDIENCES.items()], default="staff"
    )
    reverse = BooleanField("Agreeing is the unfavourable answer: the score is turned round")
    na = BooleanField("Offer “Does not apply to me”")
    reserve = BooleanField("Keep it in reserve: asked only by surveys that name it")
    sources = StringField(
        "Sources",
        filters=[one_line_of],
        description="Ids of the points it comes from, with commas between them, such as W-PEO-1, W-PR-PEO.",
    )
    note = StringField(
        "Note",
        [Length(max=300, message="Write up to 300 characters.")],
        filters=[one_line_of],
        description="For other editors. Say here that it is your own if it has no source.",
    )
    waive = StringField(
        "Keep the wording as it is, because",
        [Length(max=200, message="Write up to 200 characters.")],
        filters=[one_line_of],
        description="Only if you disagree with the remarks above. Your reason is shown beside the question.",
    )
    declared = RadioField(
        "What kind of change is this?",
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

    def offer_changes(self, least: Change) -> None:
        """Only what the edit can be: never less than it is at least."""
        chosen = [(change, label) for change, label in DECLARATIONS.items() if change >= least]
        self.declared.choices = [SelectChoice(str(int(change)), label) for change, label in chosen]

    def show(self, item: Item) -> None:
        """The question as it stands."""
        for name in ("text", "section", "scale", "audience", "reverse", "na", "reserve", "note"):
            self[name].data = getattr(item, name)
        self.sources.data = ", ".join(item.sources)
        self.seen.data = fingerprint(item)

    def values(self) -> dict[str, Any]:
        """Fields of an item as they were typed."""
        names = ("text", "section", "scale", "reverse", "na", "reserve", "note")
        audience: Audience = next(each for each in get_args(Audience) if each == self.audience.data)
        typed = (part.strip() for part in (self.sources.data or "").split(","))
        sources = tuple(dict.fromkeys(part for part in typed if part))
        return {name: self[name].data for name in names} | {"audience": audience, "sources": sources}

    def declaration(self) -> Change | None:
        """What was chosen; None if nothing was."""
        chosen = self.declared.data
        return Change(int(chosen)) if chosen in {str(int(each)) for each in DECLARATIONS} else None


class NewItemForm(ItemForm):
    """A question that is not there yet."""

    id = StringField("Id", [InputRequired("Give the question an id, such as OWN-01."), Length(max=20), _ID])


class BankForm(FlaskForm):
    """A bank of one's own."""

    title = StringField(
        "Name of the bank",
        [InputRequired("Give the bank a name."), Length(max=80, message="Write up to 80 characters.")],
        filters=[one_line_of],
    )
    id = StringField(
        "Short name",
        [InputRequired("Give the bank a short name."), Length(max=40, message="Write up to 40."), _FILE_NAME],
        description="Small letters, digits and underscores, such as our_questions: the name of its file.",
    )
    about = StringField(
        "What is it about?",
        [Length(max=200, message="Write up to 200 characters.")],
        filters=[one_line_of],
        description="Half a sentence, such as: how new staff are welcomed.",
    )
    section = StringField(
        "First heading",
        [InputRequired("Give the bank a heading: a dimension or a facet."), Length(max=80)],
        filters=[one_line_of],
    )
    why = reason()


class WhyForm(FlaskForm):
    """An act that needs no more than a reason."""

    why = reason()


def _scale_label(library: Library, scale_id: str) -> str:
    scale = library.scale(scale_id)
    if scale.kind == "text":
        return f"{scale_id}: a text box"
    labels: Iterable[str] = (library.fill(label) for _, label in scale.options)
    return f"{scale_id}: {', '.join(labels)}"


class ImportForm(FlaskForm):
    """A file with questions, to be looked at first."""

    file = FileField("File", [FileRequired("Choose a file.")])


class WordsForm(FlaskForm):
    """What this organisation says in place of the words of the banks, one line each: ours = yours."""

    seen = HiddenField()
    terms = TextAreaField(
        "Terms",
        description="One a line, such as: approach = building on people's own strengths. "
        "The questions say {approach} where it belongs.",
    )
    swaps = TextAreaField(
        "Your own words",
        description="One a line, such as: local people = residents. Every question says the second.",
    )
    why = reason()
