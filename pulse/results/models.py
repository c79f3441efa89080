"""The release: what left the gate when a wave closed. Written once in one transaction, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime


class Release(Base):
    """One immutable set of tables for one wave."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), unique=True)
    released_at: Mapped[datetime] = mapped_column(UTCDateTime)
    k: Mapped[int]
    #: eligible people, invitations delivered, people counted in a block: 0 where fewer than k answered
    eligible: Mapped[int]
    delivered: Mapped[int]
    answered: Mapped[int]
    #: SHA-256 of every row written with it, so that a later change would show
    digest: Mapped[str] = mapped_column(String(64))
    #: answers that may have been moved to the middle, at the most, so that no group is shown as of one mind
    softened: Mapped[int] = mapped_column(default=0, server_default="0")


class Block(Base):
    """The smallest thing that exists after close: at least k people, counted together."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("release_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    number: Mapped[int]
    n: Mapped[int]


class BlockUnit(Base):
    """The org units whose own people a block holds."""

    __tablename__ = "block_unit"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class Tally(Base):
    """How many people of a block chose an option; 'no answer' is an option too, so options sum to n."""

    __tablename__ = "tally"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    option: Mapped[str] = mapped_column(String(12), primary_key=True)
    n: Mapped[int]


class Moment(Base):
    """n, sum and sum of squares of a per-person metric over a block, computed while envelopes were open."""

    __tablename__ = "moment"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    s1: Mapped[float]
    s2: Mapped[float]


class CoMoment(Base):
    """The covariance matrix of some scores over the whole organisation, from 100 people or more.

    Reliability and "what goes together" come from it; nothing finer than a block is known of means.
    """

    __tablename__ = "co_moment"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    #: a measure whose items it is of, or the name of a set of person scores
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    #: names in order and the matrix, in points squared
    matrix: Mapped[dict[str, Any]] = mapped_column(JSON)


class Group(Base):
    """A published set of people: a unit with its own result, or a named combined group. A union of blocks."""

    __tablename__ = "result_group"
    __table_args__ = (
        UniqueConstraint("release_id", "number"),
        UniqueConstraint("release_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    #: display order within the release; every parent comes before its children
    number: Mapped[int]
    #: number of the smallest published group around this one; None for the whole organisation
    parent: Mapped[int | None]
    #: identifies the same people-set by its base units, from wave to wave: trends join on it
    key: Mapped[str] = mapped_column(String(64), index=True)
    #: organisation, unit or combined
    kind: Mapped[str] = mapped_column(String(12))
    #: the unit it reports, or the one that a combined group lies in; None above several top units
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(Text)
    headcount: Mapped[int]
    n: Mapped[int]
    depth: Mapped[int]


class GroupBlock(Base):
    """The blocks that a published group is the union of."""

    __tablename__ = "group_block"

    group_id: Mapped[int] = mapped_column(ForeignKey("result_group.id"), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), primary_key=True)


class Comment(Base):
    """What one person wrote to one question, redacted, under a random id: no date, no order, no author.

    Shown with the smallest group around its author in which 25 answered and 5 wrote something.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'shown', 'withheld')", name="status"),
        # a page counts the comments of a release: from this alone, without the texts
        Index("ix_comment_counted", "release_id", "status", "group_id", "item"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("result_group.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12), default="waiting")


class UnitStatus(Base):
    """What a reader is told of a unit: its own result, a combined group's, or neither, and why."""

    __tablename__ = "unit_status"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("result_group.id"))
    status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)


class Figure(Base):
    """One published number with all that a reader needs beside it; pages look figures up and draw them."""

    __tablename__ = "figure"

    group_id: Mapped[int] = mapped_column(ForeignKey("result_group.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    #: against the wave before, same people-set and same items; None where there is none
    change: Mapped[float | None]
    change_low: Mapped[float | None]
    change_high: Mapped[float | None]
    #: Benjamini-Hochberg over the release; more than noise if q <= .05 and |change| >= 5
    q: Mapped[float | None]
    flagged: Mapped[bool]
    #: the smallest change that could have been seen with 80 % power
    detectable: Mapped[float | None]
    #: what a single number cannot carry: option counts, agreement, waves pooled
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class AttributeFigure(Base):
    """One published number of a cell: a group and a category of a declared attribute, or of two together.

    Only cells that the gate lets through have a row. RESPONSES has n and nothing else.
    """

    __tablename__ = "attribute_figure"

    group_id: Mapped[int] = mapped_column(ForeignKey("result_group.id"), primary_key=True)
    #: the code of an attribute, or two codes joined by "*"
    family: Mapped[str] = mapped_column(String(90), primary_key=True)
    #: the category in words, or two joined by " | "
    category: Mapped[str] = mapped_column(String(170), primary_key=True)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    #: mean to one decimal, with its interval
    value: Mapped[float | None] = mapped_column(default=None)
    low: Mapped[float | None] = mapped_column(default=None)
    high: Mapped[float | None] = mapped_column(default=None)
    #: of a scored item: people above and below the middle, to the nearest 3
    favourable: Mapped[int | None] = mapped_column(default=None)
    unfavourable: Mapped[int | None] = mapped_column(default=None)
