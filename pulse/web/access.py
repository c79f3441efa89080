"""Who may enter: every blueprint states it once; a blueprint that states nothing lets nobody in."""

from dataclasses import dataclass, field
from enum import StrEnum

from flask.sansio.blueprints import Blueprint

from pulse.domain.words import N_


class Role(StrEnum):
    """What an account may do. Staff who answer have no account."""

    ADMINISTRATOR = "administrator"
    OD_EDITOR = "od_editor"
    HR_ANALYST = "hr_analyst"
    LEADER = "leader"
    UNION_OBSERVER = "union_observer"


#: said through the catalogue where they are shown
ROLE_LABELS = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.OD_EDITOR: N_("OD editor"),
    Role.HR_ANALYST: N_("HR analyst"),
    Role.LEADER: N_("Leader"),
    Role.UNION_OBSERVER: N_("Union observer"),
}


@dataclass(frozen=True)
class Policy:
    """Who may enter a blueprint: everyone, or the listed roles; single endpoints may be narrower."""

    public: bool = False
    roles: frozenset[Role] = frozenset()
    endpoints: dict[str, frozenset[Role]] = field(default_factory=dict)
    #: endpoints open to everyone in a blueprint that is not
    public_endpoints: frozenset[str] = frozenset()

    def is_public(self, endpoint: str) -> bool:
        """Whether nobody needs to sign in for this endpoint; such a page asks the database for no account."""
        return self.public or _view_name(endpoint) in self.public_endpoints

    def admits(self, endpoint: str, role: Role | None) -> bool:
        """Whether a visitor with this role (None: not signed in) may call this endpoint's view."""
        if self.is_public(endpoint):
            return True
        return role is not None and role in self.endpoints.get(_view_name(endpoint), self.roles)


def _view_name(endpoint: str) -> str:
    return endpoint.rpartition(".")[2]


_ATTRIBUTE = "pulse_policy"


def allow_everyone(blueprint: Blueprint) -> None:
    """For people without an account: respondents, the sign-in page, service pages."""
    setattr(blueprint, _ATTRIBUTE, Policy(public=True))


def allow_roles(
    blueprint: Blueprint, *roles: Role, public: tuple[str, ...] = (), **endpoints: tuple[Role, ...]
) -> None:
    """Only these roles enter; `endpoints` narrows (or widens) single views by function name.

    `public` names the views, such as the sign-in page, that everyone may call.
    """
    narrowed = {name: frozenset(allowed) for name, allowed in endpoints.items()}
    policy = Policy(roles=frozenset(roles), endpoints=narrowed, public_endpoints=frozenset(public))
    setattr(blueprint, _ATTRIBUTE, policy)


def policy_of(blueprint: Blueprint | None) -> Policy:
    """The stated policy; none stated admits nobody."""
    policy = getattr(blueprint, _ATTRIBUTE, None)
    return policy if isinstance(policy, Policy) else Policy()
