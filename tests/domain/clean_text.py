"""Sentences without a person in them, full of what looks like one: money, years, forms, months, and words
that are also names of the labelled set's roster.
"""

from collections.abc import Iterator
from random import Random

_CLEAN = (
    """
We met {n} times in {month} and nothing has changed since {year}.|The budget of £{money} went on {n} new vans.
I will mark it in the diary for {day}.|May we have the rota {n} weeks ahead?|Will the price go up in {month}?
Young people wait {n} weeks for a first visit.|It takes {n} forms, {form} included, to order gloves.
Hope is not a plan, and {n} hours are not enough.|Trust grows when you say what you mean.
Grace under pressure is what {team} shows every day.|Mark my words: {n} of us will leave by {month}.
Banks of screens in room {room} help nobody.|The {year}-{year2} plan says {percent} % and we got {percent} %.
Page {n} of the handbook says the opposite of page {n}.|On a good day {n} people turn up; a bad day is {day}.
We work from {time} to {time}, {n} days a week.|Let {team} decide: they know the streets.
The field team drives {n},{hundreds} miles a year on the A{n} and the M{n}.|Our {ordinal} move since {year}!
The {date} deadline came with {n} days' notice.|Stop counting calls (currently {hundreds} a week).
I am proud of {team} and what we did in {month} {year}.|Rose beds, bins, potholes: all of it is our work.
In York and Lincoln they do it better, I hear.|Give us {n} minutes to think before the {time} meeting.
Managers should walk the floor at least {ordinal} Monday of the month.|A page a day, not {hundreds}.
The parking permit costs £{n}.{cents} a day and that is {percent}% more than last {month}.
It is {n} people to {n} screens, in {room}, on a {day}.|Fewer e-mails; more talking: {n} a day is too many.
ALL WE NEED IS {n} MORE STAFF IN {team}.|we need a walker for the {day} round and a parker for the vans
Ask people who do the work, then trust {team}.|The smith in the yard could mend {n} gates by {month}.
Give young people {n} minutes each.|Let May be a month without meetings.|Tell Young People's Services, not us.
Thanks to April's weather we lost {n} days.|ask price and street price differ by £{money}|Ask Field Services.
We asked for April off and got {month}.|tell field teams first|My manager hopes for {n} more posts.
Let us trust each other, said nobody in {year}.|Call it what it is: {n} hours.|HR {year}: {n} policies.
The payroll run of {year} was {n} days late.|I would pay {hundreds} more for a desk.|Plan B, Ward C, band {n}.
tel and mail first, then walk over to {room}|The norm is {n} hours; drew a blank in {month}.
Staff {hundreds} strong, and {n} lockers.|Faith in the survey: {n} out of 10.|April was hard, {month} harder.
{team}: {n} vacancies, {n} agency staff.
""".strip()
    .replace("\n", "|")
    .split("|")
)
_MONTHS = ["January", "May", "April", "June", "August", "October", "december", "march"]
_TEAMS = [
    "Adult Social Care",
    "the night shift",
    "Housing",
    "our crew",
    "Ward 7",
    "IT",
    "Highways",
    "the hub",
]


def clean_sentences(rng: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield rng.choice(_CLEAN).format(
            n=rng.randint(2, 60),
            month=rng.choice(_MONTHS),
            year=rng.randint(1998, 2026),
            year2=rng.randint(2027, 2031),
            money=rng.choice(
                [f"{rng.randint(1, 9)}.{rng.randint(1, 9)}m", f"{rng.randint(10, 999)},000", "40000"]
            ),
            day=rng.choice(["Monday", "Friday", "wednesday", "Sunday"]),
            form=rng.choice(["P45", "form 12B", "HR7", "the 1099", "annex C3"]),
            team=rng.choice(_TEAMS),
            room=rng.choice(["2.14", "B12", "101", "G05"]),
            percent=rng.randint(1, 100),
            time=rng.choice(["9am", "07:30", "17.45", "noon", "0800"]),
            hundreds=rng.randint(100, 999),
            ordinal=rng.choice(["1st", "2nd", "3rd", "4th", "every"]),
            date=rng.choice(["31/03/2026", "1 May", "12-05-2026", "2026-11-02", "30.9.25"]),
            cents=rng.randint(10, 99),
        )
