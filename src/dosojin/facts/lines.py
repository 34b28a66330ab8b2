"""What can be known of one receipt line, in every family.

Amount, currency, date and status are the line itself; the facts here are what clauses read.
A line that lacks a field has it unknown, within the field's domain.
"""

from __future__ import annotations

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.values.text import Text


class Deduction(Choice):
    """Who else bears part of the costs, or what was going to be spent anyway."""

    PUBLIC_SCHEME = "public_scheme"
    REFUND = "refund"
    PLANNED_COST = "planned_cost"
    OVER_REASONABLE = "over_reasonable"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "public_scheme": Text(
                "日本または海外の公的な健康保険や労災保険などが一部を負担した",
                "a public health or workers' compensation scheme, in Japan or abroad, bore part",
            ),
            "refund": Text("払い戻しを受けた", "part was refunded"),
            "planned_cost": Text(
                "もともと支払う予定だった費用がある", "part would have been spent anyway"
            ),
            "over_reasonable": Text(
                "一般的な水準より高いと査定された", "part was assessed as above what is customary"
            ),
        }


deductions = Fact(
    name="deductions",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=Deduction,
    title=Text("差し引くもの", "Deductions"),
    ask=Text(
        "領収書の費用のうち、次にあたるものはありますか。",
        "Does any of these apply to the costs on the receipts?",
    ),
    why=Text(
        "実際に負担しなかった分は、お支払いの対象になりません。",
        "Only what was really borne, and is customary, can be paid.",
    ),
)


def _yen(name: str, title: Text, ask: Text, deduction: Deduction) -> Fact:
    return Fact(
        name=name,
        owner=Owner.LINE,
        kind=Kind.YEN,
        unit="yen",
        least=0,
        title=title,
        ask=ask,
        applies_when=deductions.has(deduction),
    )


line_on = Fact(
    name="on",
    owner=Owner.LINE,
    kind=Kind.DAY,
    title=Text("費用の日付", "Date of the cost"),
    ask=Text("この費用はいつ必要になりましたか。", "On what day was this cost needed?"),
)
line_nights = Fact(
    name="nights",
    owner=Owner.LINE,
    kind=Kind.COUNT,
    unit="nights",
    least=1,
    most=3650,
    title=Text("泊数", "Nights"),
    ask=Text("この宿泊費は何泊分ですか。", "How many nights does this bill cover?"),
)
line_public_scheme = _yen(
    "public_scheme",
    Text("公的制度の負担額", "Borne by a public scheme"),
    Text(
        "この費用のうち、公的制度が負担した額はいくらですか。",
        "How much of this did a public scheme bear?",
    ),
    Deduction.PUBLIC_SCHEME,
)
line_refunded = _yen(
    "refunded",
    Text("払戻額", "Refunded"),
    Text("この費用のうち、払い戻された額はいくらですか。", "How much of this was refunded?"),
    Deduction.REFUND,
)
line_planned = _yen(
    "planned",
    Text("予定していた額", "Planned anyway"),
    Text(
        "この費用のうち、もともと支払う予定だった額はいくらですか。",
        "How much of this would have been spent anyway?",
    ),
    Deduction.PLANNED_COST,
)
line_excessive = _yen(
    "excessive",
    Text("妥当な額を超える部分", "Above reasonable and customary"),
    Text(
        "査定の結果、社会通念上妥当な額を超えるのはいくらですか。",
        "By how much does this exceed what is reasonable and customary, as assessed?",
    ),
    Deduction.OVER_REASONABLE,
)
line_repair_cost = Fact(
    name="repair_cost",
    owner=Owner.LINE,
    kind=Kind.YEN,
    unit="yen",
    least=0,
    title=Text("修理費", "Repair cost"),
    ask=Text(
        "修理費はいくらですか（修理できない場合は「修理不能」）。",
        'What would the repair cost ("irreparable" if it cannot be repaired)?',
    ),
)
line_abroad = Fact(
    name="abroad",
    owner=Owner.LINE,
    kind=Kind.FLAG,
    title=Text("海外での費用", "Cost abroad"),
    ask=Text("この費用は日本の外でかかりましたか。", "Was this cost incurred outside Japan?"),
)
LINE_FACTS = (
    line_on,
    line_nights,
    line_public_scheme,
    line_refunded,
    line_planned,
    line_excessive,
    line_repair_cost,
    line_abroad,
)
