"""Baggage delay: a fixed amount for the clothes and necessities of the first days."""

from __future__ import annotations

from dosojin.facts.expressions import Expression, all_of, any_line
from dosojin.facts.lines import line_on
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import carries, in_the_period
from dosojin.products.gakkensai.exclusions import fault, stated, war_and_radiation
from dosojin.products.gakkensai.facts.policy import sum_baggage_delay
from dosojin.products.gakkensai.facts.travel import (
    BaggageStage,
    baggage_clock_from,
    baggage_delayed,
    baggage_flight_late,
    baggage_missing_time,
    baggage_stage,
    carrier_checked,
    travel_circumstances,
)
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import fixed, part
from dosojin.values.text import Text

SOURCE = "003 l.874; 004 l.880-901"


def baggage_delay(f: Figures) -> Benefit:
    return Benefit(
        "baggage_delay",
        Text("航空機寄託手荷物遅延等費用", "Baggage delay"),
        SOURCE,
        carried=carries(sum_baggage_delay),
        money=part(
            "baggage_delay",
            ja="預けた手荷物がないために買った身の回り品",
            en="what had to be bought because checked baggage was late",
            source=SOURCE,
            opens=(baggage_delayed,),
            grants=(_left_late(f), _missing_on_arrival(f)),
            excludes=(
                *fault("baggage_delay", travel_circumstances),
                *war_and_radiation("baggage_delay", travel_circumstances),
                *breach_and_earthquake("baggage_delay", "003 l.874; 004 l.882"),
            ),
            money=fixed(
                f.amount,
                id="baggage_delay.amount",
                ja="1回の事故につき{amount}円（定額）",
                en="{amount} yen per event, whatever was spent",
                source=f.amount.source,
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(Proof.CARRIER_REPORT, Proof.BOARDING_PASS, Proof.BAGGAGE_TAG),
            *papers(Proof.RECEIPT),
            *papers(Proof.DELAY_CERTIFICATE, when=baggage_stage.is_(BaggageStage.DEPARTURE)),
            *papers(Proof.DELIVERY_RECORD, when=baggage_stage.is_(BaggageStage.ARRIVAL)),
        ),
    )


def _bought_in_time(f: Figures) -> Expression:
    """Something was bought within the time that the wording gives.

    Purchases of the day itself count from its start: a receipt rarely shows the hour.
    """
    return any_line(
        Cost.BAGGAGE_PURCHASE,
        where=all_of(
            baggage_clock_from.day <= line_on.day,
            line_on.moment <= baggage_clock_from.moment + f.purchase_time_max,
        ),
    )


def _left_late(f: Figures) -> Clause:
    return clause(
        "baggage_delay.1",
        all_of(
            baggage_stage.is_(BaggageStage.DEPARTURE),
            carrier_checked,
            baggage_flight_late > f.wait_max,
            in_the_period(baggage_clock_from, f),
            _bought_in_time(f),
        ),
        ja="乗る予定の便が出発予定時刻から{wait_max}時間以内に出発せず、航空会社に預けた手荷物を"
        "受け取れないまま、予定時刻から{purchase_time_max}時間以内に身の回り品を買った",
        en="the flight did not leave within {wait_max} hours of schedule, the baggage "
        "handed to the airline was not at hand, and necessities were bought within "
        "{purchase_time_max} hours of the scheduled departure",
        source="003 l.874; 004 l.891",
        why="D25",
    )


def _missing_on_arrival(f: Figures) -> Clause:
    return clause(
        "baggage_delay.2",
        all_of(
            baggage_stage.is_(BaggageStage.ARRIVAL),
            carrier_checked,
            baggage_missing_time > f.wait_max,
            in_the_period(baggage_clock_from, f),
            _bought_in_time(f),
        ),
        ja="到着後{wait_max}時間以内に航空会社に預けた手荷物を受け取れず、到着から"
        "{purchase_time_max}時間以内に身の回り品を買った",
        en="the baggage handed to the airline did not come within {wait_max} hours of "
        "arrival, and necessities were bought within {purchase_time_max} hours of it",
        source="003 l.874; 004 l.897",
        why="D25",
    )


def breach_and_earthquake(part: str, source: str) -> tuple[Clause, ...]:
    """What late baggage and late flights alone exclude."""
    return (
        clause(
            f"{part}.x.breach_of_law",
            stated(travel_circumstances, "breach_of_law"),
            ja="契約者、保険の対象となる方または保険金を受け取る方の法令違反が原因だった",
            en="the policyholder, the insured or the payee broke the law",
            source=source,
            why="D29",
        ),
        clause(
            f"{part}.x.earthquake",
            stated(travel_circumstances, "earthquake"),
            ja="地震、噴火、またはこれらによる津波が原因だった",
            en="an earthquake, an eruption or a tsunami from them caused it",
            source=source,
        ),
    )
