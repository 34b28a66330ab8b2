"""Student's liability (periods over 31 days): daily life and the place lived in.

The edition of 2026 sells it and prints no wording of its own, so it reads that of 2025.
"""

from __future__ import annotations

from dosojin.facts.expressions import all_of, not_
from dosojin.products.gakkensai.benefits.liability import (
    IN_YOUR_HANDS,
    PAPERS,
    at_work,
    damages_and_costs,
    lodging_room,
    owed_by_law,
    rented_goods,
    towards_relative,
    vehicles_and_guns,
    wilful,
)
from dosojin.products.gakkensai.definitions import carries
from dosojin.products.gakkensai.exclusions import radiation, stated, war
from dosojin.products.gakkensai.facts.policy import sum_student_liability
from dosojin.products.gakkensai.facts.property import (
    LiabilityObject,
    LiabilitySource,
    ResidenceDamage,
    liability_arises_from,
    liability_circumstances,
    liability_object,
    liable,
    residence_damage,
    whole_unit_rented,
)
from dosojin.terms.clauses import Clause, Status, clause
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import part
from dosojin.values.text import Text

STUDENT = "004 l.689-779"
PART = "student_liability"


def student_liability(f: Figures) -> Benefit:
    return Benefit(
        PART,
        Text("留学生賠償責任", "Student's liability"),
        STUDENT,
        carried=carries(sum_student_liability),
        money=part(
            PART,
            ja="日常生活や住まいから生じた、他人への賠償責任",
            en="liability to others arising from daily life or the place lived in",
            source=STUDENT,
            opens=(liable,),
            grants=(_owed_by_law(f),),
            excludes=(
                war(PART, liability_circumstances, "004 l.692"),
                radiation(PART, liability_circumstances, "004 l.695"),
                wilful(PART, "004 l.696"),
                at_work(PART, "004 l.697"),
                _part_time_job(),
                *vehicles_and_guns(PART, "004 l.700-717"),
                _entrusted_goods(),
                towards_relative(PART, "004 l.706-733"),
            ),
            money=damages_and_costs(PART, sum_student_liability, "004 l.736"),
        ),
        documents=PAPERS,
    )


def _owed_by_law(f: Figures) -> Clause:
    return clause(
        "student_liability.1",
        all_of(
            owed_by_law(f),
            liability_arises_from.is_(LiabilitySource.DAILY_LIFE, LiabilitySource.RESIDENCE),
        ),
        ja="海外旅行中に、日常生活または住まいの所有・使用・管理から生じた偶然な事故で他人にケガをさせ、"
        "または他人の物に損害を与え、法律上の損害賠償責任を負った（本人が責任無能力者のときは、"
        "親権者などが負った場合を含みます）",
        en="by a fortuitous accident on the trip that arose from daily life or the place lived in, "
        "someone was hurt or property harmed, and damages are owed by law (also by parents "
        "and the like for a person without legal capacity)",
        source="004 l.755",
        status=Status.HUMAN,
    )


def _part_time_job() -> Clause:
    return clause(
        "student_liability.x.part_time_job",
        stated(liability_circumstances, "part_time_job"),
        ja="アルバイトの業務についての責任だった",
        en="it arose from a part-time job",
        source="004 l.697",
    )


def _entrusted_goods() -> Clause:
    """Goods in one's care, except the lodgings, residence and rented goods that note 14 counts."""
    return clause(
        "student_liability.x.entrusted_goods",
        liability_object.is_(*IN_YOUR_HANDS),
        ja="預かった物や借りている住まいなど、手元にある他人の物の損害だった",
        en="the property was in the insured's hands: left in care, borrowed or rented",
        source="004 l.703",
        restored_by=(
            rented_goods(PART, "004 l.763"),
            lodging_room(PART, "004 l.764"),
            _residence_room(),
            _residence_whole_unit(),
            _residence_other(),
        ),
    )


def _residence_room() -> Clause:
    return clause(
        "student_liability.r.residence_room",
        all_of(liability_object.is_(LiabilityObject.RESIDENCE_ROOM), not_(whole_unit_rented)),
        ja="居住施設の部屋やその中の物の損害で、建物や戸室の全体を借りているのではない",
        en="it is the room lived in or what stands in it, and the building or flat is not rented "
        "as a whole",
        source="004 l.771",
    )


def _residence_whole_unit() -> Clause:
    return clause(
        "student_liability.r.residence_whole_unit",
        all_of(
            liability_object.is_(LiabilityObject.RESIDENCE_ROOM),
            whole_unit_rented,
            residence_damage.is_(ResidenceDamage.FIRE_EXPLOSION, ResidenceDamage.WATER),
        ),
        ja="建物や戸室の全体を借りているが、火災・爆発・破裂または水濡れによる損害だった"
        "（給排水設備そのものの損害を除きます）",
        en="the building or flat is rented as a whole, and the damage is by fire, explosion, "
        "bursting or water (but not to the plumbing itself)",
        source="004 l.771-775",
    )


def _residence_other() -> Clause:
    return clause(
        "student_liability.r.residence_other",
        all_of(
            liability_object.is_(LiabilityObject.RESIDENCE_OTHER),
            residence_damage.is_(ResidenceDamage.FIRE_EXPLOSION, ResidenceDamage.WATER),
        ),
        ja="居住施設の部屋以外の部分で、火災・爆発・破裂または水濡れによる損害だった",
        en="it is another part of the residence, damaged by fire, explosion, bursting or water",
        source="004 l.777",
    )
