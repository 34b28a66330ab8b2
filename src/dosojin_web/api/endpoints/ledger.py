"""The books, for whoever audits them."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field, StrictStr

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import accepts, later, roles
from dosojin_web.api.answers import answer
from dosojin_web.api.book_shapes import (
    AccountShape,
    EntriesAnswer,
    EntryShape,
    LineShape,
    TrialBalanceAnswer,
)
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.shapes import Words
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.ledger.chart import ACCOUNTS, split_code
from dosojin_web.ledger.models import Entry

router = Router(tags=["auditor"])


class EntriesQuery(PageQuery):
    """Of one certificate, application or change, or all."""

    reference: Annotated[StrictStr, Field(pattern="^[A-Za-z0-9:-]{1,64}$")] | None = None
    """what an entry is about, such as a certificate number"""


@router.get(
    "/ledger/trial-balance",
    response=TrialBalanceAnswer,
    operation_id="read_trial_balance",
    summary=later(_("The trial balance")),
    **roles(Role.AUDITOR),
)
@accepts()
def read_trial_balance(request: HttpRequest) -> HttpResponse:
    """Every account with a line, in the order of the chart; the total of whole books is 0."""
    found = trial_balance()
    accounts = [
        AccountShape(account=code, title=title_of(code), amount=amount)
        for code, amount in found.items()
    ]
    return answer(TrialBalanceAnswer(accounts=accounts, total=sum(found.values())))


@router.get(
    "/ledger/entries",
    response=EntriesAnswer,
    operation_id="list_entries",
    summary=later(_("Entries of the ledger")),
    **roles(Role.AUDITOR),
)
@accepts()
def list_entries(request: HttpRequest, asked: Query[EntriesQuery]) -> HttpResponse:
    """The newest first, each with its lines."""
    entries = Entry.objects.prefetch_related("lines")
    if asked.reference is not None:
        entries = entries.filter(reference=asked.reference)
    part = take_part(entries, asked, backwards=True)
    return answer(EntriesAnswer(entries=[show(entry) for entry in part.rows], next=part.next))


def show(entry: Entry) -> EntryShape:
    """An entry with its lines."""
    return EntryShape(
        key=entry.key,
        kind=entry.kind,
        reference=entry.reference,
        on=entry.on,
        at=entry.at,
        actor=entry.actor,
        lines=[LineShape(account=line.code, amount=line.amount) for line in entry.lines.all()],
    )


def title_of(code: str) -> Words:
    """The title of the account that a part belongs to."""
    account = ACCOUNTS[split_code(code)[0]]
    return Words(ja=account.title("ja"), en=account.title("en"))
