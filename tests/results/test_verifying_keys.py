"""The key directory: what lies in it and beside it, who can read it, and where it is."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.db import db, writing
from pulse.domain.anonymity import Verdict
from pulse.surveys import queries as surveys
from pulse.surveys.seals import seal_wave
from tests.results.closes import close, due, make_due_wave
from tests.results.factories import Site, make_sent_wave
from tests.results.tampering import ON_POSTGRESQL, ON_SQLITE, as_plain_user, assert_only_fails, found, run


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    file.chmod(0o600)


def test_a_key_that_was_put_back_is_found(settings: Settings, site: Site, released: int) -> None:
    site.keyring.create_wave_key(released)
    assert_only_fails(settings, "keys", f"The key directory holds wave-{released}.key")


def test_a_copy_of_a_key_under_another_name_is_found(settings: Settings, site: Site, released: int) -> None:
    (settings.key_dir / "wave-1.key.bak").write_bytes(bytes(32))
    (settings.key_dir / "wave-1.key.bak").chmod(0o600)
    assert_only_fails(settings, "keys", "a file that Pulse did not make: wave-1.key.bak")


def test_a_handed_key_that_was_kept_is_found_by_whoever_may_not_see_the_keys(
    settings: Settings, site: Site, released: int
) -> None:
    run("UPDATE wave SET handed_key = :key WHERE id = :wave", key=bytes(80), wave=released)
    assert_only_fails(settings, "keys", "still holds the key that its guardians handed in")
    for file in settings.key_dir.iterdir():
        file.unlink()
    settings.key_dir.rmdir()
    assert found(settings, "keys").verdict is Verdict.FAIL


def test_a_copy_of_the_guardians_key_is_found(settings: Settings, site: Site, still_open: int) -> None:
    with writing():
        surveys.get_wave(still_open).key_mode = "guardian"
        db.session.flush()
        seal_wave(still_open, site.keyring)
    key = settings.key_dir / f"wave-{still_open}.key"
    assert_only_fails(settings, "keys", f"holds {key.name}, which that survey does not have as it stands")
    write(settings.key_dir / "token.key", key.read_bytes())
    key.unlink()
    assert_only_fails(settings, "keys", "token.key holds the key of ")


@pytest.fixture
def old_key(settings: Settings, site: Site) -> tuple[bytes, int]:
    """The key of a survey that is released by now, and the next survey, which is open."""
    first = make_due_wave(site)
    key = (settings.key_dir / f"wave-{first}.key").read_bytes()
    assert close(first, site)
    return key, make_sent_wave(site, now=due(first))


@pytest.mark.parametrize("name", ["inbox-{}.key", "token.key", "seal-{}.key"])
def test_an_old_key_kept_under_a_name_that_pulse_uses_is_found(
    settings: Settings, old_key: tuple[bytes, int], name: str
) -> None:
    key, wave_id = old_key
    write(settings.key_dir / name.format(wave_id), key)
    assert "holds the key of Survey" in found(settings, "keys").found


def test_an_old_key_behind_another_is_found(settings: Settings, old_key: tuple[bytes, int]) -> None:
    file = settings.key_dir / "token.key"
    write(file, file.read_bytes() + old_key[0])
    one = found(settings, "keys")
    assert one.verdict is Verdict.FAIL
    assert "token.key does not have the length of such a file" in one.found
    assert "token.key holds the key of" in one.found


def test_something_behind_a_seal_is_found(settings: Settings, still_open: int) -> None:
    seal = settings.key_dir / f"seal-{still_open}.key"
    write(seal, seal.read_bytes() + bytes(32))
    assert f"{seal.name} does not have the length" in found(settings, "keys").found


def test_a_second_name_of_a_key_elsewhere_is_found(
    settings: Settings, still_open: int, tmp_path: Path
) -> None:
    key = settings.key_dir / f"wave-{still_open}.key"
    os.link(key, tmp_path / "harmless.txt")
    assert_only_fails(settings, "key_rights", f"{key.name} has a second name outside the key directory")


def test_what_a_killed_process_left_is_named_with_what_to_do(
    settings: Settings, site: Site, still_open: int
) -> None:
    """Killed between the two names of a file that was just written."""
    os.link(settings.key_dir / f"seal-{still_open}.key", settings.key_dir / ".0123456789abcdef")
    assert_only_fails(settings, "keys", "A process that was killed left .0123456789abcdef")
    site.keyring.clear_unfinished()
    assert ".0123456789abcdef" not in found(settings, "keys").found


def test_a_key_that_lies_elsewhere_is_found(settings: Settings, still_open: int, tmp_path: Path) -> None:
    key = settings.key_dir / f"wave-{still_open}.key"
    key.rename(tmp_path / "elsewhere")
    key.symlink_to(tmp_path / "elsewhere")
    assert f"{key.name} is no plain file" in found(settings, "key_rights").found


@pytest.mark.parametrize("name", ["keys.bak", ".keys.tar.gz", "away"])
def test_a_copy_of_the_key_directory_beside_it_is_found(settings: Settings, released: int, name: str) -> None:
    copy = settings.key_dir.with_name(name)
    copy.mkdir()
    (copy / "wave-1.key").write_bytes(bytes(32))
    assert_only_fails(settings, "keys", f"Look at {name}: it may be a copy of the keys.")


@ON_SQLITE
def test_a_copy_of_the_key_directory_beside_the_database_is_found(settings: Settings, released: int) -> None:
    copy = Path(str(make_url(settings.database_url).database)).with_name("aside")
    copy.mkdir()
    (copy / "token.key").write_bytes(bytes(32))
    try:
        assert_only_fails(settings, "keys", "Look at aside: it may be a copy of the keys.")
    finally:
        (copy / "token.key").unlink()
        copy.rmdir()


@pytest.mark.parametrize(
    ("mode", "words"), [(0o750, "The key directory is open to other users"), (0o701, "chmod 700")]
)
def test_a_key_directory_open_to_others_is_found(
    settings: Settings, released: int, mode: int, words: str
) -> None:
    settings.key_dir.chmod(mode)
    assert_only_fails(settings, "key_rights", words)


def test_a_key_file_open_to_others_is_found(settings: Settings, site: Site, released: int) -> None:
    (settings.key_dir / "token.key").chmod(0o640)
    assert_only_fails(settings, "key_rights", "token.key is open to other users: chmod 600.")


@ON_SQLITE
def test_keys_in_the_folder_of_the_database_are_found(settings: Settings, released: int) -> None:
    folder = Path(str(make_url(settings.database_url).database)).parent
    assert found(replace(settings, key_dir=folder), "key_place").verdict is Verdict.FAIL
    assert found(replace(settings, key_dir=folder / "keys"), "key_place").verdict is Verdict.UNKNOWN
    assert found(settings, "key_place").verdict is Verdict.PASS


@ON_POSTGRESQL
def test_keys_below_the_servers_own_folder_are_found(settings: Settings, released: int) -> None:
    inside = Path(str(db.session.scalar(db.text("SHOW data_directory")))) / "keys"
    assert found(replace(settings, key_dir=inside), "key_place").verdict is Verdict.FAIL
    assert found(settings, "key_place").verdict is Verdict.PASS


@ON_POSTGRESQL
def test_where_the_server_does_not_say_where_its_files_are_this_is_not_checked(
    settings: Settings, released: int
) -> None:
    with as_plain_user():
        one = found(settings, "key_place")
    assert one.verdict is Verdict.UNKNOWN
    assert "is not shown to the database user that Pulse connects as" in one.found


def test_a_website_that_can_read_the_keys_is_found(settings: Settings, released: int) -> None:
    assert_only_fails(settings, "website", "give the website a user of its own", as_website=True)


def test_a_website_that_cannot_read_the_keys_passes(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> object:
        raise PermissionError

    monkeypatch.setattr("pulse.results.verifying_key_files.os.scandir", refuse)
    assert found(settings, "website", as_website=True).verdict is Verdict.PASS
    assert found(settings, "website").verdict is Verdict.UNKNOWN
