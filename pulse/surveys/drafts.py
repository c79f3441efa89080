"""Drafts: what was typed in the wizard, kept from step to step until it is saved.

A draft belongs to one account. It keeps text as it was typed, right or wrong, so that nothing is lost; it is
read, and told what is wrong, each time it is shown.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pulse.db import writing
from pulse.languages.saying import gettext as _
from pulse.surveys import burden_queries, draft_queries, programmes, queries
from pulse.surveys.details import ProgrammeError
from pulse.surveys.forms import Typed
from pulse.surveys.models import Programme
from pulse.surveys.running_models import ProgrammeDraft
from pulse.surveys.wizard import STEPS, AllTyped, Reading, read_typed, typed_from

#: what nobody finishes in so long is deleted
KEPT = timedelta(days=30)
#: beside the steps, a draft keeps what the programme was when the change began
_BASE = "base"
_ASKS = "asks"


class Overtaken(NamedTuple):
    """Somebody saved the programme meanwhile: which steps and fields changed, and those both had changed."""

    fields: list[tuple[str, str]]
    both: list[tuple[str, str]]


def start_draft(account_id: int, step: str, typed: Typed, programme_id: int | None, now: datetime) -> str:
    """A draft with its first step typed, for a new programme or a change; returns its id."""
    kept: dict[str, Any] = {step: typed}
    with writing():
        if programme_id is not None:
            base = _base_of(queries.get_programme(programme_id))
            kept = {**{name: base[name] for name in STEPS}, step: typed, _BASE: base}
        draft = ProgrammeDraft(
            id=secrets.token_urlsafe(16),
            account_id=account_id,
            changed_at=now,
            programme_id=programme_id,
            typed=kept,
        )
        return draft_queries.add_draft(draft).id


def keep_step(draft_id: str, account_id: int, step: str, typed: Typed, now: datetime) -> None:
    """Keep what was typed on one step, right or wrong; raises NotFound."""
    with writing():
        draft = draft_queries.get_draft(draft_id, account_id)
        draft.typed = draft.typed | {step: typed}
        draft.changed_at = now


def remove_draft(draft_id: str, account_id: int) -> None:
    """Throw it away; raises NotFound."""
    with writing():
        draft_queries.get_draft(draft_id, account_id)
        draft_queries.delete_draft(draft_id, account_id)


def purge_drafts(now: datetime) -> int:
    """Delete what nobody has gone on with for a month; returns how many drafts. For the worker."""
    with writing():
        return draft_queries.delete_drafts_before(now - KEPT)


def list_unfinished(account_id: int) -> list[tuple[ProgrammeDraft, str]]:
    """The drafts of one account with the name of their survey, the last changed first."""
    named = []
    for draft in draft_queries.list_drafts(account_id):
        typed = draft.typed.get("what", {}).get("name", [""])[0].strip()
        named.append((draft, typed or _("A survey without a name")))
    return named


def read_draft(draft: ProgrammeDraft, now: datetime) -> Reading:
    """What a draft would set, and what is wrong with it."""
    programme = queries.get_programme(draft.programme_id) if draft.programme_id else None
    return read_typed({step: draft.typed[step] for step in STEPS if step in draft.typed}, programme, now)


def save_draft(draft_id: str, account_id: int, now: datetime) -> Programme | Overtaken:
    """Set the survey up, or change it; the draft is gone then. Raises ProgrammeError and NotFound.

    If somebody saved the same programme since the change began, nothing is saved: what this draft left as it
    was follows theirs, what it changed stays, and the caller is told of both.
    """
    with writing():
        burden_queries.lock_burden()
        draft = draft_queries.get_draft(draft_id, account_id)
        programme = draft_queries.lock_programme(draft.programme_id) if draft.programme_id else None
        if programme is not None and _base_of(programme) != draft.typed[_BASE]:
            return _rebase(draft, _base_of(programme), now)
        reading = read_draft(draft, now)
        if reading.details is None:
            raise ProgrammeError("", _("Some steps are not finished: go through those that are named here."))
        if programme is None:
            saved = programmes.create_programme(reading.details, now)
        else:
            saved = programmes.update_programme(programme.id, reading.details, now)
        draft_queries.delete_draft(draft_id, account_id)
        return saved


def _base_of(programme: Programme) -> AllTyped:
    """The programme as typed, and what it asks, which "the questions it asks now" does not tell."""
    return {**typed_from(programme), _ASKS: {"question_set": [json.dumps(programme.rotation)]}}


def _rebase(draft: ProgrammeDraft, theirs: AllTyped, now: datetime) -> Overtaken:
    base, typed = draft.typed[_BASE], dict(draft.typed)
    fields, both = [], []
    for step in STEPS:
        mine = dict(typed[step])
        for name in {**base[step], **theirs[step]}:
            if base[step].get(name) == theirs[step].get(name):
                continue
            fields.append((step, name))
            if mine.get(name, []) != base[step].get(name, []):
                both.append((step, name))
            else:
                mine[name] = theirs[step].get(name, [])
        typed[step] = mine
    if base[_ASKS] != theirs[_ASKS]:
        fields.append(("what", "question_set"))
    draft.typed, draft.changed_at = typed | {_BASE: theirs}, now
    return Overtaken(fields, both)
