"""Four directorates of the invented place with three past waves: small enough to build in seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from flask import Flask

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import db
from pulse.demo.building import build_demo
from pulse.demo.folder import Notes, demo_settings, holding
from pulse.demo.place import ORGANISATION, Size
from pulse.results import counting
from pulse.results import queries as results
from pulse.results.models import Figure, Release
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.support.tables import load_models

SMALL = Size(people=340, past_waves=3, directorates=4, services=2, teams=2)
#: enough to see whether two places are the same
TINY = Size(people=160, past_waves=2, directorates=4, services=2, teams=2)
NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
PORT = 5999


@dataclass(frozen=True)
class Corner:
    """A built demo, and what its releases say."""

    app: Flask
    settings: Settings
    notes: Notes
    #: what was told while it was built: (what, answers since)
    told: list[tuple[str, int]]

    @property
    def programme_id(self) -> int:
        return surveys.list_programmes()[0].id

    def releases(self) -> list[tuple[Wave, Release]]:
        """Call it, and the next, inside `app.app_context()`."""
        return results.list_releases(self.programme_id)

    def figures_of(self, name: str = ORGANISATION) -> dict[str, Figure]:
        """The last release's figures of the group with this name, by measure."""
        _, release = self.releases()[-1]
        group = next(group for group in results.list_groups(release.id) if group.name == name)
        return {figure.measure: figure for figure in results.list_group_figures(group.id)}

    def counts(self) -> list[list[tuple[str, str, str, int]]]:
        """Of every release: (group, item, option, people), sorted.

        Not its digest: that also covers means, whose last bit depends on the order of the random ids.
        """
        return [
            sorted(
                (group.name, *row)
                for group in results.list_groups(release.id)
                for row in results.list_tallies(group.id)
            )
            for _, release in self.releases()
        ]

    def dispose(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


def build_corner(folder: Path, *, seed: int = 11, size: Size = SMALL) -> Corner:
    load_models()
    settings = demo_settings(folder, "a-secret-for-tests-that-is-long-enough-0123456789", PORT)
    told: list[tuple[str, int]] = []
    # chance comes from the keys of waves, which no seed decides: so that two builds can be compared
    with holding(folder), patch.object(counting, "_chance_of", return_value=seed):
        notes = build_demo(
            create_app, settings, NOW, lambda what, done: told.append((what, done)), size=size, seed=seed
        )
    return Corner(create_app(settings), settings, notes, told)
