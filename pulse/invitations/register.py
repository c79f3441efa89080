"""Opening a wave and entering everybody asked into its register, as one unit."""

from collections.abc import Sequence

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.invitations import queries
from pulse.invitations.codes import hash_token, make_token
from pulse.invitations.models import NO_ADDRESS, WAITING
from pulse.invitations.turn_queries import list_asked_just_before
from pulse.surveys import queries as surveys
from pulse.surveys import waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import EMAIL, LETTER, SLIP, TEXT


def open_and_invite(wave_id: int, keyring: Keyring) -> int:
    """Open a planned wave and enter its population; returns the headcount, 0 if it was not planned any more.

    Repeatable: a second call, or a second worker, finds the wave no longer planned and does nothing.
    Raises CannotOpen when nobody is in the audience, KeyMissing when the token key of open waves is gone;
    then nothing has changed.
    """
    with writing():
        if not surveys.claim_state(wave_id, "planned", "open"):
            return 0
        wave = surveys.get_wave(wave_id)
        headcount = waves.open_wave(wave, keyring, list_asked_just_before(wave))
        _enter_population(wave_id, wave.programme.channels, _token_key(wave_id, keyring))
        return headcount


def _token_key(wave_id: int, keyring: Keyring) -> bytes:
    """A key is made only while no other wave needs the one that is missing."""
    others = [wave for wave in surveys.list_waves_in("open") if wave.id != wave_id]
    return keyring.token_key() if others else keyring.make_token_key()


def _enter_population(wave_id: int, channels: Sequence[str], token_key: bytes) -> None:
    people = surveys.list_member_ids(wave_id)
    reach, nothing = directory.list_reach(people), directory.Reach()
    chosen = {person_id: choose_channel(channels, reach.get(person_id, nothing)) for person_id in people}
    queries.add_invitations(
        [
            {
                "wave_id": wave_id,
                "person_id": person_id,
                "token_hash": hash_token(make_token(token_key, wave_id, person_id)),
                "spent": False,
                "reminders": 0,
                "channel": channel,
                "delivery": NO_ADDRESS if channel == SLIP else WAITING,
            }
            for person_id, channel in chosen.items()
        ]
    )


def choose_channel(channels: Sequence[str], reach: directory.Reach) -> str:
    """The first of the programme's channels that reaches this person; a slip if none does.

    Chosen once, at the opening: all letters of a wave go the same way to the same person, whatever becomes
    known of them later.
    """
    known = {EMAIL: reach.email, TEXT: reach.phone, LETTER: reach.post, SLIP: SLIP}
    return next((channel for channel in channels if known[channel]), SLIP)
