"""Slips on paper: one a person, by unit, with a square that a phone reads and a code that is folded in."""

import re
import stat
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner
from pypdf import PdfReader

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations import slip_pages
from pulse.invitations.codes import make_token
from pulse.invitations.paper import Slip, list_slips
from pulse.invitations.sending import occasion_of
from pulse.invitations.slip_pages import STYLE, draw_pages, list_pages, set_slips
from pulse.surveys import queries as surveys
from pulse.web.qr import Square
from tests.invitations.slips import Depot
from tests.support.printed import is_tagged, squares_on, words_on

BASE = "http://localhost"


@pytest.fixture
def depot(installed: Depot) -> Depot:
    return installed


def slips_of(unit: str, people: int) -> list[Slip]:
    return [
        Slip(unit, f"Person {number}", "7K3M 9QXT B2WF", f"{BASE}/a/{number:032}", f"{BASE}/r/x")
        for number in range(people)
    ]


def test_units_follow_each_other_on_a_page_and_none_that_fits_on_one_is_torn_in_two() -> None:
    units = {"Depot": 17, "Parks": 1, "Pools": 6, "Roads": 3, "Trees": 8, "Yard": 10}
    pages = list(list_pages([slip for unit, people in units.items() for slip in slips_of(unit, people)]))
    assert [
        [(part.unit, part.number, part.of, len(part.slips)) for part in page.parts] for page in pages
    ] == [
        [("Depot", 1, 3, 8)],
        [("Depot", 2, 3, 8)],
        [("Depot", 3, 3, 1), ("Parks", 1, 1, 1), ("Pools", 1, 1, 6)],
        [("Roads", 1, 1, 3)],
        [("Trees", 1, 1, 8)],
        [("Yard", 1, 2, 8)],
        [("Yard", 2, 2, 2)],
    ]
    assert {part.in_unit for page in pages for part in page.parts if part.unit == "Yard"} == {10}


def test_a_printed_slip_has_ones_own_square_and_code_and_what_everybody_is_told(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    out = tmp_path / "slips.pdf"
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"Wrote 3 slips to {out}. The page to type a code in is http://localhost/code" in done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600

    content, key = out.read_bytes(), depot.site.keyring.token_key()
    assert squares_on(content) == sorted(
        f"{BASE}/a/{make_token(key, depot.wave_id, person)}" for person in depot.people
    )
    assert is_tagged(content)
    said, programme = words_on(content), surveys.get_wave(depot.wave_id).programme
    for person in depot.people:
        assert depot.code_of(person).replace(" ", "") in said.replace(" ", "")
        assert db.session.get_one(Person, person).full_name in said
    for words in (programme.name, "Example Council", "localhost/code", "Open until Monday 19 October"):
        assert words in said
    assert "No result is shown for fewer than 5 people." in said
    assert f"localhost/r/{programme.results_key}" in said
    assert "hand out" in said


def test_a_square_is_25_mm_or_more_and_its_flap_covers_it(depot: Depot) -> None:
    rules = STYLE.read_text()
    square = float(re.findall(r"svg \{[^}]*width: ([\d.]+)mm", rules)[0])
    flap = float(re.findall(r"\.flap \{[^}]*height: ([\d.]+)mm", rules)[0])
    for base in ("https://pulse.ab.gov.uk", "https://surveys.organisational-development.long-trust.nhs.uk"):
        page = next(list_pages([Slip("U", "N", "C", f"{base}/a/{'x' * 32}", "")]))
        side = page.parts[0].slips[0][1].side
        assert square * (side - 8) / side >= 25
        assert flap >= square * (side - 4 - 2) / side  # at most the rims of two corners look out


def test_eight_slips_stand_on_a_page_however_long_names_are_and_however_many_units(depot: Depot) -> None:
    unit = "Neighbourhood services, street scene and grounds maintenance, the eastern half of it "
    of_units = [*slips_of(unit * 2, 9), *(slip for i in range(7) for slip in slips_of(f"{i} {unit}", 1))]
    slips = [replace(slip, name="Maximiliana Featherstonehaugh-Cholmondeley " * 3) for slip in of_units]
    occasion = replace(
        occasion_of(surveys.get_wave(depot.wave_id), BASE), programme="Long " * 24, organisation="Name " * 24
    )
    (content,) = set_slips(slips, occasion, f"{BASE}/code")
    assert [len(squares_on(content, page)) for page in range(2)] == [8, 8]
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert "hand out 9 slips (page 1 of 2)" in words_on(content, 0)
    assert f"Hand out {unit * 2}: the last 1 of 9 slips; 0 {unit}: 1 slip;" in words_on(content, 1)


def test_what_is_typed_cannot_become_markup(depot: Depot) -> None:
    with writing():
        db.session.get_one(Person, depot.person).full_name = "<b>Bold</b> & Co"
    slips = list_slips(depot.wave_id, depot.site.keyring.token_key(), BASE)
    occasion = occasion_of(surveys.get_wave(depot.wave_id), BASE)
    html = draw_pages(list(list_pages(slips)), occasion, f"{BASE}/code")
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in html


def test_many_slips_are_set_in_several_files_so_that_memory_stays_bounded(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_at_once: list[int] = []
    monkeypatch.setattr(slip_pages, "make_square", lambda _: Square("", 45))

    def count(html: str, _style: Path) -> bytes:
        set_at_once.append(html.count("<article>"))
        return b"%PDF-"

    monkeypatch.setattr(slip_pages, "set_pages", count)
    occasion = occasion_of(surveys.get_wave(depot.wave_id), BASE)
    files = list(set_slips(slips_of("Depot", 1000), occasion, f"{BASE}/code"))
    assert len(files) == 3
    assert set_at_once == [480, 480, 40]


@pytest.mark.parametrize("name", ["slips", "slips.docx"])
def test_another_ending_is_refused_in_one_sentence(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path, name: str
) -> None:
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(tmp_path / name)])
    assert done.exit_code == 1
    assert done.output == "Error: Name a file that ends in .pdf, to print, or in .csv.\n"


def test_when_a_second_file_is_in_the_way_the_first_is_taken_back(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulse.invitations.commands.set_slips", lambda *_: iter([b"%PDF-1", b"%PDF-2"]))
    (tmp_path / "slips-2.pdf").write_text("mine")
    done = runner.invoke(
        args=["programme", "slips", str(depot.wave_id), "--out", str(tmp_path / "slips.pdf")]
    )
    assert done.exit_code == 1
    assert "slips-2.pdf is there already: name a file that is not." in done.output
    assert [file.name for file in tmp_path.iterdir()] == ["slips-2.pdf"]
