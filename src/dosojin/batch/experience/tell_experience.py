"""An experience in tables for people and as plain data for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dosojin.batch.experience.discount_scale import Scale, implied_experience, percent
from dosojin.batch.experience.tallies import CellKey, Experience, LossRatio, Tally
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.tariff import BASIS_POINTS
from dosojin.values.text import Text

NO_BOUND = Text("上限なし", "no bound")
_THOUSAND = 1000
_NO_RATIO = LossRatio(None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its title and what stands under it."""

    title: Text
    tally: Tally


@dataclass(frozen=True, slots=True)
class Section:
    """One table: what its lines are by, and the lines in order."""

    heading: Text
    rows: tuple[Row, ...]


def sections(experience: Experience) -> tuple[Section, ...]:
    """By year of inception with the total, by plan, by length band."""
    years = experience.by(lambda key: key.year)
    rows = [Row(Text(f"{year}年", str(year)), tally) for year, tally in sorted(years.items())]
    rows.append(Row(Text("合計", "Total"), experience.total))
    by_year = Section(Text("保険始期の年", "Inception"), tuple(rows))
    return (by_year, _by_plan(experience), _by_band(experience))


def _by_plan(experience: Experience) -> Section:
    plans = load_tariff(experience.edition).plans
    titles = {plan.id: plan.title for plan in plans.values()}
    return _section(Text("プラン", "Plan"), experience.by(lambda key: key.plan), titles)


def _by_band(experience: Experience) -> Section:
    plans = load_tariff(experience.edition).plans.values()
    bands = {row.band.name: row.band for plan in plans for row in plan.rows}
    titles = {
        name: bands[name].text for name in sorted(bands, key=lambda name: bands[name].reading_order)
    }
    return _section(Text("旅行期間", "Length band"), experience.by(lambda key: key.band), titles)


def _section(heading: Text, sums: Mapping[str, Tally], titles: Mapping[str, Text]) -> Section:
    rows = [Row(titles[key], sums[key]) for key in titles if key in sums]
    if "" in sums:
        rows.append(Row(Text("（記載なし）", "(none)"), sums[""]))
    return Section(heading, tuple(rows))


# cells of the tables --------------------------------------------------------------------------


def thousands(yen: Fraction | int | None, language: str) -> str:
    """Thousands of yen, half up; or that there is no bound."""
    if yen is None:
        return NO_BOUND.in_(language)
    exact = Fraction(yen) / _THOUSAND
    return f"{(2 * exact.numerator + exact.denominator) // (2 * exact.denominator):,}"


def span_of_percents(lo: Fraction | None, hi: Fraction | None, language: str) -> str:
    """ "45.35" or "45.35–46.73"."""
    if lo is None and hi is None:
        return "–"
    least = NO_BOUND.in_(language) if lo is None else percent(lo)
    most = NO_BOUND.in_(language) if hi is None else percent(hi)
    return least if least == most else f"{least}–{most}"


@dataclass(frozen=True, slots=True)
class Earned:
    """The discounts that a loss ratio earns: certainly (at its upper end), and at best."""

    certain: int
    possible: int


def earned(scale: Scale, ratio: LossRatio) -> Earned:
    """What the scale gives for the two ends of a loss ratio, in basis points."""
    return Earned(scale.earned(ratio.hi), scale.earned(ratio.lo))


def experience_discount(scale: Scale, ratio: LossRatio, language: str) -> str:
    """The experience discount in per cent; none where there is no loss ratio to earn it."""
    if ratio == _NO_RATIO:
        return span_of_percents(None, None, language)
    both = earned(scale, ratio)
    shares = (Fraction(both.certain, BASIS_POINTS), Fraction(both.possible, BASIS_POINTS))
    return span_of_percents(*shares, language)


