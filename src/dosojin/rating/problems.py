"""The refusals of rating, each in both languages, with the place and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dosojin.values.problems import Problem
from dosojin.values.text import Text


class RatingProblem(Problem):
    """A refusal by the tariff; `place` is the name of the argument: plan, start, end, new_end …"""


def unknown_product(product: str, known: Sequence[str]) -> RatingProblem:
    return RatingProblem(
        "rating.unknown_product",
        "product",
        Text(f"「{product}」という商品はありません。", f"There is no product {product!r}."),
        Text(
            f"次のどれかを指定してください: {'、'.join(known)}。",
            f"Choose one of: {', '.join(known)}.",
        ),
    )


def unknown_plan(product: str, plan: str, known: Sequence[str]) -> RatingProblem:
    return RatingProblem(
        "rating.unknown_plan",
        "plan",
        Text(f"{product} に「{plan}」プランはありません。", f"{product} has no plan {plan!r}."),
        Text(
            f"次のどれかを指定してください: {'、'.join(known)}。",
            f"Choose one of: {', '.join(known)}.",
        ),
    )


def no_published_tariff(product: str) -> RatingProblem:
    return RatingProblem(
        "rating.no_published_tariff",
        "product",
        Text(
            f"{product} には公表された保険料表がありません。",
            f"{product} has no published tariff.",
        ),
        Text(
            "保険料は被保険者証でお確かめいただくか、取扱代理店にお尋ねください。",
            "See the certificate for the premium, or ask the agency.",
        ),
    )


def end_before_start(start: date, end: date) -> RatingProblem:
    return RatingProblem(
        "rating.end_before_start",
        "end",
        Text(
            f"終わりの日 {end} が、始まりの日 {start} より前です。",
            f"The end {end} is before the start {start}.",
        ),
        Text(
            "始まりの日と同じか、それより後の日を指定してください。",
            "Give a day on or after the start.",
        ),
    )


def plan_does_not_fit(
    plan: Text, takes: Text, period: Text, fitting: Sequence[tuple[Text, Text]]
) -> RatingProblem:
    """`fitting` are (title, lengths) of the plans that take the period, the best first."""
    ja = "、".join(f"{title.ja}（{length.ja}）" for title, length in fitting)
    en = ", ".join(f"{title.en} ({length.en})" for title, length in fitting)
    return RatingProblem(
        "rating.plan_does_not_fit",
        "plan",
        Text(
            f"{plan.ja}の保険期間は{takes.ja}ですが、{period.ja}です。",
            f"{plan.en} takes {takes.en}, but {period.en}.",
        ),
        Text(
            f"この期間に合うプランをお選びください: {ja}。",
            f"Choose a plan that fits this period: {en}.",
        ),
    )


def period_too_long(period: Text, longest: Text, takes: Text, last_day: date) -> RatingProblem:
    return RatingProblem(
        "rating.period_too_long",
        "end",
        Text(
            f"{period.ja}。いちばん長い{longest.ja}でも{takes.ja}です。",
            f"This is longer than any plan takes: {period.en}; "
            f"the longest, {longest.en}, takes {takes.en}.",
        ),
        Text(f"終わりの日を {last_day} までにしてください。", f"End on or before {last_day}."),
    )


def new_end_not_later(end: date, new_end: date) -> RatingProblem:
    return RatingProblem(
        "rating.new_end_not_later",
        "new_end",
        Text(
            f"延長後の終わりの日 {new_end} が、今の終わりの日 {end} より後ではありません。",
            f"The new end {new_end} is not after the present end {end}.",
        ),
        Text(
            f"{end} より後の日を指定してください。短くするときは解約の手続きになります。",
            f"Give a day after {end}; to shorten a policy, cancel it.",
        ),
    )


def extension_too_long(limit: Text, last_day: date) -> RatingProblem:
    return RatingProblem(
        "rating.extension_too_long",
        "new_end",
        Text(
            f"延長できるのは、始まりの日から通算して{limit.ja}までです。",
            f"A policy can be extended to {limit.en} in all, counted from its start.",
        ),
        Text(
            f"延長後の終わりの日を {last_day} までにしてください。",
            f"Give a new end on or before {last_day}.",
        ),
    )


def pair_ends_here(plan: Text, pair: Text, last_day: date, others: Sequence[Text]) -> RatingProblem:
    """The plan and its pair take no more; `others` would, but are another cover."""
    ja, en = "、".join(other.ja for other in others), ", ".join(other.en for other in others)
    return RatingProblem(
        "rating.pair_ends_here",
        "new_end",
        Text(
            f"{plan.ja}と{pair.ja}では、この長さまで延長できません。",
            f"{plan.en} and {pair.en} cannot be extended to this length.",
        ),
        Text(
            f"延長後の終わりの日を {last_day} までにしてください。"
            f"この長さの保険期間は{ja}にありますが、補償の異なる別のご契約になります。",
            f"Give a new end on or before {last_day}. "
            f"{en} takes this length, as a new policy with other cover.",
        ),
    )


def extension_too_late(end: date, requested_on: date) -> RatingProblem:
    return RatingProblem(
        "rating.extension_too_late",
        "requested_on",
        Text(
            f"保険期間は {end} に終わっており、{requested_on} には延長できません。",
            f"The policy ended on {end}; it cannot be extended on {requested_on}.",
        ),
        Text(
            "延長の手続きは、保険期間が終わるまでに済ませる必要があります。",
            "An extension must be complete before the policy ends.",
        ),
    )


def cover_ends_after_policy(end: date, last_covered_day: date) -> RatingProblem:
    return RatingProblem(
        "rating.cover_ends_after_policy",
        "last_covered_day",
        Text(
            f"最後に補償される日 {last_covered_day} が、保険期間の終わり {end} より後です。",
            f"The last covered day {last_covered_day} is after the policy's end {end}.",
        ),
        Text(f"{end} 以前の日を指定してください。", f"Give a day on or before {end}."),
    )


def strategy_not_offered(product: str, strategy: str, offered: Sequence[str]) -> RatingProblem:
    return RatingProblem(
        "rating.strategy_not_offered",
        "strategy",
        Text(
            f"{product} には、返還の計算方法「{strategy}」がありません。",
            f"{product} has no refund strategy {strategy!r}.",
        ),
        Text(
            f"次のどれかを指定してください: {'、'.join(offered)}。",
            f"Choose one of: {', '.join(offered)}.",
        ),
    )


def short_rate_not_defined(longest: Text) -> RatingProblem:
    return RatingProblem(
        "rating.short_rate_not_defined",
        "strategy",
        Text(
            f"短期料率は{longest.ja}の保険期間にしかありません。",
            f"Short-period rates exist only for policies of {longest.en}.",
        ),
        Text(
            "返還の計算方法は tariff_difference か pro_rata を指定してください。",
            "Choose tariff_difference or pro_rata instead.",
        ),
    )


def unknown_rider(product: str, rider: str, known: Sequence[str]) -> RatingProblem:
    return RatingProblem(
        "rating.unknown_rider",
        "rider",
        Text(
            f"{product} に「{rider}」という特約はありません。", f"{product} has no rider {rider!r}."
        ),
        Text(
            f"次のどれかを指定してください: {'、'.join(known)}。",
            f"Choose among: {', '.join(known)}.",
        ),
    )
