"""What can be known of trips given up before departure, broken off, or interrupted for a while."""

from __future__ import annotations

from dosojin.facts.declaration import Check, Choice, Fact, Kind, Owner
from dosojin.facts.expressions import all_of, any_of, not_
from dosojin.products.gakkensai.proofs import Proof
from dosojin.values.text import Text


class AlterationCause(Choice):
    """Why the trip was given up or broken off."""

    DEATH = "death"
    CRITICAL = "critical"
    OWN_ADMISSION = "own_admission"
    RELATIVE_ADMISSION = "relative_admission"
    MISSING_CRAFT = "missing_craft"
    MOUNTAIN_DISTRESS = "mountain_distress"
    RESCUE = "rescue"
    HOME_DAMAGE = "home_damage"
    COURT = "court"
    DESTINATION_DISASTER = "destination_disaster"
    DESTINATION_WAR = "destination_war"
    DESTINATION_TRANSPORT_OR_LODGING = "destination_transport_or_lodging"
    DESTINATION_ADVISORY = "destination_advisory"
    ORDER = "order"
    ENTRY_RULE = "entry_rule"
    ISOLATION = "isolation"
    QUARANTINE = "quarantine"
    EVACUATION_ORDER = "evacuation_order"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _ALTERATION_CAUSES.items()}


_ALTERATION_CAUSES = {
    "death": ("だれかが亡くなった", "Somebody died"),
    "critical": ("だれかが危篤になった", "Somebody's life is in danger"),
    "own_admission": (
        "本人または同行予約者の入院",
        "You or a companion on the same booking went into hospital",
    ),
    "relative_admission": (
        "本人または同行予約者の家族の入院",
        "A relative of yours or of a companion's went into hospital",
    ),
    "missing_craft": (
        "乗っている航空機・船舶の行方不明や遭難",
        "The aircraft or ship aboard is missing or in distress",
    ),
    "mountain_distress": (
        "登山用具を使う山岳登山中の遭難",
        "Distress on a climb with ice-axe or crampons",
    ),
    "rescue": (
        "緊急の捜索・救助が必要と公的機関が確認した",
        "An authority confirmed that urgent search or rescue was needed",
    ),
    "home_damage": (
        "火災・風災・水災などによる自宅や家財の損害",
        "Fire, storm, flood or the like damaged the home or what is in it",
    ),
    "court": (
        "証人などとして裁判所に呼び出された",
        "A court summoned you or a companion as a witness or valuer",
    ),
    "destination_disaster": (
        "渡航先での地震・噴火・津波",
        "Earthquake, eruption or tsunami at the destination",
    ),
    "destination_war": (
        "渡航先での戦争・内乱・暴動・テロ行為など",
        "War, civil war, riot or terrorism at the destination",
    ),
    "destination_transport_or_lodging": (
        "渡航先での交通機関・宿泊施設の事故や火災",
        "Accident or fire of a carrier or lodging at the destination",
    ),
    "destination_advisory": (
        "渡航先への退避勧告など",
        "An advisory to leave the destination, or the like",
    ),
    "order": ("官公署の命令", "An order by an authority"),
    "entry_rule": ("外国の出入国規制", "A foreign rule on entry or exit"),
    "isolation": (
        "感染症にかかり、医師などの指示で医療施設に隔離された",
        "You caught an infection, and a physician had you isolated in a medical facility",
    ),
    "quarantine": (
        "そのほかの、感染症による隔離（感染していない、医療施設ではないなど）",
        "Another isolation because of an infection (not caught yourself, or elsewhere)",
    ),
    "evacuation_order": (
        "災害対策基本法に基づく避難の指示など",
        "An evacuation order under Japan's disaster law",
    ),
}


