"""The columns of an edition, as Arrow has them, as JSON, on the command line and in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

from dosojin.adjudication.catalogue import load_lowered
from dosojin.batch.layout.schema import TABLES, column_schemas, columns_json, columns_of
from dosojin.cli.main import main
from dosojin.products import editions

PAGE = Path("docs/columns.md")
TEXTS = pa.dictionary(pa.int32(), pa.string())


@pytest.mark.parametrize("product", editions())
def test_every_variable_has_one_column_and_every_sum_its_own(product: str) -> None:
    lowered = load_lowered(product)
    found = [
        column.variable for columns in columns_of(product).values() for column in columns.values()
    ]
    named = {lowered.variables[index].name for index in found if index >= 0} | {"amount"}
    assert named == {variable.name for variable in lowered.variables}
    assert "sums.flight_delay" in columns_of(product)["policies"]


def test_types_follow_the_kind() -> None:
    schemas = column_schemas("gakkensai-2026")
    occurrences = schemas["occurrences"]
    assert list(schemas) == list(TABLES)
    assert occurrences.field("died").type == pa.bool_()
    assert occurrences.field("cause").type == TEXTS
    assert occurrences.field("circumstances").type == TEXTS
    assert occurrences.field("named_rescuers").type == TEXTS
    assert occurrences.field("died_on").type == pa.date32()
    assert occurrences.field("delayed_return_time").type == pa.int64()
    assert occurrences.field("died_on_said").type == TEXTS
    assert "cause_said" not in occurrences.names
    assert schemas["policies"].field("inception").name == "inception"
    assert schemas["receipts"].field("amount").nullable
    assert not schemas["receipts"].field("category").nullable


def test_metadata_says_what_a_column_is() -> None:
    field = column_schemas("gakkensai-2026")["occurrences"].field("cause")
    assert field.metadata[b"words"] == b"injury|illness|pregnancy|dental"
    assert field.metadata[b"medical"] == b"yes"
    assert field.metadata[b"title_ja"].decode()


def test_the_command_prints_what_the_schema_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "gakkensai-2026", "--columns"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == columns_json("gakkensai-2026")
    for table, schema in column_schemas("gakkensai-2026").items():
        names = [entry["name"] for entry in printed[table]]
        names += [entry["said"] for entry in printed[table] if entry["said"]]
        assert sorted(names) == sorted(schema.names)


def test_the_command_prints_every_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--columns"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(editions())


def test_the_page_lists_the_tables_and_their_columns_that_are_no_facts() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert tuple(re.findall(r"^### `(\w+)`", page, re.MULTILINE)) == TABLES
    for table, columns in columns_of("gakkensai-2026").items():
        section = page.split(f"### `{table}`")[1].split("\n##")[0]
        listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        plain = [column.name for column in columns.values() if column.variable < 0]
        needed = [column.name for column in columns.values() if column.required]
        assert sorted(set(listed)) == sorted({*plain, *needed}), table
        for column in columns.values():
            if column.name in listed:
                row = next(line for line in section.splitlines() if f"| `{column.name}` |" in line)
                assert ("required" in row) == column.required, row
