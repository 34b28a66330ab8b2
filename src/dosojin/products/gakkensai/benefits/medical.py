"""Treatment of an injury or illness: the first part of medical and rescue expenses."""

from __future__ import annotations

from collections.abc import Callable

from dosojin.facts.expressions import all_of, any_of, category_is, not_
from dosojin.facts.lines import line_abroad, line_on
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import (
    illness_from_the_trip,
    injury_by_accident,
    listed_infection,
    soon_after_the_trip,
    treated_in_time,
)
from dosojin.products.gakkensai.facts.body import (
    accident_on,
    admitted,
    cause,
    circumstances,
    first_treated_on,
    treated,
)
from dosojin.products.gakkensai.facts.words import Cause, InfectionClass
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
    gate,
    limit,
    part,
    sieve,
)

NAME = "medical"
SOURCE = "003 l.864; 004 l.354-392"
EXCLUDED = "003 l.864; 004 l.302-352"

Sift = Callable[[str, Node], Node]
"""Keeps the receipts of the right days: given a prefix for its id ("medical.goods_") and a node."""

TREATMENT = (
    Cost.PHYSICIAN_AND_HOSPITAL,
    Cost.LODGING_IN_PLACE_OF_HOSPITAL,
    Cost.INTERPRETER,
    Cost.TREATMENT_TRANSPORT,
    Cost.MEDICAL_CERTIFICATE,
    Cost.DISINFECTION,
)
COSTS = (
    *TREATMENT,
    Cost.ALTERNATIVE_CARE,
    Cost.RETURN_TO_ITINERARY,
    Cost.EMERGENCY_TRANSPORT,
    Cost.HOSPITAL_COMMUNICATION,
    Cost.HOSPITAL_PERSONAL_GOODS,
)
"""All that either edition takes, but for the repair of artificial limbs."""


def medical(f: Figures, infections: tuple[InfectionClass, ...], *, prosthesis: bool) -> Part:
    """`infections`: the classes that the edition lists; `prosthesis`: whether it repairs limbs."""

    def needed_in_time(prefix: str, of: Node) -> Node:
        return sieve(needed_within_the_window(f, f"{prefix}window_days"), of)

    return part(
        NAME,
        ja="治療費用",
        en="Medical expenses",
        source=SOURCE,
        grants=(
            injury_treated(f),
            illness_treated(f),
            infection_treated(f, infections),
        ),
        excludes=(
            *exclusions.fault(NAME, circumstances),
            *exclusions.war_and_radiation(NAME, circumstances),
            *exclusions.fight_suicide_crime(NAME, circumstances),
            *exclusions.forbidden_driving(NAME, circumstances, EXCLUDED),
            exclusions.pregnancy(NAME, EXCLUDED),
            exclusions.dental(NAME, EXCLUDED),
            exclusions.injury_outside_trip(NAME, f, EXCLUDED),
            exclusions.illness_before_trip(NAME, EXCLUDED),
            exclusions.no_objective_findings(NAME, circumstances, EXCLUDED),
            exclusions.dangerous_sport(NAME, circumstances, EXCLUDED),
            exclusions.mountaineering_altitude(NAME, circumstances, EXCLUDED),
        ),
        money=without_earlier_impairment(
            NAME,
            cut_for_dangerous_work(
                NAME, medical_costs(f, NAME, needed_in_time, prosthesis=prosthesis)
            ),
        ),
    )


def injury_treated(f: Figures) -> Clause:
    return clause(
        "medical.1",
        all_of(injury_by_accident(f), treated),
        ja="海外旅行中の急激・偶然・外来の事故によるケガで、医師の治療を受けた",
        en="treated by a physician for an injury by a sudden, fortuitous and external accident on "
        "the trip",
        source="003 l.864; 004 l.396-398",
    )


def illness_treated(f: Figures) -> Clause:
    return clause(
        "medical.2",
        all_of(illness_from_the_trip(), treated_in_time(f)),
        ja="海外旅行の開始後に発病した病気（終了後の発病は原因が旅行中に生じたもの）で、旅行の終了から"
        "{treatment_after_trip_max}時間以内に医師の治療を受けた",
        en="treated by a physician, within {treatment_after_trip_max} hours of the trip's end, for "
        "an illness that began after the trip started (after its end only from a cause that arose "
        "on it)",
        source="003 l.864; 004 l.400-402, l.430",
    )


