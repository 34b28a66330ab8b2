"""Every sentence of the site has its Japanese."""

from __future__ import annotations

import re

from babel.messages import Message
from babel.messages.mofile import read_mo

from dosojin_web.translations import CATALOGUE, find_messages, read_catalogue


def message_id(message: str | tuple[str, str]) -> str:
    return message if isinstance(message, str) else message[0]


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def words(message: Message) -> tuple[str, ...]:
    """The Japanese; for what counts things, its only plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_the_catalogue_holds_just_the_messages_of_the_sources() -> None:
    found = {message_id(message) for message in find_messages()}
    held = {message_id(message.id) for message in read_catalogue() if message.id}
    assert sorted(found ^ held) == [], "run: dosojin-web update_translations"


def test_every_message_has_its_japanese() -> None:
    lacking = [m.id for m in read_catalogue() if m.id and not all(words(m))]
    assert lacking == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message in read_catalogue():
        if isinstance(message.id, str) and isinstance(message.string, str):
            names = [
                sorted(re.findall(r"%\(\w+\)s", text)) for text in (message.id, message.string)
            ]
            assert names[0] == names[1], message.id


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {key(message): words(message) for message in read_mo(file) if message.id}
    written = {key(message): words(message) for message in read_catalogue() if message.id}
    assert compiled == written, "run: make setup"


def test_japanese_sentences_end_politely() -> None:
    plain_ends = re.compile(r"(?:だ|である|(?<!ま)した|する|ない|った)。")
    for message in read_catalogue():
        assert not plain_ends.search(str(message.string)), message.string
