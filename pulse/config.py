"""Settings, read once from the environment; every mistake is one sentence that says what to do."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEMO_SECRET = "demo-only-secret-key-never-for-real-answers"  # noqa: S105 - published on purpose
MIN_SECRET_LENGTH = 32
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class ConfigError(Exception):
    """A setting is missing or wrong; the message says which one and what to set it to."""


_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#: as GOV.UK Notify shows it once: the key's name, the service's id and the secret
_NOTIFY_KEY = re.compile(rf".+-{_UUID}-{_UUID}", re.IGNORECASE)


@dataclass(frozen=True)
class NotifySettings:
    """What GOV.UK Notify needs; all empty where it is not used. Its repr shows neither key nor token."""

    key: str = field(default="", repr=False)
    email_template: str = ""
    text_template: str = ""
    letter_template: str = ""
    #: another server than Notify's own, for tests; empty for Notify's
    url: str = ""
    #: what Notify shows when it brings a delivery receipt; empty: receipts are not taken
    callback_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """All settings of one process. Paths are absolute."""

    home: Path
    database_url: str
    secret_key: str
    key_dir: Path
    base_url: str
    mail_url: str
    mail_from: str
    demo: bool
    proxies: int = 0
    notify: NotifySettings = field(default_factory=NotifySettings)
    #: hosts beside those of Teams and Slack that announcements may be posted to (messages.webhooks)
    webhook_hosts: frozenset[str] = frozenset()

    @property
    def secure_cookies(self) -> bool:
        """Cookies are `Secure` (and `__Host-`) unless the site itself is served over plain http."""
        return self.base_url.startswith("https://")

    def as_flask(self) -> dict[str, object]:
        """The Flask configuration these settings stand for."""
        return {
            "PULSE": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "__Host-pulse" if self.secure_cookies else "pulse",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 24 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 512 * 1024,
            "WTF_CSRF_TIME_LIMIT": None,
        }


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables; raises ConfigError in one sentence."""
    env = os.environ if environ is None else environ
    home = Path(env.get("PULSE_HOME", "instance")).absolute()
    demo = env.get("PULSE_DEMO", "") == "1"
    notify = _notify(
        key=env.get("NOTIFY_API_KEY", ""),
        email_template=env.get("NOTIFY_EMAIL_TEMPLATE", ""),
        text_template=env.get("NOTIFY_TEXT_TEMPLATE", ""),
        letter_template=env.get("NOTIFY_LETTER_TEMPLATE", ""),
        url=env.get("NOTIFY_URL", ""),
        callback_token=env.get("NOTIFY_CALLBACK_TOKEN", ""),
    )
    return Settings(
        home=home,
        database_url=_database_url(env.get("DATABASE_URL", ""), home),
        secret_key=_secret_key(env.get("SECRET_KEY", ""), demo),
        key_dir=Path(env.get("PULSE_KEY_DIR", str(home / "keys"))).absolute(),
        base_url=_base_url(env.get("PULSE_BASE_URL", ""), demo, env.get("PORT", "5000")),
        mail_url=_mail_url(env.get("MAIL_URL", ""), home, demo, notify),
        mail_from=env.get("MAIL_FROM", "Pulse <pulse@localhost>"),
        demo=demo,
        proxies=_whole_number("PULSE_PROXIES", env.get("PULSE_PROXIES", "0")),
        notify=notify,
        webhook_hosts=_webhook_hosts(env.get("PULSE_WEBHOOK_HOSTS", "")),
    )


def _database_url(given: str, home: Path) -> str:
    """A SQLAlchemy address; SQLite in the home folder when nothing is given."""
    if not given:
        return f"sqlite:///{home / 'pulse.db'}"
    scheme, separator, rest = given.partition("://")
    if not separator or scheme not in _DRIVERS:
        raise ConfigError(
            "DATABASE_URL is not one that Pulse can use: set it to postgresql://user:password@host/database, "
            "or to sqlite:////folder/file.db, or leave it out for SQLite in PULSE_HOME."
        )
    return f"{_DRIVERS[scheme]}://{rest}"


