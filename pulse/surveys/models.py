"""What is asked and when: programmes, their waves, and what each wave froze when it opened."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pulse.db import Base, UTCDateTime
from pulse.domain.disclosure import NHS, PROFILES, STANDARD

#: planned -> open -> closing -> released; `held` is a wave whose checks failed, envelopes kept
STATES = ("planned", "open", "closing", "held", "released", "cancelled")
#: who holds the private key of a wave: the worker (a file), or guardians (people, and nowhere else)
WORKER, GUARDIAN = "worker", "guardian"
#: of the reason why a wave opens without a response to the last one
REASON_LENGTH = 300
#: who rotates: the whole wave, or each person for themselves (domain.rotation)
BY_WAVE, BY_PERSON = "wave", "person"
#: how an invitation travels: SMTP or GOV.UK Notify, a text, a posted letter; a slip that somebody hands out
CHANNELS = EMAIL, TEXT, LETTER, SLIP = ("email", "text", "letter", "slip")
MOST_REMINDERS = 3
MOST_COHORTS = 12
_PROFILE = f"profile IN {tuple(PROFILES)}"
_K_OF_PROFILE = f"profile <> '{NHS}' OR k >= {PROFILES[NHS]}"


def new_results_key() -> str:
    """128 random bits: nobody guesses the link, and it says nothing of the survey."""
    return secrets.token_urlsafe(16)


class Programme(Base):
    """A recurring series of waves. Its settings reach the next wave that opens, never one that is open."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("k >= 5", name="k_floor"),
        CheckConstraint("open_days BETWEEN 1 AND 60", name="open_days"),
        CheckConstraint(_PROFILE, name="profile"),
        CheckConstraint(_K_OF_PROFILE, name="k_of_profile"),
        CheckConstraint(f"cohorts BETWEEN 1 AND {MOST_COHORTS}", name="cohorts"),
        CheckConstraint(f"rotate_by IN {(BY_WAVE, BY_PERSON)}", name="rotate_by"),
        CheckConstraint("letters_from_hour < letters_until_hour", name="letter_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    #: what staff read first: why they are asked
    purpose: Mapped[str] = mapped_column(Text)
    #: the body that asks, as it signs its mail
    organisation: Mapped[str] = mapped_column(String(120))
    #: item ids a wave, in order; wave n asks `rotation[(n - 1) % len]`
    rotation: Mapped[list[list[str]]] = mapped_column(JSON)
    #: RFC 5545 rule of opening days
    rule: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    opens_at_hour: Mapped[int] = mapped_column(default=9)
    zone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    open_days: Mapped[int] = mapped_column(default=14)
    #: days after the opening on which who has not answered is reminded, rising; at most MOST_REMINDERS
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default_factory=lambda: [7], server_default="[]")
    #: whose bank holidays are closed days: a code of domain.working_days, or "" for none
    nation: Mapped[str] = mapped_column(String(3), default="ENG", server_default="ENG")
    #: days of the week on which a wave may open, close, and letters leave, as RFC 5545 writes them
    weekdays: Mapped[str] = mapped_column(
        String(20), default="MO,TU,WE,TH,FR", server_default="MO,TU,WE,TH,FR"
    )
    #: letters leave from this hour of an open day, and no longer at the other
    letters_from_hour: Mapped[int] = mapped_column(default=8, server_default="8")
    letters_until_hour: Mapped[int] = mapped_column(default=18, server_default="18")
    #: first and last day of spells without a survey: "2026-12-21", or "12-21" for every year
    quiet_periods: Mapped[list[list[str]]] = mapped_column(JSON, default_factory=list, server_default="[]")
    #: wave n asks the cohort (n - 1) % cohorts; 1 asks everybody
    cohorts: Mapped[int] = mapped_column(default=1, server_default="1")
    #: BY_WAVE, everybody is asked the same; or BY_PERSON, people start at different places of the rotation
    rotate_by: Mapped[str] = mapped_column(String(8), default=BY_WAVE, server_default=BY_WAVE)
    #: how people are reached, first choice first: codes of CHANNELS
    channels: Mapped[list[str]] = mapped_column(
        JSON, default_factory=lambda: [EMAIL, SLIP], server_default='["email", "slip"]'
    )
    #: the part of the tree that is asked; None is everyone
    audience_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), default=None)
    #: raised at any time, for the next wave; lowered only before its first wave opens (pulse.frozen)
    k: Mapped[int] = mapped_column(default=10)
    #: STANDARD or NHS: the least k that may be set
    profile: Mapped[str] = mapped_column(String(12), default=STANDARD, server_default=STANDARD)
    #: codes of the directory's attributes that results are also shown by, at most four
    attributes: Mapped[list[str]] = mapped_column(JSON, default_factory=list, server_default="[]")
    #: pairs of declared codes that results are also shown by together, at most two
    crosses: Mapped[list[list[str]]] = mapped_column(JSON, default_factory=list, server_default="[]")
    #: codes of languages besides English in which a wave is offered, once all that it shows is reviewed
    languages: Mapped[list[str]] = mapped_column(JSON, default_factory=list, server_default="[]")
    #: pairs of ids, old and new: the next wave that would ask either asks half its people each
    bridges: Mapped[list[list[str]]] = mapped_column(JSON, default_factory=list, server_default="[]")
    #: people who lead teams are also asked the leaders' side of paired items
    ask_leaders: Mapped[bool] = mapped_column(default=False)
    #: WORKER or GUARDIAN, for the next wave that is planned
    key_mode: Mapped[str] = mapped_column(String(12), default=WORKER, server_default=WORKER)
    active: Mapped[bool] = mapped_column(default=True)
    #: opens the results page for staff, who have no account: everybody invited has the same link
    results_key: Mapped[str] = mapped_column(
        String(32), index=True, unique=True, init=False, insert_default=new_results_key, server_default=""
    )
    #: decides by a keyed hash who is in which cohort and begins where in the rotation; random, and for good
    draw_key: Mapped[str] = mapped_column(
        String(32), init=False, insert_default=new_results_key, server_default=""
    )


