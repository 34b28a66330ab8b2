"""The steps from the contract to the decision, and how far a claim is."""

from django.utils.translation import gettext

from dosojin_web.components.shapes import Progress, Step


def list_steps(current: int, contract_address: str = "") -> list[Step]:
    """The four steps; those before ``current`` (from 0) are done."""
    labels = [
        (gettext("The contract"), contract_address),
        (gettext("What happened"), ""),
        (gettext("Questions and receipts"), ""),
        (gettext("The decision and its reasons"), ""),
    ]
    progress = [Progress.DONE, Progress.CURRENT, Progress.TODO]
    return [
        Step(label, progress[(place >= current) + (place > current)], address=address)
        for place, (label, address) in enumerate(labels)
    ]
