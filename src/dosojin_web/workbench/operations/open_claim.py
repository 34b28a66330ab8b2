"""Opens a new claim on a contract."""

from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.read_contract import Contract


def open_claim(contract: Contract) -> ClaimDraft:
    """A claim that says nothing yet but which contract it is made on."""
    return ClaimDraft.objects.create(
        claim={
            "product": contract.edition,
            "plan": contract.plan,
            "policy": {
                "inception": contract.inception.isoformat(),
                "expiry": contract.expiry.isoformat(),
            },
            "facts": {},
            "expenses": [],
        }
    )
