"""Emergency treatment and rescue for an illness that had been treated before the trip (a rider)."""

from __future__ import annotations

from dosojin.facts.expressions import all_of, any_line, category_is, least, not_
from dosojin.facts.lines import line_on
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.benefits.medical import COSTS, medical_costs
from dosojin.products.gakkensai.benefits.rescue import rescue_costs
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import (
    after_the_trip,
    carries,
    days_in_hospital,
    last_day_of_the_rider,
    rider_days_end,
    worsened_on_the_trip,
)
from dosojin.products.gakkensai.facts.body import circumstances, first_treated_on, treated
from dosojin.products.gakkensai.facts.earlier_illness import (
    preexisting_circumstances,
    sudden_worsening,
    treated_before_trip,
    worsened_on,
)
from dosojin.products.gakkensai.facts.policy import Rider, extended, riders, sum_medical_rescue
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.products.gakkensai.receipts import borne
from dosojin.terms.clauses import Clause, Status, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import OCCURRENCE, Node, Part, all_together, limit, part, sieve
from dosojin.values.text import Text

MEDICAL = "preexisting_medical"
RESCUE = "preexisting_rescue"
SOURCE = "003 l.868; 004 l.1142-1226"
EXCLUDED = "003 l.868; 004 l.1092-1140"


