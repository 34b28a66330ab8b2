"""Encrypted fields: what goes in comes out, in its own place only, and nothing is searched."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import hypothesis
import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dosojin_web.database.encrypted_text import (
    EncryptedDateField,
    EncryptedTextField,
    Sealed,
    Undecipherable,
    keyring,
)
from dosojin_web.database.field_rotation import rotate_batch

OLD, NEW, NEWEST = (letter * 32 for letter in (b"o", b"n", b"w"))
texts = st.text(st.characters(exclude_categories=["Cs"]))


@isolate_apps("dosojin_web")
def make_model() -> type[models.Model]:
    class Secret(models.Model):
        key = models.UUIDField(default=uuid4, unique=True, editable=False)
        one = EncryptedTextField(default="")
        two = EncryptedTextField(null=True)
        day = EncryptedDateField(null=True)

        class Meta:
            app_label = "dosojin_web"
            db_table = "secrets"

    return Secret


Secret: Any = make_model()


@pytest.fixture
def table(db: None) -> None:
    """A table for this test; SQLite's schema editor does not work inside its transaction."""
    sql, parameters = connection.schema_editor().table_sql(Secret)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD, NEW]


def raw(column: str, pk: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM secrets WHERE id = %s', [pk])
        return bytes(cursor.fetchone()[0])


def write_raw(column: str, pk: int, content: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE secrets SET "{column}" = %s WHERE id = %s', [content, pk])


anywhere = hypothesis.settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@anywhere
@given(texts, st.none() | texts, st.none() | st.dates())
def test_what_goes_in_comes_out(table: None, one: str, two: str | None, day: date | None) -> None:
    saved = Secret.objects.create(one=one, two=two, day=day)
    found = Secret.objects.get(pk=saved.pk)
    assert (found.one, found.two, found.day) == (one, two, day)
    if len(one) > 2:
        assert one.encode() not in raw("one", saved.pk)


@anywhere
@given(texts, texts)
def test_another_place_does_not_decrypt(table: None, one: str, two: str) -> None:
    first, second = (Secret.objects.create(one=one, two=two) for _ in range(2))
    for column, content in (
        ("one", raw("one", second.pk)),
        ("one", raw("two", first.pk)),
        ("one", raw("one", first.pk)[:-1] + bytes([raw("one", first.pk)[-1] ^ 1])),
    ):
        write_raw(column, first.pk, content)
        with pytest.raises(Undecipherable, match="changed or belongs to another place"):
            _ = Secret.objects.get(pk=first.pk).one


@given(texts)
def test_the_table_is_part_of_the_place(text: str) -> None:
    key = uuid4()
    sealed = keyring().seal(text.encode(), f"other\0{key}\0one".encode())
    with pytest.raises(Undecipherable):
        Secret._meta.get_field("one").open(sealed, key)


def test_the_same_text_is_never_encrypted_the_same(table: None) -> None:
    saved = Secret.objects.create(one="山田")
    before = raw("one", saved.pk)
    saved.save()
    assert raw("one", saved.pk) != before
    assert Secret.objects.get().one == "山田"


def test_an_unread_value_is_saved_as_it_came(table: None) -> None:
    saved = Secret.objects.create(one="山田")
    before = raw("one", saved.pk)
    Secret.objects.get().save()
    assert raw("one", saved.pk) == before


def test_many_are_created_at_once(table: None) -> None:
    Secret.objects.bulk_create([Secret(one=str(n), two=None) for n in range(20)])
    assert [row.one for row in Secret.objects.order_by("pk")] == [str(n) for n in range(20)]


def test_deferred_and_refreshed_values_are_decrypted(table: None) -> None:
    saved = Secret.objects.create(one="a", two="b")
    assert Secret.objects.only("one").get().one == "a"
    assert Secret.objects.defer("one", "key").get().one == "a"
    saved.one = "changed"
    saved.refresh_from_db(fields=["one"])
    assert saved.one == "a"


def test_nothing_is_looked_up(table: None) -> None:
    Secret.objects.create(one="a", two=None)
    for search in ({"one": "a"}, {"one__contains": "a"}, {"one__in": ["a"]}, {"day__year": 2000}):
        with pytest.raises(FieldError, match="is encrypted"):
            Secret.objects.filter(**search)
    with pytest.raises(FieldError, match="is encrypted"):
        Secret.objects.get_or_create(one="a")
    assert Secret.objects.filter(two__isnull=True).count() == 1


def test_a_query_sets_no_clear_value(table: None) -> None:
    saved = Secret.objects.create(one="a")
    with pytest.raises(FieldError, match="is encrypted"):
        Secret.objects.update(one="b")
    saved.one = "b"
    with pytest.raises(FieldError, match="is encrypted"):
        Secret.objects.bulk_update([saved], ["one"])


def test_values_stay_sealed_and_unspoken(table: None) -> None:
    Secret.objects.create(one="a")
    [sealed] = Secret.objects.values_list("one", flat=True)
    assert repr(sealed) == "Sealed()" and sealed.key_id == keyring().newest


def test_a_row_without_a_key_is_not_saved(table: None) -> None:
    with pytest.raises(ValueError, match="needs its key"):
        Secret(key=None, one="a").save()


def test_older_keys_decrypt_and_rotation_renews(table: None, settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    saved = Secret.objects.create(one="a", two=None, day=date(2000, 2, 29))
    settings.FIELD_KEYS = [OLD, NEW]
    assert Secret.objects.get().one == "a"
    assert rotate_batch(Secret, [saved.pk]) == 1
    assert rotate_batch(Secret, [saved.pk]) == 0
    settings.FIELD_KEYS = [NEW]
    found = Secret.objects.get()
    assert (found.one, found.two, found.day) == ("a", None, date(2000, 2, 29))
    settings.FIELD_KEYS = [NEWEST]
    with pytest.raises(Undecipherable, match="no key with the id"):
        _ = Secret.objects.get().one


@pytest.mark.parametrize("wrong", [[], [b"short"], [OLD, OLD]])
def test_unusable_keys_are_refused(settings: Any, wrong: list[bytes]) -> None:
    settings.FIELD_KEYS = wrong
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        keyring()


def test_what_is_no_encrypted_value_is_said_to_be_none() -> None:
    with pytest.raises(Undecipherable, match="not an encrypted value"):
        Secret._meta.get_field("one").open(Sealed(b"clear"), UUID(int=1))


@isolate_apps("dosojin_web")
def test_a_model_without_a_key_is_an_error() -> None:
    class Keyless(models.Model):
        one = EncryptedTextField(db_index=True)

        class Meta:
            app_label = "dosojin_web"

    messages = [problem.msg for problem in Keyless._meta.get_field("one").check()]
    assert len(messages) == 2 and "needs a key" in messages[0] and "neither index" in messages[1]
    assert Secret._meta.get_field("one").check() == []
