"""Tables are read from files of three formats, or from one nested table, or refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dosojin.batch.layout.ingest import ingest
from dosojin.batch.layout.read_tables import read_tables
from dosojin.batch.layout.tables import Tables
from dosojin.values.problems import Problem
from tests.unit.batch.small_tables import (
    PRODUCT,
    days,
    occurrences,
    policies,
    receipts,
    tables,
    words,
    write,
)

KINDS = ("parquet", "arrow", "csv")
TEXTS = pa.dictionary(pa.int32(), pa.string())


def refusal(act: Callable[[], Any]) -> Problem:
    with pytest.raises(Problem) as found:
        act()
    assert found.value.message.ja and found.value.remedy.ja
    return found.value


def told(given: Tables) -> tuple[list[Any], ...]:
    return tuple(
        table.select(sorted(table.column_names)).to_pylist()
        for table in (given.policies, given.occurrences, given.receipts)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_says_the_same(tmp_path: Path, kind: str) -> None:
    given = tables(
        occurrence=occurrences(
            cause=words("injury", None, "unknown"),
            died=pa.array([True, None, False]) if kind != "csv" else words("yes", None, "no"),
            died_on=days("2026-07-01", None, None),
        ),
        receipt=receipts(on=days("2026-07-02", None, None)),
    )
    found = read_tables(write(tmp_path, given, kind), PRODUCT)
    assert found.receipts.schema.field("category").type == TEXTS
    assert found.receipts.schema.field("amount").type == pa.int64()
    assert found.occurrences.schema.field("died_on").type == pa.date32()
    assert found.occurrences.schema.field("occurrence").type == pa.int64()
    if kind != "csv":
        assert told(found) == told(given)
    decided = ingest(found)
    assert decided.rejects.num_rows == 0
    assert decided.columns.receipts.lo.tolist() == [1000, 200, 30]


def test_formats_may_be_mixed(tmp_path: Path) -> None:
    write(tmp_path, tables(), "parquet")
    (tmp_path / "receipts.parquet").unlink()
    write(tmp_path / "other", tables(), "csv")
    (tmp_path / "other" / "receipts.csv").rename(tmp_path / "receipts.csv")
    assert told(read_tables(tmp_path, PRODUCT)) == told(tables())


def test_one_column_of_csv_takes_values_and_what_is_said_of_them(tmp_path: Path) -> None:
    given = tables(
        occurrence=occurrences(
            delayed_return_time=words("6:30", "90", "6:30..8:00"),
            returned_home_on=words("2026-07-01", "2026-07-01T08:00+09:00", "unknown"),
        ),
        receipt=receipts(amount=words("1000", "unknown", "5..7")),
    )
    found = read_tables(write(tmp_path, given, "csv"), PRODUCT)
    assert found.receipts.column("amount").to_pylist() == [1000, None, None]
    assert found.receipts.column("amount_said").to_pylist() == [None, "unknown", "5..7"]
    assert found.occurrences.column("delayed_return_time").to_pylist() == [None, 90, None]
    decided = ingest(found)
    assert decided.rejects.num_rows == 0
    assert decided.columns.receipts.lo.tolist() == [1000, 0, 5]


def test_csv_ids_are_numbers_only_where_all_are_plain_ones(tmp_path: Path) -> None:
    plain = read_tables(write(tmp_path / "a", tables(), "csv"), PRODUCT)
    assert plain.policies.schema.field("policy").type == pa.int64()
    given = tables(
        policy=policies(policy=words("010", "20")),
        occurrence=occurrences(policy=words("010", "010", "20")),
    )
    found = read_tables(write(tmp_path / "b", given, "csv"), PRODUCT)
    assert found.policies.column("policy").to_pylist() == ["010", "20"]
    assert found.occurrences.schema.field("policy").type == pa.string()
    assert found.occurrences.schema.field("occurrence").type == pa.int64()


def test_many_row_groups_with_their_own_dictionaries(tmp_path: Path) -> None:
    write(tmp_path, tables(), "parquet")
    pq.write_table(receipts(), tmp_path / "receipts.parquet", row_group_size=1)
    found = ingest(read_tables(tmp_path, PRODUCT))
    codes = found.columns.receipts.category.tolist()
    assert codes[0] == codes[2] != codes[1]


def test_the_source_is_read_only_when_asked_for(tmp_path: Path) -> None:
    given = tables(occurrence=occurrences(source=words("{}", None, None)))
    for kind in KINDS:
        folder = write(tmp_path / kind, given, kind)
        assert "source" not in read_tables(folder, PRODUCT).occurrences.column_names
        asked = read_tables(folder, PRODUCT, with_source=True)
        assert asked.occurrences.column("source").to_pylist() == ["{}", None, None]


# nested ---------------------------------------------------------------------------------------


def nested(**columns: Any) -> pa.Table:
    inner = pa.StructArray.from_arrays(
        [
            pa.array(["search", "search", "rescuer_fare", "search"]),
            pa.array([1, 2, 3, 4], pa.int64()),
        ],
        ["category", "amount"],
    )
    base = {
        **{name: occurrences().column(name) for name in occurrences().column_names},
        "policy.plan": words("D", "D", None),
        "policy.inception": days(*["2026-06-01"] * 3),
        "policy.expiry": days("2027-05-31", "2027-05-31", "2026-06-30"),
        "receipts": pa.ListArray.from_arrays(pa.array([0, 2, 2, 4], pa.int32()), inner),
    }
    whole = {**base, **columns}
    return pa.table({name: column for name, column in whole.items() if column is not None})


def test_a_nested_file_is_the_same_three_tables(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    pq.write_table(nested(), path)
    found = read_tables(path, PRODUCT)
    assert found.policies.column("policy").to_pylist() == [10, 20]
    assert found.policies.column("plan").to_pylist() == ["D", None]
    assert found.receipts.column("occurrence").to_pylist() == [1, 1, 3, 3]
    assert found.receipts.column("amount").to_pylist() == [1, 2, 3, 4]
    assert ingest(found).rejects.num_rows == 0
    assert told(read_tables(nested(), PRODUCT)) == told(found)
    in_groups = tmp_path / "groups.parquet"
    pq.write_table(nested(), in_groups, row_group_size=1)
    assert told(read_tables(in_groups, PRODUCT)) == told(found)


def test_a_slice_counts_its_rows_from_where_it_begins() -> None:
    given = nested(died=words("yes", "no", "perhaps")).slice(1)
    found = read_tables(
        given, PRODUCT, name="claims.parquet", first_lines={"occurrences": 1, "receipts": 2}
    )
    assert found.receipts.column("amount").to_pylist() == [3, 4]
    decided = ingest(found)
    assert decided.rejects.column("line").to_pylist() == [2]
    assert decided.columns.receipts.offsets.tolist() == [0, 0]


def test_a_policy_that_rows_tell_differently_is_refused() -> None:
    given = nested(**{"policy.expiry": days("2027-05-31", "2027-05-30", "2026-06-30")})
    found = ingest(read_tables(given, PRODUCT))
    assert found.occurrence.to_pylist() == [3]
    assert set(found.rejects.column("code").to_pylist()) == {"policy.twice"}


def test_scattered_rows_of_one_policy_are_one_policy() -> None:
    given = nested().take([0, 2, 1])
    found = ingest(read_tables(given, PRODUCT))
    assert found.occurrence.to_pylist() == [1, 2, 3]
    assert found.row.tolist() == [0, 2, 1]
    assert found.receipts_kept == 4
    assert found.notices


def test_null_lists_are_no_receipts() -> None:
    lists = pa.array([[{"category": "search", "amount": 1}], None, []])
    found = ingest(read_tables(nested(receipts=lists), PRODUCT))
    assert found.columns.receipts.offsets.tolist() == [0, 1, 1, 1]


def test_a_nested_table_without_receipts_is_refused() -> None:
    assert refusal(lambda: read_tables(nested(receipts=None), PRODUCT)).code == "column.missing"
    wrong = nested(receipts=pa.array([1, 2, 3]))
    assert refusal(lambda: read_tables(wrong, PRODUCT)).code == "column.missing"


def test_an_unknown_column_of_a_nested_table_is_named() -> None:
    given = nested(**{"policy.plann": words("D", "D", None)})
    problem = refusal(lambda: read_tables(given, PRODUCT))
    assert problem.code == "column.unknown"
    assert "plann" in problem.place and "'plan'" in problem.remedy.en


# what is refused ------------------------------------------------------------------------------


def test_an_unknown_column_is_named_with_its_near_match(tmp_path: Path) -> None:
    for kind in KINDS:
        given = tables(occurrence=occurrences(casue=words("injury", None, None)))
        folder = write(tmp_path / kind, given, kind)
        problem = refusal(lambda folder=folder: read_tables(folder, PRODUCT))  # type: ignore[misc]
        assert problem.code == "column.unknown"
        assert f"occurrences.{kind}: casue" in problem.place
        assert "'cause'" in problem.remedy.en


@pytest.mark.parametrize(
    ("given", "column"),
    [
        (tables(policy=policies(expiry=None)), "expiry"),
        (tables(occurrence=occurrences(as_of=None)), "as_of"),
        (tables(occurrence=occurrences(seq=None)), "seq"),
        (tables(receipt=receipts(amount=None)), "amount"),
        (tables(receipt=receipts(category=None)), "category"),
        (tables(receipt=receipts(occurrence=None)), "occurrence"),
    ],
)
def test_a_missing_column_is_named(tmp_path: Path, given: Tables, column: str) -> None:
    problem = refusal(lambda: read_tables(write(tmp_path, given, "parquet"), PRODUCT))
    assert problem.code == "column.missing"
    assert problem.place.endswith(f": {column}")


def test_a_companion_may_stand_for_the_column() -> None:
    given = tables(receipt=receipts(amount=None, amount_said=words("1", "2..3", "unknown")))
    assert ingest(given).columns.receipts.lo.tolist() == [1, 2, 0]


@pytest.mark.parametrize(
    ("given", "column"),
    [
        (tables(receipt=receipts(amount=pa.array(["a", "b", "c"]).cast(pa.binary()))), "amount"),
        (tables(receipt=receipts(amount=pa.array([True, False, True]))), "amount"),
        (tables(receipt=receipts(category=pa.array([1, 2, 3]))), "category"),
        (tables(occurrence=occurrences(died=pa.array([1, 0, 1]))), "died"),
        (tables(occurrence=occurrences(as_of=pa.array([1, 2, 3]))), "as_of"),
        (tables(policy=policies(policy=pa.array([True, False]))), "policy"),
        (tables(policy=policies(policy=words("a", "b"))), "policy"),
        (tables(policy=policies(premium=words("100", "much"))), "premium"),
    ],
)
def test_a_column_of_another_type_is_named(given: Tables, column: str) -> None:
    problem = refusal(lambda: ingest(given))
    assert problem.code == "column.type"
    assert problem.place.endswith(f": {column}")


def test_other_types_that_hold_the_same_are_taken() -> None:
    given = tables(
        policy=policies(policy=pa.array([10, 20], pa.int32())),
        occurrence=occurrences(
            policy=pa.array([10, 10, 20], pa.uint8()),
            as_of=occurrences().column("as_of").cast(pa.timestamp("us")),
            cause=pa.array(["injury", None, "illness"], pa.large_string()),
            died=pa.nulls(3),
        ),
        receipt=receipts(amount=pa.array([1, 2, 3], pa.decimal128(9, 0))),
    )
    found = ingest(given)
    assert found.rejects.num_rows == 0
    assert found.columns.receipts.lo.tolist() == [1, 2, 3]


def test_a_column_that_stands_twice_is_refused() -> None:
    twice = pa.table(
        [*occurrences().columns, occurrences().column("seq")],
        names=[*occurrences().column_names, "seq"],
    )
    assert refusal(lambda: ingest(tables(occurrence=twice))).code == "column.twice"


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_a_truncated_file_is_refused(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path, tables(), kind)
    path = folder / f"receipts.{kind}"
    content = path.read_bytes()
    for kept in (0, 5, len(content) // 2, len(content) - 3):
        path.write_bytes(content[:kept])
        problem = refusal(lambda: read_tables(folder, PRODUCT))
        assert (problem.code, problem.place) == ("file.unreadable", str(path))


def test_other_files_that_cannot_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path, tables(), "csv")
    path = folder / "receipts.csv"
    for content in (
        b"occurrence,category,amount\n1,search\n",
        b"occurrence,category,amount\n1,\xff,3\n",
    ):
        path.write_bytes(content)
        problem = refusal(lambda: read_tables(folder, PRODUCT))
        assert (problem.code, problem.place) == ("file.unreadable", str(path))
    problem = refusal(lambda: read_tables(tmp_path / "nowhere.parquet", PRODUCT))
    assert problem.code == "file.unreadable"


def test_a_byte_order_mark_and_quotes_in_csv(tmp_path: Path) -> None:
    folder = write(tmp_path, tables(), "csv")
    path = folder / "receipts.csv"
    path.write_bytes(
        b'\xef\xbb\xbf"occurrence","category","amount","person"\r\n1,search,3,"A ""b"", c\nd"\r\n'
    )
    found = read_tables(folder, PRODUCT)
    assert found.receipts.column("person").to_pylist() == ['A "b", c\nd']


def test_a_table_that_is_missing_or_there_twice(tmp_path: Path) -> None:
    folder = write(tmp_path, tables(), "parquet")
    write(tmp_path, tables(), "csv")
    assert refusal(lambda: read_tables(folder, PRODUCT)).code == "file.twice"
    for path in folder.glob("receipts.*"):
        path.unlink()
    for path in folder.glob("*.csv"):
        path.unlink()
    assert refusal(lambda: read_tables(folder, PRODUCT)).code == "file.missing"
