"""Bytes that stand encrypted in the database."""

from dosojin_web.database.encrypted_text import EncryptedField, Get, Set


class EncryptedBytesField(EncryptedField[Set, Get]):
    """Bytes, encrypted like a text; empty ones too."""

    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes
    description = "Bytes, encrypted"

    def write(self, value: bytes) -> bytes:
        return value

    def read(self, content: bytes) -> bytes:
        return content
