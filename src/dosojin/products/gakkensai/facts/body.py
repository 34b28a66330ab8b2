"""The trip, and what happened to the traveller's body on it.

Moments at the traveller's place are civil dates there; coming home and the policy are Japan's.
"""

from __future__ import annotations

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.facts.expressions import Expression, all_of, any_of, not_
from dosojin.products.gakkensai.facts.policy import JAPAN, Rider, riders
from dosojin.products.gakkensai.facts.words import (
    RELATIVES,
    Cause,
    Circumstance,
    DelayedReturn,
    DentalCircumstance,
    Distress,
    InfectionClass,
    Onset,
)
from dosojin.products.gakkensai.proofs import Proof
from dosojin.values.text import Text


def _fact(
    name: str,
    kind: Kind,
    title: Text,
    ask: Text,
    *,
    why: Text | None = None,
    choices: type[Choice] | None = None,
    unit: str = "",
    least: int | None = None,
    most: int | None = None,
    when: Expression | None = None,
    proof: tuple[Proof, ...] = (),
    medical: bool = True,
    may_run: bool = False,
    utc_offset: int | None = None,
    finding: bool = False,
) -> Fact:
    return Fact(
        name=name,
        owner=Owner.OCCURRENCE,
        kind=kind,
        title=title,
        ask=ask,
        why=why,
        unit=unit,
        choices=choices,
        least=least,
        most=most,
        applies_when=when,
        proof=proof,
        medical=medical,
        may_run=may_run,
        utc_offset=utc_offset,
        finding=finding,
    )


returned_home_on = _fact(
    "returned_home_on",
    Kind.DAY,
    Text("住居に帰った日", "Day of returning home"),
    Text(
        "旅行から住居に帰り着いたのはいつですか（一戸建ては敷地、集合住宅は自分の戸室に入ったとき）。",
        "When did the traveller reach home (the grounds of a house, or the own flat)?",
    ),
    why=Text(
        "住居に帰り着くと、保険期間の途中でも補償が終わります。",
        "Cover ends on reaching home, even within the policy period.",
    ),
    proof=(Proof.PASSPORT,),
    medical=False,
    may_run=True,
    utc_offset=JAPAN,
)
delayed_return = _fact(
    "delayed_return",
    Kind.CHOICE,
    Text("帰着が遅れた理由", "Why the return was late"),
    Text(
        "最終目的地への到着が保険期間の末日より遅れましたか。その理由は何ですか。",
        "Was the arrival at the final destination later than the last day, and why?",
    ),
    why=Text(
        "理由によっては、手続きをしなくても保険の終わりが延びます。",
        "For some reasons cover is extended without any procedure.",
    ),
    choices=DelayedReturn,
    proof=(Proof.DELAY_CERTIFICATE,),
    medical=False,
)
delayed_return_time = _fact(
    "delayed_return_time",
    Kind.DURATION,
    Text("通常遅れる時間", "Time by which arrival is normally delayed"),
    Text(
        "その理由で、到着は通常何時間何分遅れますか。",
        "By how many hours and minutes does such a cause normally delay the arrival?",
    ),
    unit="minutes",
    least=0,
    most=5_256_000,
    when=not_(delayed_return.is_(DelayedReturn.NONE)),
    proof=(Proof.DELAY_CERTIFICATE,),
    medical=False,
)
return_planned_in_time = _fact(
    "return_planned_in_time",
    Kind.FLAG,
    Text("期間内に帰着する予定だった", "Arrival was planned in time"),
    Text(
        "もとの予定では、保険期間の末日の24時までに最終目的地へ到着するはずでしたか。",
        "Was the arrival at the final destination planned by 24:00 of the last day?",
    ),
    when=not_(delayed_return.is_(DelayedReturn.NONE)),
    proof=(Proof.BOARDING_PASS,),
    medical=False,
)