def whole_discount(scale: Scale, ratio: LossRatio, language: str) -> str:
    """1 − (1 − volume)(1 − experience) in per cent; none where there is no loss ratio."""
    if ratio == _NO_RATIO:
        return span_of_percents(None, None, language)
    both = earned(scale, ratio)
    return span_of_percents(scale.combined(both.certain), scale.combined(both.possible), language)


# sentences ------------------------------------------------------------------------------------


def notes(experience: Experience, scale: Scale) -> tuple[Text, ...]:
    """What a reader has to know of the figures."""
    discount = percent(Fraction(experience.discount, BASIS_POINTS))
    paid = experience.loss_ratio_net(experience.total)
    net = Text("", "")
    if paid != _NO_RATIO:
        ja, en = (span_of_percents(paid.lo, paid.hi, language) for language in ("ja", "en"))
        net = Text(f"で、これに対する損害率は {ja}％", f"; over these the ratio is {en} %")
    found = [
        Text(
            "損害率は、割引適用前の保険料に対する支払額です。割引率が変わっても比べられるようにするためです"
            f"（支払われた保険料は {discount}％ の割引後の額{net.ja}）。",
            "Loss ratios are payouts over premiums before any discount, so that a change of the "
            f"discount does not move them (premiums were paid {discount} % lower{net.en}).",
        ),
        Text(
            "保険料は契約時の全額です。まだ続く契約や届いていない請求があるため、新しい年の損害率は低めに出ます。",
            "Premiums are those written, in full. Trips still run and claims are still to come, so "
            "the ratios of the latest years are too low.",
        ),
    ]
    if experience.total.open:
        found.append(
            Text(
                f"未確定の事故が {experience.total.open:,} 件あり、支払額には幅があります。"
                "割引率は、損害率が上限のときに確実な率、下限のときに最大の率です。",
                f"Occurrences still open: {experience.total.open:,}, so payouts are a range. A "
                "discount is certain at the upper loss ratio, possible at the lower.",
            )
        )
    found.extend(_missing(experience))
    found.append(_of_scale(scale))
    found.append(_of_formula(experience, scale))
    return tuple(found)


def _missing(experience: Experience) -> list[Text]:
    found = []
    if experience.is_elsewhere:
        found.append(
            Text(
                "指定された判断は、今このフォルダーにある表から作られたものではありません。"
                "契約や事故が違えば、損害率は誤りになります。",
                "The decisions were not made from the tables that are in this folder now. If "
                "policies or claims differ, these ratios are wrong.",
            )
        )
    if experience.rated:
        found.append(
            Text(
                f"保険料のない {experience.rated:,} 契約は、保険料表で計算しました。",
                f"Policies that state no premium: {experience.rated:,}; the tariff's was taken.",
            )
        )
    if experience.rejected:
        found.append(
            Text(
                f"判断できなかった事故 {experience.rejected:,} 件の支払いは入っていません。"
                "理由は dosojin batch の REJECTS.parquet にあります。",
                f"Occurrences that could not be decided: {experience.rejected:,}; their payouts "
                "are missing here. `dosojin batch` writes why to REJECTS.parquet.",
            )
        )
    if experience.unclaimed:
        found.append(
            Text(
                f"補償を何も請求していない事故 {experience.unclaimed:,} 件は、数えていません。",
                f"Not counted, as they claim no benefit yet: {experience.unclaimed:,} occurrences.",
            )
        )
    return found


def _of_scale(scale: Scale) -> Text:
    if not scale.is_assumption:
        return Text(f"割引の表: {scale.name}。", f"The scale of discounts is {scale.name}.")
    return Text(
        f"損害率と割引率の対応（{scale.name}）は仮定です。制度の実際の表は公表されていません。"
        "--scale で別の表を指定できます。",
        f"Which loss ratio earns which discount ({scale.name}) is an assumption: the scheme does "
        "not publish its own scale. Give another with --scale.",
    )


