"""Webhooks of Teams and Slack: which addresses are taken, what is posted, and what comes of it."""

from collections.abc import Iterator

import pytest

from pulse.messages import webhooks
from pulse.messages.webhooks import (
    SLACK,
    TEAMS,
    BadAddress,
    Notice,
    Posted,
    check_address,
    masked,
    payload,
    post,
)
from tests.messages.channels import Channel, serve_channel

NOTICE = Notice(
    "Pulse <b>&: open [until](http://x) Friday",
    ("It takes *4* minutes & no more.",),
    (("Type a code", "https://p.example/code"), ("Results", "https://p.example/r/x")),
)
FLOW = "https://prod-12.uksouth.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?sig=Ab-9_x"
SLACK_ADDRESS = "https://hooks.slack.com/services/T0/B0/XyZ"


@pytest.fixture
def channel() -> Iterator[Channel]:
    with serve_channel() as served:
        yield served


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (TEAMS, FLOW),
        (TEAMS, "https://0a1b.09.environment.api.powerplatform.com:443/powerautomate/x?sig=1"),
        (TEAMS, "https://example.webhook.office.com/webhookb2/x"),
        (SLACK, SLACK_ADDRESS),
        (SLACK, "https://hooks.slack-gov.com/services/T0/B0/XyZ"),
    ],
)
def test_the_addresses_that_teams_and_slack_give_are_taken(kind: str, address: str) -> None:
    assert check_address(kind, f" {address} ") == address


@pytest.mark.parametrize(
    ("kind", "address", "sentence"),
    [
        (TEAMS, "", "Paste the whole address that Microsoft Teams gave you"),
        (TEAMS, "https://prod.logic.azure.com", "Paste the whole address"),
        (SLACK, "ftp://hooks.slack.com/x", "Paste the whole address that Slack gave you"),
        (SLACK, f"https://hooks.slack.com/{'x' * 2000}", "Paste the whole address"),
        (SLACK, "https://hooks.slack.com/a b", "Paste the whole address"),
        (SLACK, "https://hooks.slack.com\\@127.0.0.1/x", "Paste the whole address"),
        (SLACK, "https://hooks.slack.com@127.0.0.1/x", "Paste the whole address"),
        (SLACK, "https://hooks.slack.com:0/x", "Paste the whole address"),
        (SLACK, "https://[::1/x", "Paste the whole address"),
        (SLACK, "http://hooks.slack.com/services/x", "The address must begin with https://"),
        (SLACK, "https://hooks.slack.com:8443/x", "without a port of its own"),
        (SLACK, FLOW, "This is not an address of Slack"),
        (TEAMS, SLACK_ADDRESS, "This is not an address of Microsoft Teams"),
        (TEAMS, "https://logic.azure.com/x", "This is not an address of Microsoft Teams"),
        (TEAMS, "https://evil-logic.azure.com/x", "This is not an address of Microsoft Teams"),
        (TEAMS, "https://x.logic.azure.com.evil.example/x", "This is not an address of Microsoft Teams"),
        (SLACK, "https://169.254.169.254/latest/meta-data", "have whoever runs Pulse add its host"),
        (SLACK, "https://localhost/x", "This is not an address of Slack"),
        (SLACK, "https://hooks.sl\u0430ck.com/x", "Paste the whole address"),
    ],
)
def test_any_other_address_is_refused_in_one_sentence(kind: str, address: str, sentence: str) -> None:
    with pytest.raises(BadAddress, match=sentence.replace("(", "\\(")) as refused:
        check_address(kind, address)
    assert str(refused.value).endswith(".")


def test_a_host_of_ones_own_is_taken_as_it_stands_in_the_setting() -> None:
    listed = frozenset({"chat.example.gov.uk", "http://127.0.0.1:8065"})
    assert check_address(SLACK, "https://chat.example.gov.uk/hooks/x", listed)
    assert check_address(SLACK, "http://127.0.0.1:8065/hooks/x", listed)
    for address in (
        "http://chat.example.gov.uk/hooks/x",
        "http://127.0.0.1:9000/x",
        "https://127.0.0.1:8065/x",
    ):
        with pytest.raises(BadAddress):
            check_address(SLACK, address, listed)


