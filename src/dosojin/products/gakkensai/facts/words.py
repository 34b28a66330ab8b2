"""The words that answer a question about the trip or the body: the choices of `trip` and `body`."""

from __future__ import annotations

from dosojin.facts.declaration import Choice
from dosojin.values.text import Text

RELATIVES = Text(
    "親族とは、6親等以内の血族、配偶者、3親等以内の姻族です。事実上の配偶者や同性のパートナーも、婚姻の意思と"
    "同居の二つを書面で確かめられるときは配偶者に含みます（婚約だけでは含みません）。",
    "Relatives are blood relatives to the sixth degree, the spouse, and relatives by marriage to "
    "the third. A de facto or same-sex partner counts as the spouse if papers show both: that you "
    "mean to live as married, and that you live together (being engaged is not enough).",
)
"""Who counts as a relative, wherever a question speaks of relatives."""


class DelayedReturn(Choice):
    """Why the traveller could not be home by the last day."""

    NONE = "none"
    TRANSPORT = "transport"
    BOARDING_REFUSED = "boarding_refused"
    TREATMENT = "treatment"
    PASSPORT = "passport"
    COMPANION_ADMITTED = "companion_admitted"
    UNLAWFUL_CONTROL = "unlawful_control"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "none": Text("遅れていない、または次のどれでもない", "not late, or none of these"),
            "transport": Text(
                "乗り物の遅延・欠航・運休・到着地の変更",
                "transport was late, cancelled, suspended or landed elsewhere",
            ),
            "boarding_refused": Text(
                "予約受付の不備で乗れなかった", "boarding was refused through a booking error"
            ),
            "treatment": Text("医師の治療を受けた", "the traveller was treated by a physician"),
            "passport": Text(
                "旅券の盗難・紛失（再発給や帰国のための渡航書を受けた場合）",
                "the passport was stolen or lost, and a new one or a travel document was issued",
            ),
            "companion_admitted": Text(
                "一緒に旅行する家族や同行予約者が入院した",
                "a travelling relative or a companion booked together was admitted to hospital",
            ),
            "unlawful_control": Text(
                "乗り物が乗っ取られるなど、身動きが取れなかった",
                "the transport was hijacked, or the traveller was held",
            ),
        }


class Cause(Choice):
    """What lies behind the claim on the body."""

    INJURY = "injury"
    ILLNESS = "illness"
    PREGNANCY = "pregnancy"
    DENTAL = "dental"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "injury": Text("ケガ", "an injury"),
            "illness": Text("病気", "an illness"),
            "pregnancy": Text(
                "妊娠・出産・早産・流産、それらが原因の病気、不妊症",
                "pregnancy, birth, early birth, miscarriage, an illness from them, or infertility",
            ),
            "dental": Text("歯の病気", "a disease of the teeth"),
        }


class Onset(Choice):
    """When an illness began, as the physician finds it."""

    BEFORE_TRIP = "before_trip"
    ON_TRIP = "on_trip"
    AFTER_TRIP_CAUSE_ON_TRIP = "after_trip_cause_on_trip"
    AFTER_TRIP_OTHER_CAUSE = "after_trip_other_cause"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "before_trip": Text("海外旅行の開始前", "before the trip"),
            "on_trip": Text("海外旅行中", "on the trip"),
            "after_trip_cause_on_trip": Text(
                "海外旅行の終了後（原因は旅行中に生じた）",
                "after the trip, from a cause that arose on it",
            ),
            "after_trip_other_cause": Text(
                "海外旅行の終了後（原因は旅行中ではない）", "after the trip, from another cause"
            ),
        }


class InfectionClass(Choice):
    """Class under the infectious diseases act, as of the death or the start of treatment."""

    NONE = "none"
    CLASS_1 = "class_1"
    CLASS_2 = "class_2"
    CLASS_3 = "class_3"
    CLASS_4 = "class_4"
    DESIGNATED = "designated"
    OTHER = "other"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "none": Text("感染症ではない", "not an infectious disease"),
            "class_1": Text("一類感染症（エボラ出血熱、ペストなど）", "class I (Ebola, plague …)"),
            "class_2": Text("二類感染症（結核、ジフテリアなど）", "class II (tuberculosis …)"),
            "class_3": Text("三類感染症（コレラ、腸チフスなど）", "class III (cholera, typhoid …)"),
            "class_4": Text("四類感染症（マラリア、デング熱など）", "class IV (malaria, dengue …)"),
            "designated": Text(
                "指定感染症（一類〜三類と同程度の措置がとられるもの）",
                "a designated infection, treated by order like classes I to III",
            ),
            "other": Text("その他の感染症", "another infectious disease"),
        }


class Distress(Choice):
    """What made others look for the traveller."""

    NONE = "none"
    CRAFT_MISSING = "craft_missing"
    LIFE_UNCERTAIN = "life_uncertain"
    PUBLIC_SEARCH = "public_search"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "none": Text("いずれもない", "none of these"),
            "craft_missing": Text(
                "乗っている航空機・船舶が行方不明になった、または遭難した",
                "the aircraft or ship the traveller was on is missing or in distress",
            ),
            "life_uncertain": Text(
                "急激・偶然・外来の事故で、生死が確認できない",
                "after a sudden, fortuitous and external accident it is not known whether the "
                "traveller lives",
            ),
            "public_search": Text(
                "緊急の捜索・救助が必要だと、警察などの公的機関が確認した",
                "the police or another authority confirmed that an urgent search or rescue is "
                "needed",
            ),
        }


