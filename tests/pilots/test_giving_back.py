"""What is typed for a pilot that ends meanwhile is not kept, and not lost: its page shows it once more."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.pilots import queries
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.pilots.factories import make_pilot

COMMENT = "Mine <script>alert('x')</script>\r\nand more"


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return sign_in(client, make_account(Role.OD_EDITOR))


@pytest.mark.parametrize("ends", ["close", "remove", "delete"])
def test_what_a_tester_typed_meanwhile_is_given_back_and_not_kept(
    app: Flask, editor: FlaskClient, ends: str
) -> None:
    pilot, (link,) = make_pilot()
    address = f"/pilots/{pilot.id}"
    editor.post(f"{address}/testers/{link.tester.id}/remove" if ends == "remove" else f"{address}/{ends}")

    typed = {"seen-PTA-01": "hiddenmark", "meaning-PTA-01": COMMENT, "remark-PTA-01": "", "csrf_token": "se"}
    answer = app.test_client().post(f"/pilot/{link.token}", data=typed)

    assert answer.status_code == (410 if ends == "close" else 404)
    sentence = "It takes no more comments." if ends == "close" else "has sent you another link, taken you out"
    assert sentence in answer.text
    assert "PTA-01: In your own words, what is this question asking?</label>" in answer.text
    assert "Mine &lt;script&gt;" in answer.text
    assert (answer.text.count("<textarea"), "hiddenmark" in answer.text) == (1, False)
    assert queries.list_comments(pilot.id) == []


def test_a_page_of_a_pilot_that_is_over_has_no_boxes_when_nothing_was_typed(
    app: Flask, editor: FlaskClient
) -> None:
    for answer in (app.test_client().get("/pilot/wrong"), app.test_client().post("/pilot/wrong")):
        assert (answer.status_code, "What you typed" in answer.text) == (404, False)


@pytest.mark.parametrize(("ends", "status"), [("close", 422), ("delete", 404)])
def test_testers_typed_for_a_pilot_that_ended_meanwhile_are_given_back(
    editor: FlaskClient, ends: str, status: int
) -> None:
    pilot, _links = make_pilot()
    editor.post(f"/pilots/{pilot.id}/{ends}")
    answer = editor.post(f"/pilots/{pilot.id}", data={"testers": "Late, late@example.org"})
    assert answer.status_code == status
    assert "Late, late@example.org</textarea>" in answer.text
