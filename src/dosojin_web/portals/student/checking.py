"""What a student looks over before paying: the answers, the period to the hour, the money."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.components.shapes import Fault, SummaryRow
from dosojin_web.consents.purposes import Language
from dosojin_web.consents.rights import entry_at, may
from dosojin_web.people.models import Person
from dosojin_web.people.telephones import write_phone
from dosojin_web.policies.mapping import PlanOffer, SumInsured, SumKind, quote_plan, say
from dosojin_web.policies.models import Application, Referral, ReferralState
from dosojin_web.policies.operations.answer_application import read_disclosure
from dosojin_web.policies.readiness import find_unready
from dosojin_web.policies.sheets import country_name
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

from .questions import QUESTIONS, say_answer, values_of
from .steps import STEP_OF_FIELD, asked_purposes, step_address
from .trips import Trip


@dataclass(frozen=True, slots=True)
class Price:
    """What is to pay, in yen; ``quotation`` says why there is a loading."""

    offer: PlanOffer
    loading: int
    quotation: Referral | None

    @property
    def total(self) -> int:
        """The tariff's premium and the loading."""
        return self.offer.premium + self.loading


def find_price(trip: Trip) -> Price | None:
    """The price of the answers as they stand; None without a plan."""
    application = trip.application
    assert application is not None
    if not application.plan or not application.departs_on or not application.returns_on:
        return None
    offer = quote_plan(
        trip.product, application.plan, application.departs_on, application.returns_on
    )
    quotations = application.referrals.filter(state=ReferralState.QUOTED)
    return Price(offer, application.loading, quotations.last())


def list_missing(trip: Trip, now: datetime) -> list[tuple[Fault, str]]:
    """What is still to do, each with the address where it is done."""
    assert trip.application is not None
    return [
        (fault, step_address(trip, STEP_OF_FIELD.get(fault.field, "application")))
        for fault in find_unready(trip.application, now)
    ]


def describe_answers(trip: Trip, price: Price, now: datetime) -> dict[str, Any]:
    """All parts of the page, in the active language."""
    return {
        "trip_rows": _list_trip(trip, price),
        "money": _list_money(price),
        "money_total": TableRow((Cell(gettext("To pay")), Cell(yen=price.total))),
        "money_columns": (Column(gettext("Item")), Column(gettext("Amount"), amount=True)),
        "sums": [_sum_row(insured) for insured in price.offer.sums],
        "lacking": [say(insured.title) for insured in price.offer.lacking],
        "sum_columns": (Column(gettext("Cover")), Column(gettext("Sum insured"), amount=True)),
        "question_rows": _list_questions(trip),
        "detail_rows": _list_details(trip),
        "consent_rows": _list_consents(trip, now),
        "change": {name: step_address(trip, name) for name in ("matters", "details", "consents")},
    }


def say_period(first: date, last: date) -> str:
    """From 00:00 of the first to 24:00 of the last day, in Japan."""
    said = gettext("%(first)s 00:00 to %(last)s 24:00 (Japan time)")
    return said % {"first": civil_day(first), "last": civil_day(last)}


def _list_trip(trip: Trip, price: Price) -> list[SummaryRow]:
    application = trip.application
    assert application is not None
    offer, language = price.offer, "ja" if get_language() == "ja" else "en"
    to_trip, to_plans = step_address(trip, "trip"), step_address(trip, "plans")
    days = gettext("%(days)s days, tariff line %(band)s")
    length = days % {"days": offer.days, "band": say(offer.band)}
    return [
        SummaryRow(gettext("Study trip"), trip.member.programme.title),
        SummaryRow(gettext("Policy period"), say_period(offer.start, offer.end), to_trip),
        SummaryRow(gettext("Length"), length),
        SummaryRow(gettext("Country"), country_name(application.country, language), to_trip),
        SummaryRow(gettext("Plan"), say(offer.title), to_plans),
    ]


def _list_money(price: Price) -> list[TableRow]:
    premium = Cell(gettext("Premium"), note=gettext("from the tariff, discount included"))
    rows = [TableRow((premium, Cell(yen=price.offer.premium)))]
    if price.quotation is not None:
        note = gettext("Quoted by the agency: %(reason)s") % {"reason": price.quotation.reason}
        rows.append(TableRow((Cell(gettext("Loading"), note=note), Cell(yen=price.loading))))
    return rows


def _sum_row(insured: SumInsured) -> TableRow:
    if insured.kind is SumKind.YEN and insured.amount is not None:
        return TableRow((Cell(say(insured.title)), Cell(yen=insured.amount)))
    words = {
        SumKind.UNLIMITED: gettext("Without limit"),
        SumKind.INCLUDED: gettext("Included"),
    }.get(insured.kind, gettext("See the certificate"))
    return TableRow((Cell(say(insured.title)), Cell(words)))


def _list_questions(trip: Trip) -> list[SummaryRow]:
    assert trip.application is not None
    values = values_of(read_disclosure(trip.application))
    return [
        SummaryRow(
            str(question.short),
            say_answer(question, values) or gettext("Not answered yet"),
            reverse("student:question", args=[trip.member.key, question.slug]),
        )
        for question in QUESTIONS
    ]


def _list_details(trip: Trip) -> list[SummaryRow]:
    person, address = trip.member.person, step_address(trip, "details")
    born = person.birth_date
    roman = f"{person.family_name_roman} {person.given_name_roman}".strip()
    return [
        SummaryRow(gettext("Name"), person.full_name("ja")),
        SummaryRow(gettext("Name as in the passport"), roman or "–", address),
        SummaryRow(gettext("Date of birth"), civil_day(born) if born else "–"),
        SummaryRow(gettext("Telephone"), write_phone(person.phone) or "–", address),
        SummaryRow(gettext("E-mail"), person.email or "–", address),
    ]


def _list_consents(trip: Trip, now: datetime) -> list[SummaryRow]:
    language = Language.JA if get_language() == "ja" else Language.EN
    person, address = trip.member.person, step_address(trip, "consents")
    return [
        SummaryRow(
            purpose.words[language].title,
            _say_consent(person, purpose.id, now),
            address,
        )
        for purpose in asked_purposes(trip)
    ]


def _say_consent(person: Person, purpose: str, now: datetime) -> str:
    if entry_at(person, purpose, now) is None:
        return gettext("Not answered yet")
    return gettext("I agree") if may(person, purpose, now) else gettext("I object")


def list_changes(seen: dict[str, str], application: Application, total: int) -> list[TableRow]:
    """What is other than on the page that was sent: before and now."""
    assert application.departs_on is not None and application.returns_on is not None
    period = say_period(application.departs_on, application.returns_on)
    pairs = (
        (gettext("Policy period"), seen["period"], period),
        (gettext("Plan"), seen["plan"], application.plan),
        (gettext("To pay"), seen["total"], yen(total)),
    )
    return [
        TableRow((Cell(label), Cell(before), Cell(after)))
        for label, before, after in pairs
        if before != after
    ]
