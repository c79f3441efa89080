"""What the first page of a survey tells, in the language in which it is read."""

from dataclasses import replace
from typing import Any

from flask import current_app

from pulse.domain.sheets import Plan, asked_of, is_closed, minutes_to_answer
from pulse.languages.choosing import current_language
from pulse.surveys.languages import find_said, programme_in, say, texts_done
from pulse.surveys.models import Wave


def values_of(wave: Wave, plan: Plan, block: int) -> dict[str, Any]:
    """Values for its template: of somebody in this block of the plan's questions, and of nobody else."""
    language = current_language()
    asked = asked_of(plan, leads=False, block=block)
    return {
        "wave": wave,
        "programme": programme_in(wave.programme, plan, language),
        "reason": say(plan, language, wave.opens_unanswered or ""),
        "questions": len(asked),
        "minutes": minutes_to_answer(asked),
        "known": [say(plan, language, one["label"]) for one in plan.get("attributes", [])],
        "has_text_box": not all(map(is_closed, asked)),
        **_what_was_done(wave, language),
    }


def _what_was_done(wave: Wave, language: str) -> dict[str, object]:
    """The answers to earlier surveys, and whether people say that something came of them: actions and results
    lie above this package, and are lent.
    """
    lent = current_app.extensions
    words = find_said(language, texts_done(wave.programme))
    actions = [
        replace(action, said=words.get(action.said, action.said), did=words.get(action.did, action.did))
        for action in lent["pulse.latest_actions"](wave.programme_id)
    ]
    return {"actions": actions, "said": lent["pulse.last_said"](wave.programme_id) if actions else ""}
