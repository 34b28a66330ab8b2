"""Clauses: what the wording says, one situation at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import Expression, as_expression
from dosojin.values.text import Text


class Role(StrEnum):
    GRANTS = "grants"
    EXCLUDES = "excludes"
    RESTORES = "restores"
    LIMITS = "limits"


class Status(StrEnum):
    """How far the program answers the clause by itself."""

    CODED = "coded"
    HUMAN = "human"
    """a person judges; the judgement enters as a fact"""
    NOT_MODELLED = "not_modelled"


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the wording, as a test.

    id: unique in the edition ("rescue.2", "medical.x.war"). reading: plain words, with
    {figure_name} for figures that the test reads. source: "003 l.865". unreachable: why no
    published plan can make it fire, or None. restored_by: clauses that lift this exclusion.
    """

    id: str
    test: Expression
    reading: Text
    source: str
    status: Status = Status.CODED
    unreachable: Text | None = None
    restored_by: tuple[Clause, ...] = ()
    why: str | None = None


def clause(
    id: str,
    test: Expression | Fact,
    *,
    ja: str,
    en: str,
    source: str,
    status: Status = Status.CODED,
    unreachable: Text | None = None,
    restored_by: tuple[Clause, ...] = (),
    why: str | None = None,
) -> Clause:
    """Writes a clause; `why` names the page in docs/why that explains a decision (D1…)."""
    return Clause(
        id, as_expression(test), Text(ja, en), source, status, unreachable, restored_by, why
    )
