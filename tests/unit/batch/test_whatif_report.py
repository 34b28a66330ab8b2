"""The report: one well-formed page in both languages that needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dosojin.batch.layout.ingest import ingest
from dosojin.batch.layout.read_tables import read_tables
from dosojin.batch.layout.tables import Tables
from dosojin.batch.whatif.compare_portfolio import ask, compare_portfolio
from dosojin.batch.whatif.comparison import Change, ClauseStep, Comparison, Reason
from dosojin.batch.whatif.report_charts import Scale, nice_most, waterfall_bar, waterfall_scale
from dosojin.batch.whatif.report_steps import STEPS_MOST, fold_steps
from dosojin.batch.whatif.same_certificate import under_other_edition
from dosojin.batch.whatif.write_report import report_html
from dosojin.cli.main import main
from dosojin.values.text import Language, Text
from tests.unit.batch.small_portfolio import EDITION, portfolio
from tests.unit.batch.worked_portfolio import changed, compared, compared_cases, worked_claims

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
SELF_CLOSING = {"rect", "line", "circle", "path"}
SETS = ("medical.window_days=60", "rescue.rescuers_max=1", "flight_delay.lodging=10000")
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Page(HTMLParser):
    """Reads a page strictly: every element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in SELF_CLOSING:
            self.faults.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.faults += re.findall(r"[<>]|&(?!\w+;)|\{\w*\}|None|Text\(", data)
        if self.rows and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def attributes(self, name: str) -> Iterator[str]:
        return (found[name] or "" for _, found in self.elements if name in found)


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest) -> tuple[Language, Comparison, str]:
    language: Language = request.param
    comparison = compared_cases(*SETS)
    return language, comparison, report_html(comparison, changed(*SETS).editions, language)


def test_the_page_is_well_formed(written: tuple[Language, Comparison, str]) -> None:
    page = Page(written[2])
    assert page.faults == []
    assert page.open == []
    assert written[2].startswith(f'<!doctype html>\n<html lang="{written[0]}">')


def test_it_needs_nothing_from_elsewhere(written: tuple[Language, Comparison, str]) -> None:
    text = written[2]
    page = Page(text)
    assert "://" not in text and "@import" not in text
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object", "embed"}
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#hatch-less", "#hatch-more", "#hatch-was"}
    assert not list(page.attributes("src"))
    for href in page.attributes("href"):
        assert href.startswith("#") or href == "data:,"


def test_every_link_leads_to_a_clause(written: tuple[Language, Comparison, str]) -> None:
    page = Page(written[2])
    ids = list(page.attributes("id"))
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in page.attributes("href") if href.startswith("#")}
    assert links and links <= set(ids)
    for step in written[1].steps:
        assert all(f"clause-{id}" in links for id in step.clauses)


def test_charts_are_hidden_where_a_table_says_the_same(
    written: tuple[Language, Comparison, str],
) -> None:
    page = Page(written[2])
    charts = [found for tag, found in page.elements if tag == "svg" and "y" not in found]
    assert charts and all(found.get("aria-hidden") == "true" for found in charts)
    assert written[2].count("<caption>") == written[2].count("<table")


def amount(text: str) -> int:
    """The yen in a cell of the report."""
    digits = int("".join(re.findall(r"\d", text)))
    return -digits if "−" in text else digits


def test_the_waterfall_adds_up_on_the_page(written: tuple[Language, Comparison, str]) -> None:
    language, comparison, text = written
    start = text.index('aria-labelledby="clauses-changed"')
    rows = Page(text[start : text.index("</section>", start)]).rows[1:]
    steps, total = rows[:-1], rows[-1]
    assert len(steps) == len(comparison.steps)
    for column in (-2, -1):
        assert sum(amount(row[column]) for row in steps) == amount(total[column])
    assert amount(total[-2]) == comparison.change.lo
    assert ("円" in total[-1]) is (language == "ja") and ("¥" in total[-1]) is (language == "en")


def test_both_languages_say_the_same_numbers() -> None:
    question = changed(*SETS)
    pages = [
        Page(report_html(compared_cases(*SETS), question.editions, language))
        for language in LANGUAGES
    ]
    counts = [[len(row) for row in page.rows] for page in pages]
    assert counts[0] == counts[1]
    assert [tag for tag, _ in pages[0].elements] == [tag for tag, _ in pages[1].elements]


def test_names_are_escaped() -> None:
    comparison = compared(changed("medical.goods_max=30000"), worked_claims()[:1])
    source = '<b onclick="x">&'
    fields = {name: getattr(comparison, name) for name in comparison.__dataclass_fields__}
    named = Comparison(**{**fields, "source": source})
    text = report_html(named, changed("medical.goods_max=30000").editions, "en")
    assert source not in text and "&lt;b onclick=" in text
    assert Page(text).open == []


def test_a_change_of_nothing_is_told_too() -> None:
    question = changed("medical.goods_max=50000")
    comparison = compared(question, worked_claims()[:5])
    for language in LANGUAGES:
        text = report_html(comparison, question.editions, language)
        assert Page(text).faults == []
        assert ("±¥0" in text) is (language == "en")


# pictures -----------------------------------------------------------------------------------


def test_bars_stand_where_the_sums_have_led() -> None:
    changes = [Change(-60, -80), Change(20, 20)]
    scale = waterfall_scale(changes)
    assert (scale.least, scale.most) == (-80, 0)
    assert scale.at(0) == 980 and scale.at(-80) == 20 and Scale(0, 10).at(99) == 1000
    bar = waterfall_bar(scale, changes[0], changes[1], is_last=False)
    assert 'class="certain more"' in bar and 'class="possible more"' in bar