cause = _fact(
    "cause",
    Kind.CHOICE,
    Text("原因", "Cause"),
    Text("からだに起きたことの原因は何ですか。", "What lies behind the treatment, stay or death?"),
    choices=Cause,
    proof=(Proof.MEDICAL_REPORT,),
)
is_injury = cause.is_(Cause.INJURY)
is_illness = cause.is_(Cause.ILLNESS)
accident = _fact(
    "accident",
    Kind.FLAG,
    Text("急激・偶然・外来の事故", "A sudden, fortuitous and external accident"),
    Text(
        "ケガは、急激で偶然な外来の事故によるものですか。",
        "Did the injury come from a sudden, fortuitous and external accident?",
    ),
    why=Text(
        "転倒や衝突のように、突然、思いがけず、からだの外からの力で起きた事故をいいます。",
        "Such as a fall or a collision: sudden, unexpected, and from outside the body.",
    ),
    when=is_injury,
    proof=(Proof.ACCIDENT_REPORT,),
    finding=True,
)
distress = _fact(
    "distress",
    Kind.CHOICE,
    Text("遭難・捜索", "Distress and search"),
    Text(
        "海外旅行中に、次のようなことがありましたか。",
        "Did any of these happen on the trip?",
    ),
    choices=Distress,
    proof=(Proof.SEARCH_REPORT,),
    medical=False,
)
accident_on = _fact(
    "accident_on",
    Kind.DAY,
    Text("事故の日", "Day of the accident"),
    Text("事故はいつ起きましたか（現地の日付）。", "When did the accident happen, by local date?"),
    when=any_of(is_injury, distress.is_(Distress.LIFE_UNCERTAIN, Distress.PUBLIC_SEARCH)),
    proof=(Proof.ACCIDENT_REPORT,),
)
accident_on_trip = _fact(
    "accident_on_trip",
    Kind.FLAG,
    Text("旅行中の事故", "Accident on the trip"),
    Text(
        "事故は、海外旅行のために住居を出てから住居に帰り着くまでの間に起きましたか。",
        "Did the accident happen between leaving home for the trip and returning home?",
    ),
    when=is_injury,
    proof=(Proof.ACCIDENT_REPORT, Proof.PASSPORT),
)
craft_missing_on = _fact(
    "craft_missing_on",
    Kind.DAY,
    Text("行方不明・遭難の日", "Day the craft went missing"),
    Text(
        "航空機・船舶はいつ行方不明になり、または遭難しましたか。",
        "When did the aircraft or ship go missing or get into distress?",
    ),
    when=distress.is_(Distress.CRAFT_MISSING),
    proof=(Proof.SEARCH_REPORT,),
    medical=False,
)
craft_missing_days = _fact(
    "craft_missing_days",
    Kind.COUNT,
    Text("発見されない日数", "Days not found"),
    Text(
        "行方不明・遭難の日を含めて、何日間発見されていませんか。",
        "For how many days, that day included, has the traveller not been found?",
    ),
    unit="days",
    least=1,
    most=36500,
    when=distress.is_(Distress.CRAFT_MISSING),
    proof=(Proof.SEARCH_REPORT,),
    medical=False,
)

