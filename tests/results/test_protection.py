"""What a release must not show: small groups, few answers, leftovers, and changes of unlike things."""

from datetime import timedelta
from typing import Any

import pytest

from pulse.db import writing
from pulse.surveys import queries as surveys
from tests.results import by_hand
from tests.results.factories import (
    ANCHORS,
    NOW,
    Site,
    Voter,
    at_random,
    make_council,
    make_quarterly,
    make_released_wave,
)
from tests.support.rows import all_rows

SMALL = {"C": (None, 0), "A": ("C", 8), "B": ("C", 8)}
LATER = NOW + timedelta(days=91)


def test_fewer_than_k_answers_release_no_figure_no_count_of_any_option_and_not_how_many(site: Site) -> None:
    found = make_released_wave(site, make_council(SMALL), turnout=lambda v: v.unit == "A" and v.number <= 4)
    rows = all_rows()

    assert (found.release.answered, found.release.eligible, found.release.delivered) == (0, 16, 16)
    for table in ("block", "tally", "moment", "result_group", "figure"):
        assert rows[table] == [], table
    assert {row["status"] for row in rows["unit_status"]} == {"left_out"}


@pytest.mark.parametrize("answering", [0, 1, 2])
def test_of_fewer_than_k_people_asked_nothing_stored_tells_whether_all_of_them_answered(
    answering: int, site: Site
) -> None:
    council = make_council({"C": (None, 0), "A": ("C", 2), "B": ("C", 2)})
    programme = make_quarterly()
    nobody = make_released_wave(site, council, programme, turnout=lambda _v: False)
    before = all_rows()
    later = make_released_wave(site, council, programme, now=LATER, turnout=lambda v: v.number <= answering)
    after = all_rows()

    for table in ("unit_status", "block", "result_group", "co_moment", "comment"):
        added = [row for row in after[table] if row not in before[table]]
        assert [{**row, "release_id": 0} for row in added] == [{**r, "release_id": 0} for r in before[table]]
    told = [
        (one.answered, one.eligible, one.delivered, one.digest) for one in (nobody.release, later.release)
    ]
    assert told[0] == told[1] == (0, 4, 4, told[0][3])


def test_k_answers_are_enough_for_the_organisation_as_a_whole(site: Site) -> None:
    found = make_released_wave(
        site, make_council(SMALL), turnout=lambda v: v.number <= (3 if v.unit == "A" else 2)
    )
    assert [(group.name, group.n) for group in found.groups] == [("Unit C", 5)]


def test_an_item_that_fewer_than_k_answered_in_a_team_is_hidden_there_and_beside_it(site: Site) -> None:
    """Two teams make the whole: with one hidden the other would give it away by subtraction."""

    def shy(voter: Voter, item: dict[str, Any]) -> str:
        if item["id"] == "LET-01" and voter.unit == "A" and voter.number > 4:
            return "-"
        return "4"

    found = make_released_wave(site, make_council(SMALL), answers=shy)

    assert "LET-01" not in found.figures("Unit A")
    assert "LET-01" not in found.figures("Unit B")
    assert found.figures("Unit C")["LET-01"].n == 12
    assert found.figures("Unit A")["PTA-01"].n == 8
    hidden = {(r["metric"], r["n"]) for r in all_rows()["moment"] if r["metric"] == "LET-01"}
    assert hidden == {("LET-01", 8)}


@pytest.mark.parametrize(("leaders", "shown"), [(2, False), (3, True)])
def test_leaders_show_from_k_of_them_on(leaders: int, shown: bool, site: Site) -> None:
    council = make_council(SMALL, leaders_each=leaders)
    found = make_released_wave(site, council, answers=lambda _v, item: "3", ask_leaders=True)
    gaps = [measure for measure in found.figures("Unit C") if measure.startswith("GAP")]
    assert bool(gaps) is shown