def test_scales_end_at_round_numbers() -> None:
    assert [nice_most(claims) for claims in (1, 2, 3, 7, 10, 11, 4_321)] == [
        1, 2, 5, 10, 10, 20, 5_000,
    ]  # fmt: skip


def test_many_steps_are_folded_and_still_add_up() -> None:
    steps = [
        ClauseStep((f"c{n}",), "b", Text("", ""), Reason.CHANGED, Change(n, -n)) for n in range(99)
    ]
    shown, rest = fold_steps(steps)
    assert len(shown) == STEPS_MOST - 1 and rest is not None
    assert sum(step.change.lo for step in shown) + rest.lo == sum(range(99))
    assert shown == sorted(shown, key=lambda step: int(step.clauses[0][1:]))
    assert fold_steps(steps[:STEPS_MOST]) == (steps[:STEPS_MOST], None)


# from files ---------------------------------------------------------------------------------


def whatif(*arguments: str) -> int:
    return main(["whatif", str(portfolio()), "--edition", EDITION, *arguments])


def test_the_command_writes_json_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.html"
    code = whatif("--set", "medical.window_days=60", "--json", "-o", str(report), "--top", "3")
    assert code == 0
    content = json.loads(capsys.readouterr().out)
    assert content["counts"]["claims"] > 50 and content["counts"]["partitions"] == 12
    assert content["change"]["lo"] < 0 and len(content["top"]) == 3
    assert sum(step["change"]["lo"] for step in content["by_clause"]) == content["change"]["lo"]
    assert Page(report.read_text(encoding="utf-8")).faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_tables(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert whatif("--set", "rescuers_max=1", "--set", "goods_max=1", "--lang", language) == 0
    said = capsys.readouterr().out
    assert "rescue.rescuers_max" in said and "medical.goods_max" in said
    assert ("損害率" in said) is (language == "ja")


def test_premiums_that_are_not_stated_are_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = portfolio() / "part-00000"
    for path in part.iterdir():
        table = pq.read_table(path)
        if "premium" in table.column_names:
            table = table.drop_columns(["premium"])
        pq.write_table(table, tmp_path / path.name)
    asked = ["--edition", EDITION, "--set", "medical.window_days=60", "--lang", "en"]
    assert main(["whatif", str(tmp_path), *asked]) == 0
    said = capsys.readouterr().out
    assert "Loss ratio (" not in said and "whose premium is not stated" in said


def test_a_nested_file_is_the_same_portfolio(tmp_path: Path) -> None:
    """Policies without a claim are not in it; payouts are the same to the yen."""
    question = ask(EDITION, ["medical.window_days=60"], None)
    folder = compare_portfolio(portfolio(), question, top=5)
    claims, nested = tmp_path / "claims.jsonl", tmp_path / "claims.parquet"
    back = ["pack", str(portfolio()), "--back", "--product", EDITION, "-o", str(claims)]
    assert main(back) == 0
    assert main(["pack", str(claims), "-o", str(nested)]) == 0
    found = compare_portfolio(nested, question, top=5)
    assert found.payout == folder.payout and found.steps == folder.steps
    assert found.movement == folder.movement and found.top == folder.top


def test_another_edition_leaves_the_certificate_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert whatif("--against", "gakkensai-2025", "--json") == 0
    content = json.loads(capsys.readouterr().out)
    assert content["counts"]["left_out"] == {}
    assert [content[side]["edition"] for side in ("before", "after")] == [
        EDITION,
        "gakkensai-2025",
    ]
    by_clause = sum(step["change"]["hi"] for step in content["by_clause"])
    assert by_clause == content["change"]["hi"]


def test_sums_of_the_plan_are_written_out() -> None:
    folder = next(path for path in sorted(portfolio().iterdir()) if path.is_dir())
    tables: Tables = read_tables(folder, EDITION)
    other = under_other_edition(tables, "gakkensai-2025")
    assert "plan" not in other.policies.column_names
    plans = tables.policies.column("plan").cast("string").to_pylist()
    row = plans.index("D")

    def said(name: str) -> Any:
        return other.policies.column(name)[row].as_py()

    assert said("sums.personal_effects") == 200_000
    assert said("sums.medical_rescue") is None
    assert said("sums.medical_rescue_said") == "unlimited"
    assert said("sums.dental") == 0  # the home plan has no such benefit
    assert said("riders") == "none"
    assert ingest(other).rejects.num_rows == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "nights=3"], "--set nights"),
        ([], "--set, --against"),
        (["--set", "goods_max=1", "--against", "gakkensai-2025"], "--set, --against"),
        (["--against", "gakkensai-2052"], "gakkensai-2052"),
        (["--set", "goods_max=1", "--top", "-3"], "--top"),
        (["--set", "goods_max=1", "-o", "/no/such/folder/report.html"], "/no/such/folder"),
    ],
)
def test_bad_input_is_refused_before_anything_is_read(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert whatif(*arguments) == 2
    assert told in capsys.readouterr().err


def test_claims_that_one_wording_cannot_take_are_left_out_and_counted(tmp_path: Path) -> None:
    folder = next(path for path in sorted(portfolio().iterdir()) if path.is_dir())
    target = tmp_path / "part-00000"
    target.mkdir()
    for name in ("policies", "occurrences", "receipts"):
        table = pq.read_table(folder / f"{name}.parquet")
        if name == "receipts":
            amounts = table.column("amount").to_pylist()
            amounts[0] = -5
            place = table.column_names.index("amount")
            table = table.set_column(place, "amount", [amounts])
        pq.write_table(table, target / f"{name}.parquet")
    question = ask(EDITION, ["medical.window_days=60"], None)
    whole = compare_portfolio(folder, question, top=0)
    found = compare_portfolio(target, question, top=0)
    assert found.counts.claims == whole.counts.claims - 1
    assert sum(found.counts.left_out.values()) == 1
    assert not found.top
