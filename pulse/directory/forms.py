"""The roster page's forms: upload a file, and apply what its preview shows."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from pulse.directory.roster_file import RosterFile, read_roster
from pulse.directory.roster_reading import RosterError
from pulse.languages.saying import lazy_gettext as lazy


class UploadForm(FlaskForm):
    """The roster, and a second file if the tree comes in one."""

    file = FileField(
        lazy("Roster file"),
        description=lazy("A CSV with a row for each post: staff number, name, email, unit code."),
        validators=[FileRequired(lazy("Choose the roster file."))],
    )
    units = FileField(
        lazy("Units file (optional)"),
        description=lazy(
            "Only if the roster does not hold unit names and parents: unit code, name, parent code."
        ),
    )

    def read(self) -> RosterFile | None:
        """The roster in the files, or None with the sentence on the form that says what to do."""
        if not self.validate_on_submit():
            return None
        try:
            units = self.units.data.read() if self.units.data else None
            return read_roster(self.file.data.read(), units)
        except RosterError as error:
            self.file.errors = [str(error)]
            return None


class ApplyForm(FlaskForm):
    """Import what the preview shows."""

    allow_many_leavers = BooleanField(lazy("The file holds everybody: these people have left"))
