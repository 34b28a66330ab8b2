"""Flight delay: fixed amounts for what a late, cancelled or missed flight made one pay."""

from __future__ import annotations

from dosojin.facts.expressions import (
    Constant,
    Expression,
    Figure,
    all_of,
    any_line,
    any_of,
    either,
    not_,
)
from dosojin.facts.lines import (
    Deduction,
    deductions,
    line_excessive,
    line_on,
    line_planned,
    line_refunded,
)
from dosojin.products.gakkensai.benefits.baggage_delay import breach_and_earthquake
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.exclusions import fault, war_and_radiation
from dosojin.products.gakkensai.facts.policy import flight_delay_included
from dosojin.products.gakkensai.facts.travel import (
    FlightEvent,
    departure_delay_time,
    flight_disrupted,
    flight_event,
    line_amount,
    line_at_delay_place,
    substitute_after,
    substitute_landed_on,
    travel_circumstances,
)
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import Fixed, HighestOf, fixed, highest_of, part
from dosojin.values.text import Text

SOURCE = "003 l.875; 004 l.910-950"
NOTHING = Constant(0, "yen")
COSTS = (
    Cost.DELAY_LODGING,
    Cost.DELAY_TRANSPORT,
    Cost.DELAY_CANCELLED_SERVICE,
    Cost.DELAY_MEALS,
)
COSTS_2026 = (*COSTS, Cost.DELAY_OTHER)


def flight_delay_2026(f: Figures) -> Benefit:
    """Two rows; costs count until some hours after the substitute landed."""
    counted = all_of(
        line_on.moment <= substitute_landed_on.moment + f.after_landing_max, _additional()
    )
    borne = any_of(
        any_line(*_but_for_services(COSTS_2026), where=counted),
        any_line(Cost.DELAY_CANCELLED_SERVICE, where=_not_given_back()),
    )
    until = (
        "代わりの便が着陸してから{after_landing_max}時間がたつまでに（旅行サービスの取消料は、いつでも）、"
        "追加でかかった、または払い戻されない妥当な",
        "that are reasonable and either additional or not refunded, until {after_landing_max} "
        "hours after the substitute landed (charges for cancelled services: at any time)",
    )
    return _flight_delay(f, borne, until, _rows_2026(f, counted))


def flight_delay_2025(f: Figures) -> Benefit:
    """Three rows; costs count where the traveller was held up."""
    where = (
        "宿泊・交通・食事や、旅行サービスの取消料などの",
        "(lodging, transport or meals, or charges for cancelled services)",
    )
    return _flight_delay(f, any_line(*COSTS), where, _rows_2025(f))


def _flight_delay(
    f: Figures, borne: Expression, extent: tuple[str, str], rows: HighestOf
) -> Benefit:
    return Benefit(
        "flight_delay",
        Text("航空機遅延費用", "Flight delay"),
        SOURCE,
        carried=flight_delay_included.is_true,
        money=part(
            "flight_delay",
            ja="航空機の遅れ・欠航・乗り継ぎの失敗で負担した費用",
            en="costs of a late, cancelled, diverted or missed flight",
            source=SOURCE,
            opens=(flight_disrupted,),
            grants=(_held_up_at_departure(f, borne, extent), _missed(f, borne, extent)),
            excludes=(
                *fault("flight_delay", travel_circumstances),
                *war_and_radiation("flight_delay", travel_circumstances),
                *breach_and_earthquake("flight_delay", "003 l.874; 004 l.912"),
            ),
            money=rows,
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(
                Proof.DELAY_CERTIFICATE,
                Proof.BOARDING_PASS,
                Proof.RECEIPT,
                Proof.REFUND_STATEMENT,
            ),
        ),
    )


def _held_up_at_departure(f: Figures, borne: Expression, extent: tuple[str, str]) -> Clause:
    """The late flight itself is no substitute, even if it leaves just as the wait ends (D25)."""
    late = all_of(
        flight_event.is_(FlightEvent.DEPARTURE_DELAY),
        departure_delay_time >= f.delay_min,
    )
    no_flight = flight_event.is_(
        FlightEvent.CANCELLED, FlightEvent.BOARDING_REFUSED, FlightEvent.DIVERTED
    )
    stranded = any_of(
        all_of(late, substitute_after >= departure_delay_time),
        all_of(any_of(late, no_flight), substitute_after > f.wait_max),
    )
    return clause(
        "flight_delay.1",
        all_of(flight_disrupted, stranded, borne),
        ja="便が{delay_min}時間以上遅れて出発した、欠航・運休になった、予約受付の不備で"
        "搭乗できなかった、または着陸地が変わったため、出発予定時刻から{wait_max}時間以内に"
        "代わりの便を利用できず、" + extent[0] + "費用を負担した",
        en="the flight left {delay_min} hours late or more, was cancelled, refused "
        "boarding by a booking fault or was diverted, no substitute could be used within "
        "{wait_max} hours of schedule, and costs were borne " + extent[1],
        source="003 l.875; 004 l.928",
        why="D25",
    )


