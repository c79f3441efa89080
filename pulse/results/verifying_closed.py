"""Surveys that are over: what must be gone is gone, and what is left describes groups and no person."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pulse.domain.anonymity import CHECKS, CLOSED, Finding, failed, judge, passed, unknown
from pulse.domain.disclosure import HARD_FLOOR, PROFILES
from pulse.domain.disclosure.comments import LEAST_ANSWERS, LEAST_COMMENTS
from pulse.domain.measurement.comoments import LEAST_PEOPLE
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.results import verifying_queries as queries
from pulse.results.models import Release
from pulse.results.release import digest_of
from pulse.results.stored_queries import list_stored
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave


def closed_findings(ended: Sequence[Wave], running: Sequence[Wave]) -> Iterator[Finding]:
    """`running` are the only waves that may have sealed answers, links and notes."""
    yield _removed()
    yield from _rows_gone(queries.list_waves_with_rows() - {wave.id for wave in running}, ended)
    lowered = _lowered([*ended, *running])
    if ended:
        yield from _of_closed(ended, lowered)
    else:
        rest = [check for check, (place, _) in CHECKS.items() if place == CLOSED and check not in _ALWAYS]
        if lowered:
            rest.remove("threshold")
            yield failed("threshold", " ".join(lowered))
        yield from (unknown(check, "No survey has closed yet.") for check in rest)


def _of_closed(ended: Sequence[Wave], lowered: Sequence[str]) -> Iterator[Finding]:
    yield _register_order([wave.id for wave in ended])
    found = {release.wave_id: release for release in queries.list_releases_of([w.id for w in ended])}
    released = [(wave, found[wave.id]) for wave in ended if wave.id in found]
    yield _threshold(ended, found, lowered)
    yield _groups(released)
    yield _digests([release for _, release in released])


#: what is looked at though no survey has closed: it may be of one that was removed, or never opened
_ALWAYS = ("keys", "removed", "envelopes", "links", "took_part", "members")


def _rows_gone(wave_ids: set[int], ended: Sequence[Wave]) -> Iterator[Finding]:
    """One count each over all waves that are not running, whatever they say they are; each must be nought."""
    traces, over = invitations.count_traces(wave_ids), len(ended)
    yield _none("envelopes", responses.count_envelopes_of(wave_ids), "sealed answer sheets", over)
    yield _none("links", traces.links, "hashes of links, codes or addresses", over)
    odd = queries.count_odd_marks()
    if odd:
        yield failed("took_part", f"The list of people invited holds {odd:,} marks that Pulse does not make.")
    else:
        yield _none("took_part", traces.notes, "notes of who took part", over)
    yield _none("members", surveys.count_members_of(wave_ids), "entries of a person and a team", over)


def _register_order(wave_ids: list[int]) -> Finding:
    """An answer changes a row of the register, and PostgreSQL puts a row that changes somewhere else."""
    moved = queries.count_out_of_order(wave_ids)
    telling = (
        "The list lies in another order than the staff list, as answers may have left it. The next close "
        "puts it in order."
    )
    problems = [telling] if moved else []
    return judge("register_order", problems, "It stands in the order of the staff list.")


def _none(check: str, count: int, what: str, waves: int) -> Finding:
    if count:
        return failed(check, f"Still stored for surveys that are not open: {count:,} {what}.")
    if not waves:
        return unknown(check, "No survey has closed yet.")
    return passed(check, f"0 {what} in {_surveys(waves)}.")


def _surveys(count: int) -> str:
    return f"{count} closed survey{'' if count == 1 else 's'}"


def _removed() -> Finding:
    """The worker takes the note away when nothing that was deleted can be read from the files any more."""
    due = [
        f"{_title(wave)}: not gone yet. Let the worker run, and end what reads the database for long."
        for wave in surveys.list_waves_to_scrub()
    ]
    return judge(
        "removed",
        due,
        "Nothing waits to be removed from them. What the disk itself may keep beside files cannot be seen.",
    )


def _lowered(waves: Sequence[Wave]) -> list[str]:
    """Surveys whose next wave would open with less than one that has opened: a promise that only grows."""
    opened: dict[int, list[Wave]] = defaultdict(list)
    for wave in waves:
        if wave.plan_sha256 is not None or wave.state != "cancelled":  # one may be cancelled before it opens
            opened[wave.programme_id].append(wave)
    problems = []
    for of_one in opened.values():
        survey, k = of_one[0].programme, max(wave.k for wave in of_one)
        profile = max((wave.profile for wave in of_one), key=PROFILES.__getitem__)
        if survey.k < k or PROFILES[survey.profile] < PROFILES[profile]:
            now = f"{survey.name} now has k = {survey.k} and the profile {survey.profile}"
            problems.append(f"{now}, though a wave of it opened with {k} and {profile}.")
    return problems


def _threshold(ended: Sequence[Wave], found: dict[int, Release], lowered: Sequence[str]) -> Finding:
    """Of waves whose results are out; a wave that was cancelled has none."""
    problems = list(lowered)
    for wave in (wave for wave in ended if wave.state == "released"):
        release = found.get(wave.id)
        if release is None:
            problems.append(f"{_title(wave)} says that its results are out, but has none.")
        elif not release.k == wave.k >= HARD_FLOOR:
            problems.append(f"{_title(wave)} was counted for {release.k} or more, and now says {wave.k}.")
    least = min((release.k for release in found.values()), default=HARD_FLOOR)
    return judge("threshold", problems, f"{least} people or more, in survey and results alike.")


def _groups(released: Sequence[tuple[Wave, Release]]) -> Finding:
    problems, least = [], HARD_FLOOR
    for wave, release in released:
        k = max(wave.k, release.k)
        small = queries.count_small(release.id, k, LEAST_PEOPLE, (LEAST_ANSWERS, LEAST_COMMENTS))
        problems += [f"{_title(wave)}: {number} x {kind} of too few." for kind, number in small.items()]
        least = k
    least = min((release.k for _, release in released), default=least)
    return judge("groups", problems, f"Every number is about a group of {least} people or more.")


def _digests(releases: Sequence[Release]) -> Finding:
    """Whoever can write to the database can also write a checksum that fits: hence the fingerprint."""
    waves = Counter(
        release.wave_id for release in releases if digest_of(list_stored(release.id)) != release.digest
    )
    problems = [f"{_title(surveys.get_wave(wave))} was changed after it was published." for wave in waves]
    together = digest_of(
        {"release": [{"wave": one.wave_id, "k": one.k, "digest": one.digest} for one in releases]}
    )
    return judge(
        "digest",
        problems,
        f"{len(releases)} sets of results fit their checksums. All together: {together[:16]}. Write it down: "
        "it stays the same until another survey closes.",
    )


def _title(wave: Wave) -> str:
    return f"{wave.programme.name}, {wave.label}"
