"""Why a trip may be given up or broken off (causes 1 to 9), and what takes a cause out of cover."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dosojin.facts.expressions import Expression, all_of, any_of
from dosojin.products.gakkensai.definitions import period_ends
from dosojin.products.gakkensai.exclusions import (
    dangerous_sport,
    fault,
    fight_suicide_crime,
    radiation,
    stated,
    war,
)
from dosojin.products.gakkensai.facts.alteration import (
    AlterationCause,
    AlterationPerson,
    alteration_admission_days,
    alteration_cause,
    alteration_cause_before_contract,
    alteration_cause_on,
    alteration_circumstances,
    alteration_person,
    home_damage_yen,
)
from dosojin.products.gakkensai.facts.policy import premium_paid_on
from dosojin.terms.clauses import Clause, Status, clause
from dosojin.terms.editions import Figures
from dosojin.values.text import Text

EXCLUDED = "003 l.889; 004 l.952-1006"
INSURED_AND_COMPANIONS = (AlterationPerson.INSURED, AlterationPerson.COMPANION)
RELATIVES = (
    AlterationPerson.SPOUSE,
    AlterationPerson.FIRST_DEGREE,
    AlterationPerson.SECOND_DEGREE,
    AlterationPerson.THIRD_DEGREE,
)


@dataclass(frozen=True, slots=True)
class Variation:
    """Where the editions differ.

    isolated_by_physician: isolation needs an infection and a physician's instruction (2026).
    family_conditions_count: what spouse and first degree had before the contract excludes (2025).
    war_at_destination_paid: D19; False is the other reading, war stays excluded.
    """

    isolated_by_physician: bool
    family_conditions_count: bool
    war_at_destination_paid: bool = True


VARIATION_2026 = Variation(isolated_by_physician=True, family_conditions_count=False)
VARIATION_2025 = Variation(isolated_by_physician=False, family_conditions_count=True)


def causes(
    f: Figures,
    name: str,
    variation: Variation,
    altered: Expression,
    unreachable: Text | None = None,
) -> tuple[Clause, ...]:
    """The nine grants. `altered`: the trip was broken off, or given up before departure."""
    before_departure = unreachable is not None
    written = (
        _death_or_danger(name),
        _hospital(f, name, before_departure),
        _distress(name),
        _rescue(name),
        _damage_at_home(f, name),
        _court(name),
        _destination(name),
        _order_or_isolation(name, variation),
        _evacuation_order(name),
    )
    in_time = alteration_cause_on.moment < period_ends(f)
    return tuple(
        replace(grant, test=all_of(altered, grant.test, in_time), unreachable=unreachable)
        for grant in written
    )


def _source(line: str) -> str:
    return f"003 l.889; 004 {line}"


def _befell(*what: AlterationCause) -> Expression:
    """It befell the insured or a companion."""
    return all_of(alteration_cause.is_(*what), alteration_person.is_(*INSURED_AND_COMPANIONS))


def _death_or_danger(name: str) -> Clause:
    return clause(
        f"{name}.1",
        all_of(
            alteration_cause.is_(AlterationCause.DEATH, AlterationCause.CRITICAL),
            alteration_person.is_(*INSURED_AND_COMPANIONS, *RELATIVES),
        ),
        ja="本人、同行予約者、またはそのどちらかの配偶者や3親等以内の親族が、亡くなった、または危篤になった",
        en="the insured, a companion on the same booking, or the spouse or a relative within the "
        "third degree of either died or is in danger of life",
        source=_source("l.1039"),
        why="D32",
    )


def _hospital(f: Figures, name: str, before_departure: bool) -> Clause:
    own = _befell(AlterationCause.OWN_ADMISSION)
    relative = all_of(
        alteration_cause.is_(AlterationCause.RELATIVE_ADMISSION),
        alteration_person.is_(
            AlterationPerson.SPOUSE,
            AlterationPerson.FIRST_DEGREE,
            AlterationPerson.SECOND_DEGREE,
        ),
        alteration_admission_days >= f.relative_admission_days_min,
    )
    if before_departure:
        own = all_of(own, alteration_admission_days >= f.own_admission_days_min)
    stay = ("{own_admission_days_min}日以上続けて", " for {own_admission_days_min} days running")
    ja, en = stay if before_departure else ("", "")
    return clause(
        f"{name}.2",
        any_of(own, relative),
        ja=f"本人または同行予約者が{ja}入院した、またはそのどちらかの配偶者や2親等以内の親族が"
        "{relative_admission_days_min}日以上続けて入院した",
        en=f"the insured or a companion went into hospital{en}, or the spouse or a relative within "
        "the second degree of either for {relative_admission_days_min} days running",
        source=_source("l.1044"),
        why="D32",
    )


def _distress(name: str) -> Clause:
    return clause(
        f"{name}.3",
        _befell(AlterationCause.MISSING_CRAFT, AlterationCause.MOUNTAIN_DISTRESS),
        ja="本人または同行予約者の乗る航空機・船舶が行方不明になった、もしくは遭難した、または登山用具を使う"
        "山岳登山中に遭難した",
        en="the aircraft or ship of the insured or a companion is missing or in distress, or they "
        "are in distress on a climb with ice-axe or crampons",
        source=_source("l.1051"),
    )


def _rescue(name: str) -> Clause:
    return clause(
        f"{name}.4",
        _befell(AlterationCause.RESCUE),
        ja="急激・偶然・外来の事故により、本人または同行予約者の緊急の捜索・救助が必要だと公的機関が確認した",
        en="after a sudden, fortuitous and external accident an authority confirmed that the "
        "insured or a companion urgently needed search or rescue",
        source=_source("l.1055"),
    )


def _damage_at_home(f: Figures, name: str) -> Clause:
    return clause(
        f"{name}.5",
        all_of(
            _befell(AlterationCause.HOME_DAMAGE),
            home_damage_yen >= f.home_damage_min,
        ),
        ja="本人または同行予約者の住む建物や家財が、火災・風災・水災などで{home_damage_min}円以上の損害を受けた",
        en="fire, storm, flood or the like did damage of {home_damage_min} yen or more to the home "
        "of the insured or a companion, or to what is in it",
        source=_source("l.1059"),
    )


def _court(name: str) -> Clause:
    return clause(
        f"{name}.6",
        _befell(AlterationCause.COURT),
        ja="本人または同行予約者が、証人または評価人として裁判所に呼び出された",
        en="a court summoned the insured or a companion as a witness or valuer",
        source=_source("l.1062"),
    )


def _destination(name: str) -> Clause:
    return clause(
        f"{name}.7",
        alteration_cause.is_(
            AlterationCause.DESTINATION_DISASTER,
            AlterationCause.DESTINATION_WAR,
            AlterationCause.DESTINATION_TRANSPORT_OR_LODGING,
            AlterationCause.DESTINATION_ADVISORY,
        ),
        ja="渡航先で、地震・噴火・津波、戦争・内乱・暴動・テロ行為など、交通機関や宿泊施設の事故・火災が起きた、"
        "または渡航先に退避勧告などが出された",
        en="at the destination there was an earthquake, eruption or tsunami; war, civil war, riot "
        "or terrorism; an accident or fire of a carrier or lodging; or an advisory to leave",
        source=_source("l.1065"),
        why="D19",
    )


def _order_or_isolation(name: str, variation: Variation) -> Clause:
    isolated: tuple[AlterationCause, ...]
    if variation.isolated_by_physician:
        isolated = (AlterationCause.ISOLATION,)
        ja = "感染症にかかり医師などの指示で医療施設に隔離された"
        en = "they caught an infection and a physician had them isolated in a medical facility"
    else:
        isolated = (AlterationCause.ISOLATION, AlterationCause.QUARANTINE)
        ja = "感染症のため隔離された"
        en = "they were isolated because of an infectious disease"
    return clause(
        f"{name}.8",
        _befell(AlterationCause.ORDER, AlterationCause.ENTRY_RULE, *isolated),
        ja=f"本人または同行予約者に官公署の命令や外国の出入国規制が出された、または{ja}",
        en="an authority's order or a foreign rule on entry or exit was issued to the insured or a "
        f"companion, or {en}",
        source=_source("l.1072"),
        why="D32",
    )


def _evacuation_order(name: str) -> Clause:
    return clause(
        f"{name}.9",
        _befell(AlterationCause.EVACUATION_ORDER),
        ja="本人または同行予約者に、災害対策基本法に基づく避難の指示などが出された",
        en="the insured or a companion was ordered to evacuate under Japan's disaster law",
        source=_source("l.1075"),
    )


# What takes a cause out of cover.


def excluded(
    name: str, variation: Variation, unreachable: Text | None = None
) -> tuple[Clause, ...]:
    destination = (_war_at_the_destination(name),) if variation.war_at_destination_paid else ()
    written = (
        *fault(name, alteration_circumstances, EXCLUDED),
        *fight_suicide_crime(name, alteration_circumstances, EXCLUDED),
        war(name, alteration_circumstances, EXCLUDED, also_restored_by=destination),
        _earthquake_in_japan(name),
        radiation(name, alteration_circumstances, EXCLUDED),
        _no_objective_findings(name),
        _pregnancy(name),
        _dental(name),
        _dangerous_sport(name),
        _cause_before_contract(name),
        _condition_before_contract(name, variation),
    )
    return tuple(_marked(exclusion, unreachable) for exclusion in written)


def _marked(exclusion: Clause, unreachable: Text | None) -> Clause:
    restored_by = tuple(replace(r, unreachable=unreachable) for r in exclusion.restored_by)
    return replace(exclusion, unreachable=unreachable, restored_by=restored_by)


def _war_at_the_destination(name: str) -> Clause:
    """Cause 7 names war at the destination, so it is the more specific wording (D19)."""
    return clause(
        f"{name}.r.destination_war",
        alteration_cause.is_(AlterationCause.DESTINATION_WAR),
        ja="渡航先での戦争・内乱・暴動（取りやめの理由として個別に定められています）",
        en="war, civil war or riot at the destination is itself named as a cause that is paid",
        source=_source("l.1068"),
        why="D19",
    )


def _earthquake_in_japan(name: str) -> Clause:
    return clause(
        f"{name}.x.earthquake_in_japan",
        stated(alteration_circumstances, "earthquake_in_japan"),
        ja="日本国内の地震、噴火、またはこれらによる津波が原因だった",
        en="an earthquake, an eruption or a tsunami from them in Japan caused it",
        source=_source("l.964"),
    )


def _in_hospital() -> Expression:
    return alteration_cause.is_(AlterationCause.OWN_ADMISSION, AlterationCause.RELATIVE_ADMISSION)


def _no_objective_findings(name: str) -> Clause:
    return clause(
        f"{name}.x.no_objective_findings",
        all_of(_in_hospital(), stated(alteration_circumstances, "no_objective_findings")),
        ja="むちうち症や腰痛など、検査で異常を確かめられない症状による入院だった",
        en="the stay in hospital was for whiplash, back pain or the like without an objective "
        "medical finding",
        source=_source("l.971"),
        status=Status.HUMAN,
    )


def _pregnancy(name: str) -> Clause:
    return clause(
        f"{name}.x.pregnancy",
        all_of(_in_hospital(), stated(alteration_circumstances, "pregnancy")),
        ja="妊娠、出産、早産、流産、これらが原因の病気、または不妊症による入院だった",
        en="the stay in hospital was for pregnancy, birth, early birth, miscarriage, an illness "
        "from them, or infertility",
        source=_source("l.974"),
    )


def _dental(name: str) -> Clause:
    return clause(
        f"{name}.x.dental",
        all_of(_in_hospital(), stated(alteration_circumstances, "dental")),
        ja="歯の病気による入院だった",
        en="the stay in hospital was for a dental disease",
        source=_source("l.977"),
    )


def _dangerous_sport(name: str) -> Clause:
    """Of a death, a danger or a stay in hospital; the special-hazard rider restores none."""
    on_the_body = alteration_cause.is_(
        AlterationCause.DEATH,
        AlterationCause.CRITICAL,
        AlterationCause.OWN_ADMISSION,
        AlterationCause.RELATIVE_ADMISSION,
    )
    shared = dangerous_sport(name, alteration_circumstances, _source("l.978"), restorable=False)
    return replace(shared, test=all_of(on_the_body, shared.test))


def _cause_before_contract(name: str) -> Clause:
    return clause(
        f"{name}.x.cause_before_contract",
        alteration_cause_on.day <= premium_paid_on.day,
        ja="契約の日まで、または保険料が払い込まれる前に、取りやめの理由が生じていた",
        en="the cause had arisen by the day of the contract, or before the premium was paid",
        source=_source("l.986-990"),
        why="D32",
    )


def _condition_before_contract(name: str, variation: Variation) -> Clause:
    """The injury or illness behind it; whose condition counts differs between the editions."""
    near = (AlterationPerson.SPOUSE, AlterationPerson.FIRST_DEGREE)
    family = variation.family_conditions_count
    whose = (*INSURED_AND_COMPANIONS, *near) if family else INSURED_AND_COMPANIONS
    persons_ja = (
        "本人、同行予約者、またはそのどちらかの配偶者や1親等の親族"
        if family
        else "本人または同行予約者"
    )
    persons_en = (
        "the insured, a companion, or the spouse or a first-degree relative of either"
        if family
        else "the insured or a companion"
    )
    return clause(
        f"{name}.x.condition_before_contract",
        all_of(
            alteration_cause_before_contract,
            alteration_person.is_(*whose),
        ),
        ja=f"死亡・危篤・入院・隔離のもとになった{persons_ja}のケガや病気が、契約の日まで、または保険料が"
        "払い込まれる前に生じていた",
        en=f"the injury or illness of {persons_en} behind the death, danger, stay in hospital or "
        "isolation had begun by the day of the contract, or before the premium was paid",
        source=_source("l.991"),
        why="D32",
    )
