"""What can be known of late baggage and late flights; trips given up stand in `alteration`."""

from __future__ import annotations

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.products.gakkensai.facts.alteration import ALTERATION_FACTS
from dosojin.products.gakkensai.proofs import Proof
from dosojin.values.text import Text


class BaggageStage(Choice):
    """Where the traveller was without the baggage."""

    DEPARTURE = "departure"
    ARRIVAL = "arrival"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "departure": Text(
                "出発地・乗継地で便が出発せず、預けた荷物が手元になかった",
                "Before the flight: it left late or not at all, and the baggage was not at hand",
            ),
            "arrival": Text(
                "乗継地・目的地に着いたが、預けた荷物が出てこなかった",
                "After the flight: you arrived and the baggage did not",
            ),
        }


class FlightEvent(Choice):
    """What went wrong with the flight."""

    DEPARTURE_DELAY = "departure_delay"
    CANCELLED = "cancelled"
    BOARDING_REFUSED = "boarding_refused"
    DIVERTED = "diverted"
    MISSED_CONNECTION = "missed_connection"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "departure_delay": Text("出発が遅れた", "It departed late"),
            "cancelled": Text("欠航・運休になった", "It was cancelled"),
            "boarding_refused": Text(
                "予約受付の不備で搭乗できなかった", "Boarding was refused by a fault in the booking"
            ),
            "diverted": Text("着陸地が変わった", "It landed somewhere else"),
            "missed_connection": Text(
                "前の便の遅れなどで乗り継げなかった",
                "An earlier delay made you miss the connection",
            ),
        }


class TravelCircumstance(Choice):
    """What takes late baggage and late flights out of the cover, or brings them back."""

    WILFUL_ACT = "wilful_act"
    GROSS_NEGLIGENCE = "gross_negligence"
    PAYEE_FAULT = "payee_fault"
    WAR = "war"
    TERRORISM = "terrorism"
    RADIATION = "radiation"
    BREACH_OF_LAW = "breach_of_law"
    EARTHQUAKE = "earthquake"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {
            "wilful_act": Text(
                "ご契約者や本人がわざと起こした", "The policyholder or you did it on purpose"
            ),
            "gross_negligence": Text(
                "ご契約者や本人に重大な過失があった",
                "The policyholder or you were grossly negligent",
            ),
            "payee_fault": Text(
                "保険金を受け取る人の故意または重大な過失があった",
                "The payee did it on purpose or was grossly negligent",
            ),
            "war": Text("戦争・内乱などが原因", "War, civil war or the like caused it"),
            "terrorism": Text("テロ行為が原因", "An act of terrorism caused it"),
            "radiation": Text("放射線・放射能汚染が原因", "Radiation or contamination caused it"),
            "breach_of_law": Text(
                "ご契約者、本人または保険金を受け取る人の法令違反が原因",
                "The policyholder, you or the payee broke the law",
            ),
            "earthquake": Text(
                "地震・噴火・津波が原因", "Earthquake, eruption or tsunami caused it"
            ),
        }


_LATE_MOST = 60 * 24 * 365