class Circumstance(Choice):
    """What may exclude, restore or cut a benefit for the body."""

    WILFUL_ACT = "wilful_act"
    GROSS_NEGLIGENCE = "gross_negligence"
    PAYEE_FAULT = "payee_fault"
    WAR = "war"
    TERRORISM = "terrorism"
    RADIATION = "radiation"
    UNLICENSED_DRIVING = "unlicensed_driving"
    DRUNK_DRIVING = "drunk_driving"
    DRUGGED_DRIVING = "drugged_driving"
    FIGHT = "fight"
    SUICIDE = "suicide"
    CRIME = "crime"
    BRAIN_DISEASE = "brain_disease"
    INSANITY = "insanity"
    PREGNANCY_CAUSED_IT = "pregnancy_caused_it"
    DANGEROUS_SPORT = "dangerous_sport"
    MOUNTAINEERING_ALTITUDE = "mountaineering_altitude"
    NO_OBJECTIVE_FINDINGS = "no_objective_findings"
    DANGEROUS_WORK = "dangerous_work"
    EARLIER_IMPAIRMENT = "earlier_impairment"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _CIRCUMSTANCES.items()}


class PreexistingCircumstance(Choice):
    """What takes an illness treated before the trip out of emergency cover, or ends it early."""

    TREATMENT_WAS_PURPOSE = "treatment_was_purpose"
    TREATMENT_PREARRANGED = "treatment_prearranged"
    HOME_HOSPITAL = "home_hospital"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "treatment_was_purpose": Text(
                "治療や症状の緩和が旅行の目的だった", "the trip was made for treatment or relief"
            ),
            "treatment_prearranged": Text(
                "渡航先の病院での治療が出発前に決まっていた（予約や入院の手配を含みます）",
                "treatment at the destination was settled before leaving (a booking counts)",
            ),
            "home_hospital": Text(
                "住居に帰る前に、日本など最終目的国の病院に入院した",
                "before reaching home, the traveller went into a hospital in Japan or the other "
                "country of destination",
            ),
        }


class DentalCircumstance(Choice):
    """What may exclude or restore dental treatment."""

    WILFUL_ACT = "wilful_act"
    GROSS_NEGLIGENCE = "gross_negligence"
    PAYEE_FAULT = "payee_fault"
    FIGHT = "fight"
    SUICIDE = "suicide"
    CRIME = "crime"
    WAR = "war"
    TERRORISM = "terrorism"
    RADIATION = "radiation"
    DRUGS = "drugs"
    DRUGS_BY_DENTIST = "drugs_by_dentist"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        own = {
            "drugs": ("麻薬・あへん・大麻・覚せい剤などの使用", "use of narcotics or the like"),
            "drugs_by_dentist": (
                "歯科医師が歯の治療のために用いた麻薬など",
                "the narcotics were used by a dentist for the treatment",
            ),
        }
        words = [member.value for member in cls]
        return {word: Text(*(own.get(word) or _CIRCUMSTANCES[word])) for word in words}


_CIRCUMSTANCES = {
    "wilful_act": (
        "契約者または保険の対象となる方の故意",
        "a wilful act of the policyholder or the insured",
    ),
    "gross_negligence": (
        "契約者または保険の対象となる方の重大な過失",
        "gross negligence of the policyholder or the insured",
    ),
    "payee_fault": (
        "保険金を受け取る方の故意または重大な過失",
        "a wilful act or gross negligence of whoever is to be paid",
    ),
    "war": ("戦争・内乱・武装反乱など", "war, civil war, armed revolt or the like"),
    "terrorism": ("テロ行為", "an act of terrorism"),
    "radiation": ("放射線・放射能汚染", "radiation or radioactive contamination"),
    "unlicensed_driving": ("無免許運転中の事故", "an accident while driving without a licence"),
    "drunk_driving": ("酒気帯び運転中の事故", "an accident while driving after drinking"),
    "drugged_driving": ("麻薬などを使っての運転中の事故", "an accident while driving on drugs"),
    "fight": ("けんか", "a fight"),
    "suicide": ("自殺行為", "suicide or an attempt at it"),
    "crime": ("犯罪行為", "a crime of the insured"),
    "brain_disease": ("脳の病気が原因のケガ", "a disease of the brain caused the injury"),
    "insanity": ("心神喪失が原因のケガ", "insanity caused the injury"),
    "pregnancy_caused_it": (
        "妊娠・出産・早産・流産が原因のケガ",
        "pregnancy, birth, early birth or miscarriage caused the injury",
    ),
    "dangerous_sport": (
        "危険な運動の間に起きた（ピッケルなど登山用具を使う山岳登山、リュージュ、ボブスレー、"
        "スケルトン、スカイダイビング、ハンググライダー、動力付きの超軽量機、ジャイロプレーンなど。"
        "職務以外の航空機操縦、乗用具での競技・試運転・競技場のフリー走行も含みます。グライダーと"
        "飛行船の操縦、パラプレーンなどパラシュート型の機体は含みません）",
        "it happened during a dangerous sport: climbing with ice-axe or crampons, luge, bobsleigh, "
        "skeleton, skydiving, hang-gliding, powered ultralights, gyroplanes and the like; flying "
        "an aircraft other than for work; racing, testing or free runs in a vehicle (not: gliders, "
        "airships, powered parachutes)",
    ),
    "mountaineering_altitude": (
        "登山用具を使う山岳登山の間に発病した高山病",
        "altitude sickness that began on a climb with ice-axe or crampons",
    ),
    "no_objective_findings": (
        "むちうち症・腰痛などで、医学的な異常が確かめられない",
        "whiplash, back pain or the like without an objective medical finding",
    ),
    "dangerous_work": (
        "危険な仕事をしている間に起きた（プロのボクシングやレスリングなど）",
        "it happened during dangerous work (professional boxing, wrestling and the like)",
    ),
    "earlier_impairment": (
        "以前からの障害や病気の影響で重くなった",
        "an earlier impairment or illness made it worse",
    ),
}
