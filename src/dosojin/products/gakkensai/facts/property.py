"""What can be known of damage to others, and of what happened to the belongings on the trip."""

from __future__ import annotations

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.products.gakkensai.facts.words import RELATIVES
from dosojin.products.gakkensai.proofs import Proof
from dosojin.values.text import Text

# ── Liability ────────────────────────────────────────────────────────────────────────────────────


class LiabilitySource(Choice):
    """What the accident arose from."""

    DAILY_LIFE = "daily_life"
    RESIDENCE = "residence"
    OTHER = "other"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "daily_life": Text("日常生活", "Daily life"),
            "residence": Text(
                "留学・旅行中の宿や住まいの所有・使用・管理",
                "Owning, using or looking after the place you stay or live in on the trip",
            ),
            "other": Text("それ以外", "Something else"),
        }


class LiabilityObject(Choice):
    """Who was hurt, or what was damaged."""

    PERSON = "person"
    PROPERTY = "property"
    LODGING_ROOM = "lodging_room"
    RESIDENCE_ROOM = "residence_room"
    RESIDENCE_KEY = "residence_key"
    RESIDENCE_OTHER = "residence_other"
    RENTED_GOODS = "rented_goods"
    HELD_PROPERTY = "held_property"
    ENTRUSTED_GOODS = "entrusted_goods"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "person": Text("他の人（ケガ）", "Another person, who was hurt"),
            "property": Text("他の人の物", "Another's property, not in your hands"),
            "lodging_room": Text(
                "ホテルなどの客室とその中の物（客室のキーや、客室外のセーフティボックスを含みます）",
                "The room of a hotel or other lodging, what stands in it, its key or safe",
            ),
            "residence_room": Text(
                "住まいの自分の部屋とその中の物", "Your room where you live, and what stands in it"
            ),
            "residence_key": Text(
                "住まいのキー（部屋の外でなくした、または壊した）",
                "The key of the place you live in, lost or broken outside the room",
            ),
            "residence_other": Text(
                "住まいのうち自分の部屋以外の部分",
                "Another part of the building you live in, outside your room",
            ),
            "rented_goods": Text(
                "レンタル会社から直接借りた旅行用品・生活用品",
                "Travel or household goods hired straight from a rental company",
            ),
            "held_property": Text(
                "自分が所有・使用・管理していたその他の物",
                "Other property that you owned, used or looked after",
            ),
            "entrusted_goods": Text("人から預かった物", "Goods that someone left in your care"),
        }


class ResidenceDamage(Choice):
    """How the place lived in was damaged."""

    FIRE_EXPLOSION = "fire_explosion"
    WATER = "water"
    PLUMBING_ITSELF = "plumbing_itself"
    OTHER = "other"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "fire_explosion": Text("火災・爆発・破裂", "Fire, explosion or bursting"),
            "water": Text(
                "水漏れ・放水・あふれ水による水濡れ",
                "Water that leaked, was discharged or overflowed",
            ),
            "plumbing_itself": Text(
                "給排水設備そのものの損害", "Damage to the water supply or drains themselves"
            ),
            "other": Text("それ以外", "Something else"),
        }


class Vehicle(Choice):
    """What was owned, used or looked after when the accident happened."""

    NONE = "none"
    AIRCRAFT = "aircraft"
    SHIP = "ship"
    YACHT = "yacht"
    JET_SKI = "jet_ski"
    CAR = "car"
    RENTAL_CAR = "rental_car"
    BICYCLE = "bicycle"
    GOLF_CART = "golf_cart"
    LEISURE_SNOWMOBILE = "leisure_snowmobile"
    GUN = "gun"
    AIR_GUN = "air_gun"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "none": Text("どれも関係ない", "None of these"),
            "aircraft": Text("航空機", "Aircraft"),
            "ship": Text("船舶", "Ship or boat"),
            "yacht": Text("ヨット", "Yacht"),
            "jet_ski": Text("水上オートバイ", "Jet ski"),
            "car": Text("自動車・オートバイなどの車両", "Car, motorcycle or other vehicle"),
            "rental_car": Text("レンタカー", "Rental car"),
            "bicycle": Text("自転車", "Bicycle"),
            "golf_cart": Text("ゴルフ場の乗用カート", "Cart on a golf course"),
            "leisure_snowmobile": Text(
                "レジャーで使うスノーモービル", "Snowmobile used for leisure"
            ),
            "gun": Text("銃器", "Firearm"),
            "air_gun": Text("空気銃", "Air gun"),
        }


