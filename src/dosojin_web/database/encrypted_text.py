"""Texts and days that stand encrypted in the database.

A value is encrypted with AES-GCM when its row is saved and decrypted when it is first read. Table,
row and column are authenticated with it: moved to another place, it does not decrypt. The row is
named by ``key``, a UUID that the model makes in Python, so that it is known before the insert.

Stored is: one byte that names the key, 12 bytes of nonce, the encrypted bytes, 16 bytes of tag.
None is NULL; "" is encrypted like any other text. The length of a text shows in the database.

Such a column cannot be looked up, compared or sorted by its value, which is refused rather than
finding nothing. ``values()`` and ``values_list()`` give it ``Sealed``: read it from the instance.
"""

import os
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError, ImproperlyConfigured
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from .field_keys import KeysUnreadable, check_field_keys, key_id

NONCE_BYTES = 12
TAG_BYTES = 16

# What may be set, and what is read: django-stubs fills these in, None among them where it may be.
Set = TypeVar("Set")
Get = TypeVar("Get")


class Undecipherable(Exception):
    """An encrypted value was changed, or moved, or its key is missing."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted value as the database holds it."""

    content: bytes = field(repr=False)

    @property
    def key_id(self) -> int:
        """Which key encrypted it."""
        return self.content[0]


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in use, ready to work."""

    newest: int
    ciphers: dict[int, AESGCM] = field(repr=False)

    def seal(self, content: bytes, place: bytes) -> Sealed:
        """``content`` encrypted with the newest key, for this place only."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self.ciphers[self.newest].encrypt(nonce, content, place)
        return Sealed(bytes((self.newest,)) + nonce + sealed)

    def open(self, sealed: Sealed, place: bytes) -> bytes:
        """What was encrypted. Undecipherable, with the place and never the content."""
        content = sealed.content
        if len(content) < 1 + NONCE_BYTES + TAG_BYTES:
            raise Undecipherable(f"{describe(place)}: this is not an encrypted value")
        cipher = self.ciphers.get(content[0])
        if cipher is None:
            raise Undecipherable(
                f"{describe(place)}: there is no key with the id {content[0]}. "
                "Put the key that was in use back into the file of field keys."
            )
        try:
            return cipher.decrypt(content[1 : 1 + NONCE_BYTES], content[1 + NONCE_BYTES :], place)
        except InvalidTag:
            raise Undecipherable(
                f"{describe(place)}: the value was changed or belongs to another place"
            ) from None


def describe(place: bytes) -> str:
    """A place in words for a message."""
    return " ".join(place.decode("utf-8").split("\0"))


@lru_cache(maxsize=8)
def _make_keyring(keys: tuple[bytes, ...]) -> Keyring:
    try:
        check_field_keys(keys)
    except KeysUnreadable as problem:
        raise ImproperlyConfigured(f"FIELD_KEYS: {problem}") from None
    return Keyring(key_id(keys[-1]), {key_id(key): AESGCM(key) for key in keys})


def keyring() -> Keyring:
    """The keys of the setting ``FIELD_KEYS``. ImproperlyConfigured if they cannot be used."""
    return _make_keyring(tuple(settings.FIELD_KEYS))


class OpenedOnReading(DeferredAttribute):
    """The attribute of an encrypted field: decrypts what was loaded when it is first read.

    It has a ``__set__`` so that Python asks it even when the instance holds a value of that name.
    """

    field: "EncryptedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = self.field.open(value, row_key(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


def row_key(instance: models.Model) -> UUID:
    """The key that names the row of an instance. ValueError if it has none."""
    key = getattr(instance, "key", None)
    if key is None:
        raise ValueError(f"{instance._meta.label}: a row with encrypted fields needs its key first")
    return key if isinstance(key, UUID) else UUID(str(key))


if TYPE_CHECKING:
    Field = models.Field
else:

    class Field(models.Field):
        """Django's own class, which takes no brackets."""

        def __class_getitem__(cls, types: Any) -> Any:
            return cls


class EncryptedField(Field[Set, Get]):
    """What encrypted fields share; ``write`` and ``read`` turn a value into bytes and back."""

    descriptor_class = OpenedOnReading
    empty_strings_allowed = False

    def write(self, value: Any) -> bytes:
        """The bytes to encrypt."""
        raise NotImplementedError

    def read(self, content: bytes) -> Any:
        """The value that was written."""
        raise NotImplementedError

    def place(self, key: UUID) -> bytes:
        """Table, row and column, which are authenticated with the value."""
        return f"{self.model._meta.db_table}\0{key}\0{self.column}".encode()

    def seal(self, value: Any, key: UUID) -> Sealed:
        """A value encrypted for the row named ``key``."""
        return keyring().seal(self.write(value), self.place(key))

    def open(self, sealed: Sealed, key: UUID) -> Any:
        """The value that was encrypted for the row named ``key``. Undecipherable otherwise."""
        return self.read(keyring().open(sealed, self.place(key)))

    def reseal(self, sealed: Sealed, key: UUID) -> Sealed:
        """The same value under the newest key."""
        return self.seal(self.open(sealed, key), key)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        """What a query gives: still encrypted."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The encrypted value of an instance; what was never read is written as it came."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return self.seal(self.to_python(value), row_key(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        """Refuses clear values: nothing but ``save`` and ``bulk_create`` knows the row."""
        if value is None or isinstance(value, Sealed):
            return value
        raise FieldError(
            f"{self} is encrypted: its value cannot be searched for or set by a query. "
            "Search an index of keyed hashes, and write with save() or bulk_create()."
        )

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        value = self.get_prep_value(value)
        if isinstance(value, Sealed):
            return cast(Any, connection).Database.Binary(value.content)
        return None

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self} is encrypted: only isnull can be asked of it, not {lookup_name}. "
            "Search an index of keyed hashes."
        )

    def get_transform(self, lookup_name: str) -> Any:
        """None: nothing can be made of an encrypted value."""
        return None

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_key(), *self._check_options()]

    def _check_key(self) -> list[checks.CheckMessage]:
        try:
            key = self.model._meta.get_field("key")
        except FieldDoesNotExist:
            key = None
        if isinstance(key, models.UUIDField) and key.unique and key.has_default():
            return []
        hint = "key = models.UUIDField(default=uuid4, unique=True, editable=False)"
        return [checks.Error("A model with encrypted fields needs a key.", hint=hint, obj=self)]

    def _check_options(self) -> list[checks.CheckMessage]:
        if not (self.unique or getattr(self, "db_index", False)):
            return []
        return [checks.Error("An encrypted field can be neither index nor key.", obj=self)]


class EncryptedTextField(EncryptedField[Set, Get]):
    """A text, encrypted. ``max_length`` counts characters and holds in forms and ``full_clean``."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str
    description = "Text, encrypted"
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def write(self, value: str) -> bytes:
        return value.encode("utf-8")

    def read(self, content: bytes) -> str:
        return content.decode("utf-8")

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str | Sealed) else str(value)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"max_length": self.max_length, **kwargs})


class EncryptedDateField(EncryptedField[Set, Get]):
    """A day, encrypted."""

    _pyi_private_set_type: date
    _pyi_private_get_type: date
    description = "Day, encrypted"

    def write(self, value: date) -> bytes:
        return value.isoformat().encode("ascii")

    def read(self, content: bytes) -> date:
        return date.fromisoformat(content.decode("ascii"))

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else models.DateField().to_python(value)
