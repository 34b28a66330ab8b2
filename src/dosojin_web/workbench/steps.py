"""The steps from the contract to the decision, and the pages of a claim."""

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.shapes import Progress, Step


def list_steps(current: int) -> list[Step]:
    """The four steps; those before ``current`` (from 0) are done."""
    labels = [
        gettext("The contract"),
        gettext("What happened"),
        gettext("The costs"),
        gettext("The questions that matter, and the decision"),
    ]
    progress = [Progress.DONE, Progress.CURRENT, Progress.TODO]
    return [
        Step(label, progress[(place >= current) + (place > current)])
        for place, label in enumerate(labels)
    ]


def list_pages(key: str, here: str) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is this one, of each page of a claim."""
    pages = [
        ("claim", gettext("Questions")),
        ("receipts", gettext("Costs")),
        ("decision", gettext("Decision")),
        ("what_if", gettext("What if")),
        ("save", gettext("Save")),
    ]
    return [
        (label, reverse(f"workbench:{name}", args=[key]), name == here) for name, label in pages
    ]
