"""What channels are told of a wave: three times, once each, and nothing that is anybody's own."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from pulse.config import Settings
from pulse.db import writing
from pulse.invitations.announcing import Retries, announce, closing_notice_at, notice_of
from pulse.messages.webhooks import SLACK, TEAMS, payload
from pulse.surveys import announcement_queries as posts
from pulse.surveys import queries as surveys
from pulse.surveys.announcements import add_channel, list_channels, remove_channel, trouble_of
from pulse.surveys.models import Wave
from pulse.surveys.running_models import OCCASIONS, OPENED, RELEASED
from tests.messages.channels import Channel, serve_channel
from tests.results.factories import NOW, Site, make_council, make_quarterly, make_sent_wave

#: the last open day before Monday 19 October, when the wave closes, at eight in the morning
FRIDAY = datetime(2026, 10, 16, 7, 0, tzinfo=UTC)
AFTER = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def channel() -> Iterator[Channel]:
    with serve_channel() as served:
        yield served


@pytest.fixture
def settings(app: Flask, channel: Channel) -> Settings:
    given: Settings = app.config["PULSE"]
    return replace(given, webhook_hosts=channel.listed)


@pytest.fixture
def wave(site: Site, channel: Channel) -> Wave:
    """Open since Monday 5 October, of a survey that tells one channel in Slack."""
    make_council()
    wave = surveys.get_wave(make_sent_wave(site))
    add_channel(wave.programme_id, SLACK, channel.address, channel.listed)
    return wave


def headings(channel: Channel) -> list[str]:
    return [body["text"].partition(": ")[2] for _, body in channel.taken]


def set_state(wave: Wave, state: str) -> None:
    with writing():
        surveys.get_wave(wave.id).state = state


def test_a_channel_is_told_at_the_opening_before_the_close_and_when_results_are_out(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    told = [announce(NOW + timedelta(hours=hours), settings, Retries()) for hours in range(0, 24 * 14, 12)]
    set_state(wave, "closing")
    told.append(announce(AFTER, settings, Retries()))
    set_state(wave, "released")
    told += [announce(AFTER + timedelta(days=days), settings, Retries()) for days in range(20)]
    assert sum(told) == 3
    assert headings(channel) == [
        "open until Monday 19 October",
        "closes on Monday 19 October",
        "the results are out",
    ]
    assert not trouble_of(wave.programme_id)


def test_the_close_is_told_on_the_last_open_day_before_it(wave: Wave) -> None:
    assert closing_notice_at(wave) == FRIDAY
    with writing():
        surveys.get_programme(wave.programme_id).quiet_periods = [["2026-10-14", "2026-10-17"]]
    assert closing_notice_at(surveys.get_wave(wave.id)) == FRIDAY - timedelta(days=3)
    with writing():
        surveys.get_wave(wave.id).closes_at = NOW + timedelta(days=1)
    assert closing_notice_at(surveys.get_wave(wave.id)) is None


def test_nothing_is_told_in_the_evening_or_at_the_weekend(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    evening, saturday = NOW.replace(hour=17, minute=30), datetime(2026, 10, 10, 10, 0, tzinfo=UTC)
    assert [announce(moment, settings, Retries()) for moment in (evening, saturday)] == [0, 0]
    assert channel.taken == []
    assert announce(NOW + timedelta(days=1), settings, Retries()) == 1


def test_after_an_outage_over_the_opening_only_the_close_is_told(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    announce(FRIDAY + timedelta(hours=3), settings, Retries())
    assert headings(channel) == ["closes on Monday 19 October"]


def test_results_of_long_ago_are_no_news_to_a_new_channel(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    set_state(wave, "released")
    assert announce(AFTER + timedelta(days=15), settings, Retries()) == 0


def test_a_channel_that_is_away_is_tried_twice_more_and_then_given_up(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    channel.statuses, retries = [503] * 9, Retries()
    for minutes in range(0, 3 * 60, 9):
        announce(NOW + timedelta(minutes=minutes), settings, retries)
    assert len(channel.taken) == 3
    assert "Could not tell Slack (127.0.0.1, ending in cret)" in trouble_of(wave.programme_id)
    (shown,) = list_channels(wave.programme_id)
    assert (shown.told, shown.failed) == ("Autumn 2026, opened: could not be told", True)
    channel.statuses = []
    assert announce(FRIDAY, settings, retries) == 1
    assert trouble_of(wave.programme_id) == ""


def test_a_channel_that_refuses_is_not_tried_again(wave: Wave, channel: Channel, settings: Settings) -> None:
    channel.statuses, retries = [404], Retries()
    for hours in range(6):
        announce(NOW + timedelta(hours=hours), settings, retries)
    assert len(channel.taken) == 1


def test_what_a_worker_had_claimed_when_it_died_is_not_posted_twice(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    (webhook,) = posts.list_webhooks(wave.programme_id)
    with writing():
        assert posts.claim_post(webhook.id, wave.id, OPENED)
        assert not posts.claim_post(webhook.id, wave.id, OPENED)
    assert announce(NOW, settings, Retries()) == 0
    assert channel.taken == []


def test_a_dead_channel_ends_the_round_so_that_the_tick_goes_on(
    wave: Wave, channel: Channel, settings: Settings
) -> None:
    add_channel(wave.programme_id, SLACK, f"{channel.address}2", channel.listed)
    channel.statuses, retries = [503], Retries()
    assert announce(NOW, settings, retries) == 0
    assert len(channel.taken) == 1
    assert announce(NOW, settings, retries) == 1
    assert len(channel.taken) == 2


def test_a_channel_that_is_removed_is_told_no_more(wave: Wave, channel: Channel, settings: Settings) -> None:
    announce(NOW, settings, Retries())
    (shown,) = list_channels(wave.programme_id)
    remove_channel(wave.programme_id, shown.id)
    assert announce(FRIDAY, settings, Retries()) == 0
    assert len(channel.taken) == 1


def test_no_payload_has_anybodys_own_link_or_a_count_of_people(site: Site, wave: Wave) -> None:
    members, key = surveys.list_member_ids(wave.id), wave.programme.results_key
    assert len(members) > 20
    for occasion in OCCASIONS:
        before = notice_of(wave, occasion, "http://localhost")
        for kind in (TEAMS, SLACK):
            sent = json.dumps(payload(kind, before))
            assert "/a/" not in sent
            assert all(site.token(wave.id, person) not in sent for person in members)
            code_page = set() if occasion == RELEASED else {"http://localhost/code"}
            links = set(re.findall(r"http://localhost[^\"|>\\]*", sent))
            assert links == {f"http://localhost/r/{key}"} | code_page
        # minutes, k and the day: the same before anybody was asked
        said = " ".join((before.heading.removeprefix(wave.programme.name), *before.sentences))
        assert set(re.findall(r"\d+", said)) <= {"1", "5", "19"}


def test_a_survey_without_channels_tells_nobody(site: Site, settings: Settings, channel: Channel) -> None:
    make_council()
    make_sent_wave(site, make_quarterly())
    assert announce(NOW, settings, Retries()) == 0
