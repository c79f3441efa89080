"""What a person does who answers: open the link, start, fill the form in, send it."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.db import db
from tests.results.factories import Council, Site, make_council, make_sent_wave
from tests.support.rows import all_rows

#: the closed questions of the wave below, and its open one
CLOSED = ["PTA-01", "PTA-06", "PTA-09", "AMB-P1", "AMB-N1", "TAA-G1", "LET-01"]
OPEN = "OPEN-01"
#: one answer to each closed question, as a form sends it, and as a sheet keeps it
FILLED = dict(zip(CLOSED, ["4", "5", "pns", "0", "4", "3", "na"], strict=True))
SHEET = "45p043n"


@dataclass
class Open:
    """An open wave and the link of somebody who leads nobody."""

    site: Site
    council: Council
    wave_id: int
    person_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.person_id = next(i for i, voter in self.council.people.items() if not voter.leads)

    @property
    def token(self) -> str:
        return self.site.token(self.wave_id, self.person_id)


def make_open(site: Site, **defaults: Any) -> Open:
    council = make_council()
    return Open(site, council, make_sent_wave(site, rotation=[[*CLOSED, OPEN]], **defaults))


def start(client: FlaskClient, token: str) -> str:
    """Follow the link and press Start; the form's page."""
    address = f"/a/{token}"
    began = client.post(address, data={"csrf_token": csrf_of(client.get(address).text)})
    assert began.status_code == 303, began.text
    return client.get(began.location).text


def send(client: FlaskClient, page: str, answers: object) -> TestResponse:
    """Send the form that is on the page; `answers` as name -> value, or pairs."""
    pairs = list(answers.items()) if isinstance(answers, dict) else list(answers)  # type: ignore[call-overload]
    data: dict[str, list[str]] = {"csrf_token": [csrf_of(page)]}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return client.post("/survey", data=data)


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def way_of(answer: TestResponse) -> tuple[int, str]:
    """The status, and where it leads, without the survey that the thank-you page is of."""
    return answer.status_code, (answer.location or "").partition("?survey=")[0]


def count_stored() -> tuple[int, int]:
    """(envelopes, used links) as they are now in the database."""
    db.session.rollback()
    rows = all_rows()
    return len(rows["envelope"]), sum(bool(row["spent"]) for row in rows["invitation"])
