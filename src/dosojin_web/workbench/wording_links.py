"""Addresses of clauses on the wording page."""

from django.urls import reverse

from dosojin_web.components.shapes import Citation


def wording_address(product: str, id: str) -> str:
    """Where a clause or a figure of an edition stands."""
    return f"{reverse('workbench:wording', args=[product])}#{id}"


def cite(product: str, id: str) -> Citation:
    """A chip that leads there."""
    return Citation(id, wording_address(product, id))
