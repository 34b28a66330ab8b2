"""Death by an accident on the trip."""

from __future__ import annotations

from dosojin.facts.expressions import all_of
from dosojin.products.gakkensai import exclusions
from dosojin.products.gakkensai.definitions import (
    carries,
    craft_missing,
    died_of_the_accident,
    injury_by_accident,
)
from dosojin.products.gakkensai.facts.body import circumstances, craft_missing_days, died
from dosojin.products.gakkensai.facts.policy import sum_accidental_death
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.products.gakkensai.receipts import cut_for_dangerous_work, without_earlier_impairment
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import fixed, less, paid, part
from dosojin.values.text import Text

NAME = "accidental_death"
SOURCE = "003 l.861; 004 l.198-216"


def accidental_death(f: Figures) -> Benefit:
    """The whole sum to the heirs, less what the same injury has brought for disability."""
    return Benefit(
        NAME,
        Text("傷害死亡", "Accidental death"),
        SOURCE,
        carried=carries(sum_accidental_death),
        money=part(
            NAME,
            ja="事故によるケガで亡くなった場合",
            en="Death by an accident",
            source=SOURCE,
            opens=(died, craft_missing_days),
            grants=(dead_by_accident(f), presumed_dead(f)),
            excludes=excluded_for_injuries(NAME, f),
            money=less(
                paid("disability.sum"),
                of=without_earlier_impairment(
                    NAME,
                    cut_for_dangerous_work(
                        NAME,
                        fixed(
                            sum_accidental_death,
                            id="accidental_death.sum",
                            ja="傷害死亡保険金額の全額",
                            en="the whole sum insured for accidental death",
                            source=SOURCE,
                        ),
                    ),
                ),
                id="accidental_death.less_disability",
                ja="同じケガの傷害後遺障害保険金を差し引きます",
                en="less what the same injury brings for permanent disability",
                source="003 l.861; 004 l.206-210",
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(
                Proof.DEATH_CERTIFICATE,
                Proof.ACCIDENT_REPORT,
                Proof.FAMILY_REGISTER,
                Proof.HEIRS_AUTHORITY,
            ),
        ),
    )


def dead_by_accident(f: Figures) -> Clause:
    return clause(
        "accidental_death.1",
        all_of(injury_by_accident(f), died_of_the_accident(f)),
        ja="海外旅行中の急激・偶然・外来の事故によるケガで、事故の日を含めて{death_days}日以内に亡くなった",
        en="died of an injury by a sudden, fortuitous and external accident on the trip, within "
        "{death_days} days, the day of the accident counted",
        source="003 l.861; 004 l.212-216",
    )


def presumed_dead(f: Figures) -> Clause:
    return clause(
        "accidental_death.2",
        all_of(craft_missing(f), craft_missing_days >= f.presumed_death_days),
        ja="海外旅行中に乗っていた飛行機や船が行方不明になり、または遭難し、その日を含めて"
        "{presumed_death_days}日たっても発見されない（その日に亡くなったものと推定します）",
        en="the aircraft or ship on which the insured travelled went missing or was in distress, "
        "and after {presumed_death_days} days, that day counted, the insured is not found "
        "(presumed dead on that day)",
        source="general conditions on presumed death; not in the seeds",
    )


def excluded_for_injuries(name: str, f: Figures) -> tuple[Clause, ...]:
    """What neither accidental death nor disability pays for, in the wording's order."""
    return (
        *exclusions.fault(name, circumstances),
        *exclusions.war_and_radiation(name, circumstances),
        *exclusions.forbidden_driving(name, circumstances),
        *exclusions.fight_suicide_crime(name, circumstances),
        exclusions.brain_disease(name, circumstances),
        exclusions.insanity(name, circumstances),
        exclusions.pregnancy_caused_it(name, circumstances),
        exclusions.injury_outside_trip(name, f),
        exclusions.dangerous_sport(name, circumstances),
    )
