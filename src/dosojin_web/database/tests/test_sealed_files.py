"""A sealed file is on the disk whole, for its owner only, and opens in its own place alone."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from dosojin_web.database.file_rotation import count_files, rotate_files
from dosojin_web.database.sealed_files import FileDamaged, FileGone, SealedFiles

FILES = SealedFiles("letters")
NAME = "abcd.txt"
NEWER = b"n" * 32


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "letters"


def lying(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write_clear(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_kept_encrypted_for_the_owner_only(folder: Path) -> None:
    FILES.keep(NAME, b"to whom it may concern")
    assert lying(folder) == [FILES.find_path(NAME)] == [folder / "ab" / "abcd.txt.sealed"]
    assert b"concern" not in FILES.find_path(NAME).read_bytes()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))]
    assert modes == [0o700, 0o700, 0o600]
    assert FILES.fetch(NAME) == b"to whom it may concern"


def test_file_and_folder_are_on_the_disk_in_this_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def note(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, FILES.find_path(NAME).exists()))

    monkeypatch.setattr(os, "fsync", note)
    FILES.keep(NAME, b"1")
    above, spread, file, named = (
        path.stat().st_ino for path in (folder.parent, folder, FILES.find_path(NAME), folder / "ab")
    )
    assert synced == [(above, False), (spread, False), (file, False), (named, True)]


def test_a_write_that_fails_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILES.keep(NAME, b"before")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk full"):
        patch.setattr(os, "fsync", fail)
        FILES.keep(NAME, b"after")
    assert len(lying(folder)) == 1 and FILES.fetch(NAME) == b"before"


def test_a_file_of_another_folder_is_not_read(folder: Path) -> None:
    FILES.keep(NAME, b"1")
    other = SealedFiles("bills")
    other.keep(NAME, b"2")
    other.find_path(NAME).replace(FILES.find_path(NAME))
    with pytest.raises(FileDamaged, match=r"letters, the file abcd.txt cannot .*another place"):
        FILES.fetch(NAME)


def test_a_file_whose_key_is_gone_says_so(settings: Any) -> None:
    FILES.keep(NAME, b"1")
    settings.FIELD_KEYS = [NEWER]
    with pytest.raises(FileDamaged, match="there is no key with the id"):
        FILES.fetch(NAME)


def test_what_was_forgotten_is_gone() -> None:
    FILES.keep(NAME, b"1")
    FILES.forget(NAME)
    FILES.forget(NAME)
    with pytest.raises(FileGone, match=r"abcd.txt is gone\. Restore .*abcd.txt.sealed"):
        FILES.fetch(NAME)


def test_rotation_renews_once_and_passes_over_what_it_cannot_read(settings: Any) -> None:
    for name in ("one", "two", "torn"):
        FILES.keep(name, name.encode())
    FILES.find_path("torn").write_bytes(b"torn")
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]
    seen: list[int] = []
    assert rotate_files(FILES, seen.append) == (2, 1)
    assert sum(seen) == count_files(FILES) == 3
    assert rotate_files(FILES) == (0, 1)
    settings.FIELD_KEYS = [NEWER]
    assert [FILES.fetch(name) for name in ("one", "two")] == [b"one", b"two"]
    assert FILES.find_path("torn").read_bytes() == b"torn"


def test_what_goes_while_it_is_renewed_is_no_damage(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILES.keep(NAME, b"1")
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]

    def fetch(files: SealedFiles, name: str) -> bytes:
        raise FileGone(name)

    with monkeypatch.context() as patch:
        patch.setattr(SealedFiles, "fetch", fetch)
        assert not FILES.renew(NAME)
    FILES.forget(NAME)
    assert not FILES.renew(NAME)


def test_clear_files_are_sealed_as_old_as_they_were(folder: Path) -> None:
    clear = write_clear(folder, NAME, b"clear")
    os.utime(clear, (1000, 1000))
    assert FILES.seal_clear() == 1 and FILES.seal_clear() == 0
    assert lying(folder) == [FILES.find_path(NAME)] and FILES.fetch(NAME) == b"clear"
    assert FILES.find_path(NAME).stat().st_mtime == 1000


def test_sealing_goes_on_where_it_stopped(folder: Path) -> None:
    """What was sealed before the stop stays; half of one is written again."""
    FILES.keep("done", b"sealed")
    write_clear(folder, "done", b"altered since")
    write_clear(folder, "half", b"clear")
    FILES.keep("half", b"clear")
    FILES.find_path("half").write_bytes(b"half")
    assert FILES.seal_clear() == 2
    assert (FILES.fetch("done"), FILES.fetch("half")) == (b"sealed", b"clear")


def test_without_a_folder_there_is_nothing_to_do(folder: Path) -> None:
    assert (FILES.seal_clear(), count_files(FILES), rotate_files(FILES)) == (0, 0, (0, 0))
    assert not folder.exists()
