"""Where a mistake stands in a file and what it is, in the language of the page."""

from collections.abc import Sequence
from dataclasses import replace

from pulse.domain.instrument import Place, Problem
from pulse.domain.sentences import Sentence
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

_MOST_LISTED = 8


def say_place(place: Place) -> str:
    """The file and the line."""
    return _("%(file)s, line %(line)s", file=place.file, line=place.line)


def said(problem: Problem) -> Problem:
    """The same with its words as a page says them."""
    subject = say(problem.subject) if isinstance(problem.subject, Sentence) else problem.subject
    return replace(problem, subject=subject, message=say(problem.message))


def say_problem(problem: Problem) -> str:
    """Where it is, what it concerns and what to do, as one sentence."""
    told = said(problem)
    where = ", ".join(part for part in (say_place(told.place) if told.place else "", told.subject) if part)
    return f"{where}: {told.message}" if where else told.message


def list_ids(item_ids: Sequence[str]) -> str:
    """The first of them, and that there are others: a sentence is read, a hundred ids are not."""
    listed = ", ".join(item_ids[:_MOST_LISTED])
    return _("%(ids)s and others", ids=listed) if len(item_ids) > _MOST_LISTED else listed
