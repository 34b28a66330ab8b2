"""The elements of portals: what they say, and that nothing typed gets out of its place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from dosojin_web.components.records import (
    Cell,
    Column,
    ConflictRow,
    ContactCard,
    Filter,
    PastEvent,
    Tab,
    TableRow,
    Telephone,
)
from dosojin_web.components.shapes import Choice


def draw(source: str, language: str = "en", **values: object) -> str:
    with override(language):
        return Template(source).render(Context(values))


COLUMNS = [Column("Name"), Column("Premium", amount=True)]


def test_a_table_names_its_rows_and_labels_its_cells() -> None:
    rows = [TableRow((Cell("<b>", "/members/1"), Cell(yen=61_230)))]
    html = draw('{% data_table "Members" columns rows name="m" %}', columns=COLUMNS, rows=rows)
    assert '<th scope="row" role="rowheader">' in html and "<b>" not in html
    assert 'data-label="Premium" class="amount"' in html and "61,230" in html
    assert 'aria-labelledby="m-caption"' in html


def test_an_empty_table_says_so() -> None:
    html = draw('{% data_table "Members" columns rows empty="Nobody yet." %}', columns=COLUMNS)
    assert "Nobody yet." in html and "<thead" not in html


def test_a_row_that_does_not_fit_is_a_fault() -> None:
    with pytest.raises(ValueError):
        draw('{% data_table "M" columns rows %}', columns=COLUMNS, rows=[TableRow((Cell("a"),))])


def test_the_present_page_is_marked() -> None:
    html = draw('{% tabs tabs "Pages" %}', tabs=[Tab("A", "/a", True), Tab("B", "/b", count=3)])
    assert html.count('aria-current="page"') == 1 and '<span class="tab-count">3</span>' in html


def test_a_filter_keeps_what_was_chosen() -> None:
    filters = [Filter("state", "State", [Choice("enrolled", "Enrolled")], "enrolled")]
    source = '{% filter_bar filters search="Name" value=typed reset="/all" %}'
    html = draw(source, filters=filters, typed='"><i>')
    assert '<option value="enrolled" selected>' in html and 'href="/all"' in html
    assert "<i>" not in html
    bare = draw(source, filters=[Filter("state", "State", [])], typed="")
    assert 'href="/all"' not in bare


def test_pages_keep_the_filter() -> None:
    request = RequestFactory().get("/?q=sato&page=2")
    page = Paginator(range(2340), 25).page(2)
    html = draw("{% pagination page %}", page=page, request=request)
    assert "26 to 50 of 2,340" in html
    assert 'href="?q=sato&amp;page=1" rel="prev"' in html
    assert 'href="?q=sato&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1
    whole = draw("{% pagination page %}", page=Paginator([1], 25).page(1), request=request)
    assert "1 to 1 of 1" in whole and "<ul>" not in whole


def test_progress_is_said_in_figures() -> None:
    html = draw('{% progress_bar "Rows" 12400 20000 unit="rows" poll="/p" %}')
    assert "12,400 of 20,000 rows" in html and "62%" in html and 'hx-get="/p"' in html
    done = draw('{% progress_bar "Rows" 5 5 poll="/p" %}')
    assert "hx-get" not in done and "Done" in done
    assert "100%" in draw('{% progress_bar "Rows" 0 0 %}')


def test_events_are_told_in_japan_s_time() -> None:
    event = PastEvent(datetime(2026, 5, 31, 20, 5, tzinfo=UTC), "Office", "Invited")
    html = draw("{% timeline events %}", events=[event])
    assert "Mon 1 June 2026, 05:05" in html and "Times are Japan’s." in html
    assert "2026年6月1日（月）05:05" in draw("{% timeline events %}", "ja", events=[event])
    assert "Nothing has happened yet." in draw("{% timeline events %}", events=[])


def test_a_moment_names_its_zone() -> None:
    moment = datetime(2026, 6, 1, 5, 5, tzinfo=UTC)
    assert draw("{{ moment|japan_moment }}", moment=moment) == "Mon 1 June 2026, 14:05 (Japan time)"


def test_two_versions_stand_side_by_side() -> None:
    rows = [ConflictRow("Return", "<u>", "2026-09-14"), ConflictRow("Plan", "D", "D")]
    html = draw("{% conflict rows who at %}", rows=rows, who="Office", at=datetime.now(UTC))
    assert html.count('class="differs"') == 1 and "<u>" not in html
    assert 'value="mine"' in html and 'value="theirs"' in html


def test_a_contact_can_be_called() -> None:
    contact = ContactCard("Agency", telephones=[Telephone("+81300000000", "03-0000-0000")])
    html = draw("{% contact_card contact %}", contact=contact)
    assert 'href="tel:+81300000000"' in html
    assert "Open now" not in html and "Closed now" not in html


def test_a_password_and_a_file_show_nothing_typed() -> None:
    html = draw('{% password_field "p" "Password" error="Enter it." %}')
    assert 'type="password"' in html and 'value=""' in html and 'id="p-error"' in html
    html = draw('{% file_field "f" "Roster" accept=".csv" hint="CSV" %}')
    assert 'type="file"' in html and 'accept=".csv"' in html and "f-hint" in html


def test_a_single_tick() -> None:
    html = draw('{% checkbox "read" "I have read it" error="Tick it." %}')
    assert 'type="checkbox" id="read" name="read" value="yes"' in html
    assert 'aria-describedby="read-error"' in html
    assert " checked" in draw('{% checkbox "read" "Read" checked=True %}')
