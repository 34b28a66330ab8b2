"""The database, the key and the colours as they must be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from dosojin_web.secret import read_or_make_secret_key
from dosojin_web.settings.base import read_database

TOKENS = Path(settings.SOURCE) / "static" / "css" / "tokens.css"


@pytest.mark.django_db(transaction=True)
def test_the_database_waits_its_turn_and_keeps_its_links() -> None:
    if connection.vendor == "sqlite":
        assert [ask(f"PRAGMA {name}") for name in ("foreign_keys", "synchronous")] == [1, 1]
        assert ask("PRAGMA recursive_triggers") == 1
        options = settings.DATABASES["default"]["OPTIONS"]
        assert "journal_mode=WAL" in options["init_command"]
        assert options["transaction_mode"] == "IMMEDIATE"
    else:
        assert connection.pool is not None
        assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
        assert ask("SHOW transaction_isolation") == "read committed"


def ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_a_database_is_named_by_its_address() -> None:
    found = read_database("postgres://someone:secret@db.example/dosojin?sslmode=require")
    assert (found["HOST"], found["NAME"], found["USER"]) == ("db.example", "dosojin", "someone")
    assert found["OPTIONS"] == {"pool": {"min_size": 1, "max_size": 8}, "sslmode": "require"}
    assert read_database("")["ENGINE"] == "dosojin_web.database.patient_sqlite"


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = read_or_make_secret_key(path)
    assert len(key) >= 50
    assert read_or_make_secret_key(path) == key
    assert path.stat().st_mode & 0o077 == 0


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    *((text, ground, 4.5) for text in ("ink", "ink-soft", "accent", "accent-strong", "red")
      for ground in ("surface", "surface-raised")),
    *((text, "surface-sunken", 4.5) for text in ("ink", "ink-soft")),
    *((text, "accent-soft", 4.5) for text in ("ink", "ink-soft", "accent")),
    *((tone, f"{tone}-soft", 4.5) for tone in ("green", "amber", "red")),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("line-control", "surface", 3),
    ("line-control", "surface-raised", 3),
    ("accent", "surface-sunken", 3),
]  # fmt: skip


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_from_their_ground(scheme: int) -> None:
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text("utf-8"))
    colours = {name: (light, dark)[scheme] for name, light, dark in found}
    for text, ground, least in PAIRS:
        ratio = contrast(colours[text], colours[ground])
        assert ratio >= least, f"{text} on {ground}: {ratio:.2f}, at least {least}"
