"""Approvals, profiles of authority and referrals as rows of tables."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.accounts.roles import Role
from dosojin_web.authority.models import Approval, AuthorityProfile, Outcome
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.payments.operations.transfer_refund import ACT as TRANSFER
from dosojin_web.policies.disclosure import Hazard
from dosojin_web.policies.models import Referral, ReferralState
from dosojin_web.policies.operations.answer_referral import ACT as LOADING
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen
from dosojin_web.templatetags.portals import japan_time

REFERRAL_MARKS = {
    ReferralState.OPEN: "referred",
    ReferralState.PROPOSED: "requested",
    ReferralState.QUOTED: "done",
    ReferralState.REFUSED: "refused",
}
WORK = "work"
"""How a referral names dangerous work beside the kinds of sport."""
ACTS: dict[str, str | Promise] = {
    LOADING: gettext_lazy("Quoting a loading"),
    TRANSFER: gettext_lazy("Refund by bank transfer"),
}


def approval_columns() -> list[Column]:
    """Heads of ``approval_rows``."""
    heads = [gettext("Act"), gettext("State"), gettext("Amount"), gettext("Asked for by")]
    return [*map(Column, heads), Column(gettext("Checked by"))]


def approval_rows(approvals: Sequence[Approval]) -> list[TableRow]:
    """One row for each approval, its decision fetched before."""
    return [_approval(approval) for approval in approvals]


def _approval(approval: Approval) -> TableRow:
    decision = getattr(approval, "decision", None)
    if decision is None:
        state, checked = Cell(gettext("Waiting for a second person"), state="requested"), Cell()
    else:
        mark = "done" if decision.outcome == Outcome.APPROVED else "refused"
        state = Cell(decision.get_outcome_display(), state=mark, note=decision.reason)
        checked = Cell(decision.checked_by.username, note=japan_time(decision.decided_at))
    return TableRow(
        (
            Cell(_word_act(approval.act), note=approval.about),
            state,
            Cell(yen=approval.amount, note=approval.reason),
            Cell(approval.made_by.username, note=japan_time(approval.made_at)),
            checked,
        )
    )


def profile_columns() -> list[Column]:
    """Heads of ``profile_rows``."""
    heads = [gettext("Role"), gettext("Organisation"), gettext("Act"), gettext("From")]
    return [*map(Column, heads), Column(gettext("Up to"), amount=True)]


def profile_rows(profiles: Sequence[AuthorityProfile]) -> list[TableRow]:
    """One row for each profile, its organisation fetched before."""
    return [_profile(profile) for profile in profiles]


def _profile(profile: AuthorityProfile) -> TableRow:
    if not profile.granted:
        limit = Cell(gettext("Authority ended"))
    elif profile.amount_max is None:
        limit = Cell(gettext("Any amount"))
    else:
        limit = Cell(yen(profile.amount_max))
    organisation = profile.organisation.name if profile.organisation else gettext("All of them")
    return TableRow(
        (
            Cell(str(Role(profile.role).label)),
            Cell(organisation),
            Cell(_word_act(profile.act), note=profile.act),
            Cell(civil_day(profile.begins_on)),
            limit,
        )
    )


def referral_columns() -> list[Column]:
    """Heads of ``referral_rows``."""
    heads = [gettext("Referral"), gettext("State"), gettext("Hazards"), gettext("Loading")]
    return [*map(Column, heads), Column(gettext("Answered by"))]


def referral_rows(referrals: Sequence[Referral]) -> list[TableRow]:
    """One row for each referral, its member and who answered fetched before."""
    return [_referral(referral) for referral in referrals]


def _referral(referral: Referral) -> TableRow:
    loading = Cell() if referral.loading is None else Cell(yen=referral.loading)
    answered = Cell()
    if referral.answered_by and referral.answered_at:
        answered = Cell(referral.answered_by.username, note=japan_time(referral.answered_at))
    state = ReferralState(referral.state)
    member = referral.application.member
    return TableRow(
        (
            Cell(member.student_number, note=japan_time(referral.asked_at)),
            Cell(str(state.label), state=REFERRAL_MARKS[state], note=referral.reason),
            Cell("、".join(map(_hazard, referral.hazards))),
            loading,
            answered,
        )
    )


def _hazard(hazard: str) -> str:
    if hazard == WORK:
        return gettext("Dangerous work")
    return str(Hazard(hazard).label) if hazard in Hazard else hazard


def _word_act(act: str) -> str:
    return str(ACTS.get(act, act))
