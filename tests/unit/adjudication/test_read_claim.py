"""Reading a claim: every refusal names the place, what is wrong and what to do, in both languages.

The table is that of bad input; claims go through `load_claim`, as files do.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from dosojin.adjudication.load_claim import load_claim
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.terms.money_tree import POLICY_PERIOD, POLICY_YEAR, all_together, limit, lines
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem
from tests.unit.adjudication.small_edition import (
    POLICY,
    SMALL,
    Cost,
    bill,
    claim_file,
    edition_paying,
    estimate,
    in_force,
    loss_on,
    lowered_of,
    read,
    yen,
)

RATE = {"yen": "155.20", "on": "2026-07-01", "source": "bank"}
LIMITED = edition_paying(
    all_together(
        limit(yen(300, "cap"), lines(Cost.CARE), per=POLICY_PERIOD, ja="", en=""),
        limit(yen(300, "yearly"), lines(Cost.FARE), per=POLICY_YEAR, dated=loss_on, ja="", en=""),
        id="all",
    )
)
REAL: dict[str, Any] = {
    "product": "gakkensai-2026",
    "plan": "C",
    "as_of": "2026-07-01",
    "policy": {"inception": "2026-06-01", "expiry": "2026-06-08"},
}


def without(entry: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != key}


def until(expiry: str) -> dict[str, Any]:
    """The real claim under a policy that ends on this day."""
    return {**REAL, "policy": {"inception": "2026-06-01", "expiry": expiry}}


def refusal(raw: Any) -> Problem:
    content = json.dumps(raw, ensure_ascii=False).encode()
    with pytest.raises(Problem) as caught:
        load_claim(content, "claim.json")
    return caught.value


def check(problem: Problem, code: str, place: str, says: list[str], remedy: list[str]) -> None:
    """`says` and `remedy` hold what must stand in the English and in the Japanese sentence."""
    assert (problem.code, problem.place) == (
        code,
        f"claim.json: {place}" if place else "claim.json",
    )
    for language in ("en", "ja"):
        assert problem.message.in_(language) and problem.remedy.in_(language)
    en, ja = says
    assert en in problem.message.en and ja in problem.message.ja
    en, ja = remedy
    assert en in problem.remedy.en and ja in problem.remedy.ja
    assert problem.remedy.en.endswith((".", "…", "?"))
    assert problem.remedy.ja.endswith(("。", "…"))


def line(**entries: Any) -> dict[str, Any]:
    return {"expenses": [bill(Cost.CARE, 1), {"category": "care", "amount": 5, **entries}]}


BAD_INPUT: list[Any] = [
    # what, code, place, (message en, ja), (remedy en, ja)
    ("wrong type", {"facts": {"died": 7}}, "value.type", "facts.died",
     ["'7' cannot be read", "「7」"], ["true or false", "true か false"]),
    ("unknown fact", {"facts": {"dyed": True}}, "fact.unknown", "facts.dyed",
     ["knows no such fact", "この事実の項目はありません"], ["'died'", "「died」"]),
    ("a fact far from any", {"facts": {"zzzz": True}}, "fact.unknown", "facts.zzzz",
     ["knows no such fact", "ありません"], ["dosojin facts", "dosojin facts"]),
    ("unknown category", {"expenses": [{"category": "cure", "amount": 1}]}, "value.word",
     "expenses[0].category", ["'cure' is not one", "「cure」"], ["'care'", "「care」"]),
    ("category as a list", line(category=["care"]), "value.word", "expenses[1].category",
     ["is not one", "選べません"], ["care", "care"]),
    ("impossible order", {"facts": {"admitted_on": "2026-06-05", "discharged_on": "2026-06-04"}},
     "facts.impossible", "facts.admitted_on, facts.discharged_on",
     ["Discharged before admitted", "退院日が入院日より前"], ["correct it", "直してください"]),
    ("policy backwards", {"policy": {**POLICY, "expiry": "2026-05-31"}}, "facts.impossible",
     "policy.inception, policy.expiry", ["before it begins", "始まりより前"],
     ["correct it", "直してください"]),
    ("negative yen", line(amount=-5), "money.range", "expenses[1].amount",
     ["-5 yen", "「-5」円"], ["from 0", "0円以上"]),
    ("fractional yen", line(amount=10.5), "value.type", "expenses[1].amount",
     ["'10.5'", "「10.5」"], ["whole yen", "整数"]),
    ("yen as text", line(amount="1,000"), "value.type", "expenses[1].amount",
     ["'1,000'", "「1,000」"], ["whole yen", "整数"]),
    ("yen backwards", line(amount={"from": 7, "to": 5}), "value.type", "expenses[1].amount",
     ["cannot be read", "読み取れません"], ["not above its to", "to 以下の範囲"]),
    ("a fraction at one end", line(amount={"from": 0.5}), "value.type", "expenses[1].amount.from",
     ["'0.5'", "「0.5」"], ["whole yen", "整数"]),
    ("ends of another name", line(refunded={"most": 5}), "key.unknown",
     "expenses[1].refunded.most", ["no such entry", "この項目はありません"],
     ["from, to", "from, to"]),
    ("a range in another currency", {**line(currency="USD", amount={"to": 5}),
                                     "rates": {"USD": RATE}},
     "value.type", "expenses[1].amount", ["cannot be read", "読み取れません"], ["a number", "数"]),
    ("absurd yen", line(amount=10**15 + 1), "money.range", "expenses[1].amount",
     ["1000000000000001 yen", "「1000000000000001」円"], ["1,000,000,000,000,000", "0円以上"]),
    ("no rate", line(currency="USD", amount="12.5"), "currency.no_rate", "expenses[1].currency",
     ["12.5 USD has no rate", "12.5 USD を円にするレートがありません"],
     ["Add rates: {USD:", "rates: {USD:"]),
    ("currency as a list", line(currency=["USD"]), "currency.no_rate", "expenses[1].currency",
     ["has no rate", "レートがありません"], ["rates", "rates"]),
    ("negative foreign amount", {**line(currency="USD", amount="-1"), "rates": {"USD": RATE}},
     "value.type", "expenses[1].amount", ["'-1'", "「-1」"], ["not negative", "0以上"]),
    ("foreign amount of words", {**line(currency="USD", amount="ten"), "rates": {"USD": RATE}},
     "value.type", "expenses[1].amount", ["'ten'", "「ten」"], ["a number", "数"]),
    ("a rate without yen", {"rates": {"USD": without(RATE, "yen")}}, "key.missing",
     "rates.USD.yen", ["is needed", "必要です"], ["Add rates.USD.yen", "「rates.USD.yen」"]),
    ("a rate without day", {"rates": {"USD": without(RATE, "on")}}, "key.missing",
     "rates.USD.on", ["is needed", "日付と出典"], ["Add rates.USD.on", "「rates.USD.on」"]),
    ("a rate without source", {"rates": {"USD": without(RATE, "source")}}, "key.missing",
     "rates.USD.source", ["is needed", "出典"], ["Add rates.USD.source", "「rates.USD.source」"]),
    ("a rate of nothing", {"rates": {"USD": {**RATE, "yen": "0"}}}, "value.type", "rates.USD.yen",
     ["'0'", "「0」"], ["above 0", "0より大きい"]),
    ("a rate of three", {"rates": {"USD": {**RATE, "yen": ["1", "2", "3"]}}}, "value.type",
     "rates.USD.yen", ["cannot be read", "読み取れません"], ["[least, most]", "[下限, 上限]"]),
    ("a rate of another kind", {"rates": {"USD": {**RATE, "buy": 1}}}, "key.unknown",
     "rates.USD.buy", ["no such entry", "この項目はありません"], ["Use: yen", "使える項目: yen"]),
    ("an impossible status", line(status="payed"), "value.word", "expenses[1].status",
     ["'payed'", "「payed」"], ["'paid'", "「paid」"]),
    ("an unknown entry of a line", line(amuont=5), "key.unknown", "expenses[1].amuont",
     ["no such entry", "この項目はありません"], ["'amount'", "「amount」"]),
    ("a line without category", {"expenses": [{"amount": 5}]}, "key.missing",
     "expenses[0].category", ["what the cost was for", "費用の種類"], ["Add", "書き足して"]),
    ("a line without amount", {"expenses": [{"category": "care"}]}, "key.missing",
     "expenses[0].amount", ["unknown", "unknown"], ["Add", "書き足して"]),
    ("a line that is none", {"expenses": ["care"]}, "value.type", "expenses[0]",
     ["'care'", "「care」"], ["name: value", "項目: 値"]),
    ("a person without a name", line(person=5), "value.type", "expenses[1].person",
     ["'5'", "「5」"], ["a name", "名前"]),
    ("nights of nothing", line(nights=0), "value.range", "expenses[1].nights",
     ["'0' is out of range", "「0」は範囲の外"], ["1…3650", "1…3650"]),
    ("lines that are no list", {"expenses": {"care": 5}}, "value.type", "expenses",
     ["cannot be read", "読み取れません"], ["a list", "一覧"]),
    ("too many lines", {"expenses": [bill(Cost.CARE, 1)] * 5001}, "value.type", "expenses",
     ["'5001'", "「5001」"], ["at most 5000", "5000行まで"]),
    ("facts that are no mapping", {"facts": ["died"]}, "value.type", "facts",
     ["cannot be read", "読み取れません"], ["name: value", "項目: 値"]),
    ("no policy", {"policy": None}, "key.missing", "policy.inception",
     ["the policy period", "保険期間"], ["Add policy.inception", "「policy.inception」"]),
    ("no expiry", {"policy": without(POLICY, "expiry")}, "key.missing", "policy.expiry",
     ["the policy period", "保険期間"], ["Add policy.expiry", "「policy.expiry」"]),
    ("an unknown entry of the policy", {"policy": {**POLICY, "expire": 1}}, "key.unknown",
     "policy.expire", ["no such entry", "この項目はありません"], ["'expiry'", "「expiry」"]),
    ("an unknown sum", {"policy": {**POLICY, "sums": {"mediacl": 5}}}, "key.unknown",
     "policy.sums.mediacl", ["no such entry", "ありません"], ["'medical'", "「medical」"]),
    ("a sum of words", {"policy": {**POLICY, "sums": {"medical": "lots"}}}, "value.type",
     "policy.sums.medical", ["'lots'", "「lots」"], ["whole yen", "整数"]),
    ("an unknown entry", {"expences": []}, "key.unknown", "expences",
     ["no such entry", "この項目はありません"], ["'expenses'", "「expenses」"]),
    ("a day after the day of knowledge", {"facts": {"admitted_on": "2026-08-02"}}, "date.later",
     "facts.admitted_on", ["2026-08-01", "2026-08-01"], ["as_of", "as_of"]),
    ("a day that is none", {"facts": {"admitted_on": "2026-02-30"}}, "value.type",
     "facts.admitted_on", ["'2026-02-30'", "「2026-02-30」"], ["2026-06-02", "2026-06-02"]),
    ("a fact without a value", {"facts": {"died": None}}, "value.empty", "facts.died",
     ["no value", "値がありません"], ["unknown", "unknown"]),
    ("an offset that no place has", {"place_offset": "+15:00"}, "value.type", "place_offset",
     ["'+15:00'", "「+15:00」"], ["-04:00", "-04:00"]),
    ("an offset as a number", {"place_offset": 9}, "value.type", "place_offset",
     ["'9'", "「9」"], ["-04:00", "-04:00"]),
    ("a day of knowledge out of time", {"as_of": "1800-01-01"}, "value.type", "as_of",
     ["1800-01-01", "1800-01-01"], ["1900", "1900年"]),
    ("a day of knowledge that is none", {"as_of": "today"}, "value.type", "as_of",
     ["'today'", "「today」"], ["2026-06-02", "2026-06-02"]),
    ("documents that are no list", {"documents": "all"}, "value.type", "documents",
     ["'all'", "「all」"], ["a list", "一覧"]),
    ("a document without a name", {"documents": ["a", {}]}, "value.type", "documents[1]",
     ["'{}'", "「{}」"], ["the name", "名前"]),
    ("usage of no node", {"usage": [{"node": "nowhere"}]}, "value.word", "usage[0].node",
     ["'nowhere'", "「nowhere」"], ["Choose", "選んで"]),
    ("usage of a list", {"usage": [{"node": ["cap"]}]}, "value.word", "usage[0].node",
     ["is not one", "選べません"], ["Choose", "選んで"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "place", "says", "remedy"),
    [row[1:] for row in BAD_INPUT],
    ids=[row[0] for row in BAD_INPUT],
)
def test_bad_input_is_refused_at_its_place(
    changed: dict[str, Any], code: str, place: str, says: list[str], remedy: list[str]
) -> None:
    with in_force():
        check(refusal(claim_file(SMALL, **changed)), code, place, says, remedy)


USAGE_ERRORS: list[Any] = [
    ({"node": "cap", "settled": -1}, "money.range", "usage[0].settled", "from 0"),
    ({"node": "cap", "settled": "5"}, "value.type", "usage[0].settled", "whole yen"),
    ({"node": "cap", "guaranteed": 1.5}, "value.type", "usage[0].guaranteed", "whole yen"),
    ({"node": "cap", "year": 1}, "value.type", "usage[0].year", "no year"),
    ({"node": "yearly"}, "value.type", "usage[0].year", "1, 2"),
    ({"node": "yearly", "year": 0}, "value.type", "usage[0].year", "1, 2"),
    ({"node": "yearly", "year": True}, "value.type", "usage[0].year", "1, 2"),
    ({"node": "cap", "used": 5}, "key.unknown", "usage[0].used", "Use: node"),
    ({"node": "cop"}, "value.word", "usage[0].node", "'cap'"),
]


@pytest.mark.parametrize(("entry", "code", "place", "remedy"), USAGE_ERRORS)
def test_bad_usage_is_refused(entry: dict[str, Any], code: str, place: str, remedy: str) -> None:
    with in_force():
        problem = refusal(claim_file(LIMITED, usage=[entry]))
    assert (problem.code, problem.place) == (code, f"claim.json: {place}")
    assert remedy in problem.remedy.en
    assert problem.message.ja and problem.remedy.ja


WHOLE: list[Any] = [
    ("no product", without(REAL, "product"), "key.missing", "product",
     ["is needed", "必要です"], ["Add product", "「product」"]),
    ("product of another kind", {**REAL, "product": 7}, "value.type", "product",
     ["'7'", "「7」"], ["a word", "文字列"]),
    ("a product that is none", {**REAL, "product": "gakkensai-2027"}, "product.unknown", "product",
     ["no product 'gakkensai-2027'", "「gakkensai-2027」という商品"],
     ["gakkensai-2026", "gakkensai-2026"]),
    ("a plan that does not exist", {**REAL, "plan": "G"}, "value.word", "plan",
     ["'G' is not one", "「G」"], ["A, B, C, D, E, F", "A, B, C, D, E, F"]),
    ("a plan of nothing", {**REAL, "plan": None}, "value.type", "plan",
     ["cannot be read", "読み取れません"], ["a word", "文字列"]),
    ("longer than any band", until("2028-06-08"),
     "rating.period_too_long", "policy.expiry", ["longer than any plan", "2年"],
     ["2028-05-31", "2028-05-31"]),
    ("longer than this plan", until("2026-09-01"), "rating.plan_does_not_fit", "plan",
     ["93 days", "93日"], ["Plan D", "Dプラン"]),
    ("no day of knowledge", without(REAL, "as_of"), "key.missing", "as_of",
     ["on what day", "いつ現在"], ["Add as_of", "「as_of」"]),
    ("no claim at all", [1, 2], "value.type", "",
     ["cannot be read", "読み取れません"], ["product, facts", "product, facts"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code", "place", "says", "remedy"),
    [row[1:] for row in WHOLE],
    ids=[row[0] for row in WHOLE],
)
def test_a_claim_that_fits_no_product_or_plan_is_refused(
    raw: Any, code: str, place: str, says: list[str], remedy: list[str]
) -> None:
    check(refusal(raw), code, place, says, remedy)


# What is taken.


def known(claim: Claim, name: str) -> Any:
    names = [variable.name for variable in lowered_of(SMALL).variables]
    return claim.case.known[names.index(name)]


def test_nothing_said_is_unknown_and_not_stated() -> None:
    claim = read(SMALL)
    assert known(claim, "died") == 2
    assert known(claim, "cause") == 0b111
    names = [variable.name for variable in lowered_of(SMALL).variables]
    assert "died" not in {names[index] for index in claim.case.stated}
    assert claim.case.asked == frozenset()


def test_known_to_be_unknown_is_stated_and_asked() -> None:
    claim = read(SMALL, facts={"died": "unknown"})
    names = [variable.name for variable in lowered_of(SMALL).variables]
    assert {names[index] for index in claim.case.asked} == {"died"}
    assert known(claim, "died") == 2


def test_a_bill_is_exact_and_an_estimate_is_at_most() -> None:
    claim = read(
        SMALL,
        expenses=[
            bill(Cost.CARE, 100, status="paid"),
            bill(Cost.CARE, 100, status="billed"),
            estimate(Cost.CARE, 100),
            bill(Cost.CARE, "unknown"),
        ],
    )
    amounts = [(line.lo, line.hi) for line in claim.case.lines]
    assert amounts == [(100, 100), (100, 100), (0, 100), (0, UNBOUNDED)]
    assert [line.estimated for line in claim.case.lines] == [False, False, True, False]


def test_yen_may_lie_in_a_range() -> None:
    claim = read(
        SMALL,
        expenses=[
            bill(Cost.CARE, {"from": 5, "to": 70}, refunded={"to": 3}),
            bill(Cost.CARE, {"from": 5}),
            bill(Cost.CARE, {"to": 70}, currency="JPY"),
            bill(Cost.CARE, {}),
            estimate(Cost.CARE, {"from": 5, "to": 70}),
        ],
    )
    amounts = [(line.lo, line.hi) for line in claim.case.lines]
    assert amounts == [(5, 70), (5, UNBOUNDED), (0, 70), (0, UNBOUNDED), (0, 70)]
    names = [v.name for v in lowered_of(SMALL).variables if v.owner == "line"]
    known = claim.case.lines[0].known
    assert known[names.index("refunded")] == (0, 3)
    assert known[names.index("planned")] == (0, 70)


@pytest.mark.parametrize(
    ("amount", "rate", "span"),
    [
        ("12.50", "155.20", (1940, 1940)),
        ("12.55", "155.20", (1947, 1947)),  # 1,947.76: the fraction is dropped
        ("0.01", "155.20", (1, 1)),
        ("3", ["155", "156.5"], (465, 469)),  # 469.5
        (3, "0.1", (0, 0)),
        ("1e2", "155.20", (15_520, 15_520)),
    ],
)
def test_a_foreign_amount_drops_its_fraction_of_a_yen_once(
    amount: Any, rate: Any, span: tuple[int, int]
) -> None:
    claim = read(
        SMALL,
        rates={"USD": {**RATE, "yen": rate}},
        expenses=[bill(Cost.CARE, amount, currency="USD")],
    )
    assert (claim.case.lines[0].lo, claim.case.lines[0].hi) == span


def test_no_binary_fraction_creeps_into_a_rate() -> None:
    # In binary fractions 100 × 1.15 is 114.999…, and its fraction would be dropped to 114.
    claim = read(
        SMALL,
        rates={"USD": {**RATE, "yen": "1.15"}},
        expenses=[bill(Cost.CARE, "100", currency="USD")],
    )
    assert claim.case.lines[0].lo == 115


def test_the_deductions_of_a_line_are_converted_with_it() -> None:
    expenses = [bill(Cost.CARE, "10", currency="USD", refunded="2.5")]
    claim = read(SMALL, rates={"USD": RATE}, expenses=expenses)
    names = [v.name for v in lowered_of(SMALL).variables if v.owner == "line"]
    assert claim.case.lines[0].known[names.index("refunded")] == (388, 388)
    assert claim.case.lines[0].known[names.index("planned")] == (0, 1552)


def test_a_line_keeps_person_item_and_exact_day() -> None:
    expenses = [
        bill(Cost.FARE, 5, person="mother", on="2026-06-03"),
        bill(Cost.GOODS, 5, item="camera", on={"from": "2026-06-03", "to": "2026-06-04"}),
    ]
    first, second = read(SMALL, expenses=expenses).case.lines
    assert (first.person, first.item, first.day is not None) == ("mother", None, True)
    assert (second.person, second.item, second.day) == (None, "camera", None)


def test_empty_entries_are_no_entries() -> None:
    claim = read(SMALL, facts=None, expenses=None, usage=None, rates=None, documents=None)
    assert claim.case.lines == ()
    assert claim.documents == frozenset()


def test_the_day_of_knowledge_may_be_a_moment() -> None:
    claim = read(SMALL, as_of="2026-08-01T09:00+09:00")
    assert claim.as_of.isoformat() == "2026-08-01"


def test_a_plan_says_its_sums_and_the_certificate_may_say_otherwise() -> None:
    plain = read_claim(REAL)
    names = [variable.name for variable in plain.evaluator.lowered.variables]
    index = names.index("sums.accidental_death")
    before = plain.case.known[index]
    assert before[0] == before[1] > 1
    policy = {**REAL["policy"], "sums": {"accidental_death": 1}}
    assert read_claim({**REAL, "policy": policy}).case.known[index] == (1, 1)


def test_a_claim_knows_its_product_plan_and_source() -> None:
    claim = read_claim(REAL)
    assert (claim.product, claim.plan) == ("gakkensai-2026", "C")
    assert claim.edition.id == "gakkensai-2026"
    assert claim.source is REAL
