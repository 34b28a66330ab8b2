"""What stands on the certificate."""

from __future__ import annotations

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.products.gakkensai.proofs import Proof
from dosojin.terms.editions import RiderEffect
from dosojin.values.text import Text

JAPAN = 540
"""Minutes that Japan is ahead of UTC."""

_SHOWN_BY = (Proof.CERTIFICATE,)


class Rider(Choice):
    """A rider that the certificate may show."""

    SPECIAL_HAZARD = "special_hazard"
    PREEXISTING_EMERGENCY = "preexisting_emergency"
    DISABILITY_GRADE_LIMIT = "disability_grade_limit"
    THEFT_LIMIT = "theft_limit"
    DANGEROUS_WORK_LOADING = "dangerous_work_loading"
    TRIP_CANCELLATION = "trip_cancellation"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "special_hazard": Text(
                "特別危険担保特約（危険な運動の割増保険料を払い込み済み）",
                "special-hazard rider, with the loading for dangerous sports paid",
            ),
            "preexisting_emergency": Text(
                "疾病に関する応急治療・救援費用担保特約",
                "emergency treatment and rescue for a pre-existing illness",
            ),
            "disability_grade_limit": Text(
                "後遺障害等級限定補償特約", "disability limited to the gravest grades"
            ),
            "theft_limit": Text("盗難などの限度額の特約", "limit on theft and undelivered baggage"),
            "dangerous_work_loading": Text(
                "危険な職業の割増保険料を払い込み済み", "loading for dangerous work paid"
            ),
            "trip_cancellation": Text(
                "旅行変更費用に出国中止費用を含む", "trip alteration pays before departure too"
            ),
        }


RIDER_EFFECTS: dict[str, RiderEffect] = {
    Rider.SPECIAL_HAZARD: RiderEffect.WIDENS,
    Rider.PREEXISTING_EMERGENCY: RiderEffect.WIDENS,
    Rider.DISABILITY_GRADE_LIMIT: RiderEffect.NARROWS,
    Rider.THEFT_LIMIT: RiderEffect.NARROWS,
    Rider.DANGEROUS_WORK_LOADING: RiderEffect.WIDENS,
    Rider.TRIP_CANCELLATION: RiderEffect.WIDENS,
}


def _day(name: str, title: Text, ask: Text) -> Fact:
    return Fact(
        name=name,
        owner=Owner.POLICY,
        kind=Kind.DAY,
        title=title,
        ask=ask,
        utc_offset=JAPAN,
        proof=_SHOWN_BY,
    )


policy_inception = _day(
    "policy_inception",
    Text("保険期間の初日", "First day of the policy period"),
    Text("保険期間はいつ始まりますか。", "On what day does the policy period begin?"),
)
policy_expiry = _day(
    "policy_expiry",
    Text("保険期間の末日", "Last day of the policy period"),
    Text("保険期間はいつ終わりますか。", "On what day does the policy period end?"),
)
premium_paid_on = _day(
    "premium_paid_on",
    Text("契約と保険料領収のうち遅いほうの日", "Contract or receipt of the premium, the later"),
    Text(
        "契約の日と保険料を払い込んだ日のうち、遅いほうはいつですか。",
        "When was the contract made or the premium received, whichever came later?",
    ),
)
extended = Fact(
    name="extended",
    owner=Owner.POLICY,
    kind=Kind.FLAG,
    title=Text("保険期間の延長", "Extended policy period"),
    ask=Text(
        "手続きをして保険期間を延長した契約ですか。",
        "Was the policy period extended by endorsement?",
    ),
    proof=_SHOWN_BY,
)
riders = Fact(
    name="riders",
    owner=Owner.POLICY,
    kind=Kind.CHOICES,
    choices=Rider,
    title=Text("特約", "Riders"),
    ask=Text(
        "被保険者証に次の特約や割増の表示がありますか。",
        "Does the certificate show any of these riders or loadings?",
    ),
    proof=_SHOWN_BY,
)
age_at_inception = Fact(
    name="age_at_inception",
    owner=Owner.POLICY,
    kind=Kind.COUNT,
    unit="years",
    least=0,
    most=130,
    title=Text("保険期間の初日の年齢", "Age on the first day"),
    ask=Text(
        "保険期間の初日に、保険の対象となる方は満何歳でしたか。",
        "How old was the insured on the first day of the policy period?",
    ),
    why=Text(
        "70歳以上の方は、後遺障害の補償が限られることがあります。",
        "From 70, cover for disability may be limited.",
    ),
    proof=(Proof.PASSPORT,),
)


def _sum(id: str, ja: str, en: str) -> Fact:
    return Fact(
        name=f"sums.{id}",
        owner=Owner.POLICY,
        kind=Kind.YEN,
        unit="yen",
        least=0,
        title=Text(f"{ja}の保険金額", f"Sum insured: {en}"),
        ask=Text(
            f"被保険者証に表示された{ja}の保険金額はいくらですか（ないときは0円）。",
            f"What sum does the certificate show for {en} (0 if it shows none)?",
        ),
        proof=_SHOWN_BY,
    )


sum_accidental_death = _sum("accidental_death", "傷害死亡", "accidental death")
sum_disability = _sum("disability", "傷害後遺障害", "permanent disability")
sum_sickness_death = _sum("sickness_death", "疾病死亡", "sickness death")
sum_medical_rescue = _sum("medical_rescue", "治療・救援費用", "medical and rescue expenses")
sum_liability = _sum("liability", "賠償責任", "personal liability")
sum_student_liability = _sum("student_liability", "留学生賠償責任", "student's liability")
sum_personal_effects = _sum("personal_effects", "携行品損害", "personal effects")
sum_baggage_delay = _sum("baggage_delay", "航空機寄託手荷物遅延等費用", "baggage delay")
sum_trip_alteration = _sum("trip_alteration", "旅行変更費用", "trip alteration")
sum_temporary_return = _sum("temporary_return", "緊急一時帰国費用", "emergency temporary return")
sum_dental = _sum("dental", "歯科治療費用", "dental treatment")
flight_delay_included = Fact(
    name="flight_delay_included",
    owner=Owner.POLICY,
    kind=Kind.FLAG,
    title=Text("航空機遅延費用の補償", "Cover for flight delay"),
    ask=Text(
        "航空機遅延費用（出発遅延・乗継遅延など）の補償が付いていますか。",
        "Does the certificate carry flight delay?",
    ),
    proof=_SHOWN_BY,
)

SUMS = {
    "accidental_death": sum_accidental_death,
    "disability": sum_disability,
    "sickness_death": sum_sickness_death,
    "medical_rescue": sum_medical_rescue,
    "liability": sum_liability,
    "student_liability": sum_student_liability,
    "personal_effects": sum_personal_effects,
    "baggage_delay": sum_baggage_delay,
    "flight_delay": flight_delay_included,
    "trip_alteration": sum_trip_alteration,
    "dental": sum_dental,
    "temporary_return": sum_temporary_return,
}
"""The sums insured, by benefit."""

POLICY_FACTS = (
    policy_inception,
    policy_expiry,
    premium_paid_on,
    extended,
    riders,
    age_at_inception,
    *SUMS.values(),
)
