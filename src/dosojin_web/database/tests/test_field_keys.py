"""The file of field keys: made once, read by all, extended, never printed."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dosojin_web.database.field_keys import (
    KEY_BYTES,
    KeysUnreadable,
    add_field_key,
    key_id,
    make_field_key,
    parse_field_keys,
    read_or_make_field_keys,
)


def test_servers_that_start_together_have_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "new" / "field_keys"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: read_or_make_field_keys(path), range(16)))
    assert all(keys == found[0] for keys in found) and len(found[0]) == 1
    assert len(found[0][0]) == KEY_BYTES
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["field_keys"]


def test_a_newer_key_is_added_behind(tmp_path: Path) -> None:
    path = tmp_path / "field_keys"
    [first] = read_or_make_field_keys(path)
    newest = add_field_key(path)
    keys = read_or_make_field_keys(path)
    assert keys[0] == first and key_id(keys[1]) == newest
    assert path.stat().st_mode & 0o777 == 0o600


def test_ids_are_distinct() -> None:
    keys: list[bytes] = []
    for _ in range(200):
        keys.append(make_field_key(keys))
    assert len({key_id(key) for key in keys}) == 200


@pytest.mark.parametrize(
    "words", [[], ["?"], ["c2hvcnQ="], [base64.b64encode(b"k" * 32).decode()] * 2]
)
def test_what_is_no_key_is_refused_without_showing_it(words: list[str]) -> None:
    with pytest.raises(KeysUnreadable) as caught:
        parse_field_keys(words)
    assert not any(word in str(caught.value) for word in words)
