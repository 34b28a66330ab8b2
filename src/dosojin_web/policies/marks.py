"""How the states of this slice are drawn: for each, the name of a state of the design system."""

from collections.abc import Mapping

from .models import ChangeState, ProgrammeState, RosterState
from .standing import Standing
from .versions import CertificateState

STANDING_MARKS: Mapping[str, str] = {
    Standing.WITHDRAWN: "cancelled",
    Standing.NOT_INVITED: "todo",
    Standing.INVITED: "invited",
    Standing.APPLYING: "applying",
    Standing.REFERRED: "referred",
    Standing.AWAITING_PAYMENT: "awaiting_payment",
    Standing.REFUSED: "refused",
    Standing.ENROLLED: "enrolled",
    Standing.ON_TRIP: "on_trip",
    Standing.ENDED: "ended",
    Standing.CANCELLED: "cancelled",
}
CERTIFICATE_MARKS: Mapping[str, str] = {
    CertificateState.NOT_BEGUN: "enrolled",
    CertificateState.IN_FORCE: "on_trip",
    CertificateState.ENDED: "ended",
    CertificateState.CANCELLED: "cancelled",
}
CHANGE_MARKS: Mapping[str, str] = {
    ChangeState.REQUESTED: "requested",
    ChangeState.REVIEWED: "requested",
    ChangeState.AWAITING_PREMIUM: "awaiting_payment",
    ChangeState.DONE: "done",
    ChangeState.REFUSED: "refused",
    ChangeState.WITHDRAWN: "cancelled",
    ChangeState.LAPSED: "ended",
}
PROGRAMME_MARKS: Mapping[str, str] = {
    ProgrammeState.DRAFT: "todo",
    ProgrammeState.APPROVED: "done",
    ProgrammeState.WITHDRAWN: "cancelled",
}
ROSTER_MARKS: Mapping[str, str] = {
    RosterState.WAITING: "todo",
    RosterState.READING: "current",
    RosterState.DONE: "done",
    RosterState.REFUSED: "refused",
}
