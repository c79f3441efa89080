"""You said, we did: what the invented council promised after its waves, entered as its officers would."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pulse.actions.promises import Promise, add_promise
from pulse.demo.facts import ACTION_WAVE, RISING, TOLD
from pulse.surveys.models import Wave


@dataclass(frozen=True)
class Saying:
    """One action. `wave` is its number, 0 the last one released; `unit` a unit's name, or "" for everyone.

    It is entered `days` days after the wave closed: as done on that day, or as a promise for that day.
    """

    wave: int
    said: str
    did: str
    owner: str
    days: int
    state: str
    #: that it should move, or "" for none
    measure: str = ""
    unit: str = ""
    #: what it answers, as the results page put it
    finding: str = ""


#: every quarterly wave is answered, as the product asks; the survey in depth is not, and its next wave waits
SAYINGS = (
    Saying(
        wave=1,
        said="The same visit is written down three times.",
        did="One form goes with each visit now; the other two are gone.",
        owner="Head of Business Support",
        days=50,
        state="done",
    ),
    Saying(
        wave=2,
        said="Those who know the problem best are asked last.",
        did="Each service plan begins with a morning with the people who do the work.",
        owner="Chief executive's office",
        days=60,
        state="done",
        measure="TAA",
        finding="“I am seen as part of the solution here.” is among the lowest scores.",
    ),
    Saying(
        wave=3,
        said="We read about changes in the local paper.",
        did="What changes is told to staff the day before anybody else hears of it.",
        owner="Head of Communications",
        days=35,
        state="done",
    ),
    Saying(
        wave=4,
        said="I am hopeful about this, and nobody asks what worries me.",
        did="Team meetings begin with what people hope for and what worries them.",
        owner="Directors",
        days=45,
        state="done",
        measure="AMB",
        finding="Many are torn: hopeful and worried at once",
    ),
    Saying(
        wave=6,
        said="People who work in the day cannot reach our hubs.",
        did="We looked at opening the hubs in the evening. We cannot staff it this year, so we will not.",
        owner="Head of Early Help",
        days=80,
        state="not_done",
    ),
    Saying(
        wave=8,
        said="Good ideas die for want of a few pounds.",
        did="Each team has £100 a month to try things, and asks nobody.",
        owner="Director of Finance",
        days=56,
        state="done",
        measure="TAA",
    ),
    Saying(
        wave=ACTION_WAVE,
        said="We may act on paper, but every small decision still goes up the line.",
        did="Crews and officers in Places and Environment settle problems up to £250 on the spot, and tell "
        "their manager afterwards.",
        owner="Director of Places and Environment",
        days=28,
        state="done",
        measure="PTA",
        unit=RISING,
        finding="Trust is the weakest part of permission to act",
    ),
    Saying(
        wave=7,
        said="Nobody here knows who decides what.",
        did="Every service now has one page that says who decides what, and whom to ask.",
        owner="Chief executive's office",
        days=42,
        state="done",
        measure="POW",
        finding="To look at together: power.",
    ),
    Saying(
        wave=9,
        said="We are told to try new ways of caring, but there is no time on the rota.",
        did="Two hours a fortnight for trying things out go on the reablement and home care rota.",
        owner="Head of Reablement and Home Care",
        days=240,
        state="promised",
        measure="PTA",
        unit=TOLD,
        finding="Told yes, given no time",
    ),
    Saying(
        wave=0,
        said="We answer every time and never hear what came of it.",
        did="Each manager talks through the results with the team within six weeks of a survey.",
        owner="Head of People and Change",
        days=150,
        state="doing",
        measure="TAA",
        finding="“Something has changed because of an earlier survey.” did not change beyond noise.",
    ),
)


def promise_after(wave: Wave, units: dict[str, int], *, last: bool) -> int:
    """Enter what was promised or done after a released wave; returns how many. `units` maps names to ids."""
    due = [saying for saying in SAYINGS if saying.wave == (wave.number) or (last and saying.wave == 0)]
    for saying in due:
        _enter(saying, wave, units)
    return len(due)


def _enter(saying: Saying, wave: Wave, units: dict[str, int]) -> None:
    on = wave.closes_at + timedelta(days=saying.days)
    done = saying.state == "done"
    promise = Promise(
        wave_id=wave.id,
        said=saying.said,
        did=saying.did,
        owner=saying.owner,
        due_on=on.date(),
        unit_id=units[saying.unit] if saying.unit else None,
        measure=saying.measure or None,
        finding=saying.finding or None,
        state=saying.state,
        done_on=on.date() if done else None,
    )
    add_promise(promise, on if done else _soon_after(wave.closes_at))


def _soon_after(closed_at: datetime) -> datetime:
    return closed_at + timedelta(days=7)
