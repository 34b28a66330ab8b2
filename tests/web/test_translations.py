"""Every sentence of the site has its Japanese."""

from __future__ import annotations

import re

import pytest
from babel.messages import Message
from babel.messages.mofile import read_mo

from dosojin_web.translations import find_messages, list_catalogues, read_catalogue

CATALOGUES = list_catalogues()
each_catalogue = pytest.mark.parametrize("folder", CATALOGUES)


def message_id(message: str | tuple[str, str]) -> str:
    return message if isinstance(message, str) else message[0]


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def words(message: Message) -> tuple[str, ...]:
    """The Japanese; for what counts things, its only plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_the_catalogues_hold_just_the_messages_of_the_sources() -> None:
    found = {folder: sorted(map(message_id, ids)) for folder, ids in find_messages().items()}
    held = {
        folder: sorted(message_id(message.id) for message in read_catalogue(path) if message.id)
        for folder, path in CATALOGUES.items()
    }
    assert held == found, "run: dosojin-web update_translations"


@each_catalogue
def test_every_message_has_its_japanese(folder: str) -> None:
    catalogue = read_catalogue(CATALOGUES[folder])
    lacking = [m.id for m in catalogue if m.id and not all(words(m))]
    assert lacking == []


@each_catalogue
def test_placeholders_are_the_same_in_both_languages(folder: str) -> None:
    for message in read_catalogue(CATALOGUES[folder]):
        if isinstance(message.id, str) and isinstance(message.string, str):
            names = [
                sorted(re.findall(r"%\(\w+\)s", text)) for text in (message.id, message.string)
            ]
            assert names[0] == names[1], message.id


@each_catalogue
def test_the_compiled_catalogue_is_the_written_one(folder: str) -> None:
    with CATALOGUES[folder].with_suffix(".mo").open("rb") as file:
        compiled = {key(message): words(message) for message in read_mo(file) if message.id}
    catalogue = read_catalogue(CATALOGUES[folder])
    written = {key(message): words(message) for message in catalogue if message.id}
    assert compiled == written, "run: make setup"


@each_catalogue
def test_japanese_sentences_end_politely(folder: str) -> None:
    plain_ends = re.compile(r"(?:だ|である|(?<![まで])した|する|ない|った)。")
    for message in read_catalogue(CATALOGUES[folder]):
        assert not plain_ends.search(str(message.string)), message.string


def test_a_message_has_one_japanese_wherever_it_stands() -> None:
    """Django merges the catalogues: of two translations, one would be shown in both places."""
    said: dict[str, set[tuple[str, ...]]] = {}
    for path in CATALOGUES.values():
        for message in read_catalogue(path):
            if message.id:
                said.setdefault(key(message), set()).add(words(message))
    assert {k: v for k, v in said.items() if len(v) > 1} == {}
