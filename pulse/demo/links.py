"""Where to go in a demo: links to answer by, the mailbox, and a sign-in for each role."""

from dataclasses import dataclass
from typing import Any

from pulse.config import Settings
from pulse.demo.folder import Notes
from pulse.invitations.codes import make_token
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.web.access import ROLE_LABELS, Role


@dataclass(frozen=True)
class SignIn:
    """How to sign in as one role."""

    role: str
    email: str
    password: str

    @property
    def label(self) -> str:
        return ROLE_LABELS[Role(self.role)]


@dataclass(frozen=True)
class Links:
    """`answer` is (who, address); empty while no wave is open."""

    base_url: str
    answer: list[tuple[str, str]]
    mailbox: str
    sign_in: list[SignIn]

    @property
    def sign_in_page(self) -> str:
        return f"{self.base_url}/sign-in"

    def as_json(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "base_url": self.base_url,
            "answer": [{"who": who, "url": url} for who, url in self.answer],
            "mailbox": self.mailbox,
            "sign_in": [
                {"role": one.role, "email": one.email, "password": one.password} for one in self.sign_in
            ],
        }


def list_links(notes: Notes, settings: Settings) -> Links:
    """The links of a built demo. The demo knows its own people's links because it holds the token key."""
    base, token_key = settings.base_url, Keyring(settings.key_dir).token_key()
    answer = [
        (who, f"{base}/a/{make_token(token_key, wave.id, person_id)}")
        for wave in surveys.list_waves_in("open")
        for who, person_id in notes.answering.items()
    ]
    sign_in = [SignIn(role, email, notes.password) for role, email in notes.accounts.items()]
    return Links(base, answer, f"{base}/mailbox", sign_in)
