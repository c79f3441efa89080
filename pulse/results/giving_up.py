"""Giving a wave up: its key is lost, so nobody can ever open its answers. They are deleted, and it ends."""

from pulse.db import writing
from pulse.invitations import queries as invitations
from pulse.results.burning import burn
from pulse.surveys import queries as surveys
from pulse.surveys.guardians import can_be_given_up, require_name
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError

GIVEN_UP = (
    "This wave was given up because its answers could not be opened. They are lost: the sealed answers and "
    "the list of who was asked were deleted, and there are no results."
)


def give_up(wave_id: int, typed: str) -> Wave:
    """Cancel a wave and delete its answers for good; `typed` is its label, to show that it is meant.

    Raises WaveError, and then changes nothing.
    """
    with writing():
        wave = surveys.get_wave(wave_id)
        if not can_be_given_up(wave):
            raise WaveError("Only a wave that is held or waits for its key can be given up.")
        require_name(wave, typed)
        if not surveys.claim_state(wave_id, wave.state, "cancelled"):
            raise WaveError("This wave has just moved on: reload the page to see where it stands.")
        invitations.delete_register(wave_id)
        surveys.set_problem(wave_id, GIVEN_UP)
        burn(wave_id)
        return wave
