"""Reminders: at most one for each step, only to who has not answered, only where the invitation went.

Letters by post get none: one that left after a week would come when the survey is nearly over, and whoever
shares the letterbox would see two. People with a slip are told by whoever handed it out.
"""

from datetime import datetime

from pulse.db import db
from pulse.invitations import letter_queries, letters, letters_short
from pulse.invitations.handing_over import BATCH, Letter, Outcome, Round, Sender
from pulse.invitations.letter_queries import Addressee, Marks
from pulse.invitations.sending import occasion_of, send_invitations, write
from pulse.surveys.models import EMAIL, TEXT, Wave

#: channel -> the words of a reminder; a channel that is not here has none
REMINDERS: dict[str, Letter] = {EMAIL: letters.reminder, TEXT: letters_short.text_reminder}


def send_due(wave: Wave, sender: Sender, now: datetime) -> tuple[int, bool]:
    """Everything of an open wave that may leave: (invitations that left, whether reminders were done)."""
    run, step = Round(wave.id, sender), steps_due(wave, now)
    occasion = occasion_of(wave, sender.base_url)
    closes_at = wave.closes_at
    send_invitations(run, occasion, step)
    invited = run.sent
    done = _remind(run, occasion, step) if step and now < closes_at else False
    run.tell()
    return invited, done


def send_reminders(wave: Wave, sender: Sender, now: datetime) -> bool:
    """Remind, at the moments that the wave froze, whoever has not answered; True if it was done now.

    A reminder goes only to the very address that the invitation went to: whoever changes addresses on the
    staff list must not get the letters of those who have not answered. For the same reason True does not
    say that any letter left. Claimed before sending, person by person: after a crash one may get no reminder,
    nobody two. Steps that were missed give one reminder together, not one each.
    """
    step = steps_due(wave, now)
    if not step or now >= wave.closes_at:
        return False
    run = Round(wave.id, sender)
    done = _remind(run, occasion_of(wave, sender.base_url), step)
    run.tell()
    return done


def steps_due(wave: Wave, now: datetime) -> int:
    """How many of the wave's moments of reminding have come."""
    return sum(datetime.fromisoformat(moment) <= now for moment in wave.remind_at)


def _remind(run: Round, occasion: letters.Occasion, step: int) -> bool:
    done = False
    with letter_queries.marking(run.wave_id) as marks:
        for channel in REMINDERS:
            last = 0
            while run.goes_on(channel):
                people = letter_queries.list_to_remind(run.wave_id, channel, step, last, BATCH)
                if not people:
                    break
                last, due = people[-1].person_id, run.list_due(people, step)
                done = done or bool(due)
                _remind_some(run, marks, occasion, due, step)
    return done


def _remind_some(
    run: Round, marks: Marks, occasion: letters.Occasion, people: list[Addressee], step: int
) -> None:
    """Everybody is taken, whether or not they have answered: no note tells the one from the other."""
    addresses = run.addresses(people)
    db.session.rollback()  # ends the read: one left open would keep the database's log growing
    for one in people:
        if not run.goes_on(one.channel):
            return
        to, mark = addresses[one.person_id]
        run.tried = True
        if not marks.claim_reminder(one.person_id, step) or not to or one.sent_to != mark:
            continue
        mail = write(run, REMINDERS[one.channel], occasion, one, to, step)
        if run.hand_over(one, mail, step) is Outcome.LATER:  # a later tick may try it again
            marks.return_reminder(one.person_id, step, one.reminders)
