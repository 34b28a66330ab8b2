"""Claims as columns: nothing is lost on the way there and back, and the columns alone decide."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dosojin.adjudication.decide import decide
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.load_claim import parse
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.batch.layout.claim_text import claim_of_text, claim_text
from dosojin.batch.layout.pack import Filed, pack_claims
from dosojin.batch.layout.sources import read_source, sources_at
from dosojin.batch.layout.table_files import SUFFIXES
from dosojin.batch.layout.tables import Tables
from dosojin.batch.layout.unpack import claim_of_row, unpack_claims
from dosojin.batch.layout.write_tables import nested, write_partition, write_table
from dosojin.products import editions
from dosojin.values.problems import Problem

PRODUCT = "gakkensai-2026"
ODD: dict[str, Any] = {
    "product": PRODUCT,
    "plan": "D",
    "as_of": "2026-07-20",
    "place_offset": "-04:00",
    "policy": {
        "inception": {"from": "2026-05-30", "to": "2026-06-01"},
        "expiry": "2026-08-31",
        "extended": "unknown",
        "riders": {"has": ["theft_limit"], "not": ["trip_cancellation"]},
        "age_at_inception": {"from": 18, "to": 22},
        "sums": {"medical_rescue": "unlimited", "liability": "unknown", "flight_delay": 0},
    },
    "facts": {
        "cause": {"one_of": ["injury", "illness"]},
        "accident": True,
        "accident_on": "2026-06-02T03:10-04:00",
        "first_treated_on": {"to": "2026-06-05"},
        "admitted": "unknown",
        "disability_grades": [7, 12],
        "circumstances": "none",
        "travel_circumstances": {"not": ["war"]},
        "effects_circumstances": ["seizure", "looks_only"],
        "named_rescuers": ["none", "O|Neil\\", "山田 花子"],
        "delayed_return_time": "6:30",
        "departure_delay_time": {"from": "5:00"},
        "home_damage_yen": {"from": 1_000_000},
        "work_reduction_percent": "unknown",
    },
    "expenses": [
        {"category": "physician_and_hospital", "amount": "1234.56", "currency": "USD",
         "public_scheme": "100.01", "on": "2026-06-02", "status": "paid"},
        {"category": "physician_and_hospital", "amount": "unknown", "refunded": "unknown",
         "status": "billed", "on": "unknown"},
        {"category": "belonging", "amount": 80_000, "repair_cost": "irreparable",
         "item": "カメラ", "status": "estimated", "note": "estimate by the shop"},
        {"category": "search", "amount": 5, "currency": "EUR", "planned": "unknown",
         "person": "山田 花子", "abroad": "unknown",
         "on": {"from": "2026-06-02", "to": "2026-06-04"}},
        {"category": "search", "amount": 0, "currency": "EUR", "excessive": Decimal("0.10")},
        {"category": "search", "amount": {"from": 100, "to": 200}, "planned": 50,
         "refunded": {"from": 3}},
        {"category": "search", "amount": {}},
    ],
    "rates": {
        "USD": {"yen": ["150.10", "161.20"], "on": "2026-06-10", "source": "a bank"},
        "EUR": {"yen": Decimal("171.5"), "on": "2026-06-10", "source": "a bank"},
    },
    "usage": [{"node": "disability.sum", "settled": 3, "guaranteed": 4}],
    "documents": ["claim_form"],
    "note": "ハ\u309aスホ\u309aート",
}  # fmt: skip
"""Says something in every way that a claim may; the note is in letters that are not composed."""


@cache
def filed(product: str) -> tuple[Filed, ...]:
    """Every step of every worked case, by certificate and turn."""
    found = [
        Filed(step.claim, f"o{number}.{turn}", f"p{number}", turn)
        for number, case in enumerate(worked_cases(product))
        for turn, step in enumerate(case.steps)
    ]
    return tuple(sorted(found, key=lambda one: (one.policy, one.seq)))


@cache
def packed(product: str) -> Tables:
    return pack_claims(reversed(filed(product)))


def bare(tables: Tables) -> list[Filed]:
    """The claims from the columns alone."""
    without = tables.occurrences.drop_columns(["source"])
    return list(unpack_claims(Tables(tables.edition, tables.policies, without, tables.receipts)))


def outcome(decision: Decision) -> tuple[Any, ...]:
    """All of a decision that columns can move: not the papers, which stand in `source` only."""
    benefits = [
        (one.id, one.verdict, one.payable, one.deciding_clause, one.clauses, one.flow, one.cites)
        for one in decision.benefits
    ]
    return (
        decision.verdict, decision.payable, decision.tight, decision.promise, benefits,
        decision.usage,
    )  # fmt: skip


@pytest.mark.parametrize("product", editions())
def test_worked_cases_come_back_as_they_were(product: str) -> None:
    assert tuple(unpack_claims(packed(product))) == filed(product)


@pytest.mark.parametrize("product", editions())
def test_the_columns_alone_decide_the_same(product: str) -> None:
    for back, one in zip(bare(packed(product)), filed(product), strict=True):
        read, written = read_claim(back.claim), read_claim(one.claim)
        assert read.case == written.case, one.occurrence
        assert read.as_of == written.as_of
        assert outcome(decide(read, with_questions=False)) == outcome(
            decide(written, with_questions=False)
        ), one.occurrence


@pytest.mark.parametrize("kind", [*SUFFIXES, "nested"])
@pytest.mark.parametrize("product", editions())
def test_every_format_keeps_all(product: str, kind: str, tmp_path: Path) -> None:
    tables = packed(product)
    path = tmp_path / "claims.parquet"
    if kind == "nested":
        write_table(path, nested(tables))
    else:
        path = tmp_path / "claims"
        write_partition(path / "part-00000", tables, kind)
    (partition,) = sources_at(path)
    back = read_source(partition, product)
    assert tuple(unpack_claims(back)) == filed(product)
    assert bare(back) == bare(tables)


@pytest.mark.parametrize("kind", [*SUFFIXES, "nested"])
def test_whatever_a_claim_may_say(kind: str, tmp_path: Path) -> None:
    tables = pack_claims([Filed(ODD, 7, 3)])
    path = tmp_path / "odd.parquet"
    if kind == "nested":
        write_table(path, nested(tables))
    else:
        path = tmp_path / "odd"
        write_partition(path, tables, kind)
    (partition,) = sources_at(path)
    back = read_source(partition, PRODUCT)
    (one,) = unpack_claims(back)
    assert one.claim == ODD
    assert claim_text(one.claim) == claim_text(ODD)
    read, written = read_claim(claim_of_row(back, 0)), read_claim(ODD)
    assert read.case == written.case
    assert outcome(decide(read)) == outcome(decide(written))


def test_cells_are_plain_where_they_can_be() -> None:
    tables = pack_claims([Filed(ODD, 7, 3)])
    receipts = tables.receipts.to_pylist()
    assert [(row["amount"], row["amount_said"]) for row in receipts] == [
        (None, "185307..199011"), (None, "unknown"), (80_000, None), (857, None), (0, None),
        (None, "100..200"), (None, "0.."),
    ]  # fmt: skip
    assert receipts[0]["public_scheme_said"] == "15011..16121"
    assert receipts[4]["excessive"] == 17
    assert (receipts[5]["planned"], receipts[5]["refunded_said"]) == (50, "3..")
    assert receipts[2]["repair_cost_said"] == "irreparable"
    row = tables.occurrences.to_pylist()[0]
    assert row["delayed_return_time"] == 390
    assert row["departure_delay_time_said"] == "5:00.."
    assert row["accident_on_said"] == "2026-06-02T03:10-04:00"
    assert row["named_rescuers"] == "none|O\\|Neil\\\\|山田 花子"
    assert row["accident"] is True
    assert row["admitted"] == "unknown"
    assert "died" not in row, "nobody spoke of it"
    policy = tables.policies.to_pylist()[0]
    assert (policy["inception"], policy["inception_said"]) == (None, "2026-05-30..2026-06-01")
    assert policy["sums.flight_delay"] is False
    assert tables.occurrences.column("occurrence").type == pa.int64()


@pytest.mark.parametrize("product", editions())
def test_one_row_gives_its_claim(product: str) -> None:
    tables = packed(product)
    claims = bare(tables)
    for row in range(0, len(claims), 50):
        assert claim_of_row(tables, row) == claims[row].claim
        assert claim_of_row(tables, row, with_source=True) == filed(product)[row].claim


@pytest.mark.parametrize(
    "text",
    [
        '{"a":155.20,"b":1E+5,"c":5.0,"d":0.10,"e":12345678901234567890}',
        '{"a":[[],{},[{}],null,true],"ア":"ハ\u309aス"}',
        '{"a":"\\n\\"\\\\\u2028"}',
    ],
)
def test_a_claim_text_loses_nothing(text: str) -> None:
    raw = parse(text.encode(), "claim")
    back = claim_of_text(claim_text(raw), "claim")
    assert back == raw
    assert claim_text(back) == claim_text(raw)
    assert [type(value) for value in back.values()] == [type(value) for value in raw.values()]


def refusal(claims: Sequence[Filed]) -> Problem:
    with pytest.raises(Problem) as caught:
        pack_claims(claims)
    return caught.value


def test_a_bad_claim_is_named_by_its_place() -> None:
    bad = {**ODD, "facts": {"cuase": "injury"}}
    assert refusal([Filed(bad, 1, 1)]).place == "1: facts.cuase"
    assert refusal([Filed(bad, 1, 1, 1, "a.yaml")]).place == "a.yaml: facts.cuase"
    assert refusal([Filed([], 1, 1)]).code == "value.type"  # type: ignore[arg-type]
    assert refusal([]).code == "pack.empty"


def test_one_certificate_says_one_thing() -> None:
    other = {**ODD, "policy": {**ODD["policy"], "extended": True}}
    problem = refusal([Filed(ODD, 1, 1, 1), Filed(other, 2, 1, 2)])
    assert (problem.code, problem.place) == ("policy.differs", "2: policy.extended")
    assert pack_claims([Filed(ODD, 1, 1), Filed(other, 2, 2)]).policies.num_rows == 2


def test_an_occurrence_stands_once() -> None:
    assert refusal([Filed(ODD, 1, 1), Filed(ODD, 1, 2)]).code == "occurrence.twice"


def test_editions_are_not_mixed() -> None:
    other = {**ODD, "product": "gakkensai-2025"}
    assert refusal([Filed(ODD, 1, 1), Filed(other, 2, 2)]).code == "pack.editions"


def test_claims_stand_in_order_of_posting() -> None:
    tables = pack_claims([Filed(ODD, 1, 10, 2), Filed(ODD, 2, 9, 5), Filed(ODD, 3, 10, 1)])
    assert tables.occurrences.column("occurrence").to_pylist() == [2, 3, 1]
    assert tables.policies.column("policy").to_pylist() == [9, 10]
    texts = pack_claims([Filed(ODD, 1, "10"), Filed(ODD, "x", 9)])
    assert texts.occurrences.column("policy").to_pylist() == ["10", "9"]
    assert texts.occurrences.column("occurrence").to_pylist() == ["1", "x"]