class LiabilityCircumstance(Choice):
    """What takes damage to others out of the cover, or brings it back."""

    WILFUL_ACT = "wilful_act"
    WAR = "war"
    TERRORISM = "terrorism"
    RADIATION = "radiation"
    AT_WORK = "at_work"
    PART_TIME_JOB = "part_time_job"
    TOWARDS_RELATIVE = "towards_relative"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "wilful_act": Text("わざと起こした", "It was done on purpose"),
            "war": Text("戦争・内乱などが原因", "War, civil war or the like caused it"),
            "terrorism": Text("テロ行為が原因", "An act of terrorism caused it"),
            "radiation": Text("放射線・放射能汚染が原因", "Radiation or contamination caused it"),
            "at_work": Text("仕事中の責任", "It arose from your work"),
            "part_time_job": Text("アルバイト中の責任", "It arose from a part-time job"),
            "towards_relative": Text("相手が親族（配偶者を含みます）", "It is owed to a relative"),
        }


liable = Fact(
    name="liable",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("法律上の賠償責任", "Liability in law"),
    ask=Text(
        "他の人へのケガや他の人の物への損害について、法律上の賠償責任がありますか。",
        "Do you owe someone damages by law for hurting them or harming their property?",
    ),
    why=Text(
        "法律上の責任がない見舞金などは、お支払いの対象になりません。",
        "A payment that is not owed by law is not covered.",
    ),
    proof=(Proof.ACCIDENT_REPORT, Proof.SETTLEMENT),
    finding=True,
    source="003 l.869, 004 l.606",
)
liability_on = Fact(
    name="liability_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("賠償事故の日", "Day of the accident to others"),
    ask=Text("その事故はいつ起きましたか。", "When did that accident happen?"),
    proof=(Proof.ACCIDENT_REPORT,),
)
liability_on_trip = Fact(
    name="liability_on_trip",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("旅行中の賠償事故", "Accident to others on the trip"),
    ask=Text(
        "その事故は、住まいを出てから帰り着くまでの間に起きましたか。",
        "Did that accident happen after you left home and before you came back?",
    ),
    proof=(Proof.PASSPORT,),
)
liability_arises_from = Fact(
    name="liability_arises_from",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=LiabilitySource,
    title=Text("賠償事故の由来", "Where the liability arises from"),
    ask=Text("その事故は何から生じましたか。", "What did that accident arise from?"),
    source="004 l.755",
)
liability_object = Fact(
    name="liability_object",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=LiabilityObject,
    title=Text("被害を受けた人や物", "Who or what was harmed"),
    ask=Text("だれがケガをし、または何が壊れましたか。", "Who was hurt, or what was damaged?"),
    proof=(Proof.PHOTOGRAPH,),
    source="003 l.869, 004 l.608",
)
whole_unit_rented = Fact(
    name="whole_unit_rented",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("建物・戸室全体の賃借", "Whole unit rented"),
    ask=Text(
        "建物やマンションの戸室を、まるごと借りていますか。",
        "Do you rent the whole building or the whole flat?",
    ),
    applies_when=liability_object.is_(
        LiabilityObject.RESIDENCE_ROOM,
        LiabilityObject.RESIDENCE_KEY,
        LiabilityObject.RESIDENCE_OTHER,
    ),
    source="003 l.869, 004 l.612",
)
residence_damage = Fact(
    name="residence_damage",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=ResidenceDamage,
    title=Text("住まいの損害の種類", "Kind of damage to the residence"),
    ask=Text("住まいの損害は何によるものですか。", "What damaged the place you live in?"),
    applies_when=liability_object.is_(
        LiabilityObject.RESIDENCE_ROOM, LiabilityObject.RESIDENCE_OTHER
    ),
    proof=(Proof.PHOTOGRAPH,),
    source="004 l.768",
)
liability_vehicle = Fact(
    name="liability_vehicle",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=Vehicle,
    title=Text("乗り物・銃器", "Vehicle or gun"),
    ask=Text(
        "その事故は、次のどれかの所有・使用・管理によるものですか。",
        "Did the accident arise from owning, using or looking after one of these?",
    ),
    source="003 l.869, 004 l.568",
)
liability_circumstances = Fact(
    name="liability_circumstances",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=LiabilityCircumstance,
    title=Text("賠償事故の事情", "Circumstances of the accident to others"),
    ask=Text(
        "その事故に、次のどれかがあてはまりますか。", "Does any of these apply to that accident?"
    ),
    why=RELATIVES,
    source="003 l.869, 004 l.562",
)

