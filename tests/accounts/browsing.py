"""What a person does with the pages of accounts: open one, fill its form in, send it."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.accounts import signing_in
from pulse.accounts.models import Account
from tests.accounts.factories import PASSWORD


def send(client: FlaskClient, address: str, page: str | None = None, **fields: str) -> TestResponse:
    """Fill in the form on `page` (the address itself if not given) and send it to the address."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or address).text)
    assert found
    return client.post(address, data={"csrf_token": found[1]} | fields)


def sign_in_by_form(
    client: FlaskClient, account: Account, password: str = PASSWORD, query: str = ""
) -> TestResponse:
    return send(client, f"/sign-in{query}", email=account.email, password=password)


def secret_of(client: FlaskClient) -> str | None:
    with client.session_transaction() as cookie:
        return cookie.get(signing_in.COOKIE_FIELD)
