"""Which papers a benefit asks for."""

from __future__ import annotations

from dosojin.facts.expressions import Expression
from dosojin.products.gakkensai.proofs import Proof
from dosojin.terms.editions import Document

ALWAYS = (Proof.CLAIM_FORM, Proof.CERTIFICATE, Proof.PASSPORT)


def papers(*proofs: Proof, when: Expression | None = None) -> tuple[Document, ...]:
    """These papers; with `when`, only for claims for which it may hold."""
    return tuple(Document(proof.value, proof.title, when) for proof in proofs)