class AlterationPerson(Choice):
    """Whom the cause befell."""

    INSURED = "insured"
    COMPANION = "companion"
    SPOUSE = "spouse"
    FIRST_DEGREE = "first_degree"
    SECOND_DEGREE = "second_degree"
    THIRD_DEGREE = "third_degree"
    OTHER = "other"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "insured": Text("本人", "You"),
            "companion": Text(
                "同行予約者（同じ旅行を同時に予約し、一緒に行く人）",
                "A companion, who booked the same trip together with you",
            ),
            "spouse": Text(
                "本人または同行予約者の配偶者（事実上の配偶者や同性のパートナーは、婚姻の意思と同居を書面で"
                "確かめられる場合）",
                "Spouse of either (a de facto or same-sex partner, if papers show that they mean "
                "to live as married and live together)",
            ),
            "first_degree": Text(
                "1親等の親族（父母・子など）",
                "Relative in the first degree (parent, child)",
            ),
            "second_degree": Text(
                "2親等の親族（祖父母・兄弟姉妹など）",
                "In the second degree (grandparent, brother, sister)",
            ),
            "third_degree": Text(
                "3親等の親族（おじ・おば・おい・めいなど）",
                "In the third degree (uncle, aunt, nephew, niece)",
            ),
            "other": Text("それ以外の人", "Someone else"),
        }


class AlterationCircumstance(Choice):
    """What takes a given-up or broken-off trip out of the cover, or brings it back."""

    WILFUL_ACT = "wilful_act"
    GROSS_NEGLIGENCE = "gross_negligence"
    PAYEE_FAULT = "payee_fault"
    FIGHT = "fight"
    SUICIDE = "suicide"
    CRIME = "crime"
    WAR = "war"
    TERRORISM = "terrorism"
    EARTHQUAKE_IN_JAPAN = "earthquake_in_japan"
    RADIATION = "radiation"
    NO_OBJECTIVE_FINDINGS = "no_objective_findings"
    PREGNANCY = "pregnancy"
    DENTAL = "dental"
    DANGEROUS_SPORT = "dangerous_sport"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _ALTERATION_CIRCUMSTANCES.items()}


_ALTERATION_CIRCUMSTANCES = {
    "wilful_act": ("ご契約者や本人がわざと起こした", "The policyholder or you did it on purpose"),
    "gross_negligence": (
        "ご契約者や本人に重大な過失があった",
        "The policyholder or you were grossly negligent",
    ),
    "payee_fault": (
        "保険金を受け取る人の故意または重大な過失があった",
        "The payee did it on purpose or was grossly negligent",
    ),
    "fight": ("本人のけんかが原因", "A fight of yours caused it"),
    "suicide": ("本人の自殺行為が原因", "Your suicide or attempt caused it"),
    "crime": ("本人の犯罪行為が原因", "A crime of yours caused it"),
    "war": ("戦争・内乱などが原因", "War, civil war or the like caused it"),
    "terrorism": ("テロ行為が原因", "An act of terrorism caused it"),
    "earthquake_in_japan": (
        "日本国内の地震・噴火・津波が原因",
        "Earthquake, eruption or tsunami in Japan caused it",
    ),
    "radiation": ("放射線・放射能汚染が原因", "Radiation or contamination caused it"),
    "no_objective_findings": (
        "入院は、むちうち症・腰痛などで医学的他覚所見のないもの",
        "The stay in hospital was for whiplash, back pain or the like, with no objective findings",
    ),
    "pregnancy": (
        "入院は、妊娠・出産・早産・流産・不妊症によるもの",
        "The stay was for pregnancy, birth, early birth, miscarriage or infertility",
    ),
    "dental": ("入院は、歯の病気によるもの", "The stay in hospital was for a dental disease"),
    "dangerous_sport": (
        "危険な運動（登山用具を使う山岳登山、職務以外の航空機操縦、ボブスレー、スカイダイビング、"
        "ハンググライダー、乗用具での競技など）の間のケガや病気",
        "The injury or illness happened during a dangerous sport (climbing with ice-axe or "
        "crampons, flying other than for work, bobsleigh, skydiving, hang-gliding, racing …)",
    ),
}


