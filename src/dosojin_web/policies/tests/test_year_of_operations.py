"""A random year of enrolments, changes, payments and refunds: the books hold at every step.

Whatever order things happen in: the trial balance is zero; what each co-insurer has a right to is,
for each certificate, its share of that certificate's premium; what is owed back is what was
promised and not yet paid; the bordereaux of all months and insurers add up to all premiums.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.ledger.balances import balances_by_reference, trial_balance
from dosojin_web.ledger.split import split_yen
from dosojin_web.policies.bookings import book_surplus
from dosojin_web.policies.bordereau import make_bordereau, months_until
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import JAPAN, day_in_japan
from dosojin_web.policies.mapping import quote_plans
from dosojin_web.policies.models import Certificate, ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.models.schemes import SHARES_TOTAL
from dosojin_web.policies.operations.answer_application import (
    acknowledge_matters,
    choose_plan,
    disclose,
)
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.decide_change import (
    confirm_change,
    lapse_change,
    refuse_change,
    review_extension,
)
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.request_change import (
    request_early_end,
    request_extension,
    withdraw_change,
)
from dosojin_web.policies.operations.submit_application import submit_application, tariff_premium
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import latest_version

from .conftest import NOTHING_SPECIAL, World, add_member

START = datetime(2027, 4, 1, 12, tzinfo=JAPAN)
PROXY = Proxy("代理", "母", "+81311112222", "")
accounts = st.sampled_from(["card-clearing", "bank"])


class Year(RuleBasedStateMachine):
    """What people do in a year, at random; ``world`` is set before the machine runs."""

    world: World
    certificates: Bundle[Certificate] = Bundle("certificates")
    changes: Bundle[ChangeRequest] = Bundle("changes")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = START
        self.students = 100
        self.surplus = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for change in ChangeRequest.objects.filter(
            kind=ChangeKind.EXTENSION, state__in=OPEN_STATES
        ):
            if day_in_japan(self.now) > latest_version(change.certificate).expiry:
                lapse_change(change, self.world.agency.actor, self.now)

    @rule(
        target=certificates,
        days_ahead=st.integers(10, 60),
        days=st.integers(1, 364),
        place=st.integers(0, 5),
        account=accounts,
    )
    def enrol(self, days_ahead: int, days: int, place: int, account: str) -> Certificate:
        departs = day_in_japan(self.now) + timedelta(days=days_ahead)
        returns = departs + timedelta(days=days - 1)
        self.students += 1
        member = add_member(self.world.programme, self.students, departs, returns)
        actor, now = self.world.actor, self.now
        filled = open_application(member, actor, now)
        offers = quote_plans(self.world.scheme.master.product, departs, returns)
        plan = offers[place % len(offers)].plan
        filled = choose_plan(filled, plan, filled.version, actor, now)
        digest = load_important_matters().digest
        filled = acknowledge_matters(filled, digest, filled.version, actor, now)
        filled = disclose(filled, NOTHING_SPECIAL, filled.version, actor, now)
        confirm_and_agree(filled, actor, now)
        filled = submit_application(filled, filled.version, tariff_premium(filled), actor, now)
        return enrol_student(filled, f"receipt-{self.students}", account, now)

    @rule(target=changes, certificate=certificates, days=st.integers(1, 400))
    def ask_to_extend(self, certificate: Certificate, days: int) -> Any:
        version = latest_version(certificate)
        new_end = version.expiry + timedelta(days=days)
        return self._ask(
            request_extension, certificate, new_end, PROXY, "", version.number,
            self.world.student.actor, self.now,
        )  # fmt: skip

    @rule(
        target=changes,
        certificate=certificates,
        days=st.one_of(st.none(), st.integers(0, 300)),
    )
    def ask_to_end(self, certificate: Certificate, days: int | None) -> Any:
        last_day = None if days is None else day_in_japan(self.now) + timedelta(days=days)
        return self._ask(
            request_early_end, certificate, last_day, "", latest_version(certificate).number,
            self.world.student.actor, self.now,
        )  # fmt: skip

    @rule(change=changes)
    def review(self, change: ChangeRequest) -> None:
        change.refresh_from_db()
        self._try(review_extension, change, change.version, 0, "", self.world.agency.actor)

    @rule(change=changes)
    def confirm(self, change: ChangeRequest) -> None:
        change.refresh_from_db()
        self._try(confirm_change, change, change.version, self.world.policyholder.actor)

    @rule(change=consumes(changes))
    def refuse(self, change: ChangeRequest) -> None:
        change.refresh_from_db()
        self._try(refuse_change, change, change.version, "no", self.world.agency.actor)

    @rule(change=consumes(changes))
    def take_back(self, change: ChangeRequest) -> None:
        self._try(withdraw_change, change, self.world.student.actor)

    @rule(change=changes, account=accounts)
    def pay(self, change: ChangeRequest, account: str) -> None:
        change.refresh_from_db()
        if change.state == ChangeState.AWAITING_PREMIUM:
            complete_change(change, str(change.key), account, self.world.agency.actor, self.now)

    @rule(amount=st.integers(1, 50_000))
    def money_comes_that_nobody_owed(self, amount: int) -> None:
        self.surplus += amount
        key = f"stray-{self.surplus}"
        book_surplus(key, amount, key, "card-clearing", self.world.agency.actor, self.now)

    def _ask(self, ask: Any, *arguments: Any) -> Any:
        try:
            return ask(*arguments)
        except Refused:
            return multiple()

    def _try(self, act: Any, *arguments: Any) -> None:
        with suppress(Refused):
            act(*arguments, self.now)

    @invariant()
    def the_books_balance(self) -> None:
        assert sum(trial_balance().values()) == 0

    @invariant()
    def each_insurer_has_its_share_of_each_premium(self) -> None:
        shares = self.world.scheme.master.shares_in_order
        booked = {insurer: balances_by_reference(f"premium-due:{insurer}") for insurer, _ in shares}
        for certificate in Certificate.objects.all():
            parts = split_yen(latest_version(certificate).premium, shares, SHARES_TOTAL)
            for insurer, part in parts.items():
                assert -booked[insurer].get(certificate.number, 0) == part

    @invariant()
    def what_is_owed_back_was_promised(self) -> None:
        returned = sum(
            -version.premium_change
            for certificate in Certificate.objects.all()
            for version in certificate.versions.all()
            if version.premium_change < 0
        )
        assert -trial_balance().get("refund-payable", 0) == returned + self.surplus

    @invariant()
    def bordereaux_add_up_to_all_premiums(self) -> None:
        master = self.world.scheme.master
        made = [
            make_bordereau(master, insurer, month).share_net
            for month in months_until(master, self.now)
            for insurer in self.world.scheme.insurers
        ]
        premiums = [latest_version(each).premium for each in Certificate.objects.all()]
        assert sum(made) == sum(premiums)


@pytest.mark.django_db
def test_a_year_of_operations(world: World) -> None:
    programme = world.programme
    programme.starts_on, programme.ends_on = date(2027, 4, 1), date(2030, 3, 31)
    programme.save()
    world.scheme.master.last_inception = date(2030, 3, 31)
    world.scheme.master.save()
    Year.world = world
    assert connection.in_atomic_block
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
