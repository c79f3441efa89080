"""Requests that no page sends: each is turned away with a page, never with a fault."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from pulse.accounts.views import is_own_path
from pulse.web.access import Role
from pulse.web.errors import PAGES, STALE_FORM
from tests.accounts.browsing import send
from tests.accounts.factories import make_account, sign_in


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
@pytest.mark.parametrize("address", ["/results/{}/0", "/results/1/{}", "/programmes/{}", "/accounts/{}"])
def test_a_number_that_no_row_can_have_leads_nowhere(client: FlaskClient, address: str, number: int) -> None:
    sign_in(client, make_account(Role.ADMINISTRATOR))
    assert client.get(address.format(number)).status_code == 404


def test_a_nul_in_a_field_is_refused(client: FlaskClient) -> None:
    assert send(client, "/sign-in", email="a\0b@example.org", password="x").status_code == 400


def test_a_body_whose_sender_hung_up_half_way_is_refused(client: FlaskClient) -> None:
    """gunicorn says that a body ends by itself, also where its sender went away: what has come is not all."""
    whole = b"csrf_token=x&PTA-01=4&PTA-06=2"
    answers = [
        client.post(
            "/survey",
            input_stream=BytesIO(sent),
            content_type="application/x-www-form-urlencoded",
            environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(whole))},
        )
        for sent in (whole, whole[:-9])
    ]
    assert [PAGES[400][0] in answer.text for answer in answers] == [False, True]
    assert STALE_FORM[0] in answers[0].text  # read to its end, and only then found to carry no valid token


@pytest.mark.parametrize("ends_by_itself", [False, True])
def test_only_an_upload_may_be_large(client: FlaskClient, ends_by_itself: bool) -> None:
    """A body that ends by itself does not say beforehand how long it is."""
    body = b"code=" + b"x" * 600_000
    length = {"wsgi.input_terminated": True} if ends_by_itself else {"CONTENT_LENGTH": str(len(body))}
    answer = client.post(
        "/code",
        input_stream=BytesIO(body),
        content_type="application/x-www-form-urlencoded",
        environ_overrides=length,
    )
    assert answer.status_code == 413
    assert PAGES[413][1] in answer.text


@pytest.mark.parametrize("target", ["//[", "//]", "//a\u2100b", "/ok\\", "https://example.org", ""])
def test_no_next_page_lies_elsewhere_or_breaks(target: str) -> None:
    assert not is_own_path(target)
