"""Death by an illness that belongs to the trip."""

from __future__ import annotations

from dosojin.facts.expressions import all_of
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.definitions import (
    carries,
    died_on_the_trip,
    died_soon_after_the_trip,
    illness_from_the_trip,
    listed_infection,
    sickness,
    treated_in_time,
)
from dosojin.products.gakkensai.facts.body import circumstances, died, infection_class
from dosojin.products.gakkensai.facts.policy import sum_sickness_death
from dosojin.products.gakkensai.facts.words import InfectionClass
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.products.gakkensai.receipts import without_earlier_impairment
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import fixed, part
from dosojin.values.text import Text

NAME = "sickness_death"
SOURCE = "003 l.863; 004 l.262-266"
EXCLUDED = "003 l.863; 004 l.244-260"


def sickness_death(f: Figures, infections: tuple[InfectionClass, ...]) -> Benefit:
    """The whole sum to the heirs. `infections`: the classes that the edition lists."""
    return Benefit(
        NAME,
        Text("疾病死亡", "Sickness death"),
        SOURCE,
        carried=carries(sum_sickness_death),
        money=part(
            NAME,
            ja="病気で亡くなった場合",
            en="Death by an illness",
            source=SOURCE,
            opens=(died,),
            grants=(
                dead_on_the_trip(f),
                dead_of_an_illness_treated_in_time(f),
                dead_of_a_listed_infection(f, infections),
            ),
            excludes=(
                *exclusions.fault(NAME, circumstances),
                *exclusions.war_and_radiation(NAME, circumstances),
                *exclusions.fight_suicide_crime(NAME, circumstances),
                exclusions.pregnancy(NAME, EXCLUDED),
                exclusions.dental(NAME, EXCLUDED),
                exclusions.mountaineering_altitude(
                    NAME, circumstances, EXCLUDED, restored_as="special_hazard"
                ),
            ),
            money=without_earlier_impairment(
                NAME,
                fixed(
                    sum_sickness_death,
                    id="sickness_death.sum",
                    ja="疾病死亡保険金額の全額",
                    en="the whole sum insured for sickness death",
                    source=SOURCE,
                ),
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(
                Proof.DEATH_CERTIFICATE,
                Proof.MEDICAL_REPORT,
                Proof.FAMILY_REGISTER,
                Proof.HEIRS_AUTHORITY,
            ),
            *papers(Proof.PATHOGEN_REPORT, when=infection_class.is_(*infections)),
        ),
    )


def dead_on_the_trip(f: Figures) -> Clause:
    return clause(
        "sickness_death.1",
        all_of(sickness(), died_on_the_trip(f)),
        ja="海外旅行中に病気で亡くなった",
        en="died of an illness on the trip",
        source="003 l.863; 004 l.268",
    )


def dead_of_an_illness_treated_in_time(f: Figures) -> Clause:
    return clause(
        "sickness_death.2",
        all_of(illness_from_the_trip(), treated_in_time(f), died_soon_after_the_trip(f)),
        ja="海外旅行の開始後に発病した病気（終了後の発病は原因が旅行中に生じたもの）で、旅行の終了から"
        "{treatment_after_trip_max}時間以内に医師の治療を受け、終了の日を含めて{days_after_trip}日以内に"
        "亡くなった",
        en="died within {days_after_trip} days of the trip's end, that day counted, of an illness "
        "that began after the trip started (after its end only from a cause that arose on it) and "
        "was treated within {treatment_after_trip_max} hours of the end",
        source="003 l.863; 004 l.270-282",
    )


def dead_of_a_listed_infection(f: Figures, infections: tuple[InfectionClass, ...]) -> Clause:
    designated = InfectionClass.DESIGNATED in infections
    return clause(
        "sickness_death.3",
        all_of(listed_infection(infections), died_soon_after_the_trip(f)),
        ja="海外旅行中に感染した一類〜四類感染症"
        + ("または指定感染症" if designated else "")
        + "により、旅行の終了の日を含めて{days_after_trip}日以内に亡くなった",
        en="died of an infection of class I to IV"
        + (" or a designated one" if designated else "")
        + " caught on the trip, within {days_after_trip} days of the trip's end, that day counted",
        source="003 l.863; 004 l.276-292",
    )