def test_the_few_who_are_left_out_are_in_no_figure_not_even_the_leaders_gap(site: Site) -> None:
    """Three people at the very top, too few to show and in no team: at most 2 % of those who answered."""
    tree = {"C": (None, 3), "A": ("C", 0), "B": ("C", 0)}
    tree |= {code: (code[0], 40) for code in ("A1", "A2", "B1", "B2")}
    council = make_council(tree, leaders_each=2)

    def answers(voter: Voter, item: dict[str, Any]) -> str:
        return str(item["options"][-1][0]) if voter.unit == "C" else at_random(voter, item)

    found = make_released_wave(site, council, answers=answers, ask_leaders=True, rotation=[ANCHORS])
    others = found.said_in("A1", "A2", "B1", "B2")
    figures = found.figures("Unit C")

    assert (found.release.answered, found.group("Unit C").n) == (160, 160)
    assert figures["PTA-01"].value == pytest.approx(
        by_hand.mean(by_hand.values(others, by_hand.item("PTA-01")))
    )
    gap = figures["GAP:LDR-PTA-01"]
    leaders = by_hand.values([s for s in others if s.voter.leads], by_hand.item("LDR-PTA-01"))
    staff = by_hand.values([s for s in others if not s.voter.leads], by_hand.item("PTA-01"))
    assert gap.detail["staff"] == pytest.approx(by_hand.mean(staff))
    assert (gap.n, gap.detail["leaders"]) == (len(leaders), pytest.approx(by_hand.mean(leaders)))


def test_a_combined_group_is_kept_while_it_reaches_k(site: Site) -> None:
    tree = {"C": (None, 0), "A": ("C", 8), "B": ("C", 0)} | {f"B{n}": ("B", 4) for n in range(1, 6)}
    council, programme = make_council(tree), make_quarterly()
    first = dict(zip("12345", (4, 4, 3, 3, 2), strict=True))
    second = dict(zip("12345", (2, 2, 2, 3, 2), strict=True))  # alone these would make B1+B2+B3 and B4+B5

    def turnout(voter: Voter) -> bool:
        answering = first if voter.wave == 1 else second
        return voter.unit == "A" or voter.number <= answering[voter.unit[1]]

    options: dict[str, Any] = {"turnout": turnout, "answers": lambda _voter, _item: "4"}
    one = make_released_wave(site, council, programme, **options)
    two = make_released_wave(site, council, programme, now=LATER, **options)

    combined = [{(g.name, g.key) for g in found.groups if g.kind == "combined"} for found in (one, two)]
    assert {name for name, _ in combined[0]} == {"Unit B1 + Unit B3 + Unit B5", "Unit B2 + Unit B4"}
    assert combined[0] == combined[1]
    assert two.figures("Unit B2 + Unit B4")["PTA-01"].change is not None


def test_without_the_same_items_there_is_no_change_to_speak_of(site: Site) -> None:
    council, programme = make_council(SMALL), make_quarterly()
    make_released_wave(site, council, programme)
    with writing():
        programme = surveys.get_programme(programme.id)
        programme.rotation = [["PTA-01", "PTA-06", "AMB-P1", "AMB-N1", "TAA-G1"]]
    figures = make_released_wave(site, council, programme, now=LATER).figures("Unit C")

    assert figures["PTA"].detail["items"] == ["PTA-01", "PTA-06"]
    assert (figures["PTA"].change, figures["PTA"].q, figures["PTA"].flagged) == (None, None, False)
    for same in ("PTA-01", "PTA.licence", "AMB", "TAA"):
        assert figures[same].change is not None, same


def test_without_the_same_people_there_is_no_change_to_speak_of(site: Site) -> None:
    """In the first wave the teams show together, in the second each alone."""
    council, programme = make_council(SMALL), make_quarterly()
    make_released_wave(site, council, programme, turnout=lambda v: v.number <= 4)
    second = make_released_wave(site, council, programme, now=LATER)

    assert {f.change for f in second.figures("Unit A").values()} == {None}
    assert second.figures("Unit C")["PTA-01"].change is not None
