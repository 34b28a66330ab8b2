"""Files that lie encrypted below VAR, outside everything that is served.

A file is encrypted whole with AES-GCM under the newest of the field keys, which its first byte
names. Folder and name are authenticated with it: nothing is read of a file that was changed, cut or
put in another's place. Files are small enough to be held in memory whole.

A file has its name only once all of it is on the disk; what a killed process left has a dot before.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .encrypted_text import Sealed, Undecipherable, keyring

ENDING = ".sealed"


class FileDamaged(Exception):
    """What lies there is not what was kept, or its key is gone; the message says which file."""


class FileGone(FileDamaged):
    """There is no such file."""


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """The files in one folder below VAR. Moved to another folder, they cannot be read."""

    folder: str

    def find_folder(self) -> Path:
        """Below it lie all of them."""
        return Path(settings.VAR) / self.folder

    def find_path(self, name: str) -> Path:
        """Where a file lies; spread over folders by the first letters of its name."""
        return self.find_folder() / name[:2] / f"{name}{ENDING}"

    def keep(self, name: str, content: bytes) -> None:
        """Write the bytes for their owner only (0600), on the disk whole before this returns."""
        path = self.find_path(name)
        sealed = keyring().seal(content, self._place(name)).content
        _make_folder(self.find_folder())
        _make_folder(path.parent)
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def fetch(self, name: str) -> bytes:
        """The bytes that were kept. FileGone, or FileDamaged if they or their key changed."""
        path = self.find_path(name)
        try:
            return keyring().open(Sealed(path.read_bytes()), self._place(name))
        except FileNotFoundError:
            raise FileGone(
                f"In {self.folder}, the file {name} is gone. Restore {path} from a backup."
            ) from None
        except Undecipherable as problem:
            raise FileDamaged(
                f"In {self.folder}, the file {name} cannot be read ({problem}). "
                f"Restore {path} from a backup."
            ) from None

    def forget(self, name: str) -> None:
        """Take the file away, if there is one."""
        self.find_path(name).unlink(missing_ok=True)

    def renew(self, name: str) -> bool:
        """Encrypt the file anew if it is not under the newest key; whether it was.

        FileDamaged if it cannot be read; it stays as it is then. One that went meanwhile is fine.
        """
        try:
            with self.find_path(name).open("rb") as file:
                if file.read(1) == bytes((keyring().newest,)):
                    return False
            self.keep(name, self.fetch(name))
        except (FileNotFoundError, FileGone):
            return False
        return True

    def all_names(self) -> Iterator[str]:
        """The names of all files that are there."""
        for path in self.find_folder().glob(f"??/*{ENDING}"):
            yield path.name.removesuffix(ENDING)

    def seal_clear(self) -> int:
        """Encrypt what lies there in clear from the time before; how many files that was.

        Stopped on the way, it goes on where it was: what can be read already is not written again.
        """
        sealed = 0
        for clear in self.find_folder().glob("??/*"):
            name = clear.name
            if name.startswith(".") or name.endswith(ENDING):
                continue
            if not self._can_read(name):
                self.keep(name, clear.read_bytes())
            # As old as it was: those that clean up go by age.
            seen = clear.stat()
            os.utime(self.find_path(name), ns=(seen.st_atime_ns, seen.st_mtime_ns))
            clear.unlink()
            sealed += 1
        return sealed

    def _can_read(self, name: str) -> bool:
        try:
            self.fetch(name)
        except FileDamaged:
            return False
        return True

    def _place(self, name: str) -> bytes:
        return f"{self.folder}\0{name}".encode()


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """The new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
