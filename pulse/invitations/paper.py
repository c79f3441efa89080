"""Codes for people whom no letter reaches: entered in the register, printed on slips, typed in."""

from dataclasses import dataclass
from datetime import datetime

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.invitations import queries
from pulse.invitations.brake import Brake
from pulse.invitations.codes import hash_token, make_code, make_token, misfit, read_code, token_of_code
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.surveys import queries as surveys
from pulse.surveys.staff_link import staff_link

#: hashed between two commits: a crash loses this much work, and no answer waits for it
BATCH = 50
#: some ten seconds of hashing: while a tick hashes, no other wave opens or closes, and the next one goes on
CODES_A_TICK = 350


class NotOpen(Exception):
    """The wave is not open, so that no slip for it would work; the message says what to do."""


class NotACode(Exception):
    """What was typed cannot be a code, whoever's; the message says why."""


class TooManyTries(Exception):
    """Too many wrong codes were typed lately."""


@dataclass(frozen=True)
class Slip:
    """What is printed for one person: where to hand it out, to whom, how they get to the survey, and where
    everybody reads the results.
    """

    unit: str
    name: str
    code: str
    link: str
    results: str


def enter_codes(wave_id: int, token_key: bytes, most: int | None = None) -> int:
    """Give everybody in an open wave whom no letter reaches a code, or up to `most`; how many got one now.

    Repeatable: who has one keeps it. The slow hashing is done outside any transaction, and what a close
    overtakes is not written.
    """
    entered = hashed = 0
    while people := queries.list_without_code(wave_id, BATCH if most is None else min(BATCH, most - hashed)):
        salt = _salt(wave_id)
        hashed += len(people)
        hashes = {person: hash_token(_code_token(token_key, wave_id, person, salt)) for person in people}
        with writing():
            if not surveys.lock_open_wave(wave_id):
                return entered
            entered += queries.set_codes(wave_id, hashes)
    return entered


def _salt(wave_id: int) -> bytes:
    salt = surveys.get_wave(wave_id).public_key
    if salt is None:
        raise LookupError("an open wave has no public key")
    return salt


def _code_token(token_key: bytes, wave_id: int, person_id: int, salt: bytes) -> str:
    code = read_code(make_code(token_key, wave_id, person_id))
    assert code is not None  # noqa: S101 - for the type checker: it was made a moment ago
    return token_of_code(code, salt)


def list_slips(wave_id: int, token_key: bytes, base_url: str) -> list[Slip]:
    """A slip for everybody in an open wave whom no letter reaches, by unit and name; raises NotOpen.

    Whoever has answered by now is among them: a list without them would tell who has.
    """
    wave = surveys.find_wave(wave_id)
    if wave is None or wave.state != "open":
        raise NotOpen(f"Wave {wave_id} is not open: slips can be made only while a wave is.")
    enter_codes(wave_id, token_key)
    units = dict(queries.list_unreached(wave_id))
    names = directory.list_contacts(list(units))
    slips = [
        Slip(
            unit=unit,
            name=names[person][0],
            code=make_code(token_key, wave_id, person),
            link=f"{base_url}/a/{make_token(token_key, wave_id, person)}",
            results=staff_link(wave.programme, base_url),
        )
        for person, unit in units.items()
    ]
    return sorted(slips, key=lambda slip: (slip.unit, slip.name, slip.code))


def exchange(typed: str, network: str, brake: Brake, now: datetime) -> tuple[str, Standing]:
    """What a typed code stands for, and what that is good for now; writes nothing.

    Raises NotACode, which costs no try, and TooManyTries.
    """
    code = read_code(typed)
    if code is None:
        raise NotACode(misfit(typed))
    if not brake.claim(network, now):
        raise TooManyTries
    for salt in queries.list_code_salts():
        token = token_of_code(code, salt)
        standing = standing_of(find_entry(token))
        if standing is not Standing.UNKNOWN:
            brake.give_back(network)
            return token, standing
    return "", Standing.UNKNOWN