def _secret_key(given: str, demo: bool) -> str:
    """The signing key; outside the demo a missing, short or published one refuses to start."""
    if demo:
        return given or DEMO_SECRET
    if not given or given == DEMO_SECRET or len(given) < MIN_SECRET_LENGTH:
        raise ConfigError(
            "SECRET_KEY is missing, too short or the demo's own: set it to 32 or more random characters, "
            'for example with `python -c "import secrets; print(secrets.token_urlsafe(48))"`.'
        )
    return given


def _base_url(given: str, demo: bool, port: str) -> str:
    """Where people reach the site; links in mail start with it."""
    if not given:
        return f"http://127.0.0.1:{port}" if demo else "https://localhost"
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigError(
            "PULSE_BASE_URL must be the address people type, such as https://pulse.example.gov.uk."
        )
    return given.rstrip("/")


def _mail_url(given: str, home: Path, demo: bool, notify: NotifySettings) -> str:
    """Where mail goes: smtp://, smtps://, notify: or mailbox:/folder; empty means that mail is not set up."""
    if not given:
        return f"mailbox:{home / 'mail'}" if demo else ""
    if given == "notify:":
        if not notify.email_template:
            raise ConfigError("NOTIFY_EMAIL_TEMPLATE must be set when MAIL_URL is notify: as it is here.")
        return given
    scheme, _, rest = given.partition(":")
    if scheme not in ("smtp", "smtps", "mailbox") or not rest.strip("/"):
        raise ConfigError(
            "MAIL_URL must be smtp://user:password@host:587, smtps://user:password@host:465, notify: or "
            "mailbox:/folder."
        )
    return given


def _webhook_hosts(given: str) -> frozenset[str]:
    """Hosts, each with its port if it has one of its own, and with http:// before it if it takes no https."""
    hosts = given.lower().split()
    if not all(re.fullmatch(r"(http://)?[a-z0-9.-]+(:[0-9]{1,5})?", host) for host in hosts):
        raise ConfigError("PULSE_WEBHOOK_HOSTS must be hosts with spaces between, as chat.example.gov.uk.")
    return frozenset(hosts)


def _whole_number(name: str, given: str) -> int:
    if not given.isdecimal():
        raise ConfigError(f"{name} must be a whole number, 0 or more.")
    return int(given)


def _notify(**given: str) -> NotifySettings:
    """Settings of GOV.UK Notify; a wrong key or id is found here and not when the first letter leaves."""
    notify = NotifySettings(**given)
    templates = {
        "NOTIFY_EMAIL_TEMPLATE": notify.email_template,
        "NOTIFY_TEXT_TEMPLATE": notify.text_template,
        "NOTIFY_LETTER_TEMPLATE": notify.letter_template,
    }
    for name, template in templates.items():
        if template and not re.fullmatch(_UUID, template, re.IGNORECASE):
            raise ConfigError(f"{name} must be the id that Notify's page of the template shows.")
        if template and not notify.key:
            raise ConfigError(f"NOTIFY_API_KEY must be set when {name} is.")
    if notify.key and not _NOTIFY_KEY.fullmatch(notify.key):
        raise ConfigError("NOTIFY_API_KEY must be the whole key, as Notify showed it when it was made.")
    if notify.callback_token and len(notify.callback_token) < MIN_SECRET_LENGTH:
        raise ConfigError("NOTIFY_CALLBACK_TOKEN must be 32 or more random characters.")
    parts = urlsplit(notify.url)
    if notify.url and (not parts.hostname or parts.scheme != "https") and parts.hostname != "127.0.0.1":
        raise ConfigError("NOTIFY_URL must begin with https://, or be left out for Notify's own.")
    return notify
