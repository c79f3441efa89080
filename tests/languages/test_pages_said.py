"""No page says anything past the catalogue: what is written in a template, a form or a message is said."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension

PULSE = Path(__file__).parents[2] / "pulse"
ENV = Environment(
    extensions=[InternationalizationExtension], trim_blocks=True, lstrip_blocks=True, autoescape=True
)
TEMPLATES = sorted(path for path in PULSE.rglob("templates/**/*.html"))
MODULES = sorted(path for path in PULSE.rglob("*.py") if "forms" in path.stem or "views" in path.stem)
#: attributes that people read or hear
READ = ("aria-label", "title", "placeholder", "alt")
#: names, and what is the same in every language
NAMES = frozenset(
    (
        "Pulse",
        "- Pulse",
        "English",
        "Cymraeg",
        "Plotly",
        "GOV.UK Notify",
        "YAML",
        "CSV",
        "XLSX",
        "Authorization: Bearer",
    )
)
_WORDS = re.compile(r"[A-Za-z]{3,}")
#: a single small word is the name of something in a block
_READ = re.compile(r"[A-Z][a-z]{2}|[A-Za-z]{2} [A-Za-z]|^[,;:(] ?[a-z]{2}")
_SENTENCE = re.compile(r"^[A-Z][a-z]+(?:[ ,.:?]|$)|^[a-z]+ [a-z]+ [a-z]+")
#: in place of an expression; it may stand in a tag
_EXPRESSION = "\xa4"
#: what says a message or refuses one; its first words are read
_SAYING = frozenset(("flash", "error_page", "EditError", "named", "reason", "InputRequired", "DataRequired"))


class Reader(HTMLParser):
    """Collects what stands in a page for people to read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in ("style", "script", "code")
        self.found += [value for name, value in attrs if name in READ and value]

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in ("style", "script", "code")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.found += data.split(_EXPRESSION)


def written_in(source: str) -> list[str]:
    """Words that a template holds outside `{% trans %}` and expressions."""
    page, inside = [], False
    tokens = list(ENV.lex(source))
    for (_line, kind, value), following in zip(tokens, [*tokens[1:], (0, "", "")], strict=True):
        if kind == "name" and value in ("trans", "endtrans"):
            inside = value == "trans"
        if kind == "data":
            page.append(_EXPRESSION if inside else value)
        elif kind in ("variable_begin", "block_begin") and following:
            page.append(_EXPRESSION)
    reader = Reader()
    reader.feed("".join(page))
    found = (words.strip() for words in reader.found)
    return [words for words in found if _READ.search(words) and words not in NAMES]


def said_in(node: nodes.Node) -> Iterator[nodes.Node]:
    """Every expression of a template that is not handed to the catalogue."""
    for child in node.iter_child_nodes():
        named = getattr(getattr(child, "node", None), "name", getattr(child, "name", ""))
        if isinstance(child, nodes.Call) and named in ("_", "gettext", "ngettext"):
            continue
        if isinstance(child, nodes.Filter) and child.name == "plural":
            continue
        yield child
        yield from said_in(child)


def typed_in(source: str) -> list[str]:
    """Sentences among the strings of a template's expressions."""
    strings = (node.value for node in said_in(ENV.parse(source)) if isinstance(node, nodes.Const))
    return [one for one in strings if isinstance(one, str) and _SENTENCE.search(one) and one not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_its_words_through_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert written_in(source) + typed_in(source) == []


def bare_in(source: str) -> Iterator[str]:
    """First words of messages, labels and refusals that are handed over as they are written."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [
            *node.args[:1],
            *(one.value for one in node.keywords if one.arg in ("label", "description", "message")),
        ]
        if name == "error_page":
            words = node.args[1:]
        if name in _SAYING or name.endswith("Field") or any(one.arg == "message" for one in node.keywords):
            yield from (ast.unparse(one) for one in words if _is_bare(one))


def _is_bare(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(_WORDS.search(node.value))
    return isinstance(node, ast.JoinedStr)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_form_or_a_view_says_its_words_through_the_catalogue(path: Path) -> None:
    assert list(bare_in(path.read_text(encoding="utf-8"))) == []
