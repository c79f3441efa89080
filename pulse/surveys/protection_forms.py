"""What the wizard asks of protection: the least figure shown, what results are cut by, who holds the key."""

from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from pulse.domain.disclosure import DEFAULT_K, STANDARD
from pulse.domain.words import N_
from pulse.languages.saying import lazy_gettext as lazy
from pulse.surveys.declared import MOST_ATTRIBUTES, MOST_CATEGORIES, MOST_CROSSES
from pulse.surveys.details import Details
from pulse.surveys.form_choices import CROSS, list_attribute_choices
from pulse.surveys.forms import StepForm, Typed, whole
from pulse.surveys.models import GUARDIAN, WORKER, Programme
from pulse.surveys.programme_checks import HIGHEST_K, PROFILE_WORDS

#: who can open the answers of a wave, as a choice
KEY_HOLDERS = {
    WORKER: N_("This service: a file that only its worker can read"),
    GUARDIAN: N_("One or two guardians, such as the union and HR: on paper, and nowhere else"),
}


class ProtectionForm(StepForm):
    """What protects people: the least figure shown, what results are cut by, who holds the key."""

    profile = RadioField(
        lazy("Profile"),
        [DataRequired(lazy("Choose a profile."))],
        choices=[SelectChoice(*each) for each in PROFILE_WORDS.items()],
        default=STANDARD,
        description=lazy("The least that k may ever be in this survey."),
    )
    k = whole(
        lazy("Fewest answers shown (k)"),
        DEFAULT_K,
        HIGHEST_K,
        DEFAULT_K,
        lazy(
            "No figure of fewer people is shown, ever. Once a wave has opened it can be raised for the next "
            "one, and never lowered."
        ),
    )
    attributes = SelectMultipleField(
        lazy("Facts from the staff list"),
        validate_choice=False,
        description=lazy(
            "Chosen facts are sealed with each answer, and staff are told so on the first page. At most "
            "%(most)s, of %(categories)s categories or fewer.",
            most=MOST_ATTRIBUTES,
            categories=MOST_CATEGORIES,
        ),
    )
    crosses = SelectMultipleField(
        lazy("Two facts together"),
        validate_choice=False,
        description=lazy("At most %(most)s pairs, of facts that are chosen above.", most=MOST_CROSSES),
    )
    key_mode = RadioField(
        lazy("Who holds the key of the answers"),
        [DataRequired(lazy("Choose who holds the key."))],
        choices=[SelectChoice(mode, lazy(words)) for mode, words in KEY_HOLDERS.items()],
        default=WORKER,
        description=lazy(
            "With guardians, nobody can read an answer before they bring their key at the close, not even "
            "who runs this service. If they lose their key, the wave is lost: nobody can open its answers."
        ),
    )

    def offer(self, programme: Programme | None) -> None:
        declared = programme.attributes if programme else []
        self.attributes.choices, self.crosses.choices = list_attribute_choices(declared)

    def values(self) -> dict[str, Any]:
        return {
            "profile": self.profile.data,
            "k": self.k.data,
            "attributes": tuple(self.attributes.data or ()),
            "crosses": tuple(_pair_of(value) for value in self.crosses.data or ()),
            "key_mode": self.key_mode.data,
        }

    @staticmethod
    def typed_of(details: Details) -> Typed:
        return {
            "profile": [details.profile],
            "k": [str(details.k)],
            "attributes": list(details.attributes),
            "crosses": [CROSS.join(pair) for pair in details.crosses],
            "key_mode": [details.key_mode],
        }


def _pair_of(value: str) -> tuple[str, str]:
    one, _, other = value.partition(CROSS)
    return one, other