illness_began = _fact(
    "illness_began",
    Kind.CHOICE,
    Text("発病の時期", "Onset"),
    Text(
        "医師の診断では、病気はいつ始まりましたか（保険期間の前は「海外旅行の開始前」、保険期間の後は"
        "「海外旅行の終了後」とお考えください）。",
        "When did it begin, as the physician finds? (Before or after the policy period counts as "
        "before or after the trip.)",
    ),
    choices=Onset,
    when=cause.is_(Cause.ILLNESS, Cause.PREGNANCY, Cause.DENTAL),
    proof=(Proof.MEDICAL_REPORT,),
)
infection_class = _fact(
    "infection_class",
    Kind.CHOICE,
    Text("感染症の類型", "Class of infection"),
    Text(
        "病気は、治療開始時（死亡の場合は死亡時）の感染症法でどの類型にあたりますか。",
        "Which class of infectious disease was it by law when treatment began, or at the death?",
    ),
    choices=InfectionClass,
    when=is_illness,
    proof=(Proof.PATHOGEN_REPORT,),
)
infected_on_trip = _fact(
    "infected_on_trip",
    Kind.FLAG,
    Text("旅行中の感染", "Infected on the trip"),
    Text(
        "保険期間中の海外旅行で感染しましたか。",
        "Was it caught on the trip, within the policy period?",
    ),
    when=infection_class.is_(
        InfectionClass.CLASS_1,
        InfectionClass.CLASS_2,
        InfectionClass.CLASS_3,
        InfectionClass.CLASS_4,
        InfectionClass.DESIGNATED,
    ),
    proof=(Proof.MEDICAL_REPORT,),
)
treated = _fact(
    "treated",
    Kind.FLAG,
    Text("医師の治療", "Treated by a physician"),
    Text(
        "医師（歯は歯科医師）の治療を受けましたか。",
        "Was there treatment by a physician (for teeth, a dentist)?",
    ),
    proof=(Proof.MEDICAL_REPORT,),
)
first_treated_on = _fact(
    "first_treated_on",
    Kind.DAY,
    Text("初診の日", "First treatment"),
    Text(
        "このケガや病気で最初に治療を受けたのはいつですか（旅行前からの病気は、旅行中の初診）。",
        "When was it first treated (an illness treated before the trip: first on the trip)?",
    ),
    when=treated.is_true,
    proof=(Proof.MEDICAL_REPORT,),
)
admitted = _fact(
    "admitted",
    Kind.FLAG,
    Text("入院", "Admitted to hospital"),
    Text("入院しましたか。", "Was there a stay in hospital?"),
    proof=(Proof.HOSPITAL_CERTIFICATE,),
)
admitted_on = _fact(
    "admitted_on",
    Kind.DAY,
    Text("入院した日", "Day of admission"),
    Text("いつ入院しましたか（現地の日付）。", "When did the stay in hospital begin?"),
    when=admitted.is_true,
    proof=(Proof.HOSPITAL_CERTIFICATE,),
)
discharged_on = _fact(
    "discharged_on",
    Kind.DAY,
    Text("退院した日", "Day of discharge"),
    Text(
        "いつ退院しましたか（続けて入院した最後の日。現地の日付）。",
        "When did the stay in hospital end, if it ran without a break?",
    ),
    when=admitted.is_true,
    proof=(Proof.HOSPITAL_CERTIFICATE,),
    may_run=True,
)
died = _fact(
    "died",
    Kind.FLAG,
    Text("死亡", "Death"),
    Text("亡くなりましたか。", "Did the traveller die?"),
    proof=(Proof.DEATH_CERTIFICATE,),
)
died_on = _fact(
    "died_on",
    Kind.DAY,
    Text("死亡の日", "Day of death"),
    Text("いつ亡くなりましたか（現地の日付）。", "When was the death, by local date?"),
    when=died.is_true,
    proof=(Proof.DEATH_CERTIFICATE,),
)
disabled = _fact(
    "disabled",
    Kind.FLAG,
    Text("後遺障害", "Permanent disability"),
    Text("後遺障害が残りましたか。", "Does a permanent disability remain?"),
    proof=(Proof.DISABILITY_REPORT,),
)
disability_on = _fact(
    "disability_on",
    Kind.DAY,
    Text("後遺障害が生じた日", "Day the disability arose"),
    Text("後遺障害はいつ生じましたか。", "On what day did the disability arise?"),
    when=disabled.is_true,
    proof=(Proof.DISABILITY_REPORT,),
)
disability_grades = _fact(
    "disability_grades",
    Kind.GRADES,
    Text("後遺障害の等級", "Disability grades"),
    Text(
        "後遺障害は何級ですか（いくつもあるときはすべて）。",
        "What grade is each impairment?",
    ),
    when=disabled.is_true,
    proof=(Proof.DISABILITY_REPORT, Proof.MEDICAL_IMAGES),
    finding=True,
)

