"""Who may sign in to the back office, and from where they are signed in. Staff who answer have no account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime
from pulse.web.access import Role

_ROLE = Enum(Role, native_enum=False, length=20, values_callable=lambda roles: [role.value for role in roles])


class Account(Base):
    """One person who runs, reads or watches over surveys."""

    __tablename__ = "account"
    __table_args__ = (
        # a leader without a unit would have no bounds, and bounds on any other role would not be kept
        CheckConstraint("(role = 'leader') = (unit_id IS NOT NULL)", name="leader_has_unit"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    #: an Argon2 hash with its own salt and parameters; hidden from repr, so that no log can show it
    password_hash: Mapped[str] = mapped_column(String(200), repr=False)
    role: Mapped[Role] = mapped_column(_ROLE)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: a leader's own subtree starts here; nobody else has one
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, default=None)
    active: Mapped[bool] = mapped_column(default=True)
    #: made by an administrator: it opens only the page where the owner chooses another
    password_is_temporary: Mapped[bool] = mapped_column(default=False)


class SignIn(Base):
    """One browser that is signed in. Deleting the row signs it out, whatever cookie it still holds."""

    __tablename__ = "sign_in"

    #: SHA-256 of the 256 random bits in the cookie: a stolen database signs nobody in
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    #: the end, however busy the browser is
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    #: the end unless the browser asks for another page before; moved on now and then
    idle_at: Mapped[datetime] = mapped_column(UTCDateTime)


#: what a key opens: the API, or the calendar of waves, whose readers can send no header
KEY_KINDS = ("api", "calendar")


class ApiKey(Base):
    """Lets another program read what its account may read, and nothing else, until a day."""

    __tablename__ = "api_key"
    __table_args__ = (CheckConstraint(f"kind IN {KEY_KINDS}", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    #: whose role and unit it has, as they stand when it is used
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    #: what it is for, in the words of who made it
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    #: SHA-256 of its 256 random bits: a stolen database opens nothing
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, repr=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_on: Mapped[date]
    last_used_on: Mapped[date | None] = mapped_column(default=None)


class SignInThrottle(Base):
    """How often a door was tried lately. The key is a keyed hash of an account's or a network's name."""

    __tablename__ = "sign_in_throttle"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    attempts: Mapped[int]
    resets_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
