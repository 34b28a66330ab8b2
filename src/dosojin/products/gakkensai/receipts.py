"""What of a receipt is a cost at all, and what a person's finding takes off a benefit."""

from __future__ import annotations

from dosojin.facts.lines import line_excessive, line_planned, line_public_scheme, line_refunded
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.facts.body import (
    earlier_impairment_percent,
    work_reduction_percent,
)
from dosojin.terms.money_tree import Node, less, lines, share


def borne(name: str, *costs: Cost, source: str) -> Node:
    """What was really borne of these receipts, as far as it is reasonable and customary."""
    return less(
        line_refunded,
        line_public_scheme,
        line_excessive,
        of=lines(*costs, id=f"{name}_receipts"),
        id=f"{name}_deductions",
        ja="払い戻された額、日本や海外の公的制度が負担した額、社会通念上妥当な額を超える部分を差し引きます",
        en="less what was refunded, what a public scheme bore (in Japan or abroad) and what is "
        "above reasonable and customary",
        source=source,
    )


def borne_beyond_plans(name: str, *costs: Cost, source: str) -> Node:
    """The same, without what the traveller would have spent anyway."""
    return less(
        line_refunded,
        line_planned,
        line_public_scheme,
        line_excessive,
        of=lines(*costs, id=f"{name}_receipts"),
        id=f"{name}_deductions",
        ja="払い戻された額、もともと負担する予定だった額、日本や海外の公的制度が負担した額、"
        "社会通念上妥当な額を超える部分を差し引きます",
        en="less what was refunded, planned anyway, borne by a public scheme (in Japan or abroad) "
        "or above reasonable and customary",
        source=source,
    )


def without_earlier_impairment(part: str, of: Node) -> Node:
    """Pays what would have been due if no earlier impairment or illness had made it worse."""
    return share(
        earlier_impairment_percent,
        of,
        id=f"{part}.share",
        ja="以前からあった障害や病気の影響で重くなった分を除きます",
        en="without the part by which an earlier impairment or illness made it worse",
        source="003 l.854; 004 l.142",
    )


def cut_for_dangerous_work(part: str, of: Node) -> Node:
    """Pays less, or nothing, for dangerous work that was not declared and paid for."""
    return share(
        work_reduction_percent,
        of,
        id=f"{part}.work_cut",
        ja="割増保険料を払い込んでいない危険な仕事のため、査定された割合を削減します",
        en="cut by the assessed part for dangerous work without its loading",
        source="003 l.898-899; 004 l.1256-1260",
    )
