"""The documents are true: what they name exists, and what a reader must know is named."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask.cli import ScriptInfo

from pulse.app import create_app, main
from tests.conftest import make_settings

ROOT = Path(__file__).parents[1]
README = "README.md"
DOCUMENTS = [README, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]

FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
#: a setting is read by this call in pulse/config.py
SETTING_READ = re.compile(r'env\.get\("(\w+)"')
FIRST_CELL = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
#: files and folders of the repository, when they are named in full
PLACE = re.compile(r"(?:pulse|tests|tools|frontend|question_banks|migrations|docs)/[\w./-]*")


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def code_of(document: str) -> list[str]:
    """Every line of the fenced blocks, without its comment, and every piece of inline code."""
    text = text_of(document)
    lines = [line.split(" #")[0] for block in FENCED.findall(text) for line in block.splitlines()]
    return lines + INLINE.findall(FENCED.sub("", text))


def section(document: str, heading: str) -> str:
    """The text below a heading, up to the next of the same rank."""
    return text_of(document).split(f"\n## {heading}\n")[1].split("\n## ")[0]


def anchor_of(heading: str) -> str:
    """How a heading is linked to, by the rule that most sites which show Markdown share."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> click.Context:
    """`pulse` as a click command, with every command that the application adds."""
    app = create_app(make_settings(tmp_path_factory.mktemp("documents")))
    return click.Context(main, obj=ScriptInfo(create_app=lambda: app))


def unknown_words(context: click.Context, words: list[str]) -> Iterator[str]:
    """Words after `pulse` that are no command or option; what follows a command's name are arguments."""
    command: click.Command = main
    for word in words:
        if word.startswith("--"):
            known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
            if word not in known:
                yield word
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                yield word
                return
            command = found


def pulse_commands(document: str) -> Iterator[list[str]]:
    """The words after each `pulse` that is run as a program."""
    for code in code_of(document):
        found = re.search(r"(?:^|[\s/=])pulse ((?:[a-z]|--)[^;&|<>]*)$", code)
        if found:
            yield found.group(1).split()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    named = {target for code in code_of(document) for target in re.findall(r"\bmake ([a-z-]+)", code)}
    assert named <= make_targets()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_pulse_command_that_is_named_exists(context: click.Context, document: str) -> None:
    wrong = {" ".join(words): list(unknown_words(context, words)) for words in pulse_commands(document)}
    assert {command: unknown for command, unknown in wrong.items() if unknown} == {}


@pytest.mark.parametrize(
    "words", [["conquer"], ["user", "conquer"], ["tick", "--later"], ["user", "add", "--odd"]]
)
def test_a_command_that_does_not_exist_would_be_found(context: click.Context, words: list[str]) -> None:
    assert list(unknown_words(context, words)) == [words[-1]]


def test_the_readme_names_commands_to_look_for() -> None:
    """Otherwise the tests above would pass on a README without any."""
    commands = {" ".join(words[:2]) for words in pulse_commands(README)}
    assert {"db upgrade", "user add", "roster import", "bank check", "demo links"} <= commands


def test_every_command_of_our_own_is_in_the_readme(context: click.Context) -> None:
    """Flask's own (run, shell, routes) are not for our readers, and most of `db` is for developers."""
    commands = list(pulse_commands(README))
    named = {tuple(words[:length]) for words in commands for length in (1, 2)}
    missing = []
    for name in set(main.list_commands(context)) - {"run", "shell", "routes", "db"}:
        command = main.get_command(context, name)
        paths = [(name, sub) for sub in command.commands] if isinstance(command, click.Group) else [(name,)]
        missing += [path for path in paths if path not in named]
    assert missing == []


def test_the_settings_table_is_what_the_program_reads() -> None:
    assert set(FIRST_CELL.findall(section(README, "Settings"))) == set(
        SETTING_READ.findall(text_of("pulse/config.py"))
    )


def test_settings_are_read_in_no_other_way() -> None:
    """So that the comparison above misses none: whoever reads `env` does it by `env.get("NAME"`."""
    tree = ast.parse(text_of("pulse/config.py"))
    reads = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "env"]
    stored = [node for node in reads if isinstance(node.ctx, ast.Store)]
    assert len(reads) - len(stored) == len(SETTING_READ.findall(text_of("pulse/config.py")))


def test_the_package_map_lists_every_package_from_the_top_layer_down() -> None:
    listed = [name.removeprefix("pulse/") for name in FIRST_CELL.findall(section(README, "Package map"))]
    packages = {path.parent.name for path in ROOT.glob("pulse/*/__init__.py")}
    modules = {path.name for path in ROOT.glob("pulse/*.py")} - {"__init__.py"}
    assert set(listed) == packages | modules
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = [name for layer in contracts[0]["layers"] for name in layer.split(" | ")]
    assert [layers.index(name.removesuffix(".py")) for name in listed] == sorted(
        layers.index(name.removesuffix(".py")) for name in listed
    )


def leads_somewhere(document: str, target: str) -> bool:
    """Whether a link in this document finds its file and, in it, its heading; other sites are not asked."""
    if "://" in target or target.startswith("mailto:"):
        return True
    file, _, anchor = target.partition("#")
    if not (ROOT / (file or document)).is_file():
        return False
    return not anchor or anchor in map(anchor_of, HEADING.findall(text_of(file or document)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    targets = LINK.findall(text_of(document))
    assert [target for target in targets if not leads_somewhere(document, target)] == []


@pytest.mark.parametrize("target", ["NOWHERE.md", "README.md#nowhere", "#nowhere"])
def test_a_broken_link_would_be_found(target: str) -> None:
    assert not leads_somewhere("SECURITY.md", target)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document: str) -> None:
    named = {code for code in code_of(document) if PLACE.fullmatch(code)}
    assert sorted(place for place in named if not (ROOT / place).exists()) == []


def test_the_version_in_the_changelog_is_that_of_the_package() -> None:
    newest = re.search(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
