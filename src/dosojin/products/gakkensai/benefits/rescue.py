"""Fetching someone home, or standing at their bed: the second part of medical and rescue."""

from __future__ import annotations

from dosojin.facts.expressions import all_of, any_of
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.benefits.medical import Sift
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import (
    craft_missing,
    days_in_hospital,
    died_of_the_accident,
    died_on_the_trip,
    died_soon_after_the_trip,
    illness_begun_on_the_trip,
    injury_by_accident,
    sought_after_an_accident,
    treated_on_the_trip,
)
from dosojin.products.gakkensai.facts.body import (
    borne_by_family,
    cause,
    circumstances,
    died,
    distress,
    named_rescuers,
)
from dosojin.products.gakkensai.facts.words import Cause
from dosojin.products.gakkensai.receipts import (
    borne,
    borne_beyond_plans,
    cut_for_dangerous_work,
    without_earlier_impairment,
)
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Figures
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    Part,
    all_together,
    first,
    gate,
    less,
    limit,
    nights,
    paid,
    part,
)

NAME = "rescue"
SOURCE = "003 l.865; 004 l.457-483"
EXCLUDED = "003 l.864; 004 l.302-352"


def rescue(f: Figures) -> Part:
    return part(
        NAME,
        ja="救援費用",
        en="Rescue expenses",
        source=SOURCE,
        opens=(died, distress),
        grants=(
            dead_by_accident(f),
            long_in_hospital(f),
            dead_on_the_trip(f),
            dead_soon_after_the_trip(f),
            in_distress(f),
        ),
        excludes=(
            *exclusions.fault(NAME, circumstances),
            *exclusions.war_and_radiation(NAME, circumstances),
            *exclusions.fight_suicide_crime(NAME, circumstances),
            *exclusions.forbidden_driving(NAME, circumstances, EXCLUDED),
            exclusions.dental(NAME, EXCLUDED),
            exclusions.injury_outside_trip(NAME, f, EXCLUDED),
            exclusions.illness_before_trip(NAME, EXCLUDED),
            exclusions.no_objective_findings(NAME, circumstances, EXCLUDED),
            exclusions.dangerous_sport(NAME, circumstances, EXCLUDED),
            exclusions.mountaineering_altitude(NAME, circumstances, EXCLUDED),
        ),
        money=without_earlier_impairment(
            NAME,
            cut_for_dangerous_work(NAME, rescue_costs(f, NAME, whatever_the_day, "medical")),
        ),
    )


def dead_by_accident(f: Figures) -> Clause:
    return clause(
        "rescue.1",
        all_of(injury_by_accident(f), died_of_the_accident(f)),
        ja="海外旅行中の急激・偶然・外来の事故によるケガで、事故の日を含めて{death_days}日以内に亡くなった",
        en="died of an injury by a sudden, fortuitous and external accident on the trip, within "
        "{death_days} days, the day of the accident counted",
        source="003 l.865; 004 l.509-513",
    )


def long_in_hospital(f: Figures) -> Clause:
    return clause(
        "rescue.2",
        all_of(
            days_in_hospital() >= f.admission_days_min,
            any_of(
                injury_by_accident(f),
                all_of(illness_begun_on_the_trip(), treated_on_the_trip(f)),
            ),
        ),
        ja="海外旅行中の事故によるケガ、または海外旅行中に発病して旅行中に治療を始めた病気で、続けて"
        "{admission_days_min}日以上入院した（午前0時をまたげば2日と数えます）",
        en="{admission_days_min} or more days in hospital without a break (a stay past midnight "
        "counts as two), for an injury by an accident on the trip, or an illness that began and "
        "was first treated on it",
        source="003 l.865; 004 l.515-519, l.555",
        why="D5",
    )


def dead_on_the_trip(f: Figures) -> Clause:
    return clause(
        "rescue.3",
        all_of(cause.is_(Cause.ILLNESS, Cause.PREGNANCY), died_on_the_trip(f)),
        ja="海外旅行中に、病気、または妊娠・出産・早産・流産のために亡くなった",
        en="died on the trip of an illness, pregnancy, birth, early birth or miscarriage",
        source="003 l.865; 004 l.521",
        why="D27",
    )


def dead_soon_after_the_trip(f: Figures) -> Clause:
    return clause(
        "rescue.4",
        all_of(illness_begun_on_the_trip(), treated_on_the_trip(f), died_soon_after_the_trip(f)),
        ja="海外旅行中に発病して旅行中に治療を始めた病気で、旅行の終了の日を含めて{days_after_trip}日以内に"
        "亡くなった",
        en="died within {days_after_trip} days of the trip's end, that day counted, of an illness "
        "that began and was first treated on the trip",
        source="003 l.865; 004 l.523-525",
    )


