"""Files appear under their final name whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from dosojin.values.problems import Problem
from dosojin.values.text import Text

UNFINISHED = ".part"
"""How the names of files end that are still being written; they begin with a dot."""


@contextmanager
def written_whole(path: Path, place: str) -> Iterator[Path]:
    """A temporary name beside `path`; what is written there takes the final name at the end.

    The name is its own for each writer, so that two that write the same file (a task that was
    started twice) don't mix. Problem if it cannot be written; `place` says what was written. The
    temporary file is gone then.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        _keep(beside)
        os.replace(beside, path)
        _keep(path.parent)
    except OSError as error:
        raise unwritable(error, place) from None
    finally:
        beside.unlink(missing_ok=True)


def write_bytes_whole(path: Path, content: bytes, place: str) -> None:
    """Writes a small file whole or not at all; Problem if it cannot be written."""
    with written_whole(path, place) as beside:
        beside.write_bytes(content)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder beside `path` to write into; it takes that name in the end, whole or not at all.

    Problem if there is something of that name already, or if it cannot be written.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise Problem(
            "file.exists",
            str(path),
            Text("もうあります。", "It is there already."),
            Text("別の名前にするか、先に削除してください。", "Give another name, or remove it."),
        )
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
    try:
        beside.mkdir(parents=True)
        yield beside
        os.replace(beside, path)
    except OSError as error:
        raise unwritable(error, str(path)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def remove_unfinished(folder: Path, name: str = "") -> None:
    """Removes what a killed run was writing, of files whose names begin with `name`."""
    for path in folder.glob(f".{escape(name)}*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def unwritable(error: OSError, place: str) -> Problem:
    """What a person is told when the disk takes no more, or the folder is not ours."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "No space" in str(error):
        return Problem(
            "file.disk_full",
            place,
            Text("保存先に空きがありません。", "There is no room left for this file."),
            Text(
                "空きを作ってから、同じコマンドをもう一度実行してください。",
                "Make room and run the same command again.",
            ),
        )
    return Problem(
        "file.unwritable",
        place,
        Text(
            f"ファイルに書き込めません（{error.strerror or error}）。",
            f"This file cannot be written: {error.strerror or error}.",
        ),
        Text("保存先と権限を確かめてください。", "Check the folder and the permission."),
    )


def _keep(path: Path) -> None:
    """Asks the system to have it on the disk before anybody relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # some shared file systems know no such thing for a folder
        if not (path.is_dir() and error.errno in (errno.EINVAL, errno.ENOTSUP, errno.EBADF)):
            raise
    finally:
        os.close(handle)
