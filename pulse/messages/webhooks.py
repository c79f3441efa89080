"""Messages into Microsoft Teams and Slack, by a webhook: an address of a channel that takes JSON.

Teams: a workflow that starts "when a Teams webhook request is received" takes a message with an Adaptive
Card; the connectors that were there before it are retired. Slack: incoming webhooks take blocks, and a text
for where no blocks are shown. What a notice says is open to everybody who is asked, so it goes to anybody in
the channel.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pulse.languages.saying import gettext as _

TEAMS, SLACK = "teams", "slack"
LABELS = {TEAMS: "Microsoft Teams", SLACK: "Slack"}
#: where each takes messages: a host, or with a dot before it any host below it
HOSTS = {
    TEAMS: (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com"),
    SLACK: ("hooks.slack.com", "hooks.slack-gov.com"),
}
LONGEST = 2000
#: seconds to reach the host, and then for each answer: whoever posts has other things to do
_PATIENCE = (3, 4)
#: seconds for all of it: whoever sends a header line now and then answers for ever
_LONGEST_POST = 10.0
#: of a header block in Slack
_HEADER = 150


class BadAddress(ValueError):
    """No address that anything may be posted to; the message says what to do."""


class Posted(Enum):
    """What became of a post. UNSURE: it was taken in, and nothing came back, so it must not be repeated."""

    SENT, UNSURE, REFUSED, AWAY = range(4)


@dataclass(frozen=True)
class Notice:
    """What a channel is told: one heading, plain sentences, and links that are the same for everybody."""

    heading: str
    sentences: tuple[str, ...]
    #: (words, address)
    links: tuple[tuple[str, str], ...]


def check_address(kind: str, address: str, listed: Iterable[str] = ()) -> str:
    """The address as it is posted to; raises BadAddress.

    The worker posts from inside a network: an address that anybody may choose would let them reach what only
    the worker can (CWE-918). So the host must be one of HOSTS, or stand in the setting PULSE_WEBHOOK_HOSTS.
    """
    given = address.strip()
    parts = _split(given)
    if len(given) > LONGEST or parts is None or not parts.path.strip("/"):
        raise BadAddress(
            _("Paste the whole address that %(where)s gave you: it begins with https://.", where=LABELS[kind])
        )
    if _is_listed(parts, listed):
        return given
    if parts.scheme != "https" or parts.port not in (None, 443):
        raise BadAddress(_("The address must begin with https://, without a port of its own."))
    if not any(_is_below(str(parts.hostname), host) for host in HOSTS[kind]):
        raise BadAddress(
            _(
                "This is not an address of %(where)s: paste the one that it gave you, or have whoever runs "
                "Pulse add its host to PULSE_WEBHOOK_HOSTS.",
                where=LABELS[kind],
            )
        )
    return given


def _split(address: str) -> SplitResult | None:
    """The parts; None if it is no plain web address. A name or password in it could hide the host."""
    if not address.isascii() or re.search(r"[\s\\\x00-\x20]", address):
        return None
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        return parts if plain and parts.port != 0 else None
    except ValueError:
        return None


def _is_listed(parts: SplitResult, listed: Iterable[str]) -> bool:
    """A host in the setting means https; one that takes plain http stands there with http:// before it."""
    place = str(parts.hostname) if parts.port is None else f"{parts.hostname}:{parts.port}"
    return (place if parts.scheme == "https" else f"http://{place}") in listed


def _is_below(host: str, known: str) -> bool:
    """Only plain names: an address in brackets, or a host with a percent sign, could lead elsewhere."""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
        return False
    return host.endswith(known) if known.startswith(".") else host == known


def masked(address: str) -> str:
    """What pages show of an address: whoever has all of it can post there."""
    parts = urlsplit(address)
    return _("%(host)s, ending in %(end)s", host=parts.hostname, end=address[-4:])


def post(
    kind: str, address: str, notice: Notice, listed: Iterable[str] = (), longest: float = _LONGEST_POST
) -> Posted:
    """Post it once. The address is checked again: the setting may have changed. No redirect is followed.

    UNSURE after `longest` seconds, however much is still being said.
    """
    said: list[Posted] = []
    poster = Thread(target=lambda: said.append(_post(kind, address, notice, listed)), daemon=True)
    poster.start()
    poster.join(longest)
    return said[0] if said else Posted.UNSURE


def _post(kind: str, address: str, notice: Notice, listed: Iterable[str]) -> Posted:
    import requests  # noqa: PLC0415 - only the worker posts, and the website starts without it

    try:
        place = check_address(kind, address, listed)
        with requests.post(
            place, json=payload(kind, notice), timeout=_PATIENCE, allow_redirects=False, stream=True
        ) as answer:
            return _judge(answer.status_code)
    except BadAddress:
        return Posted.REFUSED
    except requests.exceptions.ReadTimeout:
        return Posted.UNSURE
    except requests.exceptions.RequestException:
        return Posted.AWAY
    except Exception:  # a thread would print it, and with it perhaps the address, which is a secret
        return Posted.UNSURE


def _judge(status: int) -> Posted:
    if 200 <= status < 300:
        return Posted.SENT
    return Posted.AWAY if status in (408, 425, 429) or status >= 500 else Posted.REFUSED


def payload(kind: str, notice: Notice) -> dict[str, Any]:
    """The JSON that a webhook of this kind takes."""
    return _card(notice) if kind == TEAMS else _blocks(notice)


def _card(notice: Notice) -> dict[str, Any]:
    """Words go into text runs, where no sign of Markdown means anything."""
    heading = {"type": "TextRun", "text": notice.heading, "weight": "Bolder", "size": "Large"}
    body = [{"type": "RichTextBlock", "inlines": [heading]}]
    body += [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": each}]} for each in notice.sentences
    ]
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.2",
        "body": body,
        "actions": [
            {"type": "Action.OpenUrl", "title": words, "url": address} for words, address in notice.links
        ],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "attachments": [attachment | {"contentUrl": None}]}


def _blocks(notice: Notice) -> dict[str, Any]:
    links = "\n".join(f"<{address}|{_escaped(words)}>" for words, address in notice.links)
    sections = [{"type": "plain_text", "text": each, "emoji": False} for each in notice.sentences]
    return {
        "text": _escaped(notice.heading),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": notice.heading[:_HEADER]}},
            *({"type": "section", "text": each} for each in sections),
            {"type": "section", "text": {"type": "mrkdwn", "text": links}},
        ],
    }


def _escaped(text: str) -> str:
    """The three signs that Slack gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
