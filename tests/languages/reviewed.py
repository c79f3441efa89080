"""A survey of which everything is reviewed in Welsh: rows as the pages of translations write them."""

from collections.abc import Iterable, Sequence

from flask import current_app

from pulse.db import db, writing
from pulse.languages.catalogue import count_forms, staff_texts
from pulse.languages.models import REVIEWED, Translation
from pulse.languages.texts import PAGE_PLURAL, Text
from pulse.surveys.languages import texts_of_wave
from pulse.surveys.models import Programme
from pulse.surveys.plans import build_plan
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.languages.factories import NOW, WELSH

MARK = "Cym: "


def welsh(english: str) -> str:
    """What everything is in the Welsh of these tests."""
    return f"{MARK}{english}"


def review_all(programme: Programme, number: int = 1) -> list[Text]:
    """Write a reviewed translation of everything that the wave would show; the texts."""
    texts = [*texts_of_wave(programme, build_plan(programme, number)), *staff_texts(WELSH)]
    review(texts)
    return texts


def review(texts: Iterable[Text]) -> None:
    """The same of these texts, translated by one account and read by two others."""
    people = [make_account(Role.OD_EDITOR).id for _ in range(3)]
    wanted = {text.key: text for text in texts}
    with writing():
        db.session.add_all(_row(text, people) for text in wanted.values())
    forget_pages()


def withdraw(text: Text) -> None:
    """Somebody changes a text: a draft again."""
    with writing():
        db.session.add(_row(text, [None, None, None], number=2, state="draft"))


def forget_pages() -> None:
    """An application of one test counts versions that another counted from 1 before."""
    current_app.extensions.pop("pulse.pages_reviewed", None)


def _row(text: Text, people: Sequence[int | None], *, number: int = 1, state: str = REVIEWED) -> Translation:
    forms = count_forms(WELSH) if text.context == PAGE_PLURAL else 1
    words = "\n".join([welsh(text.source.split("\n")[-1])] * forms) if forms > 1 else welsh(text.source)
    return Translation(
        language=WELSH,
        context=text.context,
        source_sha256=text.sha256,
        number=number,
        source=text.source,
        text=words,
        state=state,
        made_at=NOW,
        translator_id=people[0],
        reviewer_id=people[1],
        second_reviewer_id=people[2] if text.twice else None,
    )