# ── Belongings ───────────────────────────────────────────────────────────────────────────────────


class LossCause(Choice):
    """What happened to the belongings."""

    THEFT = "theft"
    ROBBERY = "robbery"
    UNDELIVERED_BAGGAGE = "undelivered_baggage"
    BREAKAGE = "breakage"
    FIRE = "fire"
    OTHER_ACCIDENT = "other_accident"
    LEFT_OR_LOST = "left_or_lost"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "theft": Text("盗難", "Theft"),
            "robbery": Text("強盗", "Robbery"),
            "undelivered_baggage": Text(
                "航空会社などに預けた荷物が出てこなかった",
                "Baggage handed to a carrier never came back",
            ),
            "breakage": Text("破損", "Breakage"),
            "fire": Text("火災", "Fire"),
            "other_accident": Text("その他の偶然な事故", "Another fortuitous accident"),
            "left_or_lost": Text(
                "置き忘れ・紛失（その後の盗難を含みます）",
                "Left behind or lost (and perhaps stolen afterwards)",
            ),
        }


class Ownership(Choice):
    """Whose the belongings are."""

    OWN = "own"
    BORROWED_FOR_TRIP = "borrowed_for_trip"
    BORROWED_FOR_WORK = "borrowed_for_work"
    OTHER = "other"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "own": Text("本人の物", "Your own"),
            "borrowed_for_trip": Text(
                "この旅行のために出発前に無料で借りた物",
                "Borrowed free of charge for this trip, before it began",
            ),
            "borrowed_for_work": Text(
                "この旅行とは関係なく仕事のために借りている物",
                "Borrowed for work, trip or no trip",
            ),
            "other": Text(
                "その他（有料で、または旅行中に借りた物など）",
                "Other (hired for money, or borrowed during the trip)",
            ),
        }


class EffectsCircumstance(Choice):
    """What takes a loss of belongings out of the cover, or brings it back."""

    WILFUL_ACT = "wilful_act"
    GROSS_NEGLIGENCE = "gross_negligence"
    PAYEE_FAULT = "payee_fault"
    WAR = "war"
    TERRORISM = "terrorism"
    RADIATION = "radiation"
    UNLICENSED_DRIVING = "unlicensed_driving"
    DRUNK_DRIVING = "drunk_driving"
    DRUGGED_DRIVING = "drugged_driving"
    DEFECT_OR_WEAR = "defect_or_wear"
    LOOKS_ONLY = "looks_only"
    SEIZURE = "seizure"
    SEIZURE_FIRE_FIGHTING = "seizure_fire_fighting"
    SEIZURE_LOCK_CHECK = "seizure_lock_check"
    DANGEROUS_SPORT_GEAR = "dangerous_sport_gear"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _EFFECTS_CIRCUMSTANCES.items()}


