"""Every known answer is some test's expectation: a key that no test of this folder reads fails here."""

import re
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
FILES = ("known_answers.yaml", "known_more.yaml")
READ = re.compile(r'KNOWN\["(\w+)"\]')


def keys_of(name: str) -> set[str]:
    return set(yaml.safe_load((HERE / name).read_text("utf-8")))


def keys_read() -> set[str]:
    return {key for path in HERE.glob("test_*.py") for key in READ.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("name", FILES)
def test_every_known_answer_is_tested(name: str) -> None:
    """Without exception: an answer that nothing is held against is not known."""
    assert keys_of(name) - keys_read() == set()


def test_no_test_reads_an_answer_that_is_not_there() -> None:
    assert keys_read() <= set().union(*(keys_of(name) for name in FILES))


def test_neither_file_hides_an_answer_of_the_other() -> None:
    assert keys_of(FILES[0]) & keys_of(FILES[1]) == set()
