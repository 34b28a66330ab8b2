"""In a letter shown on a page, our own addresses are links, and nobody else's."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from dosojin_web.mail.links import absolute_address, link_own_addresses


@pytest.fixture(autouse=True)
def own_address(settings: Settings) -> None:
    settings.SITE_URL = "https://www.example.jp"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "See https://www.example.jp/my/?a=1&b=2.",
            'See <a href="/my/?a=1&amp;b=2">https://www.example.jp/my/?a=1&amp;b=2</a>.',
        ),
        ("https://www.example.jp", '<a href="/">https://www.example.jp</a>'),
        (
            "（https://www.example.jp/my/）です",
            '（<a href="/my/">https://www.example.jp/my/</a>）です',
        ),
        ("https://www.example.jp.evil.example/", "https://www.example.jp.evil.example/"),
        ("https://www.example.jp@evil.example/", "https://www.example.jp@evil.example/"),
        ("http://www.example.jp/", "http://www.example.jp/"),
        ("https://evil.example/https://www.example.jp/a", None),
        ("https://www.example.jp//evil.example/", None),
        ("<script>javascript:alert(1)</script>", None),
    ],
)
def test_links(text: str, html: str | None) -> None:
    found = link_own_addresses(text)
    if html is not None:
        assert found == html
    assert (
        'href="//' not in found
        and "<script" not in found
        and 'evil.example/"' not in (found if "//evil" not in text else "")
    )


def test_a_letter_needs_whole_addresses() -> None:
    assert absolute_address("/my/") == "https://www.example.jp/my/"
