"""What is committed for the browser: complete, precompressed, small enough, and free of inline code."""

import gzip
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no type hints
import pytest
from flask import Flask
from werkzeug.datastructures import Headers

from pulse.web import assets, pages

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "pulse" / "static"
PLAIN_FILES = sorted(
    path for path in STATIC.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz")
)
TEMPLATES = sorted((ROOT / "pulse").rglob("templates/**/*.html"))
FIRST_VISIT_LIMIT = 34_000
FORM_LIMIT = 4_000
#: template path -> why `|safe` is right there; none is needed so far
SAFE_ALLOWED: dict[str, str] = {}

INLINE_CODE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
}


def make_app() -> Flask:
    app = Flask("pulse", static_folder=None, template_folder=None)
    pages.init_app(app)
    return app


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def problems_in(text: str) -> list[str]:
    return [what for what, pattern in INLINE_CODE.items() if pattern.search(text)]


def test_the_npm_lock_names_no_registry() -> None:
    assert "://" not in (ROOT / "frontend" / "package-lock.json").read_text()


def test_the_design_system_is_pinned_to_the_version_the_macros_were_written_for() -> None:
    assert '"govuk-frontend": "6.3.0"' in (ROOT / "frontend" / "package.json").read_text()


@pytest.mark.parametrize("path", PLAIN_FILES, ids=relative)
def test_every_static_file_has_compressed_twins_that_say_the_same(path: Path) -> None:
    content = path.read_bytes()
    assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == content
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == content


def test_no_compressed_twin_outlives_its_file() -> None:
    twins = [path for path in STATIC.rglob("*") if path.suffix in (".br", ".gz")]
    assert twins
    assert all(path.with_suffix("") in PLAIN_FILES for path in twins)


def test_vendored_scripts_carry_their_licences() -> None:
    assert "Plotly" in (STATIC / "vendor" / "plotly-cartesian.LICENSE.txt").read_text()
    assert "MIT" in (STATIC / "vendor" / "govuk-frontend.LICENSE.txt").read_text()


@pytest.mark.parametrize("name", ["app.css", "survey.css"])
def test_no_crest_crown_or_government_typeface_is_shipped(name: str) -> None:
    css = (STATIC / name).read_text()
    for word in ("GDS Transport", "@font-face", "govuk-header", "govuk-footer", "crest", "crown"):
        assert word not in css


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_hold_no_inline_code(path: Path) -> None:
    assert problems_in(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>x()</script>",
        "<style>p{}</style>",
        '<p style="x">',
        '<a onclick="x()">',
        '<a href="javascript:x">',
    ],
)
def test_the_scan_sees_each_kind_of_inline_code(planted: str) -> None:
    assert problems_in(planted)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_trust_no_markup_outside_the_listed_places(path: Path) -> None:
    text = path.read_text()
    trusted = re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text)
    assert not trusted or relative(path) in SAFE_ALLOWED


def test_the_first_visit_stays_within_its_bytes() -> None:
    parts = ["survey.css", "survey.js", "favicon.svg"]
    sent = sum((STATIC / f"{name}.gz").stat().st_size for name in parts)
    assert sent + FORM_LIMIT <= FIRST_VISIT_LIMIT


def test_a_form_of_26_questions_stays_within_4_kb() -> None:
    assert len(gzip.compress(render_form(26).encode(), 6)) <= FORM_LIMIT


def test_the_first_visit_asks_for_at_most_three_files_beside_the_page() -> None:
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', render_form(1))
    assert len(linked) == len(set(linked)) == 3


def test_no_option_is_chosen_beforehand() -> None:
    assert " checked" not in render_form(3)


def fetch(url: str, encoding: str = "identity") -> tuple[Headers, bytes]:
    """One static answer, with its file closed again."""
    with make_app().test_client().get(url, headers={"Accept-Encoding": encoding}) as answer:
        return answer.headers, answer.data


def test_a_hashed_address_is_cached_for_good_and_a_plain_one_is_not() -> None:
    hashed, content = fetch(assets.list_assets()["survey.css"])
    plain, same = fetch("/static/survey.css")
    assert "immutable" in hashed["Cache-Control"]
    assert "immutable" not in plain["Cache-Control"]
    assert content == same == (STATIC / "survey.css").read_bytes()


def test_static_files_are_sent_compressed_and_to_this_site_only() -> None:
    headers, content = fetch(assets.list_assets()["survey.js"], "br")
    assert headers["Content-Encoding"] == "br"
    assert content == (STATIC / "survey.js.br").read_bytes()
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_changes_when_its_content_does(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{}")
    before = assets.list_assets(tmp_path)["a.css"]
    (tmp_path / "a.css").write_text("q{}")
    assert assets.list_assets(tmp_path)["a.css"] != before


def test_an_unknown_asset_is_refused_by_its_name() -> None:
    with pytest.raises(assets.UnknownAssetError, match=r"nothing\.css"):
        make_app().jinja_env.from_string("{{ asset_url('nothing.css') }}").render()


FORM = """{% extends "web/survey_base.html" %}{% import "web/macros/survey.html" as survey %}
{% block main %}{% call survey.form() %}
{% for q in questions %}{{ survey.question(q.name, q.text, options, apart) }}{% endfor %}
{{ survey.comment('c1', 'What would make your work easier?') }}{{ survey.end() }}
{% endcall %}{% endblock %}"""


def render_form(questions: int) -> str:
    """A whole survey page; wording differs from question to question, as real wording does."""
    words = ["people", "team", "trust", "time", "learn", "change", "help", "plan", "share", "ask", "decide"]
    items = [
        {
            "name": f"q{i}",
            "text": f"In my {words[i % 11]} we {words[i * 7 % 11]} and {words[i * 4 % 11]} ({i})",
        }
        for i in range(questions)
    ]
    scale = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
    apart = [("na", "Does not apply to me"), ("skip", "Prefer not to say")]
    app = make_app()
    with app.test_request_context():
        template = app.jinja_env.from_string(FORM)
        return template.render(questions=items, options=list(enumerate(scale, 1)), apart=apart)
