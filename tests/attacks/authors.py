"""Attack 1 on comments: everybody writes to two questions; what does the stored order tell of an author?

The control is a table of the same comments in the order in which the sheets came.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt
from sqlalchemy import text

from pulse.db import db
from pulse.responses.submission import Standing, submit
from tests.attacks import linking, matching
from tests.attacks.record import Attack, Size
from tests.attacks.scene import TEXT_BOX, Place, Scene, make_scene
from tests.attacks.storage import MOST

BOXES = (TEXT_BOX, "OPEN-02")
OURS, WEAK = "comment", "weak_comment"
_SHUFFLES = 400
#: of each comment, by its number, the person or the answers that it is said to go with
Guess = npt.NDArray[np.int64]


def attack_authors(place: Place, size: Size) -> list[Attack]:
    """The scene also keeps people and sheets in order, which helps the attack on our own comments too."""
    scene = make_scene(place, "authors", size, weak=True, boxes=BOXES)
    try:
        judge = _write(scene)
        assert scene.close(), scene.wave()["problem"]
        _store_in_order(scene, judge)
        return [_attack(scene, judge, *way) for way in _WAYS]
    finally:
        scene.leave()


@dataclass
class Judge:
    """Who wrote what: the person `author[i]` wrote `texts[i]` to the question `items[i]`."""

    texts: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    author: list[int] = field(default_factory=list)

    def place_of(self) -> dict[str, int]:
        return {one: place for place, one in enumerate(self.texts)}

    def blank(self) -> Guess:
        return np.full(len(self.texts), -1)


def _write(scene: Scene) -> Judge:
    judge = Judge()
    for person in scene.choose_people():
        said = scene.said[person] = scene.write(person)
        assert scene.weaknesses
        scene.weaknesses.listen_to(said)
        written = {box: f"{said.comment} {number}" for number, box in enumerate(BOXES, start=1)}
        with scene.app.app_context():
            assert submit(said.token, said.sheet, written) is Standing.OPEN
        judge.texts += written.values()
        judge.items += written
        judge.author += [person] * len(written)
    return judge


def _store_in_order(scene: Scene, judge: Judge) -> None:
    """A design that stores what people wrote sheet by sheet, as it came."""
    groups = {row["text"]: row["group_id"] for row in scene.raw.rows(OURS)}
    assert set(groups) == set(judge.texts)
    rows = [
        {"group": groups[one], "item": item, "text": one}
        for one, item in zip(judge.texts, judge.items, strict=True)
    ]
    with scene.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {WEAK} (group_id INTEGER, item TEXT, text TEXT)"))
        connection.execute(text(f"INSERT INTO {WEAK} VALUES (:group, :item, :text)"), rows)


def _attack(scene: Scene, judge: Judge, name: str, of: str, find: "Find") -> Attack:
    ours, weak = find(scene, judge, OURS), find(scene, judge, WEAK)
    truth, n = np.array(judge.author), len(judge.texts)
    return Attack(
        *(f"1 comments: {name}", scene.raw.kind, ours(truth), _by_luck(scene, judge, ours)),
        *(weak(truth), MOST * n, f"{of}, of {n}"),
    )


#: what the best way of matching gets right if these are the authors
Score = Callable[[Guess], float]
Find = Callable[[Scene, Judge, str], Score]


def _same_author(scene: Scene, judge: Judge, table: str) -> Score:
    """Both comments of a pair are right or wrong at once: so they are when authors are drawn by luck, too."""
    place_of, partners = judge.place_of(), []
    for rows in matching.comment_orders(scene.raw, table):
        for pairs in matching.pair(rows):
            partner = judge.blank()
            for one, other in pairs.items():
                partner[place_of[one]] = place_of[other]
            partners.append(partner)
    return lambda truth: max(int(((each >= 0) & (truth == truth[each])).sum()) for each in partners)


def _writers(scene: Scene, judge: Judge, table: str) -> Score:
    place_of, guesses = judge.place_of(), []
    units = matching.units_of_groups(scene.raw)
    unit_of = {row["person_id"]: row["unit_id"] for row in scene.raw.rows("post") if row["main"]}
    people = [*linking.people_orders(scene.raw).values(), list(scene.said)]
    for rows, order in product(matching.comment_orders(scene.raw, table), people):
        answered = [person for person in order if person in scene.said]
        guess = judge.blank()
        for one, person in matching.name_writers(rows, answered, units, unit_of).items():
            guess[place_of[one]] = person
        guesses.append(guess)
    return _most_alike(guesses)


def _most_alike(guesses: Sequence[Guess]) -> Score:
    return lambda truth: max(int((guess == truth).sum()) for guess in guesses)


def _choices(scene: Scene, judge: Judge, table: str) -> Score:
    """A comment counts as much of 1 as is told rightly of its author's answers."""
    place_of, units = judge.place_of(), matching.units_of_groups(scene.raw)
    items = list(next(iter(scene.said.values())).choices)
    given = {person: [ord(one.choices[item]) for item in items] for person, one in scene.said.items()}
    votes = linking.answer_orders(scene.raw, scene.wave_id).values()
    guesses = []
    for rows, of_order in product(matching.comment_orders(scene.raw, table), votes):
        guess = np.zeros((len(place_of), len(items)), np.int64)
        for one, codes in matching.guess_choices(rows, of_order, units).items():
            guess[place_of[one]] = [ord(codes.get(item, "\0")) for item in items]
        guesses.append(guess)

    def score(truth: Guess) -> float:
        right = np.array([given[person] for person in truth.tolist()])
        return max(float((guess == right).mean(axis=1).sum()) for guess in guesses)

    return score


_WAYS: Sequence[tuple[str, str, Find]] = (
    ("which are one author's", "matched rightly", _same_author),
    ("whose they are", "named rightly", _writers),
    ("what the author answered", "answers told rightly", _choices),
)


def _by_luck(scene: Scene, judge: Judge, score: Score) -> float:
    """What luck may reach, with authors drawn anew among those of the same group and question."""
    group_of = {row["text"]: row["group_id"] for row in scene.raw.rows(OURS)}
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, (one, item) in enumerate(zip(judge.texts, judge.items, strict=True)):
        parts[group_of[one], item].append(place)
    author, rng, scores = np.array(judge.author), np.random.default_rng(1), []
    for _ in range(_SHUFFLES):
        drawn = author.copy()
        for places in parts.values():
            drawn[places] = rng.permutation(author[places])
        scores.append(score(drawn))
    return float(np.mean(scores) + scene.size.sigmas * np.std(scores))
