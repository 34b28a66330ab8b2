"""Documents lie encrypted, once for the same bytes, and give nothing but what was issued."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.documents import store
from dosojin_web.documents.operations.issue_document import issue, open_document
from dosojin_web.documents.specimens import certificate
from dosojin_web.documents.store import DocumentAltered, DocumentMissing, fetch, find_path, keep

CONTENT = b"%PDF-1.7\n/Title (Certificate of Haruka Sato)\n%%EOF\n"
NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
NEWER = b"n" * 32


def lying(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_an_issued_document_is_no_pdf_on_the_disk(folder: Path) -> None:
    document = issue(certificate("ja"), "K26-000123", SYSTEM, NOW)
    printed = open_document(document)
    assert printed.startswith(b"%PDF")
    (path,) = lying(folder)
    assert path.name == f"{document.sha256}.pdf.sealed"
    kept = path.read_bytes()
    assert not any(part in kept for part in (b"%PDF", b"obj", b"%%EOF", printed[-40:]))


def test_the_same_bytes_lie_there_once_and_are_not_written_again(folder: Path) -> None:
    sha256 = keep(CONTENT)
    kept = find_path(sha256).read_bytes()
    assert keep(CONTENT) == sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert lying(folder) == [find_path(sha256)]
    assert find_path(sha256).read_bytes() == kept, "a second seal has another nonce"
    assert fetch(sha256) == CONTENT


def test_keeping_again_mends_what_was_altered() -> None:
    sha256 = keep(CONTENT)
    find_path(sha256).write_bytes(b"altered")
    assert keep(CONTENT) == sha256 and fetch(sha256) == CONTENT


def flip(place: int) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        changed = bytearray(content)
        changed[place] ^= 1
        return bytes(changed)

    return flip


@pytest.mark.parametrize(
    "alter",
    [
        *(flip(place) for place in (0, 1, 20, -1)),
        lambda kept: kept[:-1],
        lambda kept: kept[:20],
        lambda kept: b"",
        lambda kept: CONTENT,
    ],
)
def test_altered_or_cut_it_gives_nothing(alter: Callable[[bytes], bytes]) -> None:
    path = find_path(sha256 := keep(CONTENT))
    path.write_bytes(alter(path.read_bytes()))
    with pytest.raises(DocumentAltered, match=r"Restore .* from a backup") as refused:
        fetch(sha256)
    assert not isinstance(refused.value, DocumentMissing)


def test_one_in_the_place_of_another_gives_nothing() -> None:
    one, other = keep(CONTENT), keep(CONTENT + b"\n")
    find_path(other).replace(find_path(one))
    with pytest.raises(DocumentAltered, match="another place"):
        fetch(one)
    with pytest.raises(DocumentMissing, match="backup"):
        fetch(other)


def rotate() -> str:
    out = StringIO()
    call_command("rotate_field_keys", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_rotation_takes_documents_along(settings: Any) -> None:
    document = issue(certificate("ja"), "K26-000123", SYSTEM, NOW)
    printed = open_document(document)
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]
    assert open_document(document) == printed, "the older key is still known"
    assert "and 1 files are now under the key" in rotate()
    assert "and 0 files" in rotate()
    settings.FIELD_KEYS = [NEWER]
    assert open_document(document) == printed


@pytest.mark.django_db
def test_rotation_counts_what_cannot_be_read(settings: Any, tmp_path: Path) -> None:
    find_path(keep(CONTENT)).write_bytes(b"altered")
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, NEWER]
    with pytest.raises(CommandError, match="1 files cannot be read: keep the older keys"):
        rotate()


def test_every_store_is_rotated() -> None:
    """One that the command forgot would lose its files with the older key."""
    site = Path(store.__file__).parents[1]
    sources = (path for path in site.rglob("*.py") if "tests" not in path.parts)
    made = sum(path.read_text("utf-8").count("= SealedFiles(") for path in sources)
    stores = import_module("dosojin_web.management.commands.rotate_field_keys").STORES
    assert made == len(set(stores)) and store.FILES in stores


def lay_clear(content: bytes, sha256: str) -> Path:
    """As documents lay before they were sealed."""
    path = find_path(sha256).with_name(f"{sha256}.pdf")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def migrate() -> None:
    (operation,) = import_module(
        "dosojin_web.documents.migrations.0003_files_are_sealed"
    ).Migration.operations
    operation.code(None, None)


def test_documents_of_before_are_sealed(folder: Path) -> None:
    contents = [CONTENT + bytes([number]) for number in range(3)]
    names = [hashlib.sha256(content).hexdigest() for content in contents]
    keep(contents[0])  # killed after it was sealed, before the clear one went
    for name, content in zip(names, contents, strict=True):
        lay_clear(content, name)
    lay_clear(b"", names[1]).with_name(".tmpabc.part").write_bytes(CONTENT[:9])
    lay_clear(contents[1], names[1])
    for _ in range(2):
        migrate()
        assert lying(folder) == sorted(find_path(name) for name in names)
        assert [fetch(name) for name in names] == contents


def test_what_was_altered_in_clear_is_not_vouched_for_by_its_seal() -> None:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    lay_clear(CONTENT.replace(b"Haruka", b"Another"), sha256)
    migrate()
    with pytest.raises(DocumentAltered, match="not as it was issued"):
        fetch(sha256)


def test_a_site_without_documents_migrates(folder: Path) -> None:
    migrate()
    assert not folder.exists()