_EFFECTS_CIRCUMSTANCES = {
    "wilful_act": ("ご契約者や本人がわざと起こした", "The policyholder or you did it on purpose"),
    "gross_negligence": (
        "ご契約者や本人に重大な過失があった",
        "The policyholder or you were grossly negligent",
    ),
    "payee_fault": (
        "保険金を受け取る人の故意または重大な過失があった",
        "The payee did it on purpose or was grossly negligent",
    ),
    "war": ("戦争・内乱などが原因", "War, civil war or the like caused it"),
    "terrorism": ("テロ行為が原因", "An act of terrorism caused it"),
    "radiation": ("放射線・放射能汚染が原因", "Radiation or contamination caused it"),
    "unlicensed_driving": ("無免許運転中の事故", "You were driving without a licence"),
    "drunk_driving": ("酒気帯び運転中の事故", "You were driving after drinking"),
    "drugged_driving": ("麻薬などを使用しての運転中の事故", "You were driving under drugs"),
    "defect_or_wear": (
        "物の欠陥、自然の消耗、さび、変色、虫食い",
        "A defect, wear, rust, fading or moths",
    ),
    "looks_only": (
        "外観が傷んだだけで、機能に支障はない",
        "Only the looks suffered; it works as before",
    ),
    "seizure": ("差し押さえや破壊など、公権力の行使", "Seizure or destruction by an authority"),
    "seizure_fire_fighting": (
        "火災の消防や避難のための処置",
        "It was done to fight a fire or to evacuate people",
    ),
    "seizure_lock_check": (
        "空港などの安全確認検査での錠の破壊",
        "A lock was broken in a security check at an airport or the like",
    ),
    "dangerous_sport_gear": (
        "危険な運動（登山用具を使う山岳登山、職務以外の航空機操縦、ボブスレー、スカイダイビング、"
        "ハンググライダーなど）の間に、その用具に損害が生じた",
        "It is gear of a dangerous sport (climbing with ice-axe or crampons, flying other than for "
        "work, bobsleigh, skydiving, hang-gliding …), damaged during that sport",
    ),
}


effects_lost_by = Fact(
    name="effects_lost_by",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=LossCause,
    title=Text("持ち物の損害の原因", "What happened to the belongings"),
    ask=Text("持ち物に何が起きましたか。", "What happened to your belongings?"),
    proof=(Proof.POLICE_REPORT, Proof.CARRIER_REPORT, Proof.THIRD_PARTY_STATEMENT),
    source="003 l.870, 004 l.667",
)
effects_on = Fact(
    name="effects_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("持ち物の損害の日", "Day the belongings were lost or damaged"),
    ask=Text("それはいつ起きましたか。", "When did that happen?"),
)
effects_on_trip = Fact(
    name="effects_on_trip",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("旅行中の携行", "Carried on the trip"),
    ask=Text(
        "旅行に携えていた物が、住まいを出てから帰り着くまでの間に損害を受けましたか。",
        "Were these things you carried on the trip, after leaving home and before coming back?",
    ),
    source="003 l.870, 004 l.667",
)
effects_in_residence = Fact(
    name="effects_in_residence",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("住まいの中の物", "In the place lived in"),
    ask=Text(
        "そのとき、その物は滞在先の住まい（一戸建ては敷地内、集合住宅は自分の戸室内。ホテルなどの宿は"
        "含みません）にありましたか。",
        "Were the things then in the place you live in (the grounds of a house, or your own flat; "
        "not a hotel)?",
    ),
    source="003 l.870, 004 l.677",
)
effects_sent_separately = Fact(
    name="effects_sent_separately",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("別送品", "Sent separately"),
    ask=Text("その物は別送品でしたか。", "Had the things been sent separately from you?"),
    source="003 l.870, 004 l.678",
)
effects_owned = Fact(
    name="effects_owned",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=Ownership,
    title=Text("持ち物の持ち主", "Whose belongings"),
    ask=Text("その物はだれの物ですか。", "Whose things are they?"),
    proof=(Proof.PURCHASE_PROOF,),
    source="003 l.870, 004 l.671",
)
effects_circumstances = Fact(
    name="effects_circumstances",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=EffectsCircumstance,
    title=Text("持ち物の損害の事情", "Circumstances of the loss"),
    ask=Text("次のどれかがあてはまりますか。", "Does any of these apply to the loss?"),
    source="003 l.870, 004 l.623",
)

LIABILITY_FACTS = (
    liable,
    liability_on,
    liability_on_trip,
    liability_arises_from,
    liability_object,
    whole_unit_rented,
    residence_damage,
    liability_vehicle,
    liability_circumstances,
)
EFFECTS_FACTS = (
    effects_lost_by,
    effects_on,
    effects_on_trip,
    effects_in_residence,
    effects_sent_separately,
    effects_owned,
    effects_circumstances,
)
PROPERTY_FACTS = (*LIABILITY_FACTS, *EFFECTS_FACTS)
