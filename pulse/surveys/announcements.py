"""Which channels of Teams and Slack a programme tells when it opens, is about to close, and has results."""

from collections.abc import Iterable
from dataclasses import dataclass

from pulse.db import writing
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.messages.webhooks import LABELS, BadAddress, check_address, masked
from pulse.surveys import announcement_queries as posts
from pulse.surveys import queries
from pulse.surveys.running_models import OCCASIONS, Webhook

#: of one programme: every one of them is posted to three times a wave
MOST = 10
_NOT_TOLD = N_("%(wave)s, %(occasion)s: could not be told")
_WORDS = dict(zip(OCCASIONS, (N_("opened"), N_("about to close"), N_("results out")), strict=True))


@dataclass(frozen=True)
class Channel:
    """A webhook as pages show it, and what became of the newest post to it."""

    id: int
    label: str
    address: str
    told: str
    failed: bool


def add_channel(programme_id: int, kind: str, address: str, listed: Iterable[str]) -> Webhook:
    """Tell this channel from now on; raises BadAddress."""
    queries.get_programme(programme_id)
    place = check_address(kind, address, listed)
    with writing():
        held = posts.list_webhooks(programme_id)
        if any(one.url == place for one in held):
            raise BadAddress(_("This channel is told already."))
        if len(held) >= MOST:
            raise BadAddress(_("A survey can tell %(most)s channels: remove one first.", most=MOST))
        return posts.add_webhook(Webhook(programme_id=programme_id, kind=kind, url=place))


def remove_channel(programme_id: int, webhook_id: int) -> None:
    """Tell it no more; one that is not there is gone already."""
    with writing():
        for webhook in posts.list_webhooks(programme_id):
            if webhook.id == webhook_id:
                posts.delete_webhook(webhook)


def list_channels(programme_id: int) -> list[Channel]:
    """Every channel of a programme, and what it was told last."""
    told: dict[int, tuple[int, int, str, bool]] = {}
    for post, wave in posts.list_posts(programme_id):
        of = {"wave": wave.label, "occasion": _(_WORDS[post.occasion])}
        failed = _("%(wave)s, %(occasion)s: could not be told", **of)
        words = _("%(wave)s, %(occasion)s: told", **of) if post.state == posts.SENT else failed
        newest = (wave.number, OCCASIONS.index(post.occasion), words, post.state == posts.FAILED)
        told[post.webhook_id] = max(newest, told.get(post.webhook_id, newest))
    nothing = (0, 0, _("Nothing yet"), False)
    return [
        Channel(one.id, LABELS[one.kind], masked(one.url), *told.get(one.id, nothing)[2:])
        for one in posts.list_webhooks(programme_id)
    ]


def trouble_of(programme_id: int) -> str:
    """One sentence if a channel could not be told the last time; "" if all is well."""
    dead = [one for one in list_channels(programme_id) if one.failed]
    if not dead:
        return ""
    named = _(" and ").join(f"{one.label} ({one.address})" for one in dead)
    return _(
        "Could not tell %(channels)s: make a new address there and put it in place of this one.",
        channels=named,
    )