class Wave(Base):
    """One dated run of a programme. Everything that decides what a figure means is frozen at opening."""

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("k >= 5", name="k_floor"),
        CheckConstraint(_PROFILE, name="profile"),
        CheckConstraint(_K_OF_PROFILE, name="k_of_profile"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    #: as the programme had it at the opening; the database refuses to change it afterwards (pulse.frozen)
    k: Mapped[int]
    #: STANDARD or NHS, frozen with k
    profile: Mapped[str] = mapped_column(String(12), default=STANDARD, server_default=STANDARD)
    state: Mapped[str] = mapped_column(String(12), default="planned", index=True)
    #: WORKER or GUARDIAN, as the programme had it when the wave was planned
    key_mode: Mapped[str] = mapped_column(String(12), default=WORKER)
    #: seals envelopes; the private half is a file outside the database, or with the guardians, until close
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)
    #: a text sealed to the public key of a guardians' wave: who can open it holds the right key
    key_test: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    #: the guardians have opened it; their wave does not open before
    key_tested: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: at close: the guardians' key on its way to the worker, sealed to the worker; gone when it is counted
    handed_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    #: of a guardians' wave: what their key is sealed to, and the mark that the worker made it (surveys.inbox)
    inbox_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    plan_sha256: Mapped[str | None] = mapped_column(String(64), default=None)
    #: the part of the tree that was asked; None is everyone, or that it has not opened
    audience_unit_id: Mapped[int | None] = mapped_column(default=None)
    #: bytes of every answer sheet of the wave before sealing
    sheet_bytes: Mapped[int | None] = mapped_column(default=None)
    #: why a wave is held, or does not go on, in words for an administrator
    problem: Mapped[str | None] = mapped_column(Text, default=None)
    #: share of those asked who had answered on `rate_day`, rounded down (invitations.participation)
    running_rate: Mapped[int | None] = mapped_column(default=None)
    rate_day: Mapped[date | None] = mapped_column(default=None)
    #: what was deleted at close has not been overwritten yet
    scrub_due: Mapped[bool] = mapped_column(default=False)
    #: why it may open although nobody has said what was done about the wave before, in words for everyone
    opens_unanswered: Mapped[str | None] = mapped_column(String(REASON_LENGTH), default=None)
    #: which cohort is asked, from 0; None is everybody
    cohort: Mapped[int | None] = mapped_column(default=None)
    #: moments of its reminders (ISO 8601, UTC), set when it opens: none on a closed day, none after the close
    remind_at: Mapped[list[str]] = mapped_column(JSON, default_factory=list, server_default="[]")
    programme: Mapped[Programme] = relationship(init=False, lazy="joined")

    @property
    def asked_again(self) -> bool:
        """Held, and somebody has said that its problem is mended: the worker looks at it at its next tick."""
        return self.state == "held" and self.problem is None


class WavePlan(Base):
    """The items, wording and measures of an opened wave, exactly as asked."""

    __tablename__ = "wave_plan"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    #: see surveys.plans for the shape
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)


class WaveUnit(Base):
    """The org tree as it stood at opening, with the headcount asked. Old waves are never re-cut."""

    __tablename__ = "wave_unit"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    parent_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    #: people asked who are directly in this unit
    headcount: Mapped[int]
    #: people directly in this unit whom the results stand for: more than are asked where cohorts take turns
    eligible: Mapped[int] = mapped_column(default=0, server_default="0")


class WaveMember(Base):
    """The eligible population, frozen: who was asked and where each is counted. Deleted at close."""

    __tablename__ = "wave_member"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    leads: Mapped[bool] = mapped_column(default=False)
    #: which block of the plan's questions is asked of this person (0 where the plan has no blocks)
    block: Mapped[int] = mapped_column(default=0, server_default="0")
    #: code -> category, only of the attributes that the programme declares
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
