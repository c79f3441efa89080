"""The pages of the question banks: everybody signed in reads them, and every question has its source."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from pulse.banks.loading import get_supplied
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account(Role.UNION_OBSERVER))


def page(client: FlaskClient, address: str, **query: str) -> str:
    response = client.get(address, query_string=query)
    assert response.status_code == 200
    return unescape(response.text)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_banks(role: Role, client: FlaskClient) -> None:
    sign_in(client, make_account(role))

    assert client.get("/questions/").status_code == 200
    assert client.get("/questions/weir_six").status_code == 200


def test_nobody_else_does(client: FlaskClient) -> None:
    assert client.get("/questions/").status_code == 303


def test_the_nine_banks_are_listed(reader: FlaskClient) -> None:
    shown = page(reader, "/questions/")

    assert len(get_supplied().banks) == 9
    assert all(f'href="/questions/{bank.id}"' in shown for bank in get_supplied().banks)


@pytest.mark.parametrize("bank", get_supplied().banks, ids=lambda bank: bank.id)
def test_a_bank_shows_every_question_with_its_sources(bank: object, reader: FlaskClient) -> None:
    library = get_supplied()
    whole = library.bank(bank.id)  # type: ignore[attr-defined]

    shown = page(reader, f"/questions/{whole.id}")

    for item in whole.items:
        assert f'id="{item.id}"' in shown
        assert library.fill(item.text) in shown
        for source in map(library.source, item.sources):
            assert source.paraphrase in shown
            assert source.heading in shown


def test_a_reversed_question_says_so(reader: FlaskClient) -> None:
    shown = page(reader, "/questions/", q="PEO-05")

    assert "1 question found" in shown
    assert ">Reversed<" in shown
    assert "Strongly disagree; Disagree; " in shown


def test_search_finds_by_all_the_words_in_any_case(reader: FlaskClient) -> None:
    shown = page(reader, "/questions/", q="WHOLE person")

    assert "PEO-01" in shown
    assert "PEO-02" not in shown


def test_search_by_dimension_gives_that_dimension_whole(reader: FlaskClient) -> None:
    library = get_supplied()
    wanted = {item.id for item in library.bank("weir_six").items if item.section == "people"}

    shown = page(reader, "/questions/", dimension="weir_six/people")

    found = {item.id for item in library.all_items() if f'id="{item.id}"' in shown}
    assert found == wanted


@pytest.mark.parametrize(
    ("query", "some", "none"),
    [
        ({"measure": "LET"}, "LET-01", "PEO-01"),
        ({"scale": "uni5"}, "AMB-P1", "PEO-01"),
        ({"use": "never"}, "PEO-01", "nothing"),
        ({"source": "chapter"}, "PTA-01", "PEO-01"),
    ],
)
def test_search_by_measure_source_answers_and_use(
    query: dict[str, str], some: str, none: str, reader: FlaskClient
) -> None:
    shown = page(reader, "/questions/", **query)

    assert f'id="{some}"' in shown
    assert f'id="{none}"' not in shown
    assert "0 questions found" in page(reader, "/questions/", use="retired")


def test_a_bank_is_previewed_as_people_would_see_it(reader: FlaskClient) -> None:
    shown = page(reader, "/questions/ambivalence/preview")

    assert "10 questions, about" in shown
    assert "Prefer not to say" in shown
    assert "<form" not in shown


def test_a_search_that_finds_nothing_says_what_to_try(reader: FlaskClient) -> None:
    shown = page(reader, "/questions/", q='<script>"unlikely"')

    assert "0 questions found" in shown
    assert "Try fewer words" in shown
    assert "<script>" not in reader.get("/questions/", query_string={"q": "<script>"}).text


def test_a_bank_that_is_not_there_is_not_found(reader: FlaskClient) -> None:
    assert reader.get("/questions/no_such_bank").status_code == 404