def infection_treated(f: Figures, infections: tuple[InfectionClass, ...]) -> Clause:
    designated = InfectionClass.DESIGNATED in infections
    return clause(
        "medical.3",
        all_of(listed_infection(infections), treated, soon_after_the_trip(first_treated_on, f)),
        ja="海外旅行中に感染した一類〜四類感染症"
        + ("または指定感染症" if designated else "")
        + "で、旅行の終了の日を含めて{days_after_trip}日以内に医師の治療を受けた",
        en="treated by a physician, within {days_after_trip} days of the trip's end, that day "
        "counted, for an infection of class I to IV"
        + (" or a designated one" if designated else "")
        + " caught on the trip",
        source="003 l.864; 004 l.404-406, l.434-444",
    )


def needed_within_the_window(f: Figures, id: str) -> Clause:
    return clause(
        id,
        any_of(
            all_of(cause.is_(Cause.INJURY), line_on.within(f.window_days, of=accident_on)),
            all_of(
                not_(cause.is_(Cause.INJURY)),
                line_on.within(f.window_days, of=first_treated_on),
            ),
        ),
        ja="ケガは事故の日、病気は初診の日を含めて{window_days}日以内に必要になった費用",
        en="costs needed within {window_days} days, counting the day of the accident or, for an "
        "illness, of the first treatment",
        source="003 l.864; 004 l.356-362",
    )


def medical_costs(f: Figures, name: str, sift: Sift, *, prosthesis: bool) -> Node:
    """What treatment costs. `f` has the figures of the section medical; `name` begins every id."""
    return all_together(
        sift(f"{name}.", treatment_and_return(name, prosthesis=prosthesis)),
        all_together(
            sift(
                f"{name}.transport_",
                borne(f"{name}.transport", Cost.EMERGENCY_TRANSPORT, source=SOURCE),
            ),
            id=f"{name}.transport",
        ),
        gate(made_necessary_by_a_stay(name), costs_of_a_stay(f, name, sift)),
        id=f"{name}.costs",
    )


def treatment_and_return(name: str, *, prosthesis: bool) -> Node:
    repairs = (
        gate(
            limb_broken_in_an_injury(name),
            borne(f"{name}.prosthesis", Cost.PROSTHESIS_REPAIR, source="004 l.376"),
        ),
    )
    return all_together(
        borne(f"{name}.treatment", *TREATMENT, source=SOURCE),
        sieve(
            no_alternative_care_abroad(name),
            borne(f"{name}.alternative_care", Cost.ALTERNATIVE_CARE, source=SOURCE),
        ),
        *(repairs if prosthesis else ()),
        borne_beyond_plans(f"{name}.return", Cost.RETURN_TO_ITINERARY, source=SOURCE),
        id=f"{name}.treatment_and_return",
    )


def costs_of_a_stay(f: Figures, name: str, sift: Sift) -> Node:
    """Telephone and personal goods; the goods have a limit within the limit of both."""
    return limit(
        f.admission_costs_max,
        per=OCCURRENCE,
        id=f"{name}.admission_costs_max",
        ja="入院のための通信費と身の回り品は、1回のケガ・病気につき合計{admission_costs_max}円まで",
        en="telephone and personal goods for a stay in hospital: up to {admission_costs_max} yen "
        "together for one injury or illness",
        of=all_together(
            sift(
                f"{name}.communication_",
                borne(f"{name}.communication", Cost.HOSPITAL_COMMUNICATION, source=SOURCE),
            ),
            limit(
                f.goods_max,
                per=OCCURRENCE,
                id=f"{name}.goods_max",
                ja="身の回り品は、1回のケガ・病気につき{goods_max}円まで",
                en="personal goods: up to {goods_max} yen for one injury or illness",
                of=sift(
                    f"{name}.goods_",
                    borne(f"{name}.goods", Cost.HOSPITAL_PERSONAL_GOODS, source=SOURCE),
                ),
            ),
            id=f"{name}.stay",
        ),
    )


def made_necessary_by_a_stay(name: str) -> Clause:
    return clause(
        f"{name}.admitted",
        admitted,
        ja="通信費と身の回り品は、入院のために必要になったものに限ります",
        en="telephone and personal goods only where a stay in hospital made them necessary",
        source="003 l.864; 004 l.378-382",
    )


def limb_broken_in_an_injury(name: str) -> Clause:
    return clause(
        f"{name}.prosthesis_by_injury",
        cause.is_(Cause.INJURY),
        ja="義手・義足の修理費は、ケガの場合に限ります",
        en="repair of an artificial limb only for an injury",
        source="004 l.376",
    )


def no_alternative_care_abroad(name: str) -> Clause:
    return clause(
        f"{name}.alternative_care_abroad",
        not_(all_of(category_is(Cost.ALTERNATIVE_CARE), line_abroad)),
        ja="日本の外でのカイロプラクティック・鍼・灸の費用は対象になりません",
        en="no chiropractic, acupuncture or moxibustion outside Japan",
        source="003 l.864; 004 l.364-366",
    )
