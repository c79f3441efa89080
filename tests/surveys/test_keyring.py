"""The key directory: who may read it, and what cannot be undone."""

import secrets
import stat
from pathlib import Path

import pytest
from nacl.public import PrivateKey, SealedBox

from pulse.surveys.keyring import KeyMissing, Keyring
from tests.surveys.factories import make_keyring


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_and_its_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)

    keyring.create_wave_key(7)
    keyring.make_token_key()

    assert mode_of(tmp_path / "keys") == 0o700
    files = sorted((tmp_path / "keys").iterdir())
    assert [(path.name, mode_of(path)) for path in files] == [("token.key", 0o600), ("wave-7.key", 0o600)]


def test_a_folder_left_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)

    Keyring(folder).create_wave_key(7)

    assert mode_of(folder) == 0o700


def test_the_public_half_seals_what_the_private_half_opens(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    public = keyring.create_wave_key(1)

    sealed = SealedBox(PrivateKey(bytes(keyring.load_wave_key(1))).public_key).encrypt(b"sheet")

    assert len(public) == 32
    assert public == bytes(keyring.load_wave_key(1).public_key)
    assert SealedBox(keyring.load_wave_key(1)).decrypt(sealed) == b"sheet"


def test_creating_again_after_a_crash_gives_the_same_pair(tmp_path: Path) -> None:
    first = make_keyring(tmp_path).create_wave_key(1)

    assert make_keyring(tmp_path).create_wave_key(1) == first


def test_every_wave_has_a_pair_of_its_own(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)

    assert keyring.create_wave_key(1) != keyring.create_wave_key(2)
    assert keyring.list_wave_keys() == [1, 2]


def test_a_destroyed_key_is_gone_and_destroying_it_again_does_nothing(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.create_wave_key(1)
    keyring.create_wave_key(2)

    keyring.destroy_wave_key(1)
    keyring.destroy_wave_key(1)

    assert keyring.list_wave_keys() == [2]
    with pytest.raises(KeyMissing):
        keyring.load_wave_key(1)


def test_a_missing_key_says_what_to_put_back_and_what_it_means(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=r"put it back where it was; without that file nobody"):
        make_keyring(tmp_path).load_wave_key(3)


def test_the_token_key_stays_the_same_once_made(tmp_path: Path) -> None:
    first = make_keyring(tmp_path).make_token_key()

    assert len(first) == 32
    assert make_keyring(tmp_path).token_key() == first


def test_no_half_written_file_stays_behind(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.create_wave_key(1)
    keyring.create_wave_key(1)

    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["wave-1.key"]


def test_what_a_killed_writer_left_is_destroyed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_args: object, **_options: object) -> None:
        raise Killed

    keyring, folder = make_keyring(tmp_path), tmp_path / "keys"
    keyring.clear_unfinished()  # before there is a folder
    keyring.make_token_key()
    others = [".nfs0000000000000001", ".0123456789abcdef.swp", ".gitignore"]
    for name in others:
        (folder / name).write_bytes(b"somebody else's")
    with monkeypatch.context() as patched:
        patched.setattr("pulse.surveys.keyring.os.link", die)
        patched.setattr(Path, "unlink", die)
        with pytest.raises(Killed):
            keyring.create_wave_key(1)
    (left,) = [path for path in folder.iterdir() if path.name not in ("token.key", *others)]
    kept = left.open("rb")
    key = left.read_bytes()
    assert len(key) == 32

    keyring.clear_unfinished()

    assert sorted(path.name for path in folder.iterdir()) == sorted(["token.key", *others])
    with kept:
        assert kept.read() != key  # overwritten, not just unlinked


def test_a_writer_that_was_killed_when_its_key_stood_leaves_a_whole_key(tmp_path: Path) -> None:
    keyring, folder = make_keyring(tmp_path), tmp_path / "keys"
    public = keyring.create_wave_key(1)
    (folder / ".0123456789abcdef").hardlink_to(folder / "wave-1.key")

    keyring.clear_unfinished()

    assert [path.name for path in folder.iterdir()] == ["wave-1.key"]
    assert bytes(keyring.load_wave_key(1).public_key) == public


def test_two_who_destroy_the_same_key_do_not_stumble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = make_keyring(tmp_path)
    keyring.create_wave_key(1)
    overwrite = secrets.token_bytes

    def after_the_other(size: int) -> bytes:
        monkeypatch.undo()
        keyring.destroy_wave_key(1)
        return overwrite(size)

    monkeypatch.setattr("pulse.surveys.keyring.secrets.token_bytes", after_the_other)
    keyring.destroy_wave_key(1)
    assert keyring.list_wave_keys() == []


def test_a_lost_token_key_is_not_made_anew_behind_anybodys_back(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=r"^The file token\.key is not in the key directory: put it back"):
        make_keyring(tmp_path).token_key()


def test_a_damaged_key_file_is_told_in_words(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.create_wave_key(1)
    (file,) = tmp_path.rglob("wave-1.key")
    file.write_bytes(b"short")
    with pytest.raises(KeyMissing, match=r"^The key file of this wave is damaged: put back a whole copy"):
        keyring.load_wave_key(1)


def test_a_seal_fits_what_was_sealed_and_nothing_else(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.write_seal(1, b"as it was")
    keyring.write_seal(2, b"as it was")

    assert keyring.read_seal(1, b"as it was") == b""
    assert keyring.read_seal(1, b"as it is") is None
    assert keyring.read_seal(3, b"as it was") is None
    assert len({path.read_bytes() for path in (tmp_path / "keys").glob("seal-*.key")}) == 2


def test_the_note_of_a_seal_cannot_be_changed(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.write_seal(1, b"as it was", b"until Monday")
    assert keyring.read_seal(1, b"as it was") == b"until Monday"

    (file,) = (tmp_path / "keys").iterdir()
    file.write_bytes(file.read_bytes().replace(b"Monday", b"Friday"))
    assert keyring.read_seal(1, b"as it was") is None


@pytest.mark.parametrize("damaged", [b"", b"short", bytes(64)])
def test_a_damaged_seal_fits_nothing(damaged: bytes, tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.write_seal(1, b"as it was")
    (tmp_path / "keys" / "seal-1.key").write_bytes(damaged)

    assert keyring.read_seal(1, b"as it was") is None


def test_an_opening_that_crashed_may_seal_again(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.write_seal(1, b"first try")
    keyring.write_seal(1, b"second try")

    assert keyring.read_seal(1, b"second try") is not None
    assert mode_of(tmp_path / "keys" / "seal-1.key") == 0o600


def test_every_file_of_a_wave_goes_with_its_key(tmp_path: Path) -> None:
    keyring = make_keyring(tmp_path)
    keyring.make_token_key()
    for wave in (1, 12):
        keyring.create_wave_key(wave)
        keyring.write_seal(wave, b"as it was")
    keyring.make_inbox_key(12)
    keyring.make_inbox_key(3)
    assert keyring.list_wave_keys() == [1, 3, 12]

    keyring.destroy_wave_key(12)

    assert keyring.list_wave_keys() == [1, 3]
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == [
        *("inbox-3.key", "seal-1.key", "token.key", "wave-1.key")
    ]


def test_an_inbox_is_made_once(tmp_path: Path) -> None:
    first = bytes(make_keyring(tmp_path).make_inbox_key(1))
    assert bytes(make_keyring(tmp_path).make_inbox_key(1)) == first
