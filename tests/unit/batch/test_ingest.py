"""Tables become planes, and rows that cannot be decided become rejects with a reason."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa
import pytest

from dosojin.adjudication.catalogue import load_lowered
from dosojin.adjudication.read_values import UNKNOWN, ValueReader
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.batch.columns import NOT_NAMED, UNLIMITED, categories_of, in_plane
from dosojin.batch.layout.ingest import Ingested, ingest
from dosojin.batch.layout.known_planes import exact_moment
from dosojin.batch.layout.pack import Filed, pack_claims
from dosojin.batch.layout.schema import columns_of
from dosojin.batch.layout.words import raw_of_text
from dosojin.products import editions
from dosojin.terms.lowered import Variable
from dosojin.values.moments import LATEST_DAY, offset_minutes
from dosojin.values.problems import Problem
from tests.unit.batch.compare_known import case_of, differences
from tests.unit.batch.small_tables import (
    PRODUCT,
    days,
    occurrences,
    policies,
    receipts,
    tables,
    taken,
    words,
)

LOWERED = load_lowered(PRODUCT)
INDEX = {variable.name: index for index, variable in enumerate(LOWERED.variables)}


def known(found: Ingested, name: str) -> list[tuple[int, ...]]:
    """Of every row, what the planes say of a variable."""
    planes = found.columns.known(INDEX[name])
    return [tuple(map(int, row)) for row in zip(*planes, strict=True)]


# what is known --------------------------------------------------------------------------------


@pytest.mark.parametrize("product", editions())
def test_every_worked_case_is_known_as_its_claim_is(product: str) -> None:
    claims = [step.claim for case in worked_cases(product) for step in case.steps]
    filed = [Filed(claim, number, number) for number, claim in enumerate(claims)]
    found = ingest(pack_claims(filed))
    assert found.rejects.num_rows == 0
    assert found.columns.rows == found.occurrences_in == len(claims)
    for row, number in enumerate(found.occurrence.to_pylist()):
        assert list(differences(found.columns, row, case_of(claims[number]))) == [], number


def test_plan_and_certificate() -> None:
    found = taken(
        policy=policies(
            riders=words("none", "special_hazard|?"),
            sums__liability=pa.array([5, None]),
            sums__flight_delay=words(None, "included"),
        )
    )
    assert known(found, "riders") == [(0, 63), (0, 63), (1, 0)]
    assert known(found, "sums.liability") == [(5, 5), (5, 5), (0, UNLIMITED)]
    assert known(found, "flight_delay_included")[2] == (3,)
    assert known(found, "sums.dental")[2] == (0, UNLIMITED)


def test_what_is_stated_opens_a_part_also_when_unknown() -> None:
    found = taken(occurrence=occurrences(died=words("unknown", None, "no")))
    assert known(found, "died") == [(2,), (2,), (0,)]
    assert found.columns.stated[INDEX["died"]].tolist() == [True, False, True]
    assert INDEX["disabled"] not in found.columns.stated
    typed = taken(occurrence=occurrences(died=pa.array([True, None, False])))
    assert known(typed, "died") == [(3,), (2,), (0,)]


def test_a_column_that_says_nothing_leaves_no_planes() -> None:
    found = taken(
        occurrence=occurrences(died=pa.nulls(3, pa.bool_())),
        receipt=receipts(refunded=pa.nulls(3, pa.int64())),
    )
    assert INDEX["died"] not in found.columns.planes
    assert found.columns.receipts.planes == {}
    assert found.columns.receipts.person is None and found.columns.receipts.estimated is None


def test_amounts() -> None:
    found = taken(
        receipt=receipts(
            amount=pa.array([1000, None, None]),
            amount_said=words(None, "unknown", "5..70"),
            status=words("estimated", "paid", None),
            refunded=pa.array([None, None, 7]),
            refunded_said=words(None, "unknown", None),
            planned=pa.array([3, None, None]),
        )
    ).columns.receipts
    assert list(zip(found.lo.tolist(), found.hi.tolist(), strict=True)) == [
        (0, 1000), (0, UNLIMITED), (5, 70),
    ]  # fmt: skip
    assert found.estimated is not None and found.estimated.tolist() == [True, False, False]
    assert found.planes[INDEX["refunded"]][1].tolist() == [1000, UNLIMITED, 7]
    assert found.planes[INDEX["planned"]][1].tolist() == [3, UNLIMITED, 70]


def test_persons_named_and_grouped() -> None:
    found = taken(
        occurrence=occurrences(named_rescuers=words("B|A|B", "A", "none")),
        receipt=pa.table(
            {
                "occurrence": [1, 1, 1, 1, 2, 2, 3],
                "category": ["rescuer_fare"] * 7,
                "amount": [1] * 7,
                "person": ["A", None, "B", "A", "C", "A", "A"],
            }
        ),
    )
    groups = found.columns.receipts.person
    assert groups is not None
    assert groups.of_receipt.tolist() == [0, 1, 2, 0, 3, 4, 5]
    assert groups.offsets.tolist() == [0, 3, 5, 6]
    rank = groups.rank[INDEX["named_rescuers"]].tolist()
    assert rank == [1, NOT_NAMED, 0, NOT_NAMED, 0, NOT_NAMED]


def test_use_of_other_occurrences_counts_in_its_policy_year() -> None:
    product = "gakkensai-2025"
    node = next(node.id for node in load_lowered(product).nodes if node.scope == "policy_year")
    uses = f'[{{"node":"{node}","year":2,"settled":5,"guaranteed":2}}]'
    found = ingest(
        tables(
            policy=policies(plan=words(None, None), expiry=days("2028-05-31", "2028-05-31")),
            occurrence=occurrences(
                as_of=days(*["2027-12-01"] * 3),
                first_treated_on=days("2027-07-01", "2026-07-01", None),
                usage=pa.array([uses] * 3),
            ),
            edition=product,
        ),
    )
    (planes,) = found.columns.usage.values()
    assert [plane.tolist() for plane in planes] == [[5, 0, 0], [7, 0, 7]]


TEXTS = {
    "flag": ("yes", "no", UNKNOWN, "perhaps"),
    "count": ("3", "1..5", "2..", "..4", "-1", "99999999", "4..2", "x", UNKNOWN),
    "yen": ("0", "5..9", "5..", "unlimited", "irreparable", "-3", "2000000000000", UNKNOWN),
    "duration": ("6:30", "1:00..2:00", "..3:00", "2:00..", "6:75", "999999:00", UNKNOWN),
    "day": (
        "2026-06-02", "2026-06-30", "2026-06-02T03:10-04:00", "2026-06-02..2026-06-05",
        "2026-06-10..", "2026-06-20..", "..2026-06-05", "2026-06-03T00:30+14:00..2026-06-03",
        "2026-06-05..2026-06-02", "1899-12-31", "2026-02-30", "2026-06-02T03:10", UNKNOWN,
    ),
    "grades": ("7", "7|12", "15", UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-02T03:10-04:00", "2026-06-02 23:59+14:00", "2026-02-30T03:10+09:00",
        "1899-12-31T03:10+09:00", "2026-06-02T24:00+09:00", "2026-06-02T03:10+15:00",
        "2026-06-02T03:10Z", "2026-06-02T03:10:59+09:00", "２026-06-02T03:10+09:00",
    ],
)  # fmt: skip
def test_a_moment_is_read_quickly_or_with_care_but_never_otherwise(text: str) -> None:
    spec = LOWERED.variables[INDEX["baggage_clock_from"]]
    quick = exact_moment(text)
    wanted = scalar(spec, text, LATEST_DAY, None)
    assert quick is None or quick == wanted


def texts_of(spec: Variable, random: Random) -> str | None:
    if random.random() < 1 / 4:
        return None
    if spec.kind == "choice":
        return random.choice([*spec.choices, "|".join(spec.choices[:2]), "nothing", UNKNOWN])
    if spec.kind == "choices":
        first, second = spec.choices[:2]
        partial = (f"{first}|~{second}|?", f"~{first}", f"{first}|~{first}")
        return random.choice([*spec.choices, "none", *partial, "nothing", UNKNOWN])
    return random.choice(TEXTS[spec.kind])


def scalar(spec: Variable, text: str | None, as_of: int, offset: int | None) -> Any:
    """What a single claim would know, or the code of its refusal."""
    reader = ValueReader(as_of, offset)
    try:
        return (
            reader.domain(spec) if text is None else reader.read(spec, raw_of_text(spec, text), "")
        )
    except Problem as problem:
        return problem.code


AS_OF = ("2026-06-03", "2026-06-15", "2026-07-01")
OFFSETS = (None, "+09:00", "-04:00")


READ_ALONE = [
    variable.name
    for variable in LOWERED.variables
    if variable.owner not in ("policy", "line") and variable.kind != "persons"
]


@pytest.mark.parametrize("name", READ_ALONE)
def test_any_text_is_read_as_in_a_single_claim(name: str) -> None:
    spec = LOWERED.variables[INDEX[name]]
    random = Random(name)
    cells = [texts_of(spec, random) for _ in range(60)]
    as_of = [random.choice(AS_OF) for _ in cells]
    offsets = [random.choice(OFFSETS) for _ in cells]
    found = taken(
        occurrence=pa.table(
            {
                "policy": [10] * len(cells),
                "occurrence": list(range(len(cells))),
                "seq": list(range(len(cells))),
                "as_of": days(*as_of),
                "place_offset": words(*offsets),
                name: words(*cells),
            }
        ),
        receipt=receipts().slice(0, 0),
    )
    refused = {row["occurrence"]: row["code"] for row in found.rejects.to_pylist()}
    rows = {number: row for row, number in enumerate(found.occurrence.to_pylist())}
    for number, text in enumerate(cells):
        day = days(as_of[number])[0].as_py().toordinal()
        offset = offsets[number]
        wanted = scalar(spec, text, day, None if offset is None else offset_minutes(offset))
        if isinstance(wanted, str) or text == "2000000000000":
            assert refused.pop(number) == (wanted if isinstance(wanted, str) else "money.range")
            continue
        assert number in rows, (text, as_of[number], refused.get(number))
        assert as_known(found, spec, rows[number]) == wanted, (text, as_of[number], offset)
    assert refused == {}


def as_known(found: Ingested, spec: Variable, row: int) -> Any:
    planes = [int(plane[row]) for plane in found.columns.known(INDEX[spec.name])]
    if spec.kind == "grades":
        return found.columns.grades[planes[0]]
    if spec.kind in ("flag", "choice"):
        return planes[0]
    bound = ValueReader(1, None).domain(spec)[1] if spec.kind == "yen" else UNLIMITED
    return tuple(bound if end == UNLIMITED and in_plane(bound) == end else end for end in planes)


# order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ids", ["whole", "sparse", "text"])
def test_unsorted_tables_are_sorted_with_a_notice(ids: str) -> None:
    spread = {"whole": 1, "sparse": 10**12, "text": 1}[ids]

    def named(values: list[int]) -> pa.Array:
        found = pa.array([value * spread for value in values])
        return found.cast(pa.string()) if ids == "text" else found

    found = ingest(
        tables(
            policy=policies(policy=named([20, 10])),
            occurrence=occurrences(
                policy=named([20, 10, 20]), occurrence=named([1, 2, 3]), seq=pa.array([2, 1, 1])
            ),
            receipt=receipts(occurrence=named([1, 3, 1])),
        ),
    )
    assert found.occurrence.to_pylist() == named([2, 3, 1]).to_pylist()
    assert found.policy.to_pylist() == named([10, 20, 20]).to_pylist()
    assert found.columns.certificate.tolist() == [0, 1, 1]
    assert (found.row.tolist(), found.seq.tolist()) == ([1, 2, 0], [1, 1, 2])
    assert found.policy_row.tolist() == [1, 0, 0]
    assert found.columns.receipts.lo.tolist() == [200, 1000, 30]
    assert found.columns.receipts.offsets.tolist() == [0, 0, 1, 3]
    (notice,) = found.notices
    assert notice.en.startswith("Sorted here: policies, occurrences, receipts.")
    assert found.rejects.num_rows == 0


def test_empty_tables() -> None:
    found = taken(
        policy=policies().slice(0, 0),
        occurrence=occurrences().slice(0, 0),
        receipt=receipts().slice(0, 0),
    )
    assert found.columns.rows == 0 and found.rejects.num_rows == 0
    assert taken(receipt=receipts().slice(0, 0)).columns.receipts.offsets.tolist() == [0] * 4
    orphans = taken(occurrence=occurrences().slice(0, 0))
    assert orphans.rejects.column("code").to_pylist() == ["occurrence.unknown"] * 3


def test_a_category_no_clause_names_has_the_last_code() -> None:
    named = categories_of(LOWERED)
    every = columns_of(PRODUCT)["receipts"]["category"].words
    other = next(word for word in every if word not in named)
    found = taken(receipt=receipts(category=words(other, named[0], other)))
    assert found.columns.receipts.category.tolist() == [len(named), 0, len(named)]
