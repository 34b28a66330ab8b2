"""What can be known of an illness from before the trip, and of its emergency on the trip."""

from __future__ import annotations

from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.products.gakkensai.facts.body import illness_began
from dosojin.products.gakkensai.facts.policy import JAPAN
from dosojin.products.gakkensai.facts.words import Onset, PreexistingCircumstance
from dosojin.products.gakkensai.proofs import Proof
from dosojin.values.text import Text

treated_before_trip = Fact(
    name="treated_before_trip",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("旅行前の治療", "Treated before the trip"),
    ask=Text(
        "この病気は旅行前に発病し、旅行前に医師の治療を受けたことがありますか。",
        "Did this illness begin, and was it treated, before the trip?",
    ),
    applies_when=illness_began.is_(Onset.BEFORE_TRIP),
    proof=(Proof.EARLIER_TREATMENT_RECORD,),
    medical=True,
)
sudden_worsening = Fact(
    name="sudden_worsening",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("急激な悪化", "Sudden worsening"),
    ask=Text(
        "予測できず、十分に注意しても避けられない急な悪化でしたか。",
        "Did it worsen suddenly, in a way that could be neither foreseen nor avoided?",
    ),
    applies_when=treated_before_trip.is_true,
    proof=(Proof.EARLIER_TREATMENT_RECORD,),
    medical=True,
    finding=True,
)
worsened_on = Fact(
    name="worsened_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("悪化した日", "Day of the worsening"),
    ask=Text("症状はいつ急に悪化しましたか。", "When did it suddenly worsen?"),
    applies_when=sudden_worsening.is_true,
    proof=(Proof.MEDICAL_REPORT,),
    medical=True,
)
preexisting_circumstances = Fact(
    name="preexisting_circumstances",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=PreexistingCircumstance,
    title=Text("旅行前からの病気の事情", "Circumstances of the earlier illness"),
    ask=Text(
        "旅行と治療について、次のどれかにあたりますか。",
        "Does any of these apply to the trip and the treatment?",
    ),
    applies_when=treated_before_trip.is_true,
    medical=True,
)
home_hospital_on = Fact(
    name="home_hospital_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    utc_offset=JAPAN,
    title=Text("最終目的国の病院に着いた日", "Day of reaching a hospital at the journey's end"),
    ask=Text(
        "日本など最終目的国の病院に着いて入院したのはいつですか。",
        "When did the traveller reach the hospital in Japan or the other country of destination?",
    ),
    why=Text(
        "旅行前からの病気では、この病院に着いた後の費用はお支払いの対象になりません。",
        "For an illness from before the trip, no cost after reaching that hospital is paid.",
    ),
    applies_when=preexisting_circumstances.has(PreexistingCircumstance.HOME_HOSPITAL),
    proof=(Proof.HOSPITAL_CERTIFICATE,),
    medical=True,
    source="003 l.868, 004 l.1218-1222",
)

EARLIER_ILLNESS_FACTS = (
    treated_before_trip,
    sudden_worsening,
    worsened_on,
    preexisting_circumstances,
    home_hospital_on,
)
