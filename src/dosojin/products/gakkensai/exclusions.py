"""What no benefit pays for: the exclusions that several benefits share, each written once.

A function is named for its situation and gives the clause for one part ("medical.x.war"). It
reads the word of the same name in the part's own set of circumstances. What restores an exclusion
stands inside it.
"""

from __future__ import annotations

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import Expression, all_of, not_
from dosojin.products.gakkensai.definitions import in_the_period
from dosojin.products.gakkensai.facts.body import (
    accident_on,
    accident_on_trip,
    cause,
    illness_began,
)
from dosojin.products.gakkensai.facts.policy import Rider, riders
from dosojin.products.gakkensai.facts.words import Cause, Onset
from dosojin.terms.clauses import Clause, Status, clause
from dosojin.terms.editions import Figures

GENERAL = "003 l.861; 004 l.152-196"
"""The list that the other benefits refer back to."""


def stated(circumstances: Fact, name: str) -> Expression:
    """The set of circumstances contains the word `name`."""
    assert circumstances.choices is not None
    return circumstances.has(circumstances.choices(name))


def wilful_act(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.wilful_act",
        stated(circumstances, "wilful_act"),
        ja="契約者または保険の対象となる方がわざと起こした",
        en="the policyholder or the insured brought it about on purpose",
        source=source,
        status=Status.HUMAN,
    )


def gross_negligence(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.gross_negligence",
        stated(circumstances, "gross_negligence"),
        ja="契約者または保険の対象となる方に重大な過失があった",
        en="the policyholder or the insured was grossly negligent",
        source=source,
        status=Status.HUMAN,
    )


def payee_fault(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.payee_fault",
        stated(circumstances, "payee_fault"),
        ja="保険金を受け取る方がわざと、または重大な過失で起こした",
        en="whoever is to be paid brought it about on purpose or by gross negligence",
        source=source,
        status=Status.HUMAN,
    )


