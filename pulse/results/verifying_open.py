"""Surveys that are open, or closed and not counted yet: the box of envelopes tells nothing by its looks."""

from collections.abc import Callable, Iterator, Sequence

from nacl.bindings import crypto_box_SEALBYTES

from pulse.domain.anonymity import CHECKS, OPEN, Finding, judge, order_in, unknown
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.results.verifying_key_files import KeyFolder
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.models import GUARDIAN, Wave
from pulse.surveys.seals import fits_seal

Problem = Callable[[Wave], str | None]


def open_findings(running: Sequence[Wave], keys: KeyFolder) -> Iterator[Finding]:
    """No finding says how many have answered: that is nobody's business while a survey is open."""
    if not running:
        shut = (check for check, (place, _) in CHECKS.items() if place == OPEN)
        yield from (unknown(check, "No survey is open now.") for check in shut)
        return
    count = f"{len(running)} open survey{'' if len(running) == 1 else 's'}"
    yield _each("sizes", running, _size, f"Every sealed answer of {count} has one length.")
    yield _each("order", running, _order, f"The sealed answers of {count} have random ids.")
    yield _each("stuffing", running, _stuffing, f"The two numbers are the same in {count}.")
    if keys.files is None:
        yield unknown("sealed_to", keys.why)
    else:
        yield _each(
            "sealed_to",
            running,
            lambda wave: _sealed_to(wave, keys),
            f"{count}: key, questions and people are as they were at the opening.",
        )


def _each(check: str, running: Sequence[Wave], problem: Problem, otherwise: str) -> Finding:
    found = [(wave, problem(wave)) for wave in running]
    said = [f"{wave.programme.name}, {wave.label}: {what}." for wave, what in found if what]
    return judge(check, said, otherwise)


def _size(wave: Wave) -> str | None:
    expected = (wave.sheet_bytes or 0) + crypto_box_SEALBYTES
    odd = [size for size in responses.list_sizes(wave.id) if size != expected]
    return "some sealed answers are longer or shorter than the others" if odd else None


def _order(wave: Wave) -> str | None:
    return order_in(responses.list_ids(wave.id))


def _stuffing(wave: Wave) -> str | None:
    same = responses.count_envelopes(wave.id) == invitations.count_spent(wave.id)
    return None if same else "the box does not hold one sealed answer for each link that was used"


def _sealed_to(wave: Wave, keys: KeyFolder) -> str | None:
    """The seal was made by the worker when the wave opened, and lies outside the database."""
    if not fits_seal(wave.id, Keyring(keys.path)):
        return "it is not what it was when it opened, or its seal is missing"
    if wave.key_mode == GUARDIAN or _fits(wave, keys):
        return None
    return "its key file is missing, damaged or another's"


def _fits(wave: Wave, keys: KeyFolder) -> bool:
    try:
        return bytes(Keyring(keys.path).load_wave_key(wave.id).public_key) == wave.public_key
    except KeyMissing:
        return False
