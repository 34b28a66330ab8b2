"""Personal liability (periods of up to 31 days), and what it says like the student's form."""

from __future__ import annotations

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import Expression, all_of, not_
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import carries, in_the_period
from dosojin.products.gakkensai.exclusions import radiation, stated, war
from dosojin.products.gakkensai.facts.policy import sum_liability
from dosojin.products.gakkensai.facts.property import (
    LiabilityObject,
    Vehicle,
    liability_circumstances,
    liability_object,
    liability_on,
    liability_on_trip,
    liability_vehicle,
    liable,
    whole_unit_rented,
)
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Clause, Status, clause
from dosojin.terms.editions import Benefit, Document, Figures
from dosojin.terms.money_tree import OCCURRENCE, Node, all_together, limit, lines, part
from dosojin.values.text import Text

PERSONAL = "003 l.869; 004 l.562-616"
IN_YOUR_HANDS = (
    LiabilityObject.LODGING_ROOM,
    LiabilityObject.RESIDENCE_ROOM,
    LiabilityObject.RESIDENCE_KEY,
    LiabilityObject.RESIDENCE_OTHER,
    LiabilityObject.RENTED_GOODS,
    LiabilityObject.HELD_PROPERTY,
    LiabilityObject.ENTRUSTED_GOODS,
)
PAPERS: tuple[Document, ...] = (
    *ALWAYS_ASKED,
    *papers(Proof.ACCIDENT_REPORT, Proof.SETTLEMENT),
    *papers(Proof.MEDICAL_REPORT, when=liability_object.is_(LiabilityObject.PERSON)),
    *papers(
        Proof.REPAIR_ESTIMATE,
        Proof.PHOTOGRAPH,
        when=not_(liability_object.is_(LiabilityObject.PERSON)),
    ),
)


def liability(f: Figures, *, key_outside_room: bool) -> Benefit:
    """Damages owed to another. key_outside_room: the residence's key counts there too (2026)."""
    return Benefit(
        "liability",
        Text("賠償責任", "Personal liability"),
        PERSONAL,
        carried=carries(sum_liability),
        money=part(
            "liability",
            ja="他人にケガをさせ、または他人の物に損害を与えたときの賠償責任",
            en="liability for hurting another or harming another's property",
            source=PERSONAL,
            opens=(liable,),
            grants=(_owed_by_law(f),),
            excludes=(
                war("liability", liability_circumstances),
                radiation("liability", liability_circumstances),
                wilful("liability", PERSONAL),
                at_work("liability", PERSONAL),
                _held_property(key_outside_room),
                *vehicles_and_guns("liability", PERSONAL),
                towards_relative("liability", PERSONAL),
            ),
            money=damages_and_costs("liability", sum_liability, PERSONAL),
        ),
        documents=PAPERS,
    )


def _owed_by_law(f: Figures) -> Clause:
    return clause(
        "liability.1",
        owed_by_law(f),
        ja="海外旅行中の偶然な事故で他人にケガをさせ、または他人の物に損害を与え、法律上の損害賠償責任を"
        "負った（本人が責任無能力者のときは、親権者などが負った場合を含みます）",
        en="by a fortuitous accident on the trip, someone was hurt or property harmed, and damages "
        "are owed by law (also by parents and the like for a person without legal capacity)",
        source=PERSONAL,
        status=Status.HUMAN,
    )


def owed_by_law(f: Figures) -> Expression:
    return all_of(liable, liability_on_trip, in_the_period(liability_on, f))


def _held_property(key_outside_room: bool) -> Clause:
    """Property in one's own hands, except what the wording counts as damage to another."""
    restored = [lodging_room("liability", PERSONAL), _residence_room()]
    if key_outside_room:
        restored.append(_residence_key())
    restored.append(rented_goods("liability", PERSONAL))
    return clause(
        "liability.x.held_property",
        liability_object.is_(*IN_YOUR_HANDS),
        ja="本人が所有・使用・管理する物の損害について、その持ち主に対して負う責任だった",
        en="it is owed to the owner of property that the insured owned, used or looked after",
        source="003 l.869; 004 l.565",
        restored_by=tuple(restored),
    )


def _residence_room() -> Clause:
    return clause(
        "liability.r.residence_room",
        all_of(liability_object.is_(LiabilityObject.RESIDENCE_ROOM), not_(whole_unit_rented)),
        ja="居住施設の部屋やその中の物の損害で、建物や戸室の全体を借りているのではない",
        en="it is the room lived in or what stands in it, and the building or flat is not rented "
        "as a whole",
        source="003 l.869; 004 l.612",
    )


