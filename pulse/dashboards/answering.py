"""The quiet link below a finding, for whoever may answer it: "You said, we did" begins there.

An action keeps the finding that it answers, so the link carries it in English, whatever the page speaks.
"""

from collections.abc import Mapping

from flask import current_app, has_request_context, url_for

from pulse.accounts.identity import current_account
from pulse.dashboards.reading import Result
from pulse.web.access import policy_of

_ADD = "actions.add_action"
#: the measure that a section is about; of the others an answer names none
_MEASURES = {
    "facets": "PTA",
    "facets-trend": "PTA",
    "teams": "PTA",
    "feelings": "AMB",
    "saydo": "SAYDO",
    "stages": "TOC",
    "leaders": "LGAP",
}


class Answering:
    """Where a finding of a page is answered; for everybody else there is no such place."""

    def __init__(self, result: Result) -> None:
        self._result = result
        #: section -> its finding in English, on a page in another language
        self.english: Mapping[str, str] = {}
        self.allowed = has_request_context() and _may()

    def address(self, section: str, finding: str) -> str:
        """Of the form with this finding in it; empty for whoever may not answer."""
        if not self.allowed:
            return ""
        asked = {measure["id"] for measure in self._result.plan["measures"]}
        measure = _MEASURES.get(section)
        return url_for(
            _ADD,
            programme_id=self._result.wave.programme_id,
            wave=self._result.wave.id,
            unit=self._result.group.unit_id,
            measure=measure if measure in asked else None,
            # teams put together are no unit: a finding of theirs would be kept as one about everyone
            finding=None if self._result.group.kind == "combined" else self.english.get(section, finding),
        )


def _may() -> bool:
    account = current_account()
    blueprint = current_app.blueprints.get("actions")
    return account is not None and policy_of(blueprint).admits(_ADD, account.role)
