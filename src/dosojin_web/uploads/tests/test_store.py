"""What lies on the disk is encrypted, bound to its place, and follows the keys."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dosojin_web.database.file_rotation import rotate_files
from dosojin_web.uploads import store
from dosojin_web.uploads.models import Upload
from dosojin_web.uploads.store import UploadDamaged, find_path

from .conftest import image, pdf

Send = Callable[..., Upload]
NEWER = b"n" * 32


def test_nothing_of_a_file_is_on_the_disk(send: Send, folder: Path) -> None:
    upload = send(image("JPEG"))
    found = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert len(found) == 2
    assert not any(b"CameraOfTaro" in each or b"\xff\xd8\xff" in each for each in found)
    assert upload.read() == image("JPEG")


@pytest.mark.parametrize("place", [0, 1, 20, -1])
def test_a_changed_file_gives_nothing_and_says_what_to_do(send: Send, place: int) -> None:
    upload = send(pdf())
    path = find_path(str(upload.key))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(UploadDamaged, match=rf"{upload.key} cannot be read .*Restore .*backup"):
        upload.read()


def test_a_file_in_the_place_of_another_is_not_read(send: Send) -> None:
    one, other = send(pdf(1)), send(pdf(2))
    find_path(str(one.key)).write_bytes(find_path(str(other.key)).read_bytes())
    with pytest.raises(UploadDamaged, match="belongs to another place"):
        one.read()


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_file_that_was_cut_is_damaged(send: Send, content: bytes) -> None:
    upload = send(pdf())
    find_path(str(upload.key)).write_bytes(content)
    with pytest.raises(UploadDamaged, match="not an encrypted value"):
        upload.read()


def test_a_file_that_is_gone_is_named(send: Send) -> None:
    upload = send(pdf())
    store.forget(str(upload.key))
    with pytest.raises(UploadDamaged, match=f"{upload.key} is gone"):
        upload.read()


def rotate() -> str:
    out = StringIO()
    call_command("rotate_field_keys", stdout=out)
    return out.getvalue()


def test_rotation_takes_the_files_along(send: Send, settings: Any) -> None:
    upload = send(image("JPEG"))
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]
    assert upload.read() == image("JPEG"), "the older key is still known"
    assert "and 2 files are now under the key" in rotate()
    assert "and 0 files" in rotate()
    settings.FIELD_KEYS = [NEWER]
    assert upload.read() == image("JPEG") and upload.read_picture()


def test_rotation_says_that_a_file_cannot_be_read(send: Send, settings: Any) -> None:
    damaged, sound = send(pdf(1)), send(pdf(2))
    path = find_path(str(damaged.key))
    path.write_bytes(path.read_bytes()[:-1])
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]
    with pytest.raises(CommandError, match="1 files cannot be read: keep the older keys"):
        rotate()
    settings.FIELD_KEYS = [NEWER]
    assert sound.read() == pdf(2)


def test_what_a_killed_rotation_left_behind_is_no_file(send: Send, folder: Path) -> None:
    upload = send(pdf())
    draft = find_path(str(upload.key)).with_name(f".{upload.key}.0123456789abcdef")
    draft.write_bytes(b"half")
    assert rotate_files(store.FILES) == (0, 0) and list(store.all_names()) == [str(upload.key)]


def test_files_of_before_lay_in_clear_and_are_sealed_once(send: Send, folder: Path) -> None:
    upload = send(image("HEIF"))
    picture = upload.read_picture()
    for name, content in zip(upload.names, (image("HEIF"), picture), strict=True):
        store.forget(name)
        find_path(name).with_name(name).write_bytes(content)
    seal = import_module("dosojin_web.uploads.migrations.0003_files_are_sealed").seal
    for _ in range(2):
        seal(None, None)
    assert (upload.read(), upload.read_picture()) == (image("HEIF"), picture)
    assert all(path.name.endswith(".sealed") for path in folder.rglob("*") if path.is_file())