def preexisting_emergency(f: Figures, of_medical: Figures, of_rescue: Figures) -> Benefit:
    """Both parts up to one limit for one illness, within the sum for medical and rescue."""
    return Benefit(
        "preexisting_emergency",
        Text("疾病に関する応急治療・救援費用", "Emergency treatment of a pre-existing illness"),
        SOURCE,
        carried=all_of(riders.has(Rider.PREEXISTING_EMERGENCY), carries(sum_medical_rescue)),
        money=limit(
            least(f.limit, sum_medical_rescue),
            per=OCCURRENCE,
            id="preexisting.limit",
            ja="1回の病気につき治療と救援を合わせて{limit}円まで（治療・救援費用保険金額がそれより低いときは"
            "その額まで）",
            en="up to {limit} yen for one illness, treatment and rescue together, or the sum for "
            "medical and rescue expenses if that is lower",
            source=f.limit.source,
            of=all_together(
                emergency_treatment(f, of_medical),
                emergency_rescue(f, of_rescue),
                id="preexisting.parts",
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(
                Proof.RECEIPT,
                Proof.MEDICAL_REPORT,
                Proof.EARLIER_TREATMENT_RECORD,
                Proof.CONSENT,
            ),
        ),
    )


def emergency_treatment(f: Figures, of_medical: Figures) -> Part:
    def in_the_days(prefix: str, of: Node) -> Node:
        main = prefix == f"{MEDICAL}."
        return only_in_an_emergency(f, "preexisting." if main else prefix, of)

    return part(
        MEDICAL,
        ja="応急治療費用",
        en="Emergency treatment",
        source=SOURCE,
        grants=(worsened_and_treated(f),),
        excludes=excluded_for_earlier_illness(MEDICAL, f),
        money=all_together(
            medical_costs(of_medical, MEDICAL, in_the_days, prosthesis=False),
            sieve(
                no_planned_care(MEDICAL),
                borne(f"{MEDICAL}.planned_care", Cost.PLANNED_CARE, source=SOURCE),
            ),
            id=f"{MEDICAL}.all_costs",
        ),
    )


def emergency_rescue(f: Figures, of_rescue: Figures) -> Part:
    def in_the_days(prefix: str, of: Node) -> Node:
        return only_in_an_emergency(f, prefix, of)

    return part(
        RESCUE,
        ja="応急の救援費用",
        en="Emergency rescue",
        source=SOURCE,
        grants=(worsened_and_in_hospital(f),),
        excludes=excluded_for_earlier_illness(RESCUE, f),
        money=rescue_costs(of_rescue, RESCUE, in_the_days, MEDICAL),
    )


def worsened_and_treated(f: Figures) -> Clause:
    """Planned care alone is no emergency; beside another cost only its own line drops out."""
    only_planned_care = all_of(any_line(Cost.PLANNED_CARE), not_(any_line(*COSTS)))
    return clause(
        f"{MEDICAL}.1",
        all_of(
            treated_before_trip,
            sudden_worsening,
            worsened_on_the_trip(f),
            treated,
            not_(only_planned_care),
        ),
        ja="海外旅行の開始前に発病して医師の治療を受けたことがある病気が、海外旅行中に急に悪化し（予測できず、"
        "注意しても避けられないもの）、医師の治療を受けた（もともと続ける予定だった治療だけの請求を除きます）",
        en="an illness that began and was treated before the trip worsened suddenly on it, in a "
        "way that could be neither foreseen nor avoided, and was treated by a physician (and more "
        "is claimed than care that was going to run on anyway)",
        source="003 l.868; 004 l.1106, l.1184-1188, l.1200-1204",
        status=Status.HUMAN,
        why="D31",
    )


def worsened_and_in_hospital(f: Figures) -> Clause:
    return clause(
        f"{RESCUE}.1",
        all_of(
            treated_before_trip,
            sudden_worsening,
            worsened_on_the_trip(f),
            days_in_hospital() >= f.admission_days_min,
        ),
        ja="海外旅行の開始前に発病して医師の治療を受けたことがある病気が、海外旅行中に急に悪化し、続けて"
        "{admission_days_min}日以上入院した（午前0時をまたげば2日と数えます）",
        en="an illness that began and was treated before the trip worsened suddenly on it, and led "
        "to {admission_days_min} or more days in hospital without a break (a stay past midnight "
        "counts as two)",
        source="003 l.868; 004 l.1192-1206",
        status=Status.HUMAN,
        why="D5",
    )


def excluded_for_earlier_illness(name: str, f: Figures) -> tuple[Clause, ...]:
    """The general exclusions (D24), then the rider's own."""
    return (
        *exclusions.fault(name, circumstances),
        *exclusions.war_and_radiation(name, circumstances),
        *exclusions.fight_suicide_crime(name, circumstances),
        exclusions.pregnancy(name, SOURCE),
        exclusions.dental(name, SOURCE),
        treated_after_trip(name, f),
        treatment_was_purpose(name),
        treatment_prearranged(name),
        worsened_in_extension(name, f),
    )


def treated_after_trip(name: str, f: Figures) -> Clause:
    return clause(
        f"{name}.x.treated_after_trip",
        after_the_trip(first_treated_on, f),
        ja="海外旅行の終了後に治療を始めた",
        en="treatment began after the trip",
        source=EXCLUDED,
    )


def treatment_was_purpose(name: str) -> Clause:
    return clause(
        f"{name}.x.treatment_was_purpose",
        exclusions.stated(preexisting_circumstances, "treatment_was_purpose"),
        ja="治療や症状の緩和を目的とする旅行だった",
        en="the trip was made for treatment or relief",
        source=EXCLUDED,
    )


def treatment_prearranged(name: str) -> Clause:
    return clause(
        f"{name}.x.treatment_prearranged",
        exclusions.stated(preexisting_circumstances, "treatment_prearranged"),
        ja="渡航先の病院での治療が、海外旅行の開始前に決まっていた（予約や入院の手配を含みます）",
        en="treatment at the destination was settled before the trip (a booking counts)",
        source=EXCLUDED,
    )


def worsened_in_extension(name: str, f: Figures) -> Clause:
    months = f.has("carried_months")
    return clause(
        f"{name}.x.extended_part",
        all_of(extended, rider_days_end(f) <= worsened_on.moment),
        ja="延長により"
        + ("{carried_months}か月" if months else "{carried_days}日")
        + "を超えた期間に急な悪化が始まった",
        en="the worsening began in a part of an extended period beyond "
        + ("{carried_months} months" if months else "{carried_days} days"),
        source="004 l.1090" if months else "003 l.629",
        why="D13",
    )


def only_in_an_emergency(f: Figures, prefix: str, of: Node) -> Node:
    return sieve(before_coming_home(prefix), sieve(soon_after_treatment_began(f, prefix), of))


def soon_after_treatment_began(f: Figures, prefix: str) -> Clause:
    return clause(
        f"{prefix}window_days",
        line_on.within(f.window_days, of=first_treated_on),
        ja="海外旅行中に治療を始めた日を含めて{window_days}日以内に必要になった費用",
        en="costs needed within {window_days} days of the first treatment on the trip, that day "
        "counted",
        source="003 l.868; 004 l.1216-1222",
    )


def before_coming_home(prefix: str) -> Clause:
    return clause(
        f"{prefix}until_home",
        line_on.day <= last_day_of_the_rider(),
        ja="住居（または最終目的国で入院した病院）に帰り着いた後の費用は対象になりません",
        en="no cost after reaching home, or a hospital in the country of final destination",
        source="003 l.868; 004 l.1216-1222",
    )


def no_planned_care(name: str) -> Clause:
    return clause(
        f"{name}.planned_care",
        not_(category_is(Cost.PLANNED_CARE)),
        ja="海外旅行中も続ける予定だった費用（透析、義手義足やペースメーカーなどの器具、インスリンなどの薬、"
        "温泉療法、はり・きゅう・マッサージ・整体、リハビリ、臓器移植、眼鏡・補聴器や視力の矯正、"
        "毛髪移植や美容、不妊治療など）は対象になりません",
        en="no cost that was going to run on during the trip anyway (dialysis; devices such as "
        "artificial limbs and pacemakers; insulin and other drugs; spa treatment; acupuncture, "
        "massage and chiropractic; rehabilitation; transplants; glasses, hearing aids and "
        "eyesight; hair transplants and cosmetic surgery; fertility treatment and the like)",
        source="003 l.868; 004 l.1106-1140",
    )
