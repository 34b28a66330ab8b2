"""Permanent disability from an accident on the trip."""

from __future__ import annotations

from dosojin.facts.expressions import Expression, all_of, any_of
from dosojin.products.gakkensai.benefits.accidental_death import excluded_for_injuries
from dosojin.products.gakkensai.definitions import carries, injury_by_accident
from dosojin.products.gakkensai.facts.body import (
    accident_on,
    disability_grades,
    disability_on,
    disabled,
)
from dosojin.products.gakkensai.facts.policy import Rider, age_at_inception, riders, sum_disability
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.products.gakkensai.receipts import cut_for_dangerous_work, without_earlier_impairment
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import POLICY_PERIOD, Node, graded, limit, part
from dosojin.values.text import Text

NAME = "disability"
SOURCE = "003 l.862; 004 l.224-232"


def disability(f: Figures) -> Benefit:
    """Per cent of the sum by grade; all disabilities of a policy period together up to the sum."""
    return Benefit(
        NAME,
        Text("傷害後遺障害", "Permanent disability"),
        SOURCE,
        carried=carries(sum_disability),
        money=limit(
            sum_disability,
            per=POLICY_PERIOD,
            id="disability.sum",
            ja="保険期間を通じて、傷害後遺障害保険金額まで",
            en="up to the sum insured for disability over the whole policy period",
            source=SOURCE,
            of=part(
                NAME,
                ja="事故によるケガで後遺障害が残った場合",
                en="Permanent disability from an accident",
                source=SOURCE,
                opens=(disabled,),
                grants=(disabled_by_accident(f),),
                excludes=excluded_for_injuries(NAME, f),
                money=without_earlier_impairment(
                    NAME, cut_for_dangerous_work(NAME, percent_by_grade(f))
                ),
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(Proof.DISABILITY_REPORT, Proof.MEDICAL_IMAGES, Proof.ACCIDENT_REPORT),
        ),
    )


def disabled_by_accident(f: Figures) -> Clause:
    return clause(
        "disability.1",
        all_of(
            injury_by_accident(f), disabled, disability_on.within(f.disability_days, of=accident_on)
        ),
        ja="海外旅行中の急激・偶然・外来の事故によるケガで、事故の日を含めて{disability_days}日以内に"
        "後遺障害が生じた",
        en="a permanent disability arose from a sudden, fortuitous and external accident on the "
        "trip, within {disability_days} days, the day of the accident counted",
        source="003 l.862; 004 l.230-232",
    )


def only_the_gravest_grades(f: Figures) -> Expression:
    """The limit by age, where the edition knows it and the certificate shows its rider (D30)."""
    if not f.has("age_limited_from"):
        return any_of()
    return all_of(riders.has(Rider.DISABILITY_GRADE_LIMIT), age_at_inception >= f.age_limited_from)


def percent_by_grade(f: Figures) -> Node:
    limited = f.has("age_limited_from")
    return graded(
        sum_disability,
        disability_grades,
        (
            f.percent_grade_1,
            f.percent_grade_2,
            f.percent_grade_3,
            f.percent_grade_4,
            f.percent_grade_5,
            f.percent_grade_6,
            f.percent_grade_7,
            f.percent_grade_8,
            f.percent_grade_9,
            f.percent_grade_10,
            f.percent_grade_11,
            f.percent_grade_12,
            f.percent_grade_13,
            f.percent_grade_14,
        ),
        worst_only=only_the_gravest_grades(f),
        worst_grade=f.worst_grade_paid,
        id="disability.grade",
        ja="後遺障害の等級に応じた割合（いくつもあるときは併せた等級の割合）"
        + ("。70歳以上で限定の特約があるときは、重い等級だけが対象です" if limited else ""),
        en="the percentage of the grade, several impairments combined"
        + ("; from the age of the limiting rider on, the gravest grades only" if limited else ""),
        source=SOURCE,
    )