baggage_delayed = Fact(
    name="baggage_delayed",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("預けた荷物の遅れ", "Baggage delay"),
    ask=Text(
        "保険期間中の旅行で、預けた荷物が手元にないまま待つことになりましたか。",
        "On the insured trip, did you have to wait without your checked baggage?",
    ),
    proof=(Proof.CARRIER_REPORT,),
    source="003 l.874, 004 l.891",
)
baggage_stage = Fact(
    name="baggage_stage",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=BaggageStage,
    title=Text("荷物がなかった場面", "When the baggage was missing"),
    ask=Text("荷物が手元になかったのはいつですか。", "When was the baggage not at hand?"),
    applies_when=baggage_delayed.is_true,
    source="003 l.874, 004 l.891",
)
carrier_checked = Fact(
    name="carrier_checked",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("航空会社に預けた荷物", "Handed to the airline"),
    ask=Text(
        "その荷物は、搭乗のときに航空会社に預けたものですか。",
        "Had you handed that baggage to the airline when boarding?",
    ),
    applies_when=baggage_delayed.is_true,
    proof=(Proof.BAGGAGE_TAG, Proof.BOARDING_PASS),
)
baggage_clock_from = Fact(
    name="baggage_clock_from",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("予定の出発時刻・到着時刻", "Scheduled departure, or arrival"),
    ask=Text(
        "予定されていた出発の日時（到着後に荷物が出てこなかったときは、到着した日時）はいつですか。",
        "When was the flight due to leave (or, if the baggage was missing on arrival, "
        "when did you arrive)?",
    ),
    why=Text(
        "この時刻から一定の時間内に買った物だけが対象になります。",
        "Only what was bought within a fixed time from then counts.",
    ),
    applies_when=baggage_delayed.is_true,
    proof=(Proof.DELAY_CERTIFICATE, Proof.BOARDING_PASS),
    source="003 l.874, 004 l.892, l.898",
)
baggage_flight_late = Fact(
    name="baggage_flight_late",
    owner=Owner.OCCURRENCE,
    kind=Kind.DURATION,
    unit="minutes",
    least=0,
    most=_LATE_MOST,
    title=Text("便の出発の遅れ", "How late the flight left"),
    ask=Text(
        "その便は、予定の出発時刻から何時間何分たって出発しましたか"
        "（出発しなかったときは、待つのをやめるまでの時間）。",
        "How long after schedule did that flight leave (if it never left, how long did you wait)?",
    ),
    applies_when=baggage_stage.is_(BaggageStage.DEPARTURE),
    proof=(Proof.DELAY_CERTIFICATE,),
    source="003 l.874, 004 l.892",
)
baggage_missing_time = Fact(
    name="baggage_missing_time",
    owner=Owner.OCCURRENCE,
    kind=Kind.DURATION,
    unit="minutes",
    least=0,
    most=_LATE_MOST,
    title=Text("荷物を受け取るまでの時間", "How long the baggage was missing"),
    ask=Text(
        "到着してから荷物を受け取るまで、何時間何分かかりましたか。",
        "How long after arrival did you receive the baggage?",
    ),
    applies_when=baggage_stage.is_(BaggageStage.ARRIVAL),
    proof=(Proof.DELIVERY_RECORD,),
    source="003 l.874, 004 l.898",
)
flight_disrupted = Fact(
    name="flight_disrupted",
    owner=Owner.OCCURRENCE,
    kind=Kind.FLAG,
    title=Text("便の乱れ", "Flight disruption"),
    ask=Text(
        "保険期間中の旅行で、乗る予定の航空機が遅れた、欠航した、または乗れなかったことがありますか。",
        "On the insured trip, was a flight you were to take late, cancelled, diverted or missed?",
    ),
    proof=(Proof.DELAY_CERTIFICATE, Proof.BOARDING_PASS),
    source="003 l.875, 004 l.928",
)
flight_event = Fact(
    name="flight_event",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICE,
    choices=FlightEvent,
    title=Text("便に起きたこと", "What happened to the flight"),
    ask=Text("その便に何が起きましたか。", "What happened to that flight?"),
    applies_when=flight_disrupted.is_true,
    proof=(Proof.DELAY_CERTIFICATE,),
    source="003 l.875, 004 l.928",
)
departure_delay_time = Fact(
    name="departure_delay_time",
    owner=Owner.OCCURRENCE,
    kind=Kind.DURATION,
    unit="minutes",
    least=0,
    most=_LATE_MOST,
    title=Text("出発の遅れ", "Departure delay"),
    ask=Text(
        "予定の出発時刻から何時間何分遅れて出発しましたか。",
        "How long after schedule did it depart?",
    ),
    applies_when=flight_event.is_(FlightEvent.DEPARTURE_DELAY),
    proof=(Proof.DELAY_CERTIFICATE,),
    source="003 l.875, 004 l.928",
)
substitute_after = Fact(
    name="substitute_after",
    owner=Owner.OCCURRENCE,
    kind=Kind.DURATION,
    unit="minutes",
    least=0,
    most=_LATE_MOST,
    title=Text("代わりの便までの時間", "Time until a substitute"),
    ask=Text(
        "予定の出発時刻（乗り継げなかったときは乗継地への到着時刻）から、代わりの便を利用できるように"
        "なるまで何時間何分でしたか。元の便が遅れて出ただけのときは、その出発までの時間です。",
        "How long was it from the scheduled departure (for a missed connection: from your arrival "
        "there) until you could use a substitute? If only the late flight itself left, "
        "the time until it did.",
    ),
    applies_when=flight_disrupted.is_true,
    proof=(Proof.DELAY_CERTIFICATE,),
    source="003 l.875, 004 l.930",
)
substitute_landed_on = Fact(
    name="substitute_landed_on",
    owner=Owner.OCCURRENCE,
    kind=Kind.DAY,
    title=Text("代わりの便の着陸", "Landing of the substitute"),
    ask=Text("代わりの便はいつ着陸しましたか。", "When did the substitute flight land?"),
    applies_when=flight_disrupted.is_true,
    may_run=True,
    proof=(Proof.BOARDING_PASS,),
    source="003 l.875",
)
travel_circumstances = Fact(
    name="travel_circumstances",
    owner=Owner.OCCURRENCE,
    kind=Kind.CHOICES,
    choices=TravelCircumstance,
    title=Text("遅れの事情", "Circumstances of the delay"),
    ask=Text("次のどれかがあてはまりますか。", "Does any of these apply to the delay?"),
    source="003 l.874-875, 004 l.880",
)
line_at_delay_place = Fact(
    name="at_delay_place",
    owner=Owner.LINE,
    kind=Kind.FLAG,
    title=Text("足止めされた場所での費用", "Cost where the traveller was held up"),
    ask=Text(
        "この費用は、出発地（着陸地が変わったときはその着陸地、乗り継げなかったときは乗継地）で"
        "負担しましたか。",
        "Was this cost borne at the place of departure (or of diversion, or of the connection)?",
    ),
    source="004 l.920",
)

line_amount = Fact(
    name="amount",
    owner=Owner.LINE,
    kind=Kind.YEN,
    unit="yen",
    least=0,
    title=Text("金額", "Amount"),
    ask=Text("この領収書の金額はいくらですか。", "What is the amount on this receipt?"),
)
"""The receipt's own amount, where a clause asks whether anything of it was really borne."""

BAGGAGE_FACTS = (
    baggage_delayed,
    baggage_stage,
    carrier_checked,
    baggage_clock_from,
    baggage_flight_late,
    baggage_missing_time,
)
FLIGHT_FACTS = (
    flight_disrupted,
    flight_event,
    departure_delay_time,
    substitute_after,
    substitute_landed_on,
)
DELAY_LINE_FACTS = (line_at_delay_place, line_amount)
"""The place is read by the edition of 2025, the amount by that of 2026; both may be stated."""
TRAVEL_FACTS = (
    *BAGGAGE_FACTS,
    *FLIGHT_FACTS,
    travel_circumstances,
    *ALTERATION_FACTS,
)
