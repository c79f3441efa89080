"""Each wrong setting is one sentence that names it and says what to do, and nothing starts."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pulse.config import DEMO_SECRET, ConfigError, load_settings

TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
GOOD = {"SECRET_KEY": "x" * 32, "PULSE_BASE_URL": "https://pulse.example.org"}
#: what is wrong -> the settings, and the name that the sentence begins with
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "a database that Pulse does not know": ({"DATABASE_URL": "mysql://pulse@db/pulse"}, "DATABASE_URL"),
    "a file name for a database": ({"DATABASE_URL": "pulse.db"}, "DATABASE_URL"),
    "no secret": ({"SECRET_KEY": ""}, "SECRET_KEY"),
    "a short secret": ({"SECRET_KEY": "x" * 31}, "SECRET_KEY"),
    "the demo's secret": ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY"),
    "a site without http": ({"PULSE_BASE_URL": "pulse.example.org"}, "PULSE_BASE_URL"),
    "a site without a host": ({"PULSE_BASE_URL": "https://"}, "PULSE_BASE_URL"),
    "mail by carrier pigeon": ({"MAIL_URL": "pigeon://loft"}, "MAIL_URL"),
    "a mailbox without a folder": ({"MAIL_URL": "mailbox:"}, "MAIL_URL"),
    "a mail server without a name": ({"MAIL_URL": "smtp://"}, "MAIL_URL"),
    "mail by Notify without a template": ({"MAIL_URL": "notify:"}, "NOTIFY_EMAIL_TEMPLATE"),
    "a template without a key": ({"NOTIFY_TEXT_TEMPLATE": TEMPLATE}, "NOTIFY_API_KEY"),
    "half a key of Notify": ({"NOTIFY_API_KEY": TEMPLATE}, "NOTIFY_API_KEY"),
    "a template by its name": ({"NOTIFY_LETTER_TEMPLATE": "letters"}, "NOTIFY_LETTER_TEMPLATE"),
    "letters in the clear": ({"NOTIFY_URL": "http://notify.example.org"}, "NOTIFY_URL"),
    "a short token for receipts": ({"NOTIFY_CALLBACK_TOKEN": "x" * 31}, "NOTIFY_CALLBACK_TOKEN"),
    "a host for posts with a path": (
        {"PULSE_WEBHOOK_HOSTS": "chat.example/x"},
        "PULSE_WEBHOOK_HOSTS",
    ),
    "proxies that are no number": ({"PULSE_PROXIES": "two"}, "PULSE_PROXIES"),
    "proxies in superscript": ({"PULSE_PROXIES": "²"}, "PULSE_PROXIES"),
}
#: those that a person meets at the command line, each a process of its own
AT_THE_COMMAND_LINE = (
    "a database that Pulse does not know",
    "no secret",
    "the demo's secret",
    "a site without http",
    "mail by carrier pigeon",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_setting_is_one_sentence_that_names_it(wrong: str) -> None:
    settings, name = WRONG[wrong]
    with pytest.raises(ConfigError) as problem:
        load_settings(GOOD | settings)
    assert_one_sentence(str(problem.value), name)


def assert_one_sentence(said: str, name: str) -> None:
    assert said.startswith(name)
    assert said.endswith(".")
    assert ". " not in said
    assert "\n" not in said


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, Path]]:
    """What `pulse tick` does with each wrong setting: exit code, what it says, and its home; all at once."""
    started = {}
    for wrong in AT_THE_COMMAND_LINE:
        home = tmp_path_factory.mktemp("home") / "instance"
        started[wrong] = (_start(GOOD | WRONG[wrong][0], home), home)
    ended = {}
    for wrong, (process, home) in started.items():
        _, said = process.communicate(timeout=120)
        ended[wrong] = (process.returncode, said, home)
    return ended


def _start(settings: Mapping[str, str], home: Path) -> subprocess.Popen[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-c", "from pulse.app import main; main()", "tick"],
        env=kept | dict(settings) | {"PULSE_HOME": str(home)},
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("wrong", AT_THE_COMMAND_LINE)
def test_the_command_refuses_with_that_sentence_and_makes_nothing(
    wrong: str, refusals: dict[str, tuple[int, str, Path]]
) -> None:
    code, said, home = refusals[wrong]

    assert code == 2
    assert "Traceback" not in said
    assert WRONG[wrong][1] in said
    assert not home.exists()


def test_what_was_set_is_never_repeated_in_a_sentence(refusals: dict[str, tuple[int, str, Path]]) -> None:
    assert DEMO_SECRET not in refusals["the demo's secret"][1]
    assert "pulse@db" not in refusals["a database that Pulse does not know"][1]


def test_without_a_database_sqlite_lies_in_the_home_folder(tmp_path: Path) -> None:
    settings = load_settings(GOOD | {"PULSE_HOME": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path / 'pulse.db'}"
    assert settings.key_dir == tmp_path / "keys"


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_every_way_to_write_postgresql_leads_to_one_driver(given: str) -> None:
    assert load_settings(GOOD | {"DATABASE_URL": given}).database_url == "postgresql+psycopg://u@h/d"


def test_the_demo_needs_no_setting_and_keeps_its_mail_in_a_folder(tmp_path: Path) -> None:
    settings = load_settings({"PULSE_DEMO": "1", "PULSE_HOME": str(tmp_path), "PORT": "5050"})

    assert (settings.secret_key, settings.demo) == (DEMO_SECRET, True)
    assert settings.base_url == "http://127.0.0.1:5050"
    assert settings.mail_url == f"mailbox:{tmp_path / 'mail'}"


def test_over_https_cookies_are_secure_and_bound_to_the_host() -> None:
    secure, plain = (
        load_settings(GOOD | {"PULSE_BASE_URL": url}) for url in ("https://p.example.org/", "http://p:5000")
    )

    assert secure.base_url == "https://p.example.org"
    assert secure.as_flask()["SESSION_COOKIE_NAME"] == "__Host-pulse"
    assert secure.as_flask()["SESSION_COOKIE_SECURE"] is True
    assert plain.as_flask()["SESSION_COOKIE_NAME"] == "pulse"
    assert plain.as_flask()["SESSION_COOKIE_SECURE"] is False


def test_mail_goes_by_notify_when_its_address_is_notify() -> None:
    notify = {"NOTIFY_API_KEY": f"live-{TEMPLATE}-{TEMPLATE}", "NOTIFY_EMAIL_TEMPLATE": TEMPLATE}
    settings = load_settings(GOOD | notify | {"MAIL_URL": "notify:"})
    assert (settings.mail_url, settings.notify.email_template) == ("notify:", TEMPLATE)
    assert notify["NOTIFY_API_KEY"] not in repr(settings.notify)


def test_hosts_for_announcements_are_read_without_regard_to_capitals(tmp_path: Path) -> None:
    given = {
        "PULSE_WEBHOOK_HOSTS": " Chat.example.gov.uk  http://127.0.0.1:8065",
        "PULSE_HOME": str(tmp_path),
    }
    assert load_settings(GOOD | given).webhook_hosts == {"chat.example.gov.uk", "http://127.0.0.1:8065"}
