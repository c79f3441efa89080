"""The catalogues: of page strings, gathered from code and templates, and of the supplied questions.

`python -m tools.catalogue` gathers and compiles; `python -m tools.catalogue FILE.json ...` also takes in
translations: a mapping of English words to the other language's, of nouns with a number "one|many" to the
list of its forms. What comes from a file is marked `machine-drafted` until a person has reviewed it.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension, babel_extract

from pulse.banks.loading import get_supplied
from pulse.banks.translating import supplied_texts

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "pulse" / "languages" / "translations"
LANGUAGES = ("cy",)
MACHINE = "machine-drafted"
#: functions whose first string, or first two, are words of a page
_SAYS = frozenset(("gettext", "lazy_gettext", "lazy", "_", "N_"))
_COUNTS = frozenset(("ngettext", "noun"))
_JINJA_WORDS = {**dict.fromkeys(("gettext", "_")), "ngettext": (1, 2)}
#: as the pages are drawn: web.pages
_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_HEADER = """# Words that Pulse says. `python -m tools.catalogue` gathers and compiles them.
# "machine-drafted": no person has reviewed this translation yet."""
#: a file without any of these says nothing, and need not be taken apart
_MAY_SAY = re.compile(r"\b(?:n?gettext|lazy(?:_gettext)?|_|N_|noun|plural)\(|\btrans\b")
#: file stem -> what gathers its texts; only the first is compiled, as pages look strings up by the thousand
PAGES, QUESTIONS = "messages", "questions"
_DATE = datetime(2026, 11, 1, tzinfo=UTC)
Words = str | tuple[str, str]
Found = tuple[Words, str]


def gather() -> Catalog:
    """Every string that a page may say, each with the files that say it, without line numbers."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted((ROOT / "pulse").rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and "static" not in path.parts:
            for words, place in _found_in(path):
                catalogue.add(words, locations=[(place, None)])  # type: ignore[list-item]
    for label, place in _measures():
        catalogue.add(label, locations=[(place, None)])  # type: ignore[list-item]
    return catalogue


def gather_questions() -> Catalog:
    """What the supplied banks and scales ask, each text with the place in which it stands as its context."""
    catalogue = Catalog(charset="utf-8")
    for text in supplied_texts(get_supplied()):
        catalogue.add(text.source, context=text.context)
    return catalogue


def _measures() -> Iterator[tuple[str, str]]:
    """What measures and their parts are called on pages of results; questions are translated one by one."""
    for path in sorted((ROOT / "question_banks").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in (*document.get("measures", ()), *document.get("sections", ())):
            yield one["label"], f"question_banks/{path.name}"


def _found_in(path: Path) -> Iterator[Found]:
    place, source = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    if not _MAY_SAY.search(source):
        return
    for words in _in_python(source) if path.suffix == ".py" else _in_template(source):
        yield words, place


def _in_python(source: str) -> Iterator[Words]:
    """Calls with words written out, also inside f-strings, which Babel's own reader passes over."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        said = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if name in _SAYS and said and isinstance(said[0], str):
            yield said[0]
        elif name in _COUNTS:
            yield from _nouns(said[:2])
        elif name == "plural":
            yield from _nouns(said[1:])


def _in_template(source: str) -> Iterator[Words]:
    read: Any = babel_extract  # typed for another version of Babel
    for _line, words, _comments, _context in extract(
        read, BytesIO(source.encode()), _JINJA_WORDS, options=_JINJA
    ):
        yield words if isinstance(words, str) else (str(words[0]), str(words[1]))
    if "plural(" in source:
        yield from _plurals_in_template(source)


def _plurals_in_template(source: str) -> Iterator[tuple[str, str]]:
    """`count | plural("team")`."""
    tree = Environment(extensions=[InternationalizationExtension], autoescape=True).parse(source)
    for node in tree.find_all(nodes.Filter):
        if node.name == "plural":
            yield from _nouns([arg.value for arg in node.args if isinstance(arg, nodes.Const)])


def _nouns(words: Sequence[object]) -> Iterator[tuple[str, str]]:
    if words and all(isinstance(word, str) for word in words):  # one, and many if that is not one + "s"
        yield str(words[0]), str(words[1]) if len(words) > 1 else f"{words[0]}s"


def path_of(language: str, stem: str = PAGES) -> Path:
    """Where a catalogue of a language is kept."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{stem}.po"


def read(language: str, stem: str = PAGES) -> Catalog:
    """The catalogue as it stands; empty if there is none yet."""
    path = path_of(language, stem)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, drafts: dict[str, str | list[str]], stem: str = PAGES) -> Catalog:
    """What is said now, with the translations that stand, and those given for what has none."""
    before, now = read(language, stem), gather() if stem == PAGES else gather_questions()
    after = Catalog(locale=language, charset="utf-8", fuzzy=False, project="Pulse", header_comment=_HEADER)
    after.creation_date = after.revision_date = _DATE  # the same strings make the same file
    for message in now:
        if not message.id:
            continue
        stands = before.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        words, flags = (stands.string, stands.flags) if stands and _said(stands.string) else (None, set())
        key = message.id if isinstance(message.id, str) else "|".join(message.id)
        if words is None and key in drafts:
            words, flags = _forms(drafts[key]), {MACHINE}
        after.add(message.id, words, locations=message.locations, flags=flags, context=message.context)
    return after


def _said(words: object) -> bool:
    return bool(words) and (isinstance(words, str) or any(words))  # type: ignore[arg-type]


def _forms(words: str | list[str]) -> str | tuple[str, ...]:
    return words if isinstance(words, str) else tuple(words)


def write(language: str, catalogue: Catalog, stem: str = PAGES) -> None:
    """The text file, in the order of the strings, and of pages the compiled one that the program reads."""
    path = path_of(language, stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False)
    if stem == PAGES:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def main() -> None:
    """Gather, merge, compile, and say what has no translation."""
    drafts: dict[str, str | list[str]] = {}
    for name in sys.argv[1:]:
        drafts |= json.loads(Path(name).read_text(encoding="utf-8"))
    for language, stem in product(LANGUAGES, (PAGES, QUESTIONS)):
        catalogue = update(language, drafts, stem)
        write(language, catalogue, stem)
        empty = [message.id for message in catalogue if message.id and not _said(message.string)]
        print(f"{language}, {stem}: {len(catalogue)} strings, {len(empty)} without a translation")
        for words in empty[:40]:
            print(f"  {words!r}")


if __name__ == "__main__":
    main()