def act_of_terrorism(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    """Restores war: the amendment of the war exclusion belongs to every contract of the scheme."""
    return clause(
        f"{part}.r.terrorism",
        stated(circumstances, "terrorism"),
        ja="テロ行為によるもの（戦争の免責を一部修正する特約により対象になります）",
        en="it was an act of terrorism, which the amendment of the war exclusion covers again",
        source=source,
    )


def war(
    part: str, circumstances: Fact, source: str = GENERAL, also_restored_by: tuple[Clause, ...] = ()
) -> Clause:
    return clause(
        f"{part}.x.war",
        stated(circumstances, "war"),
        ja="戦争、外国の武力行使、革命、内乱、武装反乱など",
        en="war, foreign force of arms, revolution, civil war, armed revolt or the like",
        source=source,
        restored_by=(act_of_terrorism(part, circumstances, source), *also_restored_by),
    )


def radiation(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.radiation",
        stated(circumstances, "radiation"),
        ja="放射線を浴びた、または放射能で汚染された",
        en="exposure to radiation or radioactive contamination",
        source=source,
    )


def unlicensed_driving(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.unlicensed_driving",
        stated(circumstances, "unlicensed_driving"),
        ja="免許を持たずに運転していた間の事故",
        en="an accident while driving without a licence",
        source=source,
    )


def drunk_driving(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.drunk_driving",
        stated(circumstances, "drunk_driving"),
        ja="酒気を帯びて運転していた間の事故",
        en="an accident while driving under the influence of alcohol",
        source=source,
    )


def drugged_driving(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.drugged_driving",
        stated(circumstances, "drugged_driving"),
        ja="麻薬などを使って運転していた間の事故",
        en="an accident while driving under the influence of drugs",
        source=source,
    )


def fight(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.fight",
        stated(circumstances, "fight"),
        ja="保険の対象となる方のけんか",
        en="a fight that the insured took part in",
        source=source,
    )


def suicide(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.suicide",
        stated(circumstances, "suicide"),
        ja="保険の対象となる方の自殺行為",
        en="the insured's suicide or attempt at it",
        source=source,
        why="D16",
    )


def crime(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.crime",
        stated(circumstances, "crime"),
        ja="保険の対象となる方の犯罪行為",
        en="a crime that the insured committed",
        source=source,
    )


def brain_disease(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.brain_disease",
        stated(circumstances, "brain_disease"),
        ja="脳の病気が原因のケガ",
        en="the injury was caused by a disease of the brain",
        source=source,
        why="D24",
    )


def insanity(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.insanity",
        stated(circumstances, "insanity"),
        ja="心神喪失が原因のケガ",
        en="the injury was caused by insanity",
        source=source,
    )


def pregnancy_caused_it(part: str, circumstances: Fact, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.pregnancy_caused_it",
        stated(circumstances, "pregnancy_caused_it"),
        ja="妊娠、出産、早産、流産が原因のケガ",
        en="the injury was caused by pregnancy, birth, early birth or miscarriage",
        source=source,
    )


def no_objective_findings(part: str, circumstances: Fact, source: str) -> Clause:
    return clause(
        f"{part}.x.no_objective_findings",
        stated(circumstances, "no_objective_findings"),
        ja="むちうち症や腰痛などで、医学的な検査でも異常を確かめられない症状",
        en="whiplash, back pain or the like without an objective medical finding",
        source=source,
        status=Status.HUMAN,
    )


def loading_paid(part: str, name: str, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.r.{name}",
        riders.has(Rider.SPECIAL_HAZARD),
        ja="特別危険担保特約があり、その運動の割増保険料を払い込んでいる",
        en="the special-hazard rider is attached and the loading for that sport was paid",
        source=source,
    )


def dangerous_sport(
    part: str, circumstances: Fact, source: str = GENERAL, *, restorable: bool = True
) -> Clause:
    """Restored by the special-hazard rider, where the benefit knows that rider."""
    return clause(
        f"{part}.x.dangerous_sport",
        stated(circumstances, "dangerous_sport"),
        ja="登山用具を使う山岳登山、リュージュ、スケルトン、ボブスレー、スカイダイビング、ハンググライダー、"
        "超軽量の動力機、職務以外の航空機操縦、乗用具での競技や試運転など、危険な運動をしていた間のもの",
        en="it happened during a dangerous sport: climbing with ice-axe or crampons, luge, "
        "skeleton, bobsleigh, skydiving, hang-gliding, powered ultralights, flying an aircraft "
        "other than for work, racing or testing a vehicle and the like",
        source=source,
        restored_by=(loading_paid(part, "special_hazard", source),) if restorable else (),
    )


def mountaineering_altitude(
    part: str, circumstances: Fact, source: str, *, restored_as: str = "special_hazard_altitude"
) -> Clause:
    """Restored by the same rider; `restored_as` names the restore where no sport has taken it."""
    return clause(
        f"{part}.x.mountaineering_altitude",
        stated(circumstances, "mountaineering_altitude"),
        ja="登山用具を使う山岳登山の間に発病した高山病",
        en="altitude sickness that began on a climb with ice-axe or crampons",
        source=source,
        restored_by=(loading_paid(part, restored_as, source),),
    )


def pregnancy(part: str, source: str) -> Clause:
    return clause(
        f"{part}.x.pregnancy",
        cause.is_(Cause.PREGNANCY),
        ja="妊娠、出産、早産、流産、それらが原因の病気、または不妊症",
        en="pregnancy, birth, early birth, miscarriage, an illness from them, or infertility",
        source=source,
    )


def dental(part: str, source: str) -> Clause:
    return clause(
        f"{part}.x.dental",
        cause.is_(Cause.DENTAL),
        ja="歯の病気",
        en="a disease of the teeth",
        source=source,
    )


def injury_outside_trip(part: str, f: Figures, source: str = GENERAL) -> Clause:
    return clause(
        f"{part}.x.injury_outside_trip",
        all_of(
            cause.is_(Cause.INJURY),
            not_(all_of(accident_on_trip, in_the_period(accident_on, f))),
        ),
        ja="海外旅行の開始前または終了後（保険期間の外を含みます）に起きたケガ",
        en="an injury before or after the trip, or outside the policy period",
        source=source,
    )


def illness_before_trip(part: str, source: str, of: Cause = Cause.ILLNESS) -> Clause:
    return clause(
        f"{part}.x.illness_before_trip",
        all_of(cause.is_(of), illness_began.is_(Onset.BEFORE_TRIP)),
        ja="海外旅行の開始前に発病していた病気",
        en="the illness had begun before the trip",
        source=source,
    )


def fault(part: str, circumstances: Fact, source: str = GENERAL) -> tuple[Clause, ...]:
    """Wilful acts, gross negligence, and the payee's of either kind."""
    return (
        wilful_act(part, circumstances, source),
        gross_negligence(part, circumstances, source),
        payee_fault(part, circumstances, source),
    )


def war_and_radiation(part: str, circumstances: Fact, source: str = GENERAL) -> tuple[Clause, ...]:
    return war(part, circumstances, source), radiation(part, circumstances, source)


def forbidden_driving(part: str, circumstances: Fact, source: str = GENERAL) -> tuple[Clause, ...]:
    return (
        unlicensed_driving(part, circumstances, source),
        drunk_driving(part, circumstances, source),
        drugged_driving(part, circumstances, source),
    )


def fight_suicide_crime(
    part: str, circumstances: Fact, source: str = GENERAL
) -> tuple[Clause, ...]:
    return (
        fight(part, circumstances, source),
        suicide(part, circumstances, source),
        crime(part, circumstances, source),
    )
