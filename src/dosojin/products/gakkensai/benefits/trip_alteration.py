"""Trip alteration: a trip broken off or, where the contract says so, given up before departure."""

from __future__ import annotations

from dosojin.facts.expressions import Constant, Expression, all_of, any_of, either, greatest, not_
from dosojin.facts.lines import line_planned, line_refunded
from dosojin.products.gakkensai.benefits.alteration_causes import (
    VARIATION_2025,
    VARIATION_2026,
    Variation,
    causes,
    excluded,
)
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import ONE_DAY, carries
from dosojin.products.gakkensai.facts.alteration import (
    AlterationCause,
    alteration_cause,
    borne_by_insured_or_heirs,
    days_lost,
    package_tour,
    tour_days,
    tour_price,
    trip_cancelled,
    trip_curtailed,
)
from dosojin.products.gakkensai.facts.policy import Rider, riders, sum_trip_alteration
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Document, Figures
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    Part,
    all_together,
    fixed,
    gate,
    highest_of,
    less,
    limit,
    lines,
    nights,
    part,
    pro_rata,
)
from dosojin.values.text import Text

SOURCE = "003 l.889; 004 l.952-1089"
NOTHING = Constant(0, "yen")
CURTAILED = "trip_alteration"
CANCELLED = "trip_cancellation"
IN_HOSPITAL = alteration_cause.is_(
    AlterationCause.OWN_ADMISSION, AlterationCause.RELATIVE_ADMISSION
)


def trip_alteration_2026(f: Figures) -> Benefit:
    return trip_alteration(f, VARIATION_2026, before_departure=True)


def trip_alteration_2025(f: Figures) -> Benefit:
    return trip_alteration(f, VARIATION_2025, before_departure=False)


def trip_alteration(
    f: Figures,
    variation: Variation,
    *,
    before_departure: bool,
    cap_takes_lodging: bool = False,
) -> Benefit:
    """before_departure: whether the wording has cancellation, which no published plan carries.

    cap_takes_lodging: the other reading of D20, one cap for lodging and sundries together.
    """
    parts: tuple[Part, ...] = (_curtailment(f, variation, cap_takes_lodging, before_departure),)
    if before_departure:
        parts = (*parts, _cancellation(f, variation))
    return Benefit(
        "trip_alteration",
        Text("旅行変更費用", "Trip alteration"),
        SOURCE,
        carried=carries(sum_trip_alteration),
        money=limit(
            sum_trip_alteration,
            per=OCCURRENCE,
            id="trip_alteration.sum",
            ja="旅行変更費用保険金額まで",
            en="up to the sum insured",
            source="003 l.889; 004 l.1008",
            of=gate(_borne_by_heirs(), all_together(*parts, id="trip_alteration.parts")),
        ),
        documents=_papers(),
    )


def _papers() -> tuple[Document, ...]:
    cause = alteration_cause.is_
    return (
        *ALWAYS_ASKED,
        *papers(Proof.RECEIPT, Proof.CANCELLATION_STATEMENT, Proof.REFUND_STATEMENT),
        *papers(Proof.TOUR_CONTRACT, when=package_tour.is_true),
        *papers(Proof.DEATH_CERTIFICATE, when=cause(AlterationCause.DEATH)),
        *papers(Proof.HOSPITAL_CERTIFICATE, when=IN_HOSPITAL),
        *papers(
            Proof.MEDICAL_REPORT,
            when=any_of(IN_HOSPITAL, cause(AlterationCause.CRITICAL, AlterationCause.ISOLATION)),
        ),
        *papers(
            Proof.RELATION_PROOF,
            when=cause(
                AlterationCause.DEATH,
                AlterationCause.CRITICAL,
                AlterationCause.RELATIVE_ADMISSION,
            ),
        ),
        *papers(
            Proof.SEARCH_REPORT,
            when=cause(
                AlterationCause.MISSING_CRAFT,
                AlterationCause.MOUNTAIN_DISTRESS,
                AlterationCause.RESCUE,
            ),
        ),
        *papers(Proof.DAMAGE_CERTIFICATE, when=cause(AlterationCause.HOME_DAMAGE)),
        *papers(Proof.COURT_SUMMONS, when=cause(AlterationCause.COURT)),
        *papers(Proof.ADVISORY_RECORD, when=cause(AlterationCause.DESTINATION_ADVISORY)),
        *papers(
            Proof.OFFICIAL_ORDER,
            when=cause(
                AlterationCause.ORDER,
                AlterationCause.ENTRY_RULE,
                AlterationCause.ISOLATION,
                AlterationCause.QUARANTINE,
                AlterationCause.EVACUATION_ORDER,
            ),
        ),
    )


def _curtailment(
    f: Figures, variation: Variation, cap_takes_lodging: bool, before_departure: bool
) -> Part:
    return part(
        CURTAILED,
        ja="旅行を途中で取りやめて帰国したときの費用",
        en="costs of breaking off the trip and going home",
        source=SOURCE,
        opens=(trip_curtailed,) if before_departure else (trip_curtailed, trip_cancelled),
        grants=causes(f, CURTAILED, variation, trip_curtailed.is_true),
        excludes=excluded(CURTAILED, variation),
        money=highest_of(
            all_together(_package_days(), _charges_of_other_trips(), id="trip_alteration.trip"),
            _way_home(f, cap_takes_lodging),
            id="trip_alteration.higher",
            ja="失われた旅行の分と帰国の費用のうち、大きいほうだけをお支払いします",
            en="of what was lost of the trip and what the way home cost, only the larger is paid",
            source="003 l.889; 004 l.1032",
        ),
    )


