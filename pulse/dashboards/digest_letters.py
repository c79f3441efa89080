"""The words of the digest: a value made from what a leader may read, in plain text like every letter."""

import textwrap
from collections.abc import Sequence
from datetime import datetime

from pulse.accounts.identity import SignedIn
from pulse.actions.summaries import NextPromise
from pulse.dashboards.digest_reading import Digest, may_hear, read_digest, shows_nothing
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.messages.mail import Mail
from pulse.surveys.models import Wave
from pulse.web.formatting import format_date, plural

_LONGEST = 300
_WIDTH = 100


def letter_to(reader: SignedIn, wave: Wave, base_url: str, now: datetime) -> Mail | None:
    """The digest of a released wave; None for whom nothing in it is to read."""
    if shows_nothing(wave):
        return _letter(reader, wave, _nothing(wave)) if may_hear(reader, wave) else None
    digest = read_digest(reader, wave, now)
    return _letter(reader, wave, digest_text(digest, wave, base_url)) if digest is not None else None


def _letter(reader: SignedIn, wave: Wave, text: str) -> Mail:
    subject = f"{wave.programme.name}, {wave.label}: results are out"
    lines = "\n".join(map(_wrapped, text.split("\n")))
    signed = f"Hello,\n\n{lines}\n\n{wave.programme.organisation}\n"
    return Mail(to=reader.email, subject=subject, text=signed, kind="digest")


def _wrapped(line: str) -> str:
    """Lines that a mail program need not break; a link stays whole."""
    inset = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line, _WIDTH, subsequent_indent=inset, break_long_words=False, break_on_hyphens=False
    )


def _nothing(wave: Wave) -> str:
    return (
        f"The survey “{wave.programme.name}”, {wave.label}, has closed, and too few people answered to show "
        f"any result. A result is shown only of {wave.k} people or more, so that nobody can be known by it. "
        "That says nothing about how things are. It is a reason to ask your team what would make it worth "
        "their while to answer."
    )


def digest_text(digest: Digest, wave: Wave, base_url: str) -> str:
    """Strong first, then what to look at together, what changed, and what was promised."""
    link = f"{base_url}/results/{wave.id}/{digest.group.number}"
    staff = f"{base_url}/r/{wave.programme.results_key}"
    paragraphs = [
        _about(digest, wave),
        digest.headline,
        _listed("What is strong here:", digest.strong),
        _listed("To look at together, the lowest scores:", digest.together),
        _scores(digest),
        _listed("What changed:", digest.changes),
        promise_words(digest.promise),
        f"All of it, with what each number is made of:\n{link}",
        f"Everybody who was asked can read the headline results from today, without signing in:\n{staff}",
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _about(digest: Digest, wave: Wave) -> str:
    group = digest.group
    first = f"The results of “{wave.programme.name}”, {wave.label}, are out. This is about {group.name}: "
    if group.headcount < RATE_SHOWN_FROM:  # of a small team, how many did not answer may say who
        first += f"{plural(group.n, 'person', 'people')} answered."
    else:
        first += f"the answers of {group.n:,} of {plural(group.headcount, 'person', 'people')} there."
    if not digest.instead_of:
        return first
    return (
        f"{first} {digest.instead_of} has no result of its own in this survey, to protect people, so these "
        "are the nearest results that you can read."
    )


def _scores(digest: Digest) -> str:
    if not (digest.strong or digest.together):
        return "Too little may be shown here to name single questions."
    return (
        "100 is the most favourable score there is. Where not everyone answered, the two numbers after a "
        "score are its 95 % interval: scores whose intervals overlap may not differ."
    )


def promise_words(promise: NextPromise | None) -> str:
    """What is due next, or that nothing is promised."""
    if promise is None:
        return "Nothing is promised that still has to be done. What will you answer to these results?"
    did = textwrap.shorten(promise.did, _LONGEST, placeholder="…")
    due = f"It was due on {format_date(promise.due_on)} and is now late" if promise.late else ""
    due = due or f"It is due on {format_date(promise.due_on)}"
    return f"Promised next: {did}\n{due}. Who sees to it: {promise.owner}."


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *(f"- {line}" for line in lines)]) if lines else ""
