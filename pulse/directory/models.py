"""Who works where: the tree of org units, the people, their posts, and the declared attributes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime


class Unit(Base):
    """One org unit; a tree of any depth. Units are closed, never deleted: old waves name them."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    #: the organisation's own reference, what the roster file calls it
    code: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, default=None)
    active: Mapped[bool] = mapped_column(default=True)


class Attribute(Base):
    """A declared attribute, such as length of service; at most four, so that few people stand alone."""

    __tablename__ = "attribute"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 4", name="at_most_four"),)

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(unique=True)


class Person(Base):
    """A member of staff. Leavers are kept inactive until purged, so that a returner is the same person."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    staff_no: Mapped[str] = mapped_column(String(80), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    #: mobile number as E.164 writes it, such as +447700900123
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    #: where letters go, without the name: two to six lines, the last a postcode (roster_contacts)
    post_address: Mapped[str | None] = mapped_column(Text, default=None)
    #: leads a team: is also asked the leaders' side of paired items
    leads: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    #: attribute code -> value, only codes in `attribute`
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


class Post(Base):
    """A person's post in a unit. The main post decides where the person's answer is counted."""

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "uq_post_main",
            "person_id",
            unique=True,
            sqlite_where=text("main = 1"),
            postgresql_where=text("main"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    main: Mapped[bool] = mapped_column(default=False)


class RosterUpload(Base):
    """A roster read from an uploaded file, kept between its preview and its import, a day at most."""

    __tablename__ = "roster_upload"

    #: 128 random bits: whoever holds the link has uploaded the file, and is an administrator besides
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    #: compressed, and only the columns that are read: a pay or health column in the file is never kept
    content: Mapped[bytes] = mapped_column(LargeBinary)