def test_teams_gets_a_message_with_a_card_in_which_no_typed_sign_means_anything() -> None:
    sent = payload(TEAMS, NOTICE)
    assert sent["type"] == "message"
    (attachment,) = sent["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.2")
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert [block["inlines"][0]["text"] for block in card["body"]] == [NOTICE.heading, *NOTICE.sentences]
    assert [(one["type"], one["url"]) for one in card["actions"]] == [
        ("Action.OpenUrl", address) for _, address in NOTICE.links
    ]


def test_slack_gets_blocks_and_a_text_with_its_three_signs_escaped() -> None:
    sent = payload(SLACK, NOTICE)
    assert sent["text"] == "Pulse &lt;b&gt;&amp;: open [until](http://x) Friday"
    heading, *sentences, links = sent["blocks"]
    assert heading["text"] == {"type": "plain_text", "text": NOTICE.heading}
    assert [one["text"]["type"] for one in sentences] == ["plain_text"]
    assert links["text"]["text"].splitlines()[0] == "<https://p.example/code|Type a code>"
    long = Notice("x" * 300, (), ())
    assert len(payload(SLACK, long)["blocks"][0]["text"]["text"]) == 150


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (200, Posted.SENT),
        (202, Posted.SENT),
        (302, Posted.REFUSED),
        (404, Posted.REFUSED),
        (410, Posted.REFUSED),
        (429, Posted.AWAY),
        (503, Posted.AWAY),
    ],
)
def test_what_the_channel_answers_decides_whether_it_is_tried_again(
    channel: Channel, status: int, becomes: Posted
) -> None:
    channel.statuses = [status]
    assert post(TEAMS, channel.address, NOTICE, channel.listed) is becomes
    ((path, body),) = channel.taken
    assert path == "/hooks/secret"
    assert body == payload(TEAMS, NOTICE)


def test_no_redirect_is_followed_to_where_only_the_worker_could_reach(channel: Channel) -> None:
    channel.statuses, channel.location = [307], f"http://127.0.0.1:{channel.port}/inside"
    assert post(SLACK, channel.address, NOTICE, channel.listed) is Posted.REFUSED
    assert [path for path, _ in channel.taken] == ["/hooks/secret"]


def test_an_address_that_may_not_be_posted_to_any_more_gets_nothing(channel: Channel) -> None:
    assert post(SLACK, channel.address, NOTICE) is Posted.REFUSED
    assert channel.taken == []


def test_a_channel_that_is_not_there_or_says_nothing_holds_up_nobody(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "_PATIENCE", (0.2, 0.1))
    channel.silent = True
    assert post(SLACK, channel.address, NOTICE, channel.listed) is Posted.UNSURE
    gone = "http://127.0.0.1:1/hooks/x"
    assert post(SLACK, gone, NOTICE, ["http://127.0.0.1:1"]) is Posted.AWAY


def test_a_channel_that_answers_for_ever_holds_up_nobody(channel: Channel) -> None:
    channel.drips = True
    assert post(SLACK, channel.address, NOTICE, channel.listed, longest=0.2) is Posted.UNSURE


def test_a_fault_while_posting_is_no_words_with_the_address_in_them(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_status: int) -> Posted:
        raise RuntimeError(channel.address)

    monkeypatch.setattr(webhooks, "_judge", fail)
    assert post(SLACK, channel.address, NOTICE, channel.listed) is Posted.UNSURE
    assert channel.address not in "".join(capsys.readouterr())


def test_an_address_is_shown_by_its_host_and_its_last_four_characters() -> None:
    assert masked(FLOW) == "prod-12.uksouth.logic.azure.com, ending in -9_x"
