"""Encrypting what stands in the database anew, under the newest key.

A batch is one transaction, so that rotation may be stopped and started again, beside running
servers. A model that keeps something else under the keys has ``renew_index(self)``, which is called
for each row in the same transaction.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from .encrypted_text import EncryptedField, Sealed, keyring

BATCH_ROWS = 500


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField[Any, Any]]:
    """The encrypted fields of a model."""
    return [found for found in model._meta.concrete_fields if isinstance(found, EncryptedField)]


def encrypted_models() -> list[type[models.Model]]:
    """Every model that has some, by table."""
    found = [model for model in apps.get_models() if encrypted_fields(model)]
    return sorted(found, key=lambda model: model._meta.db_table)


def count_rows() -> int:
    """How many rows a rotation looks at."""
    return sum(model._base_manager.count() for model in encrypted_models())


def key_ids_in_use(model: type[models.Model]) -> set[int]:
    """The ids of the keys under which a model's values stand: a key outside may be dropped."""
    names = [found.attname for found in encrypted_fields(model)]
    rows = model._base_manager.values_list(*names).iterator()
    return {value.key_id for row in rows for value in row if isinstance(value, Sealed)}


def rotate_rows(report: Callable[[int], None] = lambda rows: None) -> int:
    """Bring every row to the newest key; ``report`` hears how many rows a batch looked at.

    Returns how many rows were written.
    """
    written = 0
    for model in encrypted_models():
        for keys in _batches(model):
            written += rotate_batch(model, keys)
            report(len(keys))
    return written


def rotate_batch(model: type[models.Model], keys: list[Any]) -> int:
    """Bring the rows with these primary keys to the newest key; returns how many were written."""
    newest, written = keyring().newest, 0
    fields = encrypted_fields(model)
    names = [found.attname for found in fields]
    with transaction.atomic():
        rows = model._base_manager.select_for_update().filter(pk__in=keys)
        for pk, key, *values in rows.values_list("pk", "key", *names):
            changed = {
                found.attname: found.reseal(value, key)
                for found, value in zip(fields, values, strict=True)
                if isinstance(value, Sealed) and value.key_id != newest
            }
            if changed:
                model._base_manager.filter(pk=pk).update(**changed)
                if hasattr(model, "renew_index"):
                    model._base_manager.get(pk=pk).renew_index()
                written += 1
    return written


def _batches(model: type[models.Model]) -> Iterator[list[Any]]:
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    keys = list(rows[:BATCH_ROWS])
    while keys:
        yield keys
        keys = list(rows.filter(pk__gt=keys[-1])[:BATCH_ROWS])
