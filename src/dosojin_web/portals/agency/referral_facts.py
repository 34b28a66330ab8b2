"""A question about dangerous sports or work, as the list and its page show it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.authority.rights import limits
from dosojin_web.components.records import Cell, Column, ConflictRow, Filter, TableRow
from dosojin_web.components.shapes import Choice, MoneyRow, SummaryRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import PlanOffer, Refusal, quote_plan, say
from dosojin_web.policies.models import Application, Referral, ReferralState
from dosojin_web.policies.operations.answer_application import read_disclosure
from dosojin_web.policies.operations.answer_referral import ACT
from dosojin_web.policies.sheets import country_name
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

from .waiting_times import DueDay, waiting_cell
from .worklist import OPEN_REFERRALS

MARKS = {
    ReferralState.OPEN: "referred",
    ReferralState.PROPOSED: "requested",
    ReferralState.QUOTED: "done",
    ReferralState.REFUSED: "refused",
}
"""For each state, the state of the design system that draws it."""


def tabulate(found: Iterable[Referral], wanted: str, now: datetime) -> dict[str, Any]:
    """The rows of a list."""
    language = get_language() or "ja"
    return {
        "columns": [
            Column(gettext("Student")),
            Column(gettext("What was disclosed")),
            Column(gettext("State")),
            Column(gettext("Online enrolment closes")),
            Column(gettext("Loading"), amount=True),
        ],
        "rows": [_row(referral, language, now) for referral in found],
        "filters": [
            Filter(
                "state",
                gettext("State"),
                [Choice("all", gettext("Answered ones too"))],
                "all" if wanted == "all" else "",
                gettext("Waiting for an answer"),
            )
        ],
    }


def _row(referral: Referral, language: str, now: datetime) -> TableRow:
    member = referral.application.member
    waits = referral.state in OPEN_REFERRALS
    due = due_day(referral.application, now)
    address = reverse("agency:referral", args=[referral.key])
    return TableRow(
        (
            Cell(member.person.full_name(language), address, note=member.student_number),
            Cell(gettext(", ").join(name_hazards(referral.hazards))),
            Cell(
                referral.get_state_display(),
                state=MARKS[ReferralState(referral.state)],
                note="" if not waits else waiting_cell(referral.asked_at, now).text,
            ),
            due.cell if due and waits else Cell(),
            Cell() if referral.loading is None else Cell(yen=referral.loading),
        )
    )


def name_hazards(hazards: Iterable[str]) -> list[str]:
    """The words of ``Disclosure.hazards``."""
    work = gettext("Dangerous work")
    return [work if word == "work" else str(Hazard(word).label) for word in hazards]


def due_day(application: Application, now: datetime) -> DueDay | None:
    """The last day on which the student can still enrol online; None without a day of departure."""
    if application.departs_on is None:
        return None
    return DueDay(window_of(application.departs_on, day_in_japan(now)).last_accepted, now)


def describe_referral(seat: Seat, referral: Referral, now: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    application = referral.application
    offer = find_offer(application)
    disclosed = read_disclosure(application)
    return {
        "referral": referral,
        "mark": MARKS[ReferralState(referral.state)],
        "name": application.member.person.full_name(get_language() or "ja"),
        "disclosed": _disclosed(referral, disclosed),
        "facts": _facts(application, offer),
        "money": _money(referral, offer),
        "total": _total(referral, offer),
        "answered_by": _answered_by(referral),
        "due": due_day(application, now),
        "alone": _alone(seat, now),
        "waits": referral.state in OPEN_REFERRALS,
        "is_proposed": referral.state == ReferralState.PROPOSED,
        "is_own": referral.answered_by_id == seat.user.pk,
        "yen_columns": [gettext("Amount")],
        "typed": {},
    }


def find_offer(application: Application) -> PlanOffer | None:
    """What the tariff says for the trip; None as long as trip or plan are missing."""
    if not (application.plan and application.departs_on and application.returns_on):
        return None
    product = application.member.programme.master.product
    try:
        return quote_plan(product, application.plan, application.departs_on, application.returns_on)
    except Refusal:
        return None


def compare(typed: Mapping[str, str], saved: Referral, title: str) -> list[ConflictRow]:
    """The reader's answer and the one that was given meanwhile."""
    loading = "" if saved.loading is None else yen(saved.loading)
    return [
        ConflictRow(gettext("Answer"), title, str(saved.get_state_display())),
        ConflictRow(gettext("Loading"), typed.get("loading", ""), loading),
        ConflictRow(gettext("Reason"), typed.get("reason", typed.get("refusal", "")), saved.reason),
    ]


def _disclosed(referral: Referral, disclosed: Disclosure | None) -> list[SummaryRow]:
    sports = [word for word in referral.hazards if word != "work"]
    rows = []
    if sports:
        rows.append(
            SummaryRow(gettext("Dangerous sports"), gettext(", ").join(name_hazards(sports)))
        )
        if disclosed:
            rows.append(SummaryRow(gettext("Which and how often"), disclosed.sports_note))
    if "work" in referral.hazards:
        note = disclosed.work_note if disclosed else ""
        rows.append(SummaryRow(gettext("Dangerous work"), note or gettext("Yes")))
    return rows


def _facts(application: Application, offer: PlanOffer | None) -> list[SummaryRow]:
    member = application.member
    language = get_language() or "ja"
    rows = [
        SummaryRow(gettext("Student number"), member.student_number),
        SummaryRow(gettext("University"), member.university.name),
        SummaryRow(gettext("Study trip"), f"{member.programme.title} · {member.programme.host}"),
        SummaryRow(gettext("Country"), country_name(application.country, language)),
    ]
    if application.departs_on and application.returns_on:
        words = {
            "first": civil_day(application.departs_on),
            "last": civil_day(application.returns_on),
        }
        rows.append(SummaryRow(gettext("Trip"), gettext("%(first)s to %(last)s") % words))
    if offer:
        rows.append(SummaryRow(gettext("Plan"), f"{say(offer.title)} · {say(offer.band)}"))
    return rows


def _money(referral: Referral, offer: PlanOffer | None) -> list[MoneyRow]:
    rows = []
    if offer:
        note = gettext("Line of the tariff: %(source)s") % {"source": offer.source}
        rows.append(MoneyRow(gettext("Premium by the tariff"), (offer.premium,), None, note))
    else:
        note = gettext("The student has not chosen a trip and a plan that fit each other.")
        rows.append(MoneyRow(gettext("Premium by the tariff"), (None,), None, note))
    rows.append(MoneyRow(gettext("Loading"), (referral.loading,)))
    return rows


def _total(referral: Referral, offer: PlanOffer | None) -> MoneyRow | None:
    if offer is None or referral.loading is None or referral.state == ReferralState.REFUSED:
        return None
    return MoneyRow(gettext("To pay"), (offer.premium + referral.loading,))


def _answered_by(referral: Referral) -> str:
    if referral.answered_by is None:
        return ""
    who = f"user:{referral.answered_by.pk}"
    return name_actors([who], with_log_in=True)[who]


def _alone(seat: Seat, now: datetime) -> str:
    """Up to which loading the reader decides alone, in a sentence."""
    found = limits(seat.user, ACT, now)
    if any(limit.amount_max is None for limit in found):
        return gettext("You may decide about any loading alone.")
    if not found:
        return gettext("Every loading that you quote is checked by a second person.")
    most = max(limit.amount_max or 0 for limit in found)
    words = gettext(
        "You may decide about loadings up to %(most)s alone. Above that a second person checks."
    )
    return words % {"most": yen(most)}
