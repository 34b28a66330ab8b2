"""Where the bytes of uploads lie: each encrypted, under the key of its upload (`sealed_files`)."""

from dosojin_web.database.sealed_files import FileDamaged, SealedFiles

FILES = SealedFiles("uploads")

find_folder = FILES.find_folder
find_path = FILES.find_path
keep = FILES.keep
forget = FILES.forget
all_names = FILES.all_names


class UploadDamaged(Exception):
    """The bytes of an upload are gone, or not those that were kept; the message says which file."""


def fetch(name: str) -> bytes:
    """The bytes that were kept. UploadDamaged if they are gone or changed, or their key is."""
    try:
        return FILES.fetch(name)
    except FileDamaged as problem:
        raise UploadDamaged(str(problem)) from None
