"""Plain text: wrapping in both scripts, and columns that stand straight under Japanese."""

from __future__ import annotations

from dosojin.explanation.document import Heading, Listing, Page, Row, Sentence, Table
from dosojin.explanation.render_text import places, render_text


def test_full_width_characters_take_two_places() -> None:
    assert places("円a") == 3


def test_amounts_end_in_one_column() -> None:
    rows = (Row("ご請求額", ("1,000",)), Row("Fee", ("−20",), "a.b"), Row("計", ("980",), "", True))
    text = render_text(Page("t", (Table(("", "円"), rows),)))
    lines = text.splitlines()[2:]
    assert len({places(line) for line in lines}) == 1
    assert lines[-1].endswith("980")
    assert "Fee · a.b" in text


def test_a_line_never_begins_with_a_full_stop() -> None:
    text = render_text(Page("t", (Sentence("あ" * 10 + "。" + "い" * 5),)), width=20)
    assert not any(line.startswith("。") for line in text.splitlines())


def test_english_breaks_between_words() -> None:
    text = render_text(Page("t", (Sentence("one two three four"),)), width=9)
    assert text.splitlines()[2:] == ["one two", "three", "four"]


def test_lists_hang() -> None:
    page = Page("t", (Heading("h"), Listing("lead", (Sentence("one two three", ("c.1",)),))))
    lines = render_text(page, width=12).splitlines()
    assert lines[-3:] == ["  - one two", "    three ·", "    c.1"]


def test_bold_only_when_asked() -> None:
    page = Page("t", (Sentence("x", is_strong=True),))
    assert "\033[" not in render_text(page)
    assert "\033[1m" in render_text(page, is_styled=True)