def _missed(f: Figures, borne: Expression, extent: tuple[str, str]) -> Clause:
    return clause(
        "flight_delay.2",
        all_of(
            flight_disrupted,
            flight_event.is_(FlightEvent.MISSED_CONNECTION),
            substitute_after > f.wait_max,
            borne,
        ),
        ja="乗った便の遅れなどで乗り継ぐ便に乗れず、乗継地への到着から{wait_max}時間以内に"
        "代わりの便を利用できず、" + extent[0] + "費用を負担した",
        en="an earlier delay made the connection be missed, no substitute could be used within "
        "{wait_max} hours of arriving there, and costs were borne " + extent[1],
        source="003 l.875; 004 l.933",
        why="D25",
    )


def _additional() -> Expression:
    """Something of the cost is left that was not refunded, not planned anyway and is reasonable."""
    refunded = either(deductions.has(Deduction.REFUND), line_refunded, NOTHING)
    planned = either(deductions.has(Deduction.PLANNED_COST), line_planned, NOTHING)
    excessive = either(deductions.has(Deduction.OVER_REASONABLE), line_excessive, NOTHING)
    return not_(line_amount <= refunded + planned + excessive)


def _not_given_back() -> Expression:
    """A service that was cancelled had been planned: what counts is that it was not refunded."""
    refunded = either(deductions.has(Deduction.REFUND), line_refunded, NOTHING)
    excessive = either(deductions.has(Deduction.OVER_REASONABLE), line_excessive, NOTHING)
    return not_(line_amount <= refunded + excessive)


def _but_for_services(costs: tuple[Cost, ...]) -> tuple[Cost, ...]:
    return tuple(cost for cost in costs if cost is not Cost.DELAY_CANCELLED_SERVICE)


def _row(amount: Figure, borne: Expression, ja: str, en: str) -> Fixed:
    """A fixed amount, if a cost of the row was borne."""
    return fixed(either(borne, amount, NOTHING), id=amount.id, ja=ja, en=en, source=amount.source)


def _highest(*rows: Fixed) -> HighestOf:
    return highest_of(
        *rows,
        id="flight_delay.highest",
        ja="あてはまる費用に応じた額のうち、最も高い額だけをお支払いします",
        en="of the rows that apply, only the highest is paid",
        source="003 l.875; 004 l.916",
    )


def _rows_2026(f: Figures, counted: Expression) -> HighestOf:
    others = (Cost.DELAY_TRANSPORT, Cost.DELAY_MEALS, Cost.DELAY_OTHER)
    return _highest(
        _row(
            f.lodging,
            any_line(Cost.DELAY_LODGING, where=counted),
            "宿泊施設の客室料を負担した場合の{lodging}円",
            "{lodging} yen for lodging",
        ),
        _row(
            f.other,
            any_of(
                any_line(*others, where=counted),
                any_line(Cost.DELAY_CANCELLED_SERVICE, where=_not_given_back()),
            ),
            "交通費・食事代・取消料など、その他の費用を負担した場合の{other}円",
            "{other} yen for any other cost (transport, meals, cancelled services)",
        ),
    )


def _rows_2025(f: Figures) -> HighestOf:
    there = line_at_delay_place.is_true
    return _highest(
        _row(
            f.lodging,
            any_line(Cost.DELAY_LODGING, where=there),
            "足止めされた場所で宿泊施設の客室料を負担した場合の{lodging}円",
            "{lodging} yen for lodging at the place of the delay",
        ),
        _row(
            f.transport,
            any_of(
                any_line(Cost.DELAY_TRANSPORT, where=there),
                any_line(Cost.DELAY_CANCELLED_SERVICE),
            ),
            "足止めされた場所で代わりの交通手段の費用を、または旅行サービスの取消料を負担した場合の{transport}円",
            "{transport} yen for substitute transport there, or for cancelled services anywhere",
        ),
        _row(
            f.meals,
            any_line(Cost.DELAY_MEALS, where=there),
            "足止めされた場所で食事代を負担した場合の{meals}円",
            "{meals} yen for meals at the place of the delay",
        ),
    )
