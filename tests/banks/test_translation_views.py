"""The translation pages: what is told, what is kept, and files for translators."""

import csv
import io
import json
import re
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.banks.limits import ImportRefused
from pulse.banks.store import get_library
from pulse.banks.translating import item_text, list_groups, text_id
from pulse.banks.translation_files import bring_in
from pulse.languages import queries, standing
from pulse.languages.texts import Text
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.languages.factories import NOW, WELSH, read, save

GROUP = "bank-weir_six"
BASE = f"/translations/{WELSH}/{GROUP}"


@pytest.fixture
def two(app: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[FlaskClient, FlaskClient]:
    """Two editors at their browsers."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    first, second = (sign_in(app.test_client(), make_account(Role.OD_EDITOR)) for _ in range(2))
    return first, second


def question(item_id: str = "PEO-01") -> Text:
    return item_text(get_library(), get_library().item(item_id))


def page(client: FlaskClient, path: str, **typed: object) -> str:
    """What a reader sees of a page; with `typed`, of the answer to a form."""
    answer = client.post(path, data=typed, follow_redirects=True) if typed else client.get(path)
    assert answer.status_code in (200, 409, 422), answer.status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def test_a_text_is_translated_by_one_and_reviewed_by_another(two: tuple[FlaskClient, FlaskClient]) -> None:
    here = f"{BASE}/{text_id(question())}"
    words = "Caf fy nhrin <b>fel</b> person."

    assert "Caf fy nhrin fel person cyfan yn y gwaith." in page(two[0], here)  # the supplied draft
    assert "It is saved" in page(two[0], here, words=words, note="", seen="0")
    assert "somebody else must review them" in page(two[0], f"{here}/review", seen="1")
    assert "It is reviewed" in page(two[1], f"{here}/review", seen="1")

    html = two[1].get(f"{BASE}?state=reviewed").text
    assert "Caf fy nhrin &lt;b&gt;fel&lt;/b&gt; person." in html
    assert "1 text" in page(two[0], f"{BASE}?q=NHRIN+person")
    assert "Nothing here fits" in page(two[0], f"{BASE}?q=nhrin&state=draft")
    assert words not in unescape(two[0].get(f"{BASE}?state=left").text)
    assert standing.find_words(WELSH, [question()]) == {question().key: words}


def test_the_second_of_two_at_once_sees_both_and_overwrites_nothing(
    two: tuple[FlaskClient, FlaskClient],
) -> None:
    here = f"{BASE}/{text_id(question())}"
    page(two[0], here, words="Y cyntaf", note="", seen="0")

    told = page(two[1], here, words="Yr ail", note="", seen="0")

    assert "Somebody else has changed this translation" in told
    assert "Y cyntaf" in told
    assert "Yr ail" in told
    assert "Write the translation" in page(two[1], here, words=" ", note="", seen="1")
    assert [row.text for row in queries.list_versions(WELSH, question())] == ["Y cyntaf"]


@pytest.mark.parametrize("written", ["{}", "{}.", "{}\u2060", "\u00ad{}"])
def test_no_two_answers_of_one_scale_come_to_read_the_same(
    two: tuple[FlaskClient, FlaskClient], written: str
) -> None:
    agree, rather = (
        Text("scale agree5", label) for _code, label in get_library().scale("agree5").options[:2]
    )
    group = f"/translations/{WELSH}/scales"
    words = written.format(standing.find_one(WELSH, agree).words.upper())

    told = page(two[0], f"{group}/{text_id(rather)}", words=words, note="", seen="0")

    assert f"“{agree.source}” and “{rather.source}” would read the same" in told
    assert standing.find_one(WELSH, rather).number == 0


def test_a_file_may_put_two_answers_in_each_others_place(two: tuple[FlaskClient, FlaskClient]) -> None:
    groups = list_groups(WELSH, get_library())
    agree, rather = (
        Text("scale agree5", label) for _code, label in get_library().scale("agree5").options[:2]
    )
    words = [standing.find_one(WELSH, text).words for text in (agree, rather)]
    turned = [[text_id(text), word, "", 0] for text, word in zip((agree, rather), words[::-1], strict=True)]

    assert bring_in(WELSH, groups, turned, None, NOW) == 2
    with pytest.raises(ImportRefused, match="would read the same"):
        bring_in(WELSH, groups, [[text_id(agree), words[0], "", 1]], None, NOW)


def test_a_changed_question_shows_what_its_former_words_were_in_welsh(
    two: tuple[FlaskClient, FlaskClient],
) -> None:
    save(Text("item PEO-01", "I was treated as a person."), "Yr hen eiriau", None)

    told = page(two[0], f"{BASE}/{text_id(question())}")

    assert "The English was changed" in told
    assert "Yr hen eiriau" in told


def test_a_page_of_texts_is_reviewed_after_it_was_listed_each_by_the_rules(
    two: tuple[FlaskClient, FlaskClient],
) -> None:
    mine, other, later = (question(f"PEO-0{number}") for number in (1, 2, 3))
    page(two[0], f"{BASE}/{text_id(mine)}", words="Un xyz", note="", seen="0")
    save(other, "Dau xyz", None)
    save(later, "Tri xyz", None)

    html = two[0].get(f"{BASE}/review?state=draft&q=item+xyz").text
    listed = dict(re.findall(r'name="([0-9a-f]{16})" value="(\d+)"', html))
    assert set(listed) == {text_id(other), text_id(later)}
    assert "You wrote these words yourself" in html
    save(later, "Tri xyz, yn well", None)  # somebody saves meanwhile

    told = page(two[0], f"{BASE}/review", **listed, **{text_id(mine): "1"})

    assert "You have reviewed 1 text." in told
    assert "Some stay as they were" in told
    assert standing.not_reviewed(WELSH, [mine, other, later]) == [mine, later]


def test_an_overview_says_how_far_each_group_is_and_what_a_survey_still_needs(
    app: Flask, two: tuple[FlaskClient, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = Text("programme 1", "How we work")
    monkeypatch.setitem(
        app.extensions, "pulse.texts_to_translate", lambda: [("How we work", [name, question()])]
    )
    monkeypatch.setattr("pulse.banks.translating.staff_texts", lambda _language: [])
    assert "How we work 2 texts are left to review before staff are offered Welsh. 2 of them" in page(
        two[0], "/translations/cy"
    )

    reviewer = make_account(Role.OD_EDITOR).id
    for text in (name, question()):
        save(text, "Geiriau", None)
        read(text, reviewer)

    assert "How we work Ready" in page(two[0], "/translations/cy")
    assert two[0].get("/translations/en").status_code == two[0].get("/translations/xx").status_code == 404


def rows_of(client: FlaskClient) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(f"{BASE}/download.csv").data.decode("utf-8-sig"))))


def upload(client: FlaskClient, rows: list[list[str]], name: str = "cy.csv") -> str:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    data = {"file": (BytesIO(made.getvalue().encode("utf-8-sig")), name)}
    return client.post("/translations/cy/import", data=data).text


def filled(rows: list[list[str]], item_id: str, words: str) -> list[list[str]]:
    return [[*row[:2], words, *row[3:]] if row[0] == f"item {item_id}" else row for row in rows]


def keep(client: FlaskClient, preview: str) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', preview)
    assert found
    return page(client, "/translations/cy/import/keep", rows=unescape(found[1]))


def test_a_file_goes_out_comes_back_and_is_looked_at_before_it_is_kept(
    two: tuple[FlaskClient, FlaskClient],
) -> None:
    rows = filled(filled(rows_of(two[0]), "PEO-01", "=CMD()|x"), "PEO-02", "Dau")
    shown = upload(two[0], [*rows, ["item GONE-1", "No longer here", "Dim", "", ""]])

    assert "2 texts with another translation" in shown
    assert "1 row left out" in shown
    assert standing.find_one(WELSH, question()).number == 0
    assert "2 translations are saved as drafts" in keep(two[0], shown)
    assert ["item PEO-01", "'=CMD()|x", "draft"] in [[row[0], row[2], row[3]] for row in rows_of(two[0])]
    assert "No longer" not in keep(two[0], upload(two[0], filled(rows_of(two[0]), "PEO-02", "Dau eto")))
    assert "somebody else must" in page(two[0], f"{BASE}/{text_id(question())}")
    assert two[0].get(f"{BASE}/download.xlsx").data[:2] == b"PK"


def test_a_file_with_a_mistake_changes_nothing(two: tuple[FlaskClient, FlaskClient]) -> None:
    rows = filled(rows_of(two[0]), "PEO-01", "Un")

    shown = upload(two[0], filled(rows, "PEO-02", "Ein {approach}"))
    assert re.search(r"Line \d+: Write the words themselves in place of \{approach\}", shown)
    assert 'name="rows"' not in shown
    assert "must end in .csv or .xlsx" in upload(two[0], rows, "cy.ods")
    assert "exactly one column Cymraeg" in upload(two[0], [row[:2] for row in rows])
    lone = json.dumps([[text_id(question()), "Un", "\ud800", 0]])
    for tampered in ("", "[]", "{}", "3", "[3]", '[["x", "y", "z", 0]]', '[["x", "y"]]', "[" * 100_000, lone):
        assert "Something was lost" in page(two[0], "/translations/cy/import/keep", rows=tampered)

    shown = upload(two[0], rows)
    save(question(), "Yn y cyfamser", None)
    assert "Nothing is saved" in keep(two[0], shown)
    assert standing.find_one(WELSH, question()).words == "Yn y cyfamser"


def test_the_command_says_how_far_a_language_is(runner: FlaskCliRunner) -> None:
    save(question(), "Un", None)

    told = runner.invoke(args=["translations", "status"]).output

    found = re.search(rf"{GROUP} +(\d+) +(\d+) +(\d+) ", told)
    assert found
    texts = next(group for group in list_groups(WELSH, get_library()) if group.id == GROUP).texts
    assert [int(many) for many in found.groups()] == [0, len(texts), 0]
