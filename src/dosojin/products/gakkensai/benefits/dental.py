"""Treatment of a dental disease that began on the trip (a rider of the edition of 2025)."""

from __future__ import annotations

from dosojin.facts.expressions import all_of, any_line, category_is, not_
from dosojin.facts.lines import line_on
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import carries, waiting_ends
from dosojin.products.gakkensai.facts.body import (
    cause,
    dental_circumstances,
    first_treated_on,
    illness_began,
    treated,
)
from dosojin.products.gakkensai.facts.policy import sum_dental
from dosojin.products.gakkensai.facts.words import Cause, Onset
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.products.gakkensai.receipts import borne
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import (
    POLICY_YEAR,
    Node,
    all_together,
    indemnity_ratio,
    limit,
    part,
    sieve,
)
from dosojin.values.text import Text

NAME = "dental"
SOURCE = "004 l.816-872"
EXCLUDED = "004 l.782-814"

PAID_FOR = (
    Cost.DENTIST_FEE,
    Cost.DENTAL_DRUGS_AND_MATERIALS,
    Cost.DENTAL_TESTS,
    Cost.DENTAL_CERTIFICATE,
)


def dental(f: Figures) -> Benefit:
    """A share of the costs; all diseases of one policy year together up to the sum."""
    return Benefit(
        NAME,
        Text("歯科治療費用", "Dental treatment"),
        SOURCE,
        carried=carries(sum_dental),
        money=limit(
            sum_dental,
            per=POLICY_YEAR,
            dated=first_treated_on,
            id="dental.sum",
            ja="同じ保険年度の歯の病気を合わせて、歯科治療費用保険金額まで",
            en="up to the sum insured for the dental diseases of one policy year together",
            source="004 l.824-826",
            of=part(
                NAME,
                ja="海外旅行中に発病した歯の病気の治療",
                en="Treatment of a dental disease that began on the trip",
                source=SOURCE,
                grants=(treated_after_waiting(f),),
                excludes=(
                    *exclusions.fault(NAME, dental_circumstances, EXCLUDED),
                    *exclusions.fight_suicide_crime(NAME, dental_circumstances, EXCLUDED),
                    *exclusions.war_and_radiation(NAME, dental_circumstances, EXCLUDED),
                    drugs(),
                    exclusions.illness_before_trip(NAME, EXCLUDED, of=Cause.DENTAL),
                    treated_while_waiting(f),
                ),
                money=indemnity_ratio(
                    f.ratio,
                    ja="費用の{ratio}%をお支払いします",
                    en="pays {ratio} per cent of the costs",
                    of=sieve(needed_within_the_window(f), costs_of_the_teeth()),
                ),
            ),
        ),
        documents=(*ALWAYS_ASKED, *papers(Proof.DENTIST_REPORT, Proof.RECEIPT)),
    )


def treated_after_waiting(f: Figures) -> Clause:
    """Prevention and orthodontics are no treatment; beside one only their own lines drop out."""
    no_treatment = all_of(
        any_line(Cost.DENTAL_PREVENTION, Cost.ORTHODONTICS),
        not_(any_line(*PAID_FOR, Cost.DENTAL_TEST_WITHOUT_TREATMENT)),
    )
    return clause(
        "dental.1",
        all_of(
            cause.is_(Cause.DENTAL),
            illness_began.is_(Onset.ON_TRIP),
            treated,
            waiting_ends(f) <= first_treated_on.moment,
            not_(no_treatment),
        ),
        ja="海外旅行中に発病した歯の病気で、保険期間の初日から{waiting_days}日間の待機期間が過ぎた後に治療"
        "（予防と矯正を除きます）を始めた",
        en="treatment (other than prevention and orthodontics) of a dental disease that began on "
        "the trip was started after the waiting period of {waiting_days} days from the first "
        "policy day",
        source="004 l.852-866",
        why="D15",
    )


def drugs() -> Clause:
    by_dentist = clause(
        "dental.r.drugs_by_dentist",
        exclusions.stated(dental_circumstances, "drugs_by_dentist"),
        ja="歯科医師が歯の治療のために用いた",
        en="a dentist used them for the treatment",
        source="004 l.800-802",
    )
    return clause(
        "dental.x.drugs",
        exclusions.stated(dental_circumstances, "drugs"),
        ja="保険の対象となる方の麻薬・あへん・大麻・覚せい剤などの使用",
        en="the insured used narcotics or the like",
        source="004 l.798-802",
        restored_by=(by_dentist,),
    )


def treated_while_waiting(f: Figures) -> Clause:
    return clause(
        "dental.x.waiting_period",
        all_of(cause.is_(Cause.DENTAL), first_treated_on.moment < waiting_ends(f)),
        ja="保険期間の初日から{waiting_days}日間の待機期間中に治療を始めた",
        en="treatment was started in the waiting period of {waiting_days} days from the first "
        "policy day",
        source="004 l.806-808",
        why="D15",
    )


def needed_within_the_window(f: Figures) -> Clause:
    return clause(
        "dental.window_days",
        line_on.within(f.window_days, of=first_treated_on),
        ja="歯の治療を始めた日を含めて{window_days}日以内に必要になった費用",
        en="costs needed within {window_days} days of the start of treatment, that day counted",
        source="004 l.820-822",
    )


def costs_of_the_teeth() -> Node:
    return all_together(
        borne("dental.treatment", *PAID_FOR, source=SOURCE),
        never_paid(
            Cost.DENTAL_PREVENTION,
            ja="予防治療の費用は対象になりません",
            en="no preventive care",
            source="004 l.810",
        ),
        never_paid(
            Cost.ORTHODONTICS,
            ja="矯正治療の費用は対象になりません",
            en="no orthodontics",
            source="004 l.810",
        ),
        never_paid(
            Cost.DENTAL_TEST_WITHOUT_TREATMENT,
            ja="治療を伴わない検査の費用は対象になりません",
            en="no test that led to no treatment",
            source="004 l.840-844",
        ),
        id="dental.costs",
    )


def never_paid(cost: Cost, *, ja: str, en: str, source: str) -> Node:
    """Takes these receipts only to say why they bring nothing."""
    name = f"dental.{cost.value.removeprefix('dental_')}"
    kept = clause(name, not_(category_is(cost)), ja=ja, en=en, source=source)
    return sieve(kept, borne(name, cost, source=source))
