"""Rules that tables must keep: no table joins a person or a time to an answer, by whatever way round."""

from pulse.domain.table_rules import Shape, called, joins_and_times, strange_rules, strangers


def shape(name: str, columns: str = "", refers_to: str = "", times: str = "") -> Shape:
    words = (frozenset(given.split()) for given in (columns, times, refers_to))
    return Shape(name, *words)


TABLES = [
    shape("person", "id"),
    shape("wave", "id opens_at closes_at", times="opens_at closes_at"),
    shape("invitation", "wave_id person_id spent", "wave person"),
    shape("envelope", "wave_id id sealed", "wave"),
    shape("release", "id wave_id released_at", "wave", times="released_at"),
    shape("block", "id release_id n", "release"),
    shape("sign_in", "secret expires_at", times="expires_at"),
]


def test_the_tables_as_they_should_be_are_fine() -> None:
    assert joins_and_times(TABLES) == []


def test_a_table_that_names_a_person_and_a_block_is_refused() -> None:
    found = joins_and_times([*TABLES, shape("note", "person_id block_id", "person block")])
    assert found == ["The table note says something of a person and of a survey."]


def test_the_way_round_by_the_register_is_seen_too() -> None:
    found = joins_and_times([*TABLES, shape("note", "wave_id person_id said", "invitation")])
    assert found == ["The table note says something of a person and of a survey."]


def test_a_time_in_any_table_of_a_survey_is_refused() -> None:
    late = shape("tally", "block_id counted_at", "block", times="counted_at")
    assert joins_and_times([*TABLES, late]) == ["The table tally keeps a time (counted_at)."]


def test_a_column_more_in_the_box_or_the_register_is_refused() -> None:
    wider = shape("envelope", "wave_id id sealed place", "wave")
    assert joins_and_times([wider]) == ["The table envelope has a column more than it may have (place)."]


def test_tables_that_refer_in_a_circle_end() -> None:
    assert joins_and_times([shape("a", "x", "b"), shape("b", "x", "a")]) == []


def test_what_the_program_does_not_know_is_named() -> None:
    known = {"person": frozenset({"id"})}
    assert strangers([shape("person", "id ip"), shape("copy", "id")], known) == [
        "Pulse does not know the table copy.",
        "Pulse does not know the column ip of person.",
    ]


def test_a_call_is_read_out_of_a_rule_as_postgresql_writes_it() -> None:
    assert called("CHECK (((email)::text = lower((email)::text)))") == {"lower"}
    assert called("CHECK ((k >= 5) AND (state = ANY (ARRAY['open'::text])))") == set()
    assert called("""CHECK ("Spy"(person_id) AND s.spy2(spent))""") == {'"Spy"', "s.spy2"}


def test_a_rule_must_be_known_and_call_nothing_new() -> None:
    own = {"wave.ck_k": "CHECK ((k >= 5))", "wave.id": "nextval('wave_id_seq'::regclass)"}
    assert strange_rules(own, {"wave.ck_k", "wave.id"}) == []
    words = "Pulse does not know the rule wave.ck_k, which runs when a row is written."
    assert strange_rules(own, {"wave.id"}) == [words]
    assert strange_rules({"wave.ck_k": "CHECK (evil.lower(label))"}, {"wave.ck_k"}) == [words]
