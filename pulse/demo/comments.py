"""What the demo's people write: invented sentences, some of which name somebody, as people do.

The names, numbers and addresses in them are there to be taken out when a wave closes.
"""

from collections.abc import Sequence

import numpy as np

from pulse.demo.people import Rng, Staff
from pulse.demo.place import DOMAIN
from pulse.domain.sheets import Plan, asked_of, is_closed
from pulse.results.moderation import SHOWN, WAITING, WITHHELD, decide, list_questions, read
from pulse.surveys.models import Wave

#: of those who answer, the share that writes something to a question
_WRITING = 0.12
#: of what is written, the share that goes on with a second sentence
_GOING_ON = 0.6
#: what readers withhold of each question
_HELD_BACK = 2
#: what readers have not come to yet, in the newest wave
_STILL_WAITING = 9

_TEXTS = {
    "OPEN-01": """
I would change how long a simple repair takes from the first call.
The forms that ask families the same thing three times.
More time with people and less time writing down that I was there.
The bus route past the clinic. Half of those we see cannot get to us.
I care about the estate where I grew up, and would start with the empty shop.
How we greet people at the front desk. It sets the tone for everything.
I want new starters to meet the people we serve in their first week.
Our hand-overs between day and night. We lose things that matter.
The way we close a case when the target is met and not when the person is well.
Getting the library open one evening a week. People have offered to help run it.
Parking permits. It sounds small and it is the first thing everybody asks about.
That carers are only called when something has gone wrong.
I would ask tenants to choose the planting themselves. They know the ground.
How hard it is for a small charity to be paid by us on time.
""",
    "OPEN-02": """
People here look after each other when it gets busy.
We know our streets and the people in them by name.
The Thursday catch-up. Ten minutes, and everybody says what they need.
Colleagues who have been here for years and still want to learn.
When something breaks the crew mends it and tells the rest of us how.
The trust that local groups have in us after the flood.
My team would do anything for the people we visit.
We are good at saying sorry and putting it right.
The new starters ask questions the rest of us stopped asking.
Our link with the school. It began with one parent and it works.
Humour. It gets us through the winter.
The way reception knows who needs a chair and who needs a chat.
Nobody here minds who gets the credit.
""",
    "OPEN-03": """
Spend up to fifty pounds where it saves a second visit.
Ring the family back myself and not pass it on.
Stop the weekly return that nobody reads.
Let the residents' group have the key to the hall.
Swap shifts with the other depot without asking three people.
Go and see the problem before the meeting about the problem.
Order the small parts directly and not wait nine days.
Start the walking group that people keep asking for.
Tell people honestly how long it will take.
Close the ticket when the person says it is solved.
Invite the two charities to our team meeting and plan together.
Use my own judgement about how long a visit needs.
Put one number on the letter, mine.
""",
    "OPEN-04": """
If it goes wrong it is my name on the report.
There is never the time to let somebody find their own way.
We are measured on what we did, not on what people could do without us.
I worry that they will be let down again if I am not there.
It is quicker to do it myself, and that is the trap.
We were told to step back and then asked why the numbers fell.
I do not know which decisions are mine to give away.
Some families have nobody else. Stepping back feels like leaving.
The rules on risk were written for another job.
People expect us to fix it because we always have.
Nobody has shown us what good looks like.
The contract pays for hours, so hours are what we give.
""",
}
_MORE = """
I have said this before.
We could try it for a month.
It would cost next to nothing.
Most of us think the same.
I would help to set it up.
Ask the crews, they know.
It used to work well.
Happy to talk about it.
It would make the day better for everyone.
Other places do it already.
"""
#: {name} is a colleague's, {first} only the first of it; {mail} and {phone} somebody's
_NAMING = """
{name} does this very well already.
Ask {first}, who has tried it.
Ring me on {phone} if you want to know more.
{name} said no last time without a reason.
My e-mail is {mail} if anybody wants to join in.
Thanks to {first} for listening.
"""


def write_comments(
    plan: Plan, chosen: Sequence[int], people: Sequence[Staff], rng: Rng
) -> dict[int, dict[str, str]]:
    """Index of a person -> item id -> what they write; of those `chosen`, the few who write anything."""
    items = [item["id"] for item in asked_of(plan, leads=False) if not is_closed(item)]
    written: dict[int, dict[str, str]] = {}
    for item in (one for one in items if one in _TEXTS):
        openings = _lines(_TEXTS[item])
        for index in np.flatnonzero(rng.random(len(chosen)) < _WRITING):
            parts = [rng.choice(openings)]
            if rng.random() < _GOING_ON:
                parts.append(_go_on(people, rng))
            written.setdefault(chosen[int(index)], {})[item] = " ".join(parts)
    return written


def read_first(wave: Wave, *, newest: bool) -> None:
    """As an editor does: hold two back and show the others; of the newest wave, a few still wait."""
    for item in [question.item for question in list_questions() if question.wave.id == wave.id]:
        decide(wave.id, item, WITHHELD, _waiting(wave, item)[:_HELD_BACK])
        still = _STILL_WAITING if newest else 0
        while len(waiting := _waiting(wave, item)) > still:
            decide(wave.id, item, SHOWN, waiting[still:])


def _waiting(wave: Wave, item: str) -> list[bytes]:
    """The first page of them."""
    return [comment.id for comment, _ in read(wave.id, item, WAITING).comments]


def _go_on(people: Sequence[Staff], rng: Rng) -> str:
    sentence = str(rng.choice(_lines(_MORE + _NAMING)))
    colleague = people[int(rng.integers(len(people)))]
    # a range of numbers that Ofcom keeps free for stories
    phone = f"01632 960{rng.integers(1000):03d}"
    first = colleague.full_name.split()[0]
    mail = f"{colleague.full_name.replace(' ', '.').lower()}@{DOMAIN}"
    return sentence.format(name=colleague.full_name, first=first, mail=mail, phone=phone)


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()