trip_curtailed = Fact(
    name="trip_curtailed",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("中途帰国", "Trip broken off"),
    ask=Text(
        "保険期間中の旅行を途中で取りやめて帰国しましたか。",
        "Did you break off the insured trip and go home?",
    ),
    proof=(Proof.BOARDING_PASS, Proof.PASSPORT),
    source="003 l.889, 004 l.1038",
)
trip_cancelled = Fact(
    name="trip_cancelled",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("出国の中止", "Trip given up before departure"),
    ask=Text(
        "出国する前に旅行を取りやめましたか。", "Did you give up the trip before leaving Japan?"
    ),
    proof=(Proof.CANCELLATION_STATEMENT,),
    source="003 l.889",
)
_ALTERED = any_of(trip_curtailed, trip_cancelled)
alteration_cause = Fact(
    name="alteration_cause",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=AlterationCause,
    title=Text("旅行を取りやめた理由", "Why the trip was given up"),
    ask=Text("旅行を取りやめた理由は何ですか。", "Why did you give up the trip?"),
    proof=(Proof.MEDICAL_REPORT, Proof.OFFICIAL_ORDER, Proof.COURT_SUMMONS, Proof.ADVISORY_RECORD),
    source="003 l.889, 004 l.1039-1076",
)
alteration_person = Fact(
    name="alteration_person",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=AlterationPerson,
    title=Text("その理由にあたる人", "Whom it befell"),
    ask=Text(
        "その出来事は、どなたに起きましたか。",
        "Whom did it befall: who died, fell ill, was missing or was summoned?",
    ),
    applies_when=alteration_cause.is_(
        *(cause for cause in AlterationCause if not cause.value.startswith("destination"))
    ),
    proof=(Proof.RELATION_PROOF, Proof.FAMILY_REGISTER),
    source="003 l.889, 004 l.1039-1050",
)
alteration_admission_days = Fact(
    name="alteration_admission_days",
    owner=Owner.OCCURRENCE,
    kind=Kind.COUNT,
    unit="days",
    least=1,
    most=3650,
    title=Text("入院の日数", "Days in hospital"),
    ask=Text(
        "続けて何日入院しましたか（午前0時をまたぐと2日と数えます）。",
        "How many days running was the stay in hospital (past midnight counts as two)?",
    ),
    applies_when=any_of(
        alteration_cause.is_(AlterationCause.RELATIVE_ADMISSION),
        all_of(trip_cancelled, alteration_cause.is_(AlterationCause.OWN_ADMISSION)),
    ),
    proof=(Proof.HOSPITAL_CERTIFICATE,),
    medical=True,
    source="003 l.889, 004 l.1048",
)
home_damage_yen = Fact(
    name="home_damage_yen",
    owner=Owner.OCCURRENCE,
    kind=Kind.YEN,
    unit="yen",
    least=0,
    title=Text("自宅・家財の損害額", "Damage to the home"),
    ask=Text(
        "住んでいる建物や家財の損害はいくらですか。",
        "How much is the damage to the home and what is in it?",
    ),
    applies_when=alteration_cause.is_(AlterationCause.HOME_DAMAGE),
    proof=(Proof.DAMAGE_CERTIFICATE,),
    source="003 l.889, 004 l.1059",
)
alteration_cause_on = Fact(
    name="alteration_cause_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("理由が生じた日", "Day the cause arose"),
    ask=Text("旅行を取りやめる理由は、いつ生じましたか。", "When did the cause arise?"),
    applies_when=_ALTERED,
    source="003 l.889, 004 l.986",
)
alteration_cause_before_contract = Fact(
    name="alteration_cause_before_contract",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("契約前からのケガ・病気", "Injury or illness older than the contract"),
    ask=Text(
        "その死亡、危篤、入院、隔離のもとになったケガや病気は、契約の日まで、または保険料が払い込まれる"
        "前に生じていましたか。",
        "Had the injury or illness behind it begun by the day of the contract, "
        "or before the premium was paid?",
    ),
    applies_when=alteration_cause.is_(
        AlterationCause.DEATH,
        AlterationCause.CRITICAL,
        AlterationCause.OWN_ADMISSION,
        AlterationCause.RELATIVE_ADMISSION,
        AlterationCause.ISOLATION,
        AlterationCause.QUARANTINE,
    ),
    proof=(Proof.MEDICAL_REPORT,),
    medical=True,
    source="003 l.889, 004 l.991",
)
alteration_circumstances = Fact(
    name="alteration_circumstances",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=AlterationCircumstance,
    title=Text("取りやめの事情", "Circumstances of the change"),
    ask=Text("次のどれかがあてはまりますか。", "Does any of these apply to the cause?"),
    medical=True,
    source="003 l.889, 004 l.952-984",
)
borne_by_insured_or_heirs = Fact(
    name="borne_by_insured_or_heirs",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("旅行変更の費用を負担した方", "Who bore the costs of the change"),
    ask=Text(
        "旅行の変更にかかった費用は、契約者・本人・その法定相続人にあたる方（親など）のどなたかが"
        "負担しましたか。",
        "Were the costs of the change borne by the policyholder, you, or someone who is your or "
        "the policyholder's heir at law (a parent, for example)?",
    ),
    why=Text(
        "ほかの方が負担した費用は、お支払いの対象になりません。",
        "Costs that anyone else bore are not paid.",
    ),
    applies_when=_ALTERED,
    proof=(Proof.RECEIPT, Proof.FAMILY_REGISTER),
    source="003 l.889, 004 l.1008",
)
package_tour = Fact(
    name="package_tour",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("企画旅行", "Package tour"),
    ask=Text(
        "旅行会社が日程を決めて売り出した企画旅行（パッケージツアー）ですか。",
        "Was it a package tour, planned and sold by a travel company?",
    ),
    applies_when=trip_curtailed.is_true,
    proof=(Proof.TOUR_CONTRACT,),
    source="003 l.889, 004 l.1012",
)
tour_price = Fact(
    name="tour_price",
    owner=Owner.OCCURRENCE,
    kind=Kind.YEN,
    unit="yen",
    least=0,
    title=Text("旅行代金", "Price of the tour"),
    ask=Text("旅行代金はいくらですか。", "What was the price of the tour?"),
    applies_when=package_tour.is_true,
    proof=(Proof.TOUR_CONTRACT,),
    source="003 l.889, 004 l.1029",
)
tour_days = Fact(
    name="tour_days",
    owner=Owner.OCCURRENCE,
    kind=Kind.COUNT,
    unit="days",
    least=1,
    most=3650,
    title=Text("旅行日程の日数", "Days of the tour"),
    ask=Text("旅行の日程は全部で何日ですか。", "How many days was the tour to last?"),
    applies_when=package_tour.is_true,
    proof=(Proof.TOUR_CONTRACT,),
    source="003 l.889, 004 l.1015",
)
days_lost = Fact(
    name="days_lost",
    owner=Owner.OCCURRENCE,
    kind=Kind.COUNT,
    unit="days",
    least=0,
    most=3650,
    title=Text("失われた日数", "Days lost"),
    ask=Text(
        "日程のうち、帰国した日を含めて、それ以後の日数は何日ですか。",
        "How many days of the tour were lost, the day of the return included?",
    ),
    why=Text("帰国した日も、失われた日に数えます。", "The day of the return counts as a day lost."),
    applies_when=package_tour.is_true,
    proof=(Proof.ENTRY_AND_EXIT_RECORD,),
    source="003 l.889, 004 l.1015",
)
temporary_return = Fact(
    name="temporary_return",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("緊急一時帰国", "Emergency temporary return"),
    ask=Text(
        "緊急の事情で一時帰国し、担当者が対象になると判断しましたか。",
        "Was there an emergency temporary return that the insurer found to be covered?",
    ),
    proof=(Proof.ENTRY_AND_EXIT_RECORD,),
    finding=True,
    source="003 l.304",
)
temporary_return_assessed = Fact(
    name="temporary_return_assessed",
    owner=Owner.OCCURRENCE,
    kind=Kind.YEN,
    unit="yen",
    least=0,
    title=Text("一時帰国費用の査定額", "Temporary return, as assessed"),
    ask=Text(
        "一時帰国の費用として、担当者が認めた額はいくらですか。",
        "What amount did the insurer accept for the temporary return?",
    ),
    applies_when=temporary_return.is_true,
    proof=(Proof.RECEIPT,),
    finding=True,
    source="003 l.304",
)

ALTERATION_FACTS = (
    trip_curtailed,
    trip_cancelled,
    alteration_cause,
    alteration_person,
    alteration_admission_days,
    home_damage_yen,
    alteration_cause_on,
    alteration_cause_before_contract,
    alteration_circumstances,
    borne_by_insured_or_heirs,
    package_tour,
    tour_price,
    tour_days,
    days_lost,
)
RETURN_FACTS = (temporary_return, temporary_return_assessed)
"""Of the emergency temporary return, which plan F insures."""

ALTERATION_CHECKS = (
    Check(
        not_(all_of(trip_curtailed, trip_cancelled)),
        Text(
            "出国前に取りやめた旅行を、途中で取りやめて帰国することはできません。どちらか一方にしてください。",
            "A trip given up before departure cannot also be broken off. State one of the two.",
        ),
    ),
    Check(
        not_(days_lost > tour_days),
        Text(
            "失われた日数が、旅行日程の日数より多くなっています。",
            "More days are lost than the tour had.",
        ),
    ),
)
