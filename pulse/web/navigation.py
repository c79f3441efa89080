"""The menu of the signed-in pages: features register entries; a role sees only what it may enter."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, has_request_context, request, url_for

from pulse.languages.saying import gettext
from pulse.web.access import Role, policy_of


@dataclass(frozen=True)
class NavItem:
    """One entry as a page shows it."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class _Entry:
    label: str
    endpoint: str
    roles: frozenset[Role]
    order: int
    features: frozenset[str]


#: endpoint -> entry; registering twice (two applications in one process) changes nothing
_entries: dict[str, _Entry] = {}


def register(label: str, endpoint: str, roles: Iterable[Role], order: int, also: Iterable[str] = ()) -> None:
    """Add an entry for `endpoint`, which must need no arguments; lower `order` comes first.

    `also` names further blueprints whose pages belong to it.
    """
    features = frozenset({_feature(endpoint), *also})
    _entries[endpoint] = _Entry(label, endpoint, frozenset(roles), order, features)


def items_for(role: Role | None) -> list[NavItem]:
    """The entries this role may enter, in order, the current one marked."""
    shown = _shown(role)
    current = _current(shown)
    return [NavItem(gettext(entry.label), url_for(entry.endpoint), entry is current) for entry in shown]


def _shown(role: Role | None) -> list[_Entry]:
    allowed = (entry for entry in _entries.values() if role in entry.roles and _enters(entry.endpoint, role))
    return sorted(allowed, key=lambda entry: (entry.order, entry.label))


def _enters(endpoint: str, role: Role | None) -> bool:
    """Whether the application has the endpoint and the role may call it: no entry leads to a 403."""
    blueprint = current_app.blueprints.get(_feature(endpoint))
    return endpoint in current_app.view_functions and policy_of(blueprint).admits(endpoint, role)


def _feature(endpoint: str) -> str:
    """The blueprint that an endpoint belongs to."""
    return endpoint.rpartition(".")[0]


def _current(shown: list[_Entry]) -> _Entry | None:
    """The entry of this very page, else the first of the same feature."""
    if not has_request_context() or not request.endpoint:
        return None
    feature = _feature(request.endpoint)
    same = [entry for entry in shown if feature in entry.features]
    exact = [entry for entry in same if entry.endpoint == request.endpoint]
    return next(iter(exact + same), None)
