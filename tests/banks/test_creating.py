"""Banks of one's own: taken over as supplied, or begun under a name that nothing else has."""

import pytest
from flask import Flask

from pulse.banks import queries
from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.editing import add_item
from pulse.banks.loading import TAKEN, get_supplied
from pulse.banks.revising import EditError
from pulse.banks.store import get_library
from tests.banks.test_editing import BANK, make_editor, make_item

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]


def create(bank_id: str, section: str = "Being thanked") -> None:
    create_bank(bank_id, "Thanks", "being thanked", section, make_editor())


def test_a_copied_bank_is_the_supplied_one_with_the_same_ids() -> None:
    copy_bank(BANK, make_editor())

    assert get_library().bank(BANK) == get_supplied().bank(BANK)
    assert dict(queries.list_newest()) == {BANK: 1}
    with pytest.raises(EditError, match="your own already"):
        copy_bank(BANK, make_editor())


def test_who_comes_second_with_a_name_is_refused_whatever_they_saw_before(app: Flask) -> None:
    before = get_library()
    with app.app_context():  # another request, with a look of its own at the library
        create("thanks")
    assert get_library() is before

    with pytest.raises(EditError, match="There is a bank called thanks already"):
        create("thanks")
    assert dict(queries.list_newest()) == {"thanks": 1}


def test_who_comes_second_to_copy_a_bank_undoes_nothing(app: Flask) -> None:
    get_library()
    with app.app_context():
        copy_bank(BANK, make_editor())
        add_item(BANK, make_item(), make_editor())

    with pytest.raises(EditError, match="your own already"):
        copy_bank(BANK, make_editor())
    assert "OWN-01" in get_library()


def test_no_bank_is_called_like_a_page_beside_the_banks(app: Flask) -> None:
    beside = {
        rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/questions/")
    }

    assert {name for name in beside if name.replace("_", "").isalnum()} <= {*TAKEN, "translations"}
    for name in TAKEN:
        with pytest.raises(EditError, match="choose another name"):
            create(name)


def test_a_heading_with_accents_gets_an_id_that_can_be_saved() -> None:
    create("thanks", "Café ŵ")

    assert [section.id for section in get_library().bank("thanks").sections] == ["cafe_w"]
