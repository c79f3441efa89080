"""What the channels of a programme are told of its waves, and when: open links only, each once.

A notice goes out when a wave opens, on the last open day before it closes, and when its results are out.
Each is claimed before it is posted: after a crash it is told once or not at all. What a channel is told is
what a poster says, and nothing that changes while people answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from pulse.config import Settings
from pulse.db import writing
from pulse.invitations.bilingual import in_language
from pulse.invitations.letters import Occasion
from pulse.invitations.sending import occasion_of
from pulse.languages.choosing import speaking
from pulse.languages.saying import gettext as _
from pulse.messages.webhooks import Notice, Posted, post
from pulse.surveys import announcement_queries as posts
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave
from pulse.surveys.planning import open_times
from pulse.surveys.running_models import CLOSING, OPENED, RELEASED, Webhook

#: results that are older are no news, as to a channel that was only added now
_NEWS: Final = timedelta(days=14)
#: in one tick, which has other things to do; and it stops at the first channel that does not answer
_MOST: Final = 10
#: after a channel could not be reached; there is no third wait
_WAITS: Final = (timedelta(minutes=10), timedelta(hours=1))
Key = tuple[int, int, str]


@dataclass
class Retries:
    """What could not be told, and from when it is tried again. In memory: a restart tries afresh."""

    failed: dict[Key, tuple[int, datetime | None]] = field(default_factory=dict)

    def may_try(self, key: Key, now: datetime) -> bool:
        """Whether it was not tried yet, or its wait is over."""
        if key not in self.failed:
            return True
        due = self.failed[key][1]
        return due is not None and due <= now

    def note(self, key: Key, now: datetime, *, for_good: bool) -> None:
        times = self.failed.get(key, (0, None))[0]
        again = not for_good and times < len(_WAITS)
        self.failed[key] = (times + 1, now + _WAITS[times] if again else None)


_retries = Retries()


@dataclass(frozen=True)
class _Due:
    """One thing to tell one channel."""

    webhook: Webhook
    wave: Wave
    occasion: str

    @property
    def key(self) -> Key:
        return self.webhook.id, self.wave.id, self.occasion


def announce(now: datetime, settings: Settings, retries: Retries = _retries) -> int:
    """Post what is due to channels in Teams and Slack; how many were told. For the worker's tick.

    Only on open days and between the hours at which letters leave. A channel that cannot be reached is tried
    twice more while the news is news; one that refuses is not.
    """
    told = 0
    for due in list(_list_due(now, retries))[:_MOST]:
        with writing():
            if not posts.claim_post(*due.key):
                continue
        notice = notice_of(due.wave, due.occasion, settings.base_url)
        posted = post(due.webhook.kind, due.webhook.url, notice, settings.webhook_hosts)
        arrived = posted in (Posted.SENT, Posted.UNSURE)
        with writing():
            posts.set_post_state(*due.key, posts.SENT if arrived else posts.FAILED)
        told += arrived
        if not arrived:
            retries.note(due.key, now, for_good=posted is Posted.REFUSED)
        if posted in (Posted.AWAY, Posted.UNSURE):
            break
    return told


def _list_due(now: datetime, retries: Retries) -> Iterator[_Due]:
    for programme_id, webhooks in groupby(posts.list_all_webhooks(), key=lambda one: one.programme_id):
        news = list(_news_of(surveys.get_programme(programme_id), now))
        for webhook in webhooks:
            for wave, occasion in news:
                due = _Due(webhook, wave, occasion)
                state = posts.find_post_state(*due.key)
                if state is None or (state == posts.FAILED and retries.may_try(due.key, now)):
                    yield due


def _news_of(programme: Programme, now: datetime) -> Iterator[tuple[Wave, str]]:
    """What there is to tell of a programme now, oldest first. Of an opening that was missed, the close alone
    is told.
    """
    if not open_times(programme).letters_may_leave(now):
        return
    waves = surveys.list_waves(programme.id)
    released = [wave for wave in waves if wave.state == "released"][-1:]
    for wave in released + [wave for wave in waves if wave.state == "open"]:
        if wave.state == "released":
            if now < wave.closes_at + _NEWS:
                yield wave, RELEASED
        elif wave.opens_at <= now < wave.closes_at:
            closing = closing_notice_at(wave)
            yield wave, CLOSING if closing is not None and closing <= now else OPENED


def closing_notice_at(wave: Wave) -> datetime | None:
    """When the close is told: the last open day before its own; None if that is not after the opening's."""
    times = open_times(wave.programme)
    zone = ZoneInfo(wave.programme.zone)
    opened, day = wave.opens_at.astimezone(zone).date(), wave.closes_at.astimezone(zone).date()
    while (day := day - timedelta(days=1)) > opened:
        if times.is_open_day(day):
            return datetime(day.year, day.month, day.day, times.from_hour, tzinfo=zone)
    return None


def notice_of(wave: Wave, occasion: str, base_url: str) -> Notice:
    """The words of a poster, for one occasion: nothing in them is anybody's own or counts anybody."""
    about = occasion_of(wave, base_url)
    said = [_said(one, occasion, base_url) for one in (*about.also, about)]
    return Notice(
        " / ".join(dict.fromkeys(one.heading for one in said)),
        tuple(sentence for one in said for sentence in one.sentences),
        tuple(link for one in said for link in one.links),
    )


def _said(about: Occasion, occasion: str, base_url: str) -> Notice:
    """The same in one of its wave's languages."""
    with speaking(about.language):
        return _notice(about, occasion, in_language(f"{base_url}/code", about.language))


def _notice(about: Occasion, occasion: str, code_page: str) -> Notice:
    results = (_("Read the results"), about.results_link)
    if occasion == RELEASED:
        same_day = _(
            "Everybody who was asked reads them on the day that those who lead do, without a password."
        )
        return Notice(_("%(survey)s: the results are out", survey=about.programme), (same_day,), (results,))
    way = _("Open the link you were sent, or type the code on your slip.")
    short = f"{_('It takes about %(minutes)s.', minutes=about.about)} {way}"
    hidden = _(
        "Results are hidden unless %(k)s or more people answered. Nobody is told who took part.", k=about.k
    )
    links = ((_("Type a code"), code_page), (_("Where the results will be"), about.results_link))
    named = {"survey": about.programme, "day": about.last_day}
    if occasion == OPENED:
        return Notice(_("%(survey)s: open until %(day)s", **named), (about.purpose, short, hidden), links)
    still = f"{_('There is still time.')} {short}"
    return Notice(_("%(survey)s: closes on %(day)s", **named), (still, hidden), links)
