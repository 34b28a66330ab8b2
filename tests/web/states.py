"""Records of a scheme in the states in which an operation of the interface takes them.

Comes in: a side of `two_schemes`. Goes out: what may stand in the addresses of its operations, and
for each operation a call that is taken: address, query and body fit a record that waits for it.
Never: a call that another one needs first; each is taken on the records as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.examples import EXAMPLES
from dosojin_web.documents.models import Document
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import product_ids
from dosojin_web.policies.models import Application, Certificate, ChangeRequest, Member, Referral
from dosojin_web.policies.operations.answer_referral import quote_loading
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.operations.say_consents import last_entry
from dosojin_web.policies.operations.submit_application import submit_application
from tests.web.two_schemes import (
    MONTHS_2,
    PLAN,
    PROXY,
    Place,
    Side,
    answer_all,
    enrol,
    premium_of,
    seat_of,
)

LONGER = timedelta(days=30)
FORM = {"title": "Language course", "host": "Charles River College", "country": "US"}


@dataclass(frozen=True)
class Taken:
    """A call that is taken: what stands in its address, its query and its body."""

    places: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    query: dict[str, Any] = field(default_factory=dict)


@dataclass
class States:
    """What may stand in an address, by place, and a call that is taken, by operation."""

    pools: dict[Place, list[Any]]
    taken: dict[str, Taken]


class Maker:
    """Makes records of one scheme, all of them the first student's where they are a student's."""

    def __init__(self, side: Side, now: datetime) -> None:
        self.side, self.now = side, now
        self.student, self.agency = side.seats[Role.STUDENT], side.seats[Role.AGENCY]
        self.first = Member.objects.filter(user=self.student.user).earliest("pk")
        self.mark = str(side.scheme.master.number)
        organisation = side.scheme.agency
        self.second_agency = seat_of(f"second-{self.mark}", Role.AGENCY, organisation, now)
        self.numbers = iter(range(100, 1000))

    def place(self) -> Member:
        """Another place of the student on the roster."""
        first, number = self.first, next(self.numbers)
        return Member.objects.create(
            programme=first.programme,
            university=first.university,
            person=first.person,
            user=first.user,
            student_number=f"{self.mark}S{number}",
            departs_on=first.departs_on,
            returns_on=first.returns_on,
            invited_at=self.now,
            added_at=self.now,
        )

    def ready(self) -> Application:
        """All is answered, confirmed and agreed to."""
        said = Disclosure(return_planned=True)
        return answer_all(self.place(), self.student, said, self.now)

    def submitted(self) -> Application:
        """Only the payment is missing."""
        held, actor = self.ready(), self.student.actor
        return submit_application(held, held.version, premium_of(held), actor, self.now)

    def certificate(self) -> Certificate:
        """Enrolled, and nothing asked of it yet."""
        return enrol(self.place(), self.student, f"receipt-{next(self.numbers)}", self.now)

    def extension(self) -> ChangeRequest:
        """Asked for."""
        certificate, actor = self.certificate(), self.student.actor
        end = certificate.versions.get().expiry + LONGER
        return request_extension(certificate, end, PROXY, "", 1, actor, self.now)

    def reviewed(self) -> ChangeRequest:
        """Waits for the policyholder."""
        return review_extension(self.extension(), 1, 0, "", self.agency.actor, self.now)

    def confirmed(self) -> ChangeRequest:
        """Waits for its premium."""
        actor = self.side.seats[Role.POLICYHOLDER].actor
        change = self.reviewed()
        return confirm_change(change, change.version, actor, self.now)

    def early_end(self) -> ChangeRequest:
        """A cancellation waits for the policyholder."""
        actor = self.student.actor
        return request_early_end(self.certificate(), None, "", 1, actor, self.now)

    def referral(self) -> Referral:
        """A question to the agency."""
        asked = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="一度")
        return answer_all(self.place(), self.student, asked, self.now).referrals.latest("pk")

    def proposed(self) -> Referral:
        """Waits for a second person of the agency, for whom the seat of the side is one."""
        user, actor = self.second_agency.user, self.second_agency.actor
        return quote_loading(self.referral(), 900_000, "Table", user, actor, self.now)

    def drafter(self) -> Seat:
        """Somebody of the university who does not sit in the side's seat."""
        university = self.first.university
        return seat_of(f"drafts-{self.mark}", Role.UNIVERSITY, university, self.now)


def make_states(side: Side, now: datetime) -> States:
    """The records, and the calls that fit them."""
    maker = Maker(side, now)
    places = {
        (before, name): [value]
        for (before, name), value in side.examples.items()
        if before or name == "insurer"
    }
    pools: dict[Place, list[Any]] = places | {
        ("", "month"): [f"{day_in_japan(now):%Y-%m}"],
        ("", "product"): list(product_ids()),
    }
    taken = by_anyone()
    for found in (by_student(maker), by_university(maker), by_others(maker)):
        taken |= found
    remember(pools, taken)
    for place, more in every_record().items():
        pools[place] = [*dict.fromkeys([*pools.get(place, ()), *more])]
    return States(pools, taken)


def remember(pools: dict[Place, list[Any]], taken: dict[str, Taken]) -> None:
    """What has one example stands in the address of every call that names it and says no other."""
    for call in taken.values():
        for (_, name), values in pools.items():
            if name not in ("key", "number"):
                call.places.setdefault(name, values[0])