circumstances = _fact(
    "circumstances",
    Kind.CHOICES,
    Text("事情", "Circumstances"),
    Text("次のどれかにあたりますか。", "Does any of these apply?"),
    why=Text(
        "お支払いできない場合や、支払額が変わる場合にあたるかを確かめます。",
        "They may rule out a payment, restore it or change its amount.",
    ),
    choices=Circumstance,
    proof=(Proof.ACCIDENT_REPORT, Proof.MEDICAL_REPORT),
)
earlier_impairment_percent = _fact(
    "earlier_impairment_percent",
    Kind.COUNT,
    Text("以前からの障害・病気の影響", "Part of the earlier impairment"),
    Text(
        "金額のうち、以前からの障害や病気の影響によるのは何パーセントと査定されましたか。",
        "What per cent of the amount was assessed as due to the earlier impairment or illness?",
    ),
    unit="percent",
    least=0,
    most=100,
    when=circumstances.has(Circumstance.EARLIER_IMPAIRMENT),
    proof=(Proof.MEDICAL_REPORT,),
    finding=True,
)
work_reduction_percent = _fact(
    "work_reduction_percent",
    Kind.COUNT,
    Text("危険な仕事による削減", "Cut for dangerous work"),
    Text(
        "割増保険料がないため、何パーセント削減すると査定されましたか（支払わない場合は100）。",
        "By what per cent was it assessed to be cut for want of the loading (100: refused)?",
    ),
    unit="percent",
    least=0,
    most=100,
    when=all_of(
        circumstances.has(Circumstance.DANGEROUS_WORK),
        not_(riders.has(Rider.DANGEROUS_WORK_LOADING)),
    ),
    medical=False,
    finding=True,
)
borne_by_family = _fact(
    "borne_by_family",
    Kind.FLAG,
    Text("救援の費用を負担した方", "Who bore the rescue costs"),
    Text(
        "救援の費用は、契約者・本人・本人の親族のどなたかが負担しましたか。",
        "Were the rescue costs borne by the policyholder, the insured or the insured's relatives?",
    ),
    why=RELATIVES,
    proof=(Proof.RECEIPT, Proof.FAMILY_REGISTER),
    medical=False,
)
named_rescuers = _fact(
    "named_rescuers",
    Kind.PERSONS,
    Text("救援者の指定", "Named rescuers"),
    Text(
        "どの救援者の費用を請求しますか（指定がなければ、費用の高い方からお支払いします）。",
        "Whose costs are claimed first? (If nobody is named, the costliest are paid.)",
    ),
    proof=(Proof.RESCUER_NOMINATION,),
    medical=False,
)

dental_circumstances = _fact(
    "dental_circumstances",
    Kind.CHOICES,
    Text("歯の病気の事情", "Circumstances of the dental disease"),
    Text("歯の病気について、次のどれかにあたりますか。", "Does any of these apply to the teeth?"),
    choices=DentalCircumstance,
    when=cause.is_(Cause.DENTAL),
    proof=(Proof.DENTIST_REPORT,),
)

BODY_FACTS = (
    cause,
    accident,
    accident_on,
    accident_on_trip,
    illness_began,
    infection_class,
    infected_on_trip,
    treated,
    first_treated_on,
    admitted,
    admitted_on,
    discharged_on,
    died,
    died_on,
    disabled,
    disability_on,
    disability_grades,
    distress,
    craft_missing_on,
    craft_missing_days,
    returned_home_on,
    delayed_return,
    delayed_return_time,
    return_planned_in_time,
    circumstances,
    earlier_impairment_percent,
    work_reduction_percent,
    borne_by_family,
    named_rescuers,
    dental_circumstances,
)