def _of_formula(experience: Experience, scale: Scale) -> Text:
    volume = percent(Fraction(scale.volume, BASIS_POINTS))
    total = percent(Fraction(experience.discount, BASIS_POINTS))
    implied = percent(implied_experience(experience.discount, scale.volume))
    return Text(
        f"割引率 = 1 − (1 − 包括割引 {volume}％) × (1 − 損害率による割引)。"
        f"いまの保険料の割引 {total}％ のうち、損害率によるものはこの式で {implied}％ です。",
        f"Discount = 1 − (1 − {volume} % for volume) × (1 − experience). By it, the {total} % "
        f"inside today's premiums hold {implied} % for experience.",
    )


# plain data -----------------------------------------------------------------------------------


def experience_json(experience: Experience, scale: Scale) -> dict[str, Any]:
    """All of it: yen, exact fractions and rounded percentages."""

    def tallied(tally: Tally) -> dict[str, Any]:
        return _tally_json(experience, tally)

    return {
        "edition": experience.edition,
        "premium_basis": "written, before discount",
        "discount_inside_premiums": _share(Fraction(experience.discount, BASIS_POINTS)),
        "scale": {
            "name": scale.name,
            "is_assumption": scale.is_assumption,
            "volume": _share(Fraction(scale.volume, BASIS_POINTS)),
            "steps": [{"below": below, "discount": given} for below, given in scale.steps],
            "unit": "basis points",
        },
        "policies_rated": experience.rated,
        "occurrences_rejected": experience.rejected,
        "occurrences_unclaimed": experience.unclaimed,
        "decided_from_other_files": experience.is_elsewhere,
        "total": {**tallied(experience.total), **_discount_json(experience, scale)},
        "years": [
            {"year": year, **tallied(tally), **_discount_json(experience.of_year(year), scale)}
            for year, tally in sorted(experience.by(lambda key: key.year).items())
        ],
        "plans": _listed("plan", experience.by(lambda key: key.plan), tallied),
        "bands": _listed("band", experience.by(lambda key: key.band), tallied),
        "cells": [_cell_json(key, tally) for key, tally in experience.cells.items()],
    }


def _listed(
    name: str, sums: Mapping[str, Tally], tallied: Callable[[Tally], dict[str, Any]]
) -> list[dict[str, Any]]:
    return [{name: key or None, **tallied(tally)} for key, tally in sums.items()]


def _cell_json(key: CellKey, tally: Tally) -> dict[str, Any]:
    where = {"year": key.year, "plan": key.plan or None, "band": key.band or None}
    return {**where, **_sums_json(tally)}


def _sums_json(tally: Tally) -> dict[str, Any]:
    return {
        "policies": tally.policies,
        "premium": tally.premium,
        "occurrences": tally.occurrences,
        "open": tally.open,
        "payout": {"lo": tally.lo, "hi": tally.hi},
    }


def _tally_json(experience: Experience, tally: Tally) -> dict[str, Any]:
    gross, net = experience.loss_ratio(tally), experience.loss_ratio_net(tally)
    return {
        **_sums_json(tally),
        "premium_before_discount": _fraction(experience.before_discount(tally)),
        "loss_ratio": {"lo": _share(gross.lo), "hi": _share(gross.hi)},
        "loss_ratio_after_discount": {"lo": _share(net.lo), "hi": _share(net.hi)},
    }


def _discount_json(experience: Experience, scale: Scale) -> dict[str, Any]:
    both = earned(scale, experience.loss_ratio(experience.total))
    return {
        "experience_discount": {
            "certain": _share(Fraction(both.certain, BASIS_POINTS)),
            "possible": _share(Fraction(both.possible, BASIS_POINTS)),
        },
        "discount": {
            "certain": _share(scale.combined(both.certain)),
            "possible": _share(scale.combined(both.possible)),
        },
    }


def _fraction(value: Fraction) -> dict[str, int]:
    return {"numerator": value.numerator, "denominator": value.denominator}


def _share(value: Fraction | None) -> dict[str, Any] | None:
    return None if value is None else {**_fraction(value), "percent": percent(value)}
