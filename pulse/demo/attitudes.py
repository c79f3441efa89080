"""How the invented people feel, and what they therefore answer: a latent score for each person and question.

A score is the sum of the question's own level, the planted shifts of the person's units, unit effects, the
person's stable leanings and the noise of the day; thresholds turn it into an option. Everything is drawn
from seeds, one for each thing drawn, so that a change in one place moves nothing elsewhere.
"""

from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pulse.demo.facts import LEADERS_ROSIER, SHIFTS, SPLIT, STRONG, TORN, WEAK
from pulse.demo.people import Staff
from pulse.domain.sheets import NO_ANSWER, NOT_APPLICABLE, PREFER_NOT, Plan, asked_of, is_closed

Points = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]

#: where answers lie by section of the question banks, in points; other sections lie at _LEVEL
LEVELS = {
    "people": 60.0,
    "development": 55.0,
    "passion": 57.0,
    "assets": 59.0,
    STRONG: 72.0,
    WEAK: 41.0,
    "licence": 57.0,
    "room": 47.0,
    "learning": 59.0,
    "trust": 54.0,
    "experienced": 50.0,
    "expected": 76.0,
    "global": 56.0,
    "worry": 45.0,
    "survey_trust": 40.0,
    "reframing": 70.0,
    "recognising": 66.0,
    "mobilising": 56.0,
    "coproducing": 44.0,
}
_LEVEL = 55.0
#: standard deviations in points; together they give answers a spread of about 22
_QUESTION, _WAVE, _LEANING, _SECTION, _DAY = 2.5, 0.4, 12.0, 8.0, 15.0
_BY_LEVEL = (0.0, 1.0, 2.5, 4.0)
#: hopeful and worried, in points, and how far people and days differ
_HOPE, _WORRY, _FEELING = 62.0, 27.0, 9.0
_BOTH, _MUCH, _LITTLE = (79.0, 74.0), 100.0, -2.0
_SKIPPED, _NOT_SAID, _NOT_FOR_ME = 0.015, 0.01, 0.05
#: log odds of answering, and how far teams and people differ in them
_ODDS, _TEAM_ODDS, _PERSON_ODDS = 0.5, 0.45, 0.8


