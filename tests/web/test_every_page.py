"""Every page of the table of access is opened on each database, with rows for all that its address names."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

from pulse.actions.models import Action
from pulse.banks.store import get_library
from pulse.banks.translating import item_text, text_id
from pulse.db import db
from pulse.surveys import queries as surveys
from pulse.surveys.drafts import start_draft
from pulse.surveys.wizard import STEPS, typed_from
from pulse.web.access import Role
from tests.accounts.factories import sign_in
from tests.api.conftest import scene as scene
from tests.api.scene import Scene, make_key
from tests.pilots.factories import make_pilot
from tests.results.factories import NOW, make_sent_wave, make_site
from tests.web.access_table import TABLE

#: the other tests of pages run on SQLite alone: here PostgreSQL runs what pages ask
pytestmark = pytest.mark.both_databases
#: pages of something that is made on the way there, and the tests that open them on both databases too; paper
#: holds the figures of pages and takes seconds
ELSEWHERE = {
    "comments.read": "tests/dashboards/test_moderation.py",
    "responses.form": "tests/responses/test_views.py",
    "responses.thanks": "tests/responses/test_views.py",
    "invitations.start_by_code": "tests/invitations/test_codes.py",
    "keys.show_key": "tests/surveys/test_guardians.py",
    "keys.discard_key": "tests/surveys/test_key_discarding.py",
    "directory.preview_upload": "tests/directory/test_roster_import.py",
    "packs.board": "the pages",
    "packs.publication": "the pages",
    "posters.download": "the pages",
    "previews.paper": "tests/surveys/test_previews.py",
}
ROLES = (Role.OD_EDITOR, Role.HR_ANALYST, Role.ADMINISTRATOR)
Values = Mapping[str, Sequence[str | int]]


@pytest.fixture(scope="module")
def values(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Values:
    """What may stand for each name in an address. A third wave of the programme is open."""
    wave, site = scene.newest.wave, make_site(tmp_path_factory.mktemp("open"))
    programme = surveys.get_programme(wave.programme_id)
    editor, person = scene.accounts["od_editor"], min(scene.council.people)
    open_wave = make_sent_wave(site, programme, now=wave.closes_at.replace(year=wave.closes_at.year + 1))
    kept = typed_from(programme)
    pilot, (link,) = make_pilot(editor)
    return {
        "wave_id": [wave.id, open_wave],
        "number": [group.number for group in scene.newest.groups],
        "programme_id": [programme.id],
        "account_id": [editor.id],
        "action_id": list(db.session.scalars(select(Action.id))),
        "draft_id": [
            start_draft(scene.accounts[role.value].id, "what", kept["what"], programme.id, NOW)
            for role in (Role.OD_EDITOR, Role.ADMINISTRATOR)
        ],
        "step": list(STEPS),
        "bank_id": ["permission_to_act", "ambivalence"],
        "pair_id": ["AMB-1"],
        "document": ["permission_to_act", "scales", "sources"],
        "item_id": ["PTA-01"],
        "index_id": ["PTA"],
        "scale_id": ["agree5"],
        "point_id": ["W-PEO-1"],
        "language": ["cy"],
        "group_id": ["bank-permission_to_act", "scales", "staff", "pages"],
        "text_id": [text_id(item_text(get_library(), get_library().item("PTA-01")))],
        "token": [site.token(open_wave, person)],
        "secret": [make_key(editor, "calendar")],
        "key": [programme.results_key],
        "pilot_id": [pilot.id],
        "tester_id": [link.tester.id],
        "link": [link.token],
        "name": ["pta", "facets", "all"],
        "ending": ["csv"],
    }


def addresses(rule: Rule, values: Values) -> Iterator[str]:
    """Every address of a rule with what there is; none if something in it is not there."""
    names = sorted(rule.arguments)
    kinds = [rule._converters[name] for name in names]
    chosen = [
        kind.items if isinstance(kind, AnyConverter) else values.get(name, ())
        for name, kind in zip(names, kinds, strict=True)
    ]
    for combination in product(*chosen):
        built = rule.build(dict(zip(names, combination, strict=True)))
        assert built is not None
        yield built[1]


def pages(scene: Scene, role: Role) -> Iterator[Rule]:
    """What this role may open here."""
    for rule in scene.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in ELSEWHERE and role in TABLE[rule.endpoint]:
            yield rule


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_shown_with_everything_in_it_to_whom_it_is_open(
    scene: Scene, values: Values, role: Role
) -> None:
    browser = sign_in(scene.app.test_client(), scene.accounts[role.value])
    key = {"Authorization": f"Bearer {scene.keys[role.value]}"}
    shown = set()
    for rule in pages(scene, role):
        for address in addresses(rule, values):
            found = browser.get(address, headers=key if address.startswith("/api") else {})
            assert found.status_code < 400 or found.status_code == 404, f"{address}: {found.status}"
            if found.status_code < 400:
                shown.add(rule.endpoint)
    assert {rule.endpoint for rule in pages(scene, role)} - shown == set()
