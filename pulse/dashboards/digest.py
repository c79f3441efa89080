"""The digest that leaders get when a wave is released: once each, and never a number beyond their scope.

Each is claimed before it is sent. A worker that dies in between leaves it claimed, and it is not sent again:
one leader may get none, nobody two. Mail that did not leave for certain is given back and tried at the next
tick, or after a pause if its mailbox takes none now, for a week; a server that lost the connection and may
have taken it counts as one that has.
"""

import logging
from datetime import datetime, timedelta

from pulse.accounts.identity import SignedIn
from pulse.accounts.models import Account
from pulse.dashboards import digest_queries as queries
from pulse.dashboards.digest_letters import letter_to
from pulse.db import writing
from pulse.invitations.pauses import DIGEST, Pauses
from pulse.messages.mail import Mail
from pulse.messages.mailers import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.results.released import Unsafe, list_released, read_wave
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave

log = logging.getLogger(__name__)
#: results that are older are no news; it also keeps an upgrade from writing about the past
DAYS = 7


def send_digests(mailer: Mailer, base_url: str, now: datetime, pauses: Pauses | None = None) -> int:
    """Tell leaders of newly released waves; how many letters left. Stops when mail is away.

    `pauses` are of those that were delayed before, and are not tried yet.
    """
    sent, pauses, news = 0, pauses or Pauses(), _list_news(now)
    pauses.keep_only({wave.id for wave in news}, digests=True)
    for wave in news:
        for account_id in queries.list_waiting(wave.id):
            letter = (wave.id, account_id, DIGEST)
            if not pauses.may_try(letter, now):
                continue
            try:
                sent += _send(mailer, base_url, wave, account_id, now)
            except MailDelayed:
                pauses.note(letter, now)
            except MailUnavailable:
                log.warning("digests of wave %s wait because mail is away", wave.id)
                return sent
    return sent


def _list_news(now: datetime) -> list[Wave]:
    """The last wave of each programme, if it was released a week ago or less and may be read."""
    lasts = [released[-1] for one in surveys.list_programmes() if (released := list_released(one.id))]
    return [wave for wave in lasts if _is_news(wave, now)]


def _is_news(wave: Wave, now: datetime) -> bool:
    try:
        return now - timedelta(days=DAYS) <= read_wave(wave).released_at <= now
    except Unsafe:  # its pages say so; nothing of it may be written to anybody
        return False


def _send(mailer: Mailer, base_url: str, wave: Wave, account_id: int, now: datetime) -> bool:
    """Claim, write, send; whether it left. Raises MailUnavailable once it is given back."""
    reader = _claim(wave.id, account_id)
    if reader is None:
        return False
    mail = letter_to(reader, wave, base_url, now)
    state = _hand_over(mailer, mail, wave.id, reader.id) if mail is not None else "failed"
    with writing():
        queries.set_digest_state(wave.id, reader.id, state)
    return state == "sent"


def _claim(wave_id: int, account_id: int) -> SignedIn | None:
    """The leader as they are now: sending takes minutes, in which one may be moved or disabled."""
    with writing():
        if not queries.claim_digest(wave_id, account_id):
            return None
        account = queries.find_leader(account_id)
        if account is None:
            queries.give_back_digest(wave_id, account_id)
        return _reader(account) if account is not None else None


def _hand_over(mailer: Mailer, mail: Mail, wave_id: int, account_id: int) -> str:
    try:
        mailer.send(mail)
    except MailRefused:
        return "failed"
    except MailUnavailable as reason:
        if not reason.perhaps_taken:
            with writing():
                queries.give_back_digest(wave_id, account_id)
        raise
    return "sent"


def _reader(account: Account) -> SignedIn:
    """The account as it reads pages."""
    return SignedIn(
        id=account.id,
        email=account.email,
        full_name=account.full_name,
        role=account.role,
        unit_id=account.unit_id,
        password_is_temporary=account.password_is_temporary,
    )
