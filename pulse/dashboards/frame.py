"""What stands around every results page of a group: where the reader is, and where they can go."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import current_app, url_for

from pulse.accounts.identity import current_account
from pulse.dashboards import attributes_words
from pulse.dashboards.attributes_reading import declared
from pulse.dashboards.reading import Result, list_all_released
from pulse.dashboards.scope import in_tree_order
from pulse.dashboards.teams import Team, count, joined_group, line_to, near, tree_of
from pulse.domain.sheets import all_items, is_closed
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedGroup
from pulse.surveys.models import Wave
from pulse.web.access import policy_of

Groups = list[ReleasedGroup]
#: a tree of so many teams stands on every page; of a larger one only what is near
WHOLE_TREE = 30
#: the pages of a group, as the switchers name them: what the reader is shown, and the endpoint
PAGES = {
    "results": (N_("Results"), "dashboards.show"),
    "answers": (N_("Answers"), "dashboards.answers"),
    "attributes": (N_("Different people"), "dashboards.attributes"),
    "comments": (N_("Comments"), "dashboards.comments"),
    "technical": (N_("Behind the numbers"), "dashboards.technical"),
    "downloads": (N_("Download and print"), "downloads.index"),
}


@dataclass(frozen=True)
class Frame:
    """The switchers show only released waves, and only groups that this reader may open."""

    result: Result
    groups: Groups
    #: of every survey, newest first
    waves: list[Wave]

    @property
    def wave(self) -> Wave:
        return self.result.wave

    @property
    def group(self) -> ReleasedGroup:
        return self.result.group

    @property
    def survey(self) -> str:
        """The wave's label, after the name of its survey where there are several."""
        several = len({wave.programme_id for wave in self.waves}) > 1
        return f"{self.wave.programme.name}, {self.wave.label}" if several else self.wave.label

    @property
    def by(self) -> str:
        """What the wave is shown by beside teams: "length of service and grade"; empty if nothing."""
        return attributes_words.labels_alone(declared(self.result.plan))

    @property
    def has_comments(self) -> bool:
        """Whether the wave had a text box: said of every group alike, whatever was written there."""
        return not all(map(is_closed, all_items(self.result.plan)))

    @property
    def pages(self) -> list[tuple[str, str, str]]:
        """Name, words and endpoint of every page that this wave has something on."""
        without = {"attributes": not self.by, "comments": not self.has_comments}
        return [
            (name, _(words), endpoint)
            for name, (words, endpoint) in PAGES.items()
            if not without.get(name) and endpoint in current_app.view_functions
        ]

    def endpoint(self, page: str) -> str:
        """Where a page of this name is."""
        return endpoint_of(page)

    def address(self, page: str) -> tuple[str, str]:
        """What stands before and after a group's number in the address of this page of this wave."""
        before, _zero, after = url_for(endpoint_of(page), wave_id=self.wave.id, number=0).rpartition("/0")
        return f"{before}/", after

    def opens(self, endpoint: str) -> bool:
        """Whether this reader's role may open an endpoint, so that no link leads to a refusal."""
        account = current_account()
        policy = policy_of(current_app.blueprints.get(endpoint.rpartition(".")[0]))
        return account is not None and policy.admits(endpoint, account.role)

    def files(self, table: str) -> dict[str, str]:
        """Addresses of a table of this group as files, by their ending; none where nothing makes them."""
        if "downloads.table" not in current_app.view_functions:
            return {}
        where: dict[str, Any] = {"wave_id": self.wave.id, "number": self.group.number, "name": table}
        return {end: url_for("downloads.table", ending=end, **where) for end in ("csv", "xlsx", "ods")}

    def joined(self, why: str) -> ReleasedGroup | None:
        """The joined group that a unit's reason names, where this reader may open it."""
        return joined_group(self.groups, why)

    @cached_property
    def around(self) -> list[Team]:
        """The groups around this one, the whole organisation first; not the group itself."""
        return line_to(self._tree, self.group.number)[:-1]

    @cached_property
    def teams(self) -> list[Team]:
        """The tree of a small organisation; of a larger one what is above, beside and inside this group."""
        if self.size <= WHOLE_TREE:
            return self._tree
        return near(self._tree, self.group.number)

    @property
    def size(self) -> int:
        """How many groups the reader may open."""
        return len(self.groups)

    @property
    def left_out(self) -> int:
        """Groups that are not among `teams`."""
        return self.size - count(self.teams)

    @property
    def siblings(self) -> list[Wave]:
        """Waves of this survey, newest first."""
        return [wave for wave in self.waves if wave.programme_id == self.wave.programme_id]

    @property
    def earlier(self) -> Wave | None:
        """The wave of this survey before this one."""
        return next((wave for wave in self.siblings if wave.number < self.wave.number), None)

    @property
    def later(self) -> Wave | None:
        """The wave of this survey after this one."""
        return next((wave for wave in self.siblings[::-1] if wave.number > self.wave.number), None)

    @property
    def other_surveys(self) -> list[tuple[str, list[Wave]]]:
        """Waves of each other survey by its name, newest first."""
        others = [wave for wave in self.waves if wave.programme_id != self.wave.programme_id]
        others.sort(key=lambda wave: (wave.programme.name, wave.programme_id))
        by_survey = groupby(others, key=lambda wave: (wave.programme.name, wave.programme_id))
        return [(name, list(waves)) for (name, _id), waves in by_survey]

    @cached_property
    def _tree(self) -> list[Team]:
        return tree_of(self.groups, self.group.number)


def endpoint_of(page: str) -> str:
    """Where a page of this name is; an unknown one is the results."""
    known = PAGES.get(page, PAGES["results"])[1]
    return known if known in current_app.view_functions else PAGES["results"][1]


def frame_of(result: Result, groups: Groups) -> Frame:
    """What stands around the page of a group, for a reader who may open these groups."""
    return Frame(result, in_tree_order(groups), list_all_released())