def in_distress(f: Figures) -> Clause:
    return clause(
        "rescue.5",
        any_of(craft_missing(f), sought_after_an_accident(f)),
        ja="海外旅行中に、乗っていた飛行機や船が行方不明になった、もしくは遭難した、事故で生死がわからない、"
        "または緊急の捜索・救助が必要だと公的機関が確認した",
        en="on the trip, the aircraft or ship was missing or in distress, after an accident it was "
        "not known whether the insured lived, or an authority confirmed that an urgent search or "
        "rescue was needed",
        source="003 l.865; 004 l.527-531",
    )


def whatever_the_day(prefix: str, of: Node) -> Node:
    """Rescue costs have no window of days."""
    return of


def rescue_costs(f: Figures, name: str, sift: Sift, medical_part: str) -> Node:
    """What a rescue costs. `f` has the figures of the section rescue; `name` begins every id.

    `medical_part`: the part that pays emergency transport first; only the rest is paid here.
    """
    return gate(
        borne_by_those_close(name),
        all_together(
            sift(f"{name}.search_", borne(f"{name}.search", Cost.SEARCH, source=SOURCE)),
            journeys_of_rescuers(f, name, sift),
            sundries(f, name, sift),
            transport(name, sift, medical_part),
            remains(f, name, sift),
            id=f"{name}.costs",
        ),
    )


def journeys_of_rescuers(f: Figures, name: str, sift: Sift) -> Node:
    """Fares and rooms, for the same few persons (D3)."""
    return first(
        f.rescuers_max,
        named=named_rescuers,
        id=f"{name}.rescuers_max",
        ja="救援者の交通費と宿泊費は{rescuers_max}名分まで（指定された方、指定がなければ費用の高い方から）",
        en="fares and rooms of up to {rescuers_max} rescuers: those named, otherwise the costliest",
        of=all_together(
            sift(f"{name}.fare_", borne(f"{name}.fare", Cost.RESCUER_FARE, source=SOURCE)),
            nights(
                f.room_nights_max,
                id=f"{name}.room_nights_max",
                ja="救援者の宿泊費は1名につき{room_nights_max}泊まで",
                en="rooms of up to {room_nights_max} nights for each rescuer",
                of=sift(f"{name}.room_", borne(f"{name}.room", Cost.RESCUER_ROOM, source=SOURCE)),
            ),
            id=f"{name}.journeys",
        ),
    )


def sundries(f: Figures, name: str, sift: Sift) -> Node:
    return limit(
        f.sundries_max,
        per=OCCURRENCE,
        id=f"{name}.sundries_max",
        ja="救援者の渡航手続費と現地での諸雑費は、合計{sundries_max}円まで",
        en="rescuers' travel formalities and sundries on the spot: up to {sundries_max} yen "
        "together",
        of=sift(
            f"{name}.sundries_",
            borne(
                f"{name}.sundries",
                Cost.RESCUER_FORMALITIES,
                Cost.RESCUER_SUNDRIES,
                source=SOURCE,
            ),
        ),
    )


def transport(name: str, sift: Sift, medical_part: str) -> Node:
    """Bringing the patient away, as far as the medical part does not pay for it."""
    return all_together(
        sift(
            f"{name}.transport_",
            borne_beyond_plans(f"{name}.transport", Cost.PATIENT_TRANSPORT, source=SOURCE),
        ),
        less(
            paid(f"{medical_part}.transport"),
            of=sift(
                f"{name}.emergency_transport_",
                borne_beyond_plans(
                    f"{name}.emergency_transport", Cost.EMERGENCY_TRANSPORT, source=SOURCE
                ),
            ),
            id=f"{name}.transport_paid_as_treatment",
            ja="治療費用としてお支払いする移送の費用を差し引きます",
            en="less the transport that is paid as treatment",
            source="003 l.865; 004 l.477-481",
        ),
        id=f"{name}.patient_transport",
    )


def remains(f: Figures, name: str, sift: Sift) -> Node:
    return limit(
        f.remains_max,
        per=OCCURRENCE,
        id=f"{name}.remains_max",
        ja="遺体の処理費用は{remains_max}円まで",
        en="preparation of the remains: up to {remains_max} yen",
        of=sift(f"{name}.remains_", borne(f"{name}.remains", Cost.REMAINS, source=SOURCE)),
    )


def borne_by_those_close(name: str) -> Clause:
    return clause(
        f"{name}.borne_by_family",
        borne_by_family,
        ja="契約者、保険の対象となる方、またはその親族（6親等以内の血族、配偶者、3親等以内の姻族。書面で"
        "確かめられる事実上の配偶者や同性のパートナーを含みます）が負担した費用に限ります",
        en="only costs borne by the policyholder, the insured or the insured's relatives (blood "
        "relatives to the sixth degree, spouse, relatives by marriage to the third; a de facto or "
        "same-sex partner counts, if papers show it)",
        source="003 l.865; 004 l.459-505",
    )
