"""The program that makes PDFs: told nothing of Pulse, fetching nothing, one sentence where it cannot run."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pulse.web import pdf


@pytest.fixture
def style(tmp_path: Path) -> Path:
    file = tmp_path / "plain.css"
    file.write_text("@page { size: A5 }")
    return file


def test_a_machine_without_pango_says_what_to_install(monkeypatch: pytest.MonkeyPatch, style: Path) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "weasyprint", None)
        status = pdf._main()
    ended = subprocess.CompletedProcess(["x"], status, b"", b"")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: ended)
    with pytest.raises(pdf.NoPdf, match="install Pango"):
        pdf.make_pdf("<p>Nothing</p>", style)


def test_the_program_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, style: Path) -> None:
    told: dict[str, str] = {}
    monkeypatch.setenv("SECRET_KEY", "planted")
    monkeypatch.setenv("DATABASE_URL", "planted")

    def run(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        told.update(env)
        return subprocess.CompletedProcess(["x"], 0, b"%PDF-", b"")

    monkeypatch.setattr("subprocess.run", run)
    assert pdf.make_pdf("<p>A secret?</p>", style) == b"%PDF-"
    assert "planted" not in told.values()
    assert told["HOME"]


def test_nothing_typed_makes_the_program_open_a_file_or_an_address(style: Path) -> None:
    html = (
        '<html lang="en"><head><title>T</title></head><body><p>Before</p>'
        '<img src="file:///etc/hostname" alt="x"><img src="http://192.0.2.1/x.png" alt="y">'
        '<p style="background: url(file:///etc/hostname)">After</p></body></html>'
    )
    pages = PdfReader(BytesIO(pdf.make_pdf(html, style))).pages
    assert pages[0].mediabox.width == pytest.approx(148 / 25.4 * 72, abs=1)
    said = pages[0].extract_text()
    assert said.startswith("Before")
    assert "After" in said
