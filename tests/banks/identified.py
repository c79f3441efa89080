"""A question that could tell who answers, as it may come into a bank, and how it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pulse.banks import queries
from pulse.banks.bringing_in import bring_in, preview
from pulse.banks.loading import get_supplied
from pulse.banks.revising import EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.writing import write_bank

ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "we say it so")
BANK = "letting_go"
ASKS = "What is your full name?"
WHY = "It asks for who somebody is, so an answer could be traced to one person."


def refused(call: Callable[[], object]) -> EditError:
    before = queries.list_newest()
    with pytest.raises(EditError) as found:
        call()
    assert queries.list_newest() == before
    return found.value


def make_yaml(text: str = ASKS) -> bytes:
    bank = get_supplied().bank(BANK)
    first, *others = bank.items
    return write_bank(replace(bank, items=(replace(first, text=text), *others))).encode()


def let_in_before_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank as it could be kept before there was a rule against its first question."""
    with monkeypatch.context() as then:
        then.setattr("pulse.banks.revising.refuse_identifying", lambda before, after: None)
        then.setattr("pulse.banks.bringing_in.refuse_identifying", lambda before, after: None)
        found = preview(f"{BANK}.yaml", make_yaml())
        seen = fingerprint(get_library().bank(BANK))
        taken = {BANK: found.documents[BANK]}
        bring_in(taken, {BANK: seen}, ED)
