"""What the page of the burden asks of an administrator."""

from flask_wtf import FlaskForm

from pulse.languages.saying import lazy_gettext as lazy
from pulse.surveys.burden import HIGHEST_MINUTES, USUAL_MOST, USUAL_WARN
from pulse.surveys.forms import whole


class AgreementForm(FlaskForm):
    """Minutes a person in any 12 weeks."""

    warn = whole(lazy("Warn from (minutes)"), 1, HIGHEST_MINUTES, USUAL_WARN)
    most = whole(lazy("Refuse above (minutes)"), 1, HIGHEST_MINUTES, USUAL_MOST)