def _residence_key() -> Clause:
    return clause(
        "liability.r.residence_key",
        all_of(liability_object.is_(LiabilityObject.RESIDENCE_KEY), not_(whole_unit_rented)),
        ja="部屋の外にあった居住施設のキーで、建物や戸室の全体を借りているのではない",
        en="it is the key of the residence, outside the room, and the building or flat is not "
        "rented as a whole",
        source="003 l.869",
    )


# What the student's form says in the same words.


def lodging_room(part: str, source: str) -> Clause:
    return clause(
        f"{part}.r.lodging_room",
        liability_object.is_(LiabilityObject.LODGING_ROOM),
        ja="宿泊施設の客室やその中の物（客室外のセーフティボックスや客室のキーを含みます）の損害だった",
        en="it is the room of a lodging or what stands in it, with its key or a safe outside it",
        source=source,
    )


def rented_goods(part: str, source: str) -> Clause:
    return clause(
        f"{part}.r.rented_goods",
        liability_object.is_(LiabilityObject.RENTED_GOODS),
        ja="レンタル会社から直接借りた旅行用品や生活用品の損害だった",
        en="it is travel or household goods hired straight from a rental company",
        source=source,
    )


def wilful(part: str, source: str) -> Clause:
    return clause(
        f"{part}.x.wilful_act",
        stated(liability_circumstances, "wilful_act"),
        ja="契約者または保険の対象となる方がわざと起こした",
        en="the policyholder or the insured did it on purpose",
        source=source,
        status=Status.HUMAN,
    )


def at_work(part: str, source: str) -> Clause:
    return clause(
        f"{part}.x.at_work",
        stated(liability_circumstances, "at_work"),
        ja="仕事の遂行についての責任だった",
        en="it arose from the insured's work",
        source=source,
    )


def towards_relative(part: str, source: str) -> Clause:
    return clause(
        f"{part}.x.towards_relative",
        stated(liability_circumstances, "towards_relative"),
        ja="相手が親族（6親等以内の血族、配偶者、3親等以内の姻族。書面で確かめられる事実上の配偶者や同性の"
        "パートナーを含みます）だった",
        en="it is owed to a relative: by blood to the sixth degree, the spouse (also a de facto or "
        "same-sex partner, if papers show it), by marriage to the third",
        source=source,
    )


def vehicles_and_guns(part: str, source: str) -> tuple[Clause, ...]:
    """Owning, using or looking after them; each kind with what the wording counts all the same."""
    return (
        _vehicle(part, source, "aircraft", "航空機", "an aircraft", ()),
        _vehicle(part, source, "ship", "船舶", "a ship", (Vehicle.YACHT, Vehicle.JET_SKI)),
        _vehicle(
            part,
            source,
            "car",
            "車両（レンタカーを含みます）",
            "a vehicle, rental cars included",
            (Vehicle.BICYCLE, Vehicle.GOLF_CART, Vehicle.LEISURE_SNOWMOBILE),
        ),
        _vehicle(part, source, "gun", "銃器", "a gun", (Vehicle.AIR_GUN,)),
    )


def _vehicle(
    part: str, source: str, name: str, ja: str, en: str, spared: tuple[Vehicle, ...]
) -> Clause:
    named = (Vehicle.CAR, Vehicle.RENTAL_CAR) if name == "car" else (Vehicle(name),)
    return clause(
        f"{part}.x.{name}",
        liability_vehicle.is_(*named, *spared),
        ja=f"{ja}の所有・使用・管理から生じた責任だった",
        en=f"it arose from owning, using or looking after {en}",
        source=source,
        restored_by=tuple(_spared(part, source, vehicle) for vehicle in spared),
    )


def _spared(part: str, source: str, vehicle: Vehicle) -> Clause:
    return clause(
        f"{part}.r.{vehicle.value}",
        liability_vehicle.is_(vehicle),
        ja=f"{vehicle.title.ja}によるもの（お支払いの対象に戻ります）",
        en=f"{vehicle.title.en.lower()}: covered all the same",
        source=source,
    )


def damages_and_costs(part: str, sum_insured: Fact, source: str) -> Node:
    """Damages up to the sum; what prevented the loss, and the agreed defence, on top."""
    return all_together(
        limit(
            sum_insured,
            per=OCCURRENCE,
            id=f"{part}.sum",
            ja="1回の事故につき、保険金額まで",
            en="up to the sum insured per accident",
            source=source,
            of=lines(Cost.DAMAGES, id=f"{part}.damages"),
        ),
        lines(Cost.LOSS_PREVENTION, Cost.DEFENCE_AGREED, id=f"{part}.on_top"),
        id=f"{part}.damages_and_costs",
    )