def _cancellation(f: Figures, variation: Variation) -> Part:
    """Before departure: charges and formalities, where the contract shows that it pays them."""
    shown: Expression = all_of(trip_cancelled, riders.has(Rider.TRIP_CANCELLATION))
    unreachable = Text(
        "公表されたプランの旅行変更費用は、中途帰国だけを対象とします。",
        "The published plans insure only a trip that is broken off.",
    )
    return part(
        CANCELLED,
        ja="出国の前に旅行を取りやめたときの費用",
        en="costs of giving up the trip before departure",
        source="003 l.889",
        opens=(trip_cancelled,),
        grants=causes(f, CANCELLED, variation, shown, unreachable),
        excludes=excluded(CANCELLED, variation, unreachable),
        money=_net_charges(CANCELLED),
    )


def _borne_by_heirs() -> Clause:
    return clause(
        "trip_alteration.borne_by_heirs",
        borne_by_insured_or_heirs,
        ja="契約者、保険の対象となる方、またはそのどちらかの法定相続人が負担した費用に限ります",
        en="only costs borne by the policyholder, the insured or the heirs at law of either",
        source="003 l.889; 004 l.1008",
        why="D31",
    )


def _net_charges(name: str) -> Node:
    """What is still usable later counts as refunded: the traveller has its value."""
    return less(
        line_refunded,
        id=f"{name}.charges_refunded",
        ja="払い戻しを受けられる額や、後でも使えるものの費用を差し引きます",
        en="less what is refunded or can still be used later",
        source="003 l.889; 004 l.1025",
        of=lines(Cost.CANCELLATION_CHARGE, Cost.TRAVEL_FORMALITY_COST, id=f"{name}.charges"),
    )


def _package_days() -> Node:
    """The lesser of sum and price, by the days lost; without a package tour there is no price."""
    return pro_rata(
        days_lost,
        greatest(tour_days, ONE_DAY),
        id="trip_alteration.days_lost",
        ja="旅行日程の日数のうち、帰国した日以後の日数の割合",
        en="in the proportion of the days lost, the day of the return included, to all days",
        source="003 l.889; 004 l.1014",
        of=fixed(
            sum_trip_alteration,
            either(package_tour, tour_price, NOTHING),
            id="trip_alteration.insured_price",
            ja="企画旅行の旅行代金と保険金額のうち、小さいほう",
            en="the price of the package tour, or the sum insured if that is less",
            source="003 l.889; 004 l.1014, l.1029",
        ),
    )


def _charges_of_other_trips() -> Node:
    return gate(
        clause(
            "trip_alteration.no_package",
            not_(package_tour),
            ja="企画旅行以外の旅行（企画旅行では、失われた日数で計算します）",
            en="a trip that was no package tour (a package tour is paid by the days lost)",
            source="003 l.889; 004 l.1017",
        ),
        of=_net_charges(CURTAILED),
    )


def _way_home(f: Figures, cap_takes_lodging: bool) -> Node:
    fare = less(
        line_refunded,
        id="trip_alteration.fare_refunded",
        ja="払い戻しを受けられる額を差し引きます",
        en="less what is refunded",
        source="003 l.889; 004 l.1025",
        of=lines(Cost.FARE_HOME, id="trip_alteration.fare"),
    )
    lodging = _lodging(f)
    sundries = less(
        line_refunded,
        id="trip_alteration.sundries_refunded",
        ja="払い戻しを受けられる額を差し引きます",
        en="less what is refunded",
        source="003 l.889; 004 l.1025",
        of=lines(Cost.SUNDRIES_HOME, id="trip_alteration.sundries"),
    )
    if cap_takes_lodging:
        capped = all_together(lodging, sundries, id="trip_alteration.lodging_and_sundries")
        return all_together(fare, _cap(f, capped), id="trip_alteration.way_home")
    return all_together(fare, lodging, _cap(f, sundries), id="trip_alteration.way_home")


def _lodging(f: Figures) -> Node:
    return nights(
        f.lodging_nights_max,
        ja="帰国の行程の宿泊費は{lodging_nights_max}泊分まで",
        en="lodging on the way home for up to {lodging_nights_max} nights",
        of=less(
            line_refunded,
            line_planned,
            id="trip_alteration.lodging_planned",
            ja="払い戻しを受けられる額や、もともと負担する予定だった額を差し引きます",
            en="less what is refunded or would have been spent anyway",
            source="003 l.889; 004 l.1034",
            of=lines(Cost.LODGING_HOME, id="trip_alteration.lodging"),
        ),
    )


def _cap(f: Figures, of: Node) -> Node:
    return limit(
        f.sundries_max,
        per=OCCURRENCE,
        ja="通信費などの諸雑費は合計{sundries_max}円まで",
        en="up to {sundries_max} yen for sundries together",
        of=of,
    )