class Crowd:
    """Everybody with what is stable in them. Arrays are in the order of `people`."""

    def __init__(self, people: list[Staff], seed: int) -> None:
        self.people, self._seed = people, seed
        self.leads = np.array([one.leads for one in people])
        self._reached = np.array([bool(one.email) for one in people])
        self._leaning = self._draw("leaning") * _LEANING
        self._unit = self._by_units("unit", _BY_LEVEL)
        odds = _ODDS + self._by_units("odds", (0, 0, 0, _TEAM_ODDS)) + self._draw("odds") * _PERSON_ODDS
        self._rate = self._reached / (1.0 + np.exp(-odds))
        self._hope, self._worry = self._feelings()

    def choose_answering(self, rng: np.random.Generator, share: float | None = None) -> list[int]:
        """Who answers a wave, in the order they do; `share` of everybody, or at each person's own rate."""
        rate = self._rate if share is None else self._rate * share / self._rate.mean()
        chosen = np.flatnonzero(rng.random(len(self.people)) < rate)
        return [int(one) for one in rng.permutation(chosen)]

    def answer(self, plan: Plan, wave: int, rng: np.random.Generator) -> list[str]:
        """Everybody's answer characters, one for each closed item of the plan, as a sheet has them."""
        subjects = {item["id"]: item for item in plan["items"]}
        columns = []
        for item in (item for item in asked_of(plan, leads=True) if is_closed(item)):
            points = self._points(item, subjects, wave) + rng.normal(0.0, _DAY, len(self.people))
            codes = _with_gaps(_codes(points, item), item, rng)
            columns.append(np.where(self._asked(item), codes, ord(NO_ANSWER)).astype(np.uint8))
        return [row.tobytes().decode("ascii") for row in np.column_stack(columns)]

    def _asked(self, item: dict[str, Any]) -> npt.NDArray[np.bool_]:
        return self.leads if item["audience"] == "leaders" else np.ones_like(self.leads)

    def _points(self, item: dict[str, Any], subjects: dict[str, dict[str, Any]], wave: int) -> Points:
        """The score before the noise of the day; a leaders' question is about what its partner is about."""
        subject = subjects.get(item["partner"] or "", item)
        section = subject["section"]
        if item["side"] in ("positive", "negative"):
            return self._hope if item["side"] == "positive" else self._worry
        if section == "torn":
            return 22.0 + 0.55 * np.minimum(self._hope, self._worry)
        level = LEVELS.get(section, _LEVEL) + self._one("question", subject["id"]) * _QUESTION
        level += self._one(f"wave {wave}", section) * _WAVE
        level += LEADERS_ROSIER if item["audience"] == "leaders" else 0.0
        own = self._draw(section) * _SECTION + (-0.4 if section == "worry" else 1.0) * self._leaning
        return level + own + self._unit + self._shifts(section, wave)

    def _shifts(self, section: str, wave: int) -> Points:
        total = np.zeros(len(self.people))
        for shift in SHIFTS:
            if section in shift.sections:
                total += shift.at(wave) * self._within(shift.place)
        return total

    def _feelings(self) -> tuple[Points, Points]:
        """Hope and worry about working this way: apart in most people, together in one directorate, and in
        another each in half of the people.
        """
        hope, worry = _HOPE + 0.5 * self._leaning, _WORRY - 0.4 * self._leaning
        torn, split = self._within(TORN), self._within(SPLIT)
        camp = self._draw("camp")
        hopeful = camp > np.median(camp[split]) if split.any() else split
        hope = np.where(torn, _BOTH[0], np.where(split, np.where(hopeful, _MUCH, _LITTLE), hope))
        worry = np.where(torn, _BOTH[1], np.where(split, np.where(hopeful, _LITTLE, _MUCH), worry))
        return hope + self._draw("hope") * _FEELING, worry + self._draw("fear") * _FEELING

    def _within(self, place: str) -> npt.NDArray[np.bool_]:
        """Who works in the unit with this name, or below it; everybody for ""."""
        return np.array([not place or place in one.at.path for one in self.people])

    def _by_units(self, what: str, spreads: tuple[float, ...]) -> Points:
        """For each person the sum of the effects of the units around: one draw a unit."""
        names = {name for one in self.people for name in one.at.path}
        drawn = {name: self._one(what, name) for name in names}
        paths = (zip(one.at.path, spreads, strict=False) for one in self.people)
        return np.array([sum(drawn[name] * spread for name, spread in path) for path in paths])

    def _draw(self, what: str) -> Points:
        """One standard normal a person, the same whenever it is asked for."""
        return np.random.default_rng([self._seed, crc32(what.encode())]).standard_normal(len(self.people))

    def _one(self, what: str, name: str) -> float:
        """One standard normal for a named thing, whatever else exists."""
        seeds = [self._seed, crc32(what.encode()), crc32(name.encode())]
        return float(np.random.default_rng(seeds).standard_normal())


def _codes(points: Points, item: dict[str, Any]) -> Codes:
    """Option characters: thresholds half-way between options that share 0 to 100 evenly."""
    options = np.array([ord(str(code)) for code, _ in item["options"]], dtype=np.uint8)
    step = 100.0 / (options.size - 1)
    chosen = np.clip(np.rint(points / step), 0, options.size - 1).astype(np.int64)
    return np.asarray((options[::-1] if item["reverse"] else options)[chosen])


def _with_gaps(codes: Codes, item: dict[str, Any], rng: np.random.Generator) -> Codes:
    """Some leave a question out, would rather not say, or have nothing to say to it."""
    draw = rng.random(codes.size)
    not_for_me = _NOT_FOR_ME if item["na"] else 0.0
    limits = np.cumsum([_SKIPPED, _NOT_SAID, not_for_me])
    codes = np.where(draw < limits[2], ord(NOT_APPLICABLE), codes)
    codes = np.where(draw < limits[1], ord(PREFER_NOT), codes)
    return np.where(draw < limits[0], ord(NO_ANSWER), codes).astype(np.uint8)
