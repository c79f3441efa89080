"""Sending the invitations that wait, each noted as taken before it leaves and as sent when it was taken."""

import hashlib
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from pulse.db import db
from pulse.domain.sheets import longest_minutes
from pulse.invitations import letter_queries, letters, letters_short
from pulse.invitations.bilingual import in_every_language, in_language
from pulse.invitations.codes import make_reference
from pulse.invitations.handing_over import BATCH, CARRIED, Letter, Outcome, Round, Sender
from pulse.invitations.letter_queries import Addressee, Marks
from pulse.invitations.models import REFUSED, WAITING
from pulse.languages.choosing import speaking
from pulse.languages.saying import gettext
from pulse.languages.texts import ENGLISH
from pulse.messages.mail import Mail
from pulse.messages.transport import MailUnavailable
from pulse.surveys.languages import languages_of, programme_in
from pulse.surveys.models import EMAIL, LETTER, TEXT, Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.staff_link import staff_link

__all__ = ["Sender", "occasion_of", "send_waiting", "write"]

#: channel -> the words of an invitation; one by post has a code to type besides
INVITATIONS: dict[str, Letter] = {EMAIL: letters.invitation, TEXT: letters_short.text_invitation}


def send_waiting(wave: Wave, sender: Sender, step: int = 0) -> int:
    """Send every waiting invitation of an open wave; returns how many left.

    Which address each goes to is noted before it leaves. One that may have left before (a worker died with it
    in hand, or the connection broke) is sent again only if its carrier does not say that it was taken, and to
    that address, or not at all. A carrier that is away holds up its own letters only, and a mailbox that
    takes none now is left alone for a while. `step` is the reminder whose time has come: who is invited after
    it needs no reminding yet.
    """
    run = Round(wave.id, sender)
    send_invitations(run, occasion_of(wave, sender.base_url), step)
    run.tell()
    return run.sent


def send_invitations(run: Round, occasion: letters.Occasion, step: int) -> None:
    """The same for a round that other letters belong to, which tells at its end what waits."""
    with letter_queries.marking(run.wave_id) as marks:
        for ready in _prepare(run, occasion, run.list_due(_list_interrupted(marks), 0)):
            if run.goes_on(ready.one.channel):
                _clear_up(run, marks, ready)
        for channel in CARRIED:
            _send_channel(run, marks, occasion, channel, step)


def _list_interrupted(marks: Marks) -> list[Addressee]:
    """Looked at again once they are ours: what another worker has in hand did not break off."""
    if not letter_queries.list_interrupted(marks.wave_id):
        return []
    marks.begin()
    return letter_queries.list_interrupted(marks.wave_id)


def occasion_of(wave: Wave, base_url: str) -> letters.Occasion:
    """The wave in the words of its letters, in each of its languages."""
    return replace(
        _occasion_in(wave, base_url, ENGLISH),
        also=tuple(_occasion_in(wave, base_url, language) for language in languages_of(plan_of(wave))),
    )


def _occasion_in(wave: Wave, base_url: str, language: str) -> letters.Occasion:
    """Looks the words of the language up: nothing is read while letters leave."""
    plan, results = plan_of(wave), staff_link(wave.programme, base_url)
    said = programme_in(wave.programme, plan, language)
    with speaking(language):
        gettext("Hello,")
    return letters.Occasion(
        organisation=said.organisation,
        programme=said.name,
        purpose=said.purpose,
        closes_at=wave.closes_at,
        zone=wave.programme.zone,
        minutes=longest_minutes(plan),
        k=wave.k,
        results_link=in_language(results, language),
        language=language,
    )


def write(run: Round, letter: Letter, occasion: letters.Occasion, one: Addressee, to: str, step: int) -> Mail:
    """One person's letter under its reference: step 0 is the invitation."""
    sender, letter_of = run.sender, (run.wave_id, one.person_id)
    mail = in_every_language(letter, occasion, to, sender.link(*letter_of), one.channel)
    return replace(mail, reference=make_reference(sender.token_key, *letter_of, step))


def _send_channel(run: Round, marks: Marks, occasion: letters.Occasion, channel: str, step: int) -> None:
    """Page by page beyond the last person tried, so that nobody is tried twice in one go."""
    last = 0
    while run.goes_on(channel):
        people = letter_queries.list_waiting(run.wave_id, channel, last, BATCH)
        if not people:
            return
        for ready in _prepare(run, occasion, run.list_due(people, 0)):
            if run.goes_on(channel):
                _send_one(run, marks, ready, step)
        marks.finish()
        last = people[-1].person_id


class _Ready(NamedTuple):
    """A letter that only has to be handed over."""

    one: Addressee
    mail: Mail
    #: of the address it goes to
    mark: bytes
    #: may go there: there is an address, and no letter has gone to another
    fits: bool


def _prepare(run: Round, occasion: letters.Occasion, people: list[Addressee]) -> list[_Ready]:
    """Written before any of them leaves: between a letter and its note nothing else is done."""
    addresses, ready = _look_up(run, people), []
    for one in people:
        to, mark = addresses[one.person_id]
        mail = write(run, _words(run, one), occasion, one, to, 0)
        ready.append(_Ready(one, mail, mark, bool(to) and one.sent_to in (None, mark)))
    return ready


def _words(run: Round, one: Addressee) -> Letter:
    if one.channel == LETTER:
        return partial(letters_short.posted_invitation, code=run.sender.code(run.wave_id, one.person_id))
    return INVITATIONS[one.channel]


def _look_up(run: Round, people: list[Addressee]) -> dict[int, tuple[str, bytes]]:
    """Ends the read, as letter_queries does."""
    found = run.addresses(people) if people else {}
    db.session.rollback()
    return found


def _send_one(run: Round, marks: Marks, ready: _Ready, step: int) -> None:
    person_id, channel = ready.one.person_id, ready.one.channel
    calls_back = run.carrier(channel).calls_back
    reference = hashlib.sha256(ready.mail.reference.encode()).digest() if calls_back else None
    if not marks.claim(person_id, ready.mark, step, reference):
        return
    outcome = run.hand_over(ready.one, ready.mail) if ready.fits else Outcome.REFUSED
    if outcome is Outcome.LATER:
        marks.set_not_sent(person_id, WAITING)
    else:
        _note(marks, person_id, outcome)


def _clear_up(run: Round, marks: Marks, ready: _Ready) -> None:
    """A letter that may have left: told by the carrier, or sent again under the same reference.

    It stays as it is while its carrier is away.
    """
    person_id, channel = ready.one.person_id, ready.one.channel
    marks.begin()
    try:
        taken = run.carrier(channel).was_taken(ready.mail.reference)
    except MailUnavailable as reason:
        run.note_away(channel, reason)
        return
    if taken:
        _note(marks, person_id, Outcome.TAKEN)
    else:
        outcome = run.hand_over(ready.one, ready.mail) if ready.fits else Outcome.REFUSED
        if outcome is Outcome.PERHAPS and taken is None:
            outcome = Outcome.TAKEN  # lost twice on its way: a third letter would be worse than none
        _note(marks, person_id, outcome)
    marks.finish()


def _note(marks: Marks, person_id: int, outcome: Outcome) -> None:
    """What is certain; of a letter that the carrier may have, nothing is."""
    if outcome is Outcome.TAKEN:
        marks.set_sent(person_id)
    elif outcome is Outcome.REFUSED:
        marks.set_not_sent(person_id, REFUSED)