def every_record() -> dict[Place, Iterable[Any]]:
    """The names of all records, whoever's they are."""
    members = Member.objects.values_list("key", flat=True)
    certificates = Certificate.objects.values_list("number", flat=True)
    return {
        ("trips", "key"): members,
        ("members", "key"): members,
        ("certificates", "number"): certificates,
        ("changes", "key"): ChangeRequest.objects.values_list("key", flat=True),
        ("referrals", "key"): Referral.objects.values_list("key", flat=True),
        ("documents", "key"): Document.objects.values_list("key", flat=True),
    }


def by_anyone() -> dict[str, Taken]:
    """Every example, as it stands on the page that describes the interface."""
    return {
        id: Taken(body=example.get("body"), query=example.get("query", {}))
        for id, example in EXAMPLES.items()
    } | {
        "list_products": Taken(),
        "list_important_matters": Taken(),
        "read_wording": Taken(),
        "read_claim_schema": Taken(),
    }


def by_student(maker: Maker) -> dict[str, Taken]:
    """Steps of applications, and what is asked of certificates."""
    ready, plain = maker.ready(), maker.certificate()
    trip = {"key": ready.member.key}
    version = {"version": ready.version}
    days = {"departs_on": f"{ready.departs_on}", "returns_on": f"{ready.returns_on}"}
    digest = load_important_matters().digest
    person = ready.member.person
    person.refresh_from_db()
    expiry = plain.versions.get().expiry
    extension = EXAMPLES["request_extension"]["body"] | {"new_end": f"{expiry + LONGER}"}
    extension["proxy"] = extension["proxy"] | {"returns_on": f"{expiry + LONGER}"}
    early = {"last_day": f"{expiry - timedelta(days=20)}", "reason": "Home", "version": 1}
    submit = {"seen_total": premium_of(ready), **version}
    said = EXAMPLES["say_consents"]["body"] | {"last_seen": last_entry(person)}
    open_one = open_application(maker.place(), maker.student.actor, maker.now)
    number = {"number": plain.number}
    return {
        "list_trips": Taken(),
        "read_application": Taken(trip),
        "open_application": Taken({"key": maker.place().key}),
        "answer_trip": Taken(trip, {**days, "country": "GB", **version}),
        "choose_plan": Taken({"key": open_one.member.key}, {"plan": PLAN, "version": 1}),
        "acknowledge_matters": Taken(trip, {"digest": digest, **version}),
        "disclose": Taken(trip, EXAMPLES["disclose"]["body"] | version),
        "confirm_details": Taken(trip, {"phone": "+81312345678", "version": person.version}),
        "submit_application": Taken(trip, submit),
        "start_payment": Taken({"key": maker.submitted().member.key}),
        "list_consents": Taken(trip),
        "say_consents": Taken(trip, said),
        "list_own_certificates": Taken(),
        "request_extension": Taken(number, extension),
        "request_early_end": Taken(number, early),
        "issue_english_certificate": Taken(number, EXAMPLES["issue_english_certificate"]["body"]),
        "read_document": Taken({"key": maker.side.examples["documents", "key"]}),
    }


def by_university(maker: Maker) -> dict[str, Taken]:
    """Study trips and rosters."""
    first, master = maker.first, maker.side.scheme.master
    starts = first.departs_on
    form = ProgrammeForm(**FORM, starts_on=starts, ends_on=starts + MONTHS_2)
    drafter = maker.drafter()
    drafted = draft_programme(master, first.university, form, drafter.actor, maker.now)
    asked = {**FORM, "starts_on": f"{form.starts_on}", "ends_on": f"{form.ends_on}"}
    programme = {"key": first.programme.key}
    return {
        "list_programmes": Taken(query={"limit": "1"}),
        "draft_programme": Taken(body={"scheme": master.code, **asked}),
        "approve_programme": Taken({"key": drafted.key}, {"version": drafted.version}),
        "send_roster": Taken(programme, maker.side.roster.decode()),
        "read_roster": Taken({"key": maker.side.examples["rosters", "key"]}),
        "invite_members": Taken(programme),
        "list_members": Taken(query={"programme": str(first.programme.key), "limit": "2"}),
    }


def by_others(maker: Maker) -> dict[str, Taken]:
    """Policyholder, agency, insurer and auditor."""
    early, waiting, asked = maker.early_end(), maker.confirmed(), maker.extension()
    proposed, referral = maker.proposed(), maker.referral()
    scheme = {"scheme": maker.side.scheme.master.code}
    transfer = {
        "amount": waiting.premium_change,
        "received_on": f"{day_in_japan(maker.now)}",
        "reference": "0012",
        "version": waiting.version,
    }
    number = str(early.certificate.number)
    return {
        "list_bordereaux": Taken(query=scheme),
        "read_bordereau": Taken(query=scheme),
        "read_own_bordereau": Taken(query=scheme),
        "list_changes": Taken(query={"waiting": "true"}),
        "confirm_change": Taken({"key": early.key}, {"version": early.version}),
        "refuse_change": Taken({"key": asked.key}, {"reason": "Too late", "version": 1}),
        "review_extension": Taken({"key": asked.key}, {"loading": 0, "version": 1}),
        "receive_transfer": Taken({"key": waiting.key}, transfer),
        "list_referrals": Taken(query={"state": "open"}),
        "quote_loading": Taken({"key": referral.key}, EXAMPLES["quote_loading"]["body"]),
        "check_loading": Taken({"key": proposed.key}, {"version": proposed.version}),
        "refuse_referral": Taken({"key": referral.key}, {"reason": "No", "version": 1}),
        "list_unsettled_refunds": Taken(),
        "list_carried_certificates": Taken(query={"limit": "2"}),
        "list_entries": Taken(query={"reference": number}),
        "read_trial_balance": Taken(),
        "list_events": Taken(query={"about": f"certificate:{number}"}),
        "verify_audit": Taken(),
    }
