"""The records of a scheme, from its master policy to the last endorsement.

In:  what the operations decide.
Out: tables. Entries and versions are never edited; a record that has a state keeps the entries
     that led to it beside it.
Never: a premium worked out here, or a state set without an entry.
"""

from .applications import Application, ApplicationEntry, ApplicationState, Referral, ReferralState
from .certificates import AutomaticExtension, Certificate, CertificateVersion, VersionKind
from .changes import ChangeEntry, ChangeKind, ChangeRequest, ChangeState
from .members import Member, RosterState, RosterUpload, UntakenRow
from .programmes import Programme, ProgrammeEntry, ProgrammeState
from .schemes import CoinsuranceShare, MasterPolicy
from .transfers import TransferDue, TransferEntry, TransferState

__all__ = [
    "Application",
    "ApplicationEntry",
    "ApplicationState",
    "AutomaticExtension",
    "Certificate",
    "CertificateVersion",
    "ChangeEntry",
    "ChangeKind",
    "ChangeRequest",
    "ChangeState",
    "CoinsuranceShare",
    "MasterPolicy",
    "Member",
    "Programme",
    "ProgrammeEntry",
    "ProgrammeState",
    "Referral",
    "ReferralState",
    "RosterState",
    "RosterUpload",
    "TransferDue",
    "TransferEntry",
    "TransferState",
    "UntakenRow",
    "VersionKind",
]
