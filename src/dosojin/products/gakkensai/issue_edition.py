"""Puts an edition together: identity and figures from its TOML, benefits in wording order."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.facts.alteration import ALTERATION_CHECKS
from dosojin.products.gakkensai.facts.checks import BODY_CHECKS
from dosojin.products.gakkensai.facts.policy import (
    RIDER_EFFECTS,
    SUMS,
    policy_expiry,
    policy_inception,
    riders,
)
from dosojin.products.gakkensai.facts.vocabulary import FACTS, FACTS_OF_A_LINE
from dosojin.products.gakkensai.proofs import Proof
from dosojin.terms.editions import Benefit, Edition, Figures, figures_of
from dosojin.values.text import Text


def read_terms(name: str) -> Mapping[str, Any]:
    """The parsed TOML of this folder, "edition_2026.toml"."""
    file = resources.files("dosojin.products.gakkensai") / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def sections_of(terms: Mapping[str, Any]) -> Callable[[str], Figures]:
    """Gives the figures of a section of the TOML by its name."""
    table = figures_of(terms)
    return lambda section: Figures(section, table)


def issue_edition(terms: Mapping[str, Any], benefits: tuple[Benefit, ...]) -> Edition:
    """The edition whose identity and figures `terms` hold; benefits in wording order."""
    identity = terms["edition"]
    return Edition(
        id=identity["id"],
        revision=identity["revision"],
        title=Text(identity["title"]["ja"], identity["title"]["en"]),
        family=identity["family"],
        facts=FACTS,
        line_facts=FACTS_OF_A_LINE,
        categories=Cost,
        benefits=benefits,
        checks=(*BODY_CHECKS, *ALTERATION_CHECKS),
        figures=figures_of(terms),
        proofs=Proof,
        sums=SUMS,
        policy_start=policy_inception,
        policy_end=policy_expiry,
        riders=riders,
        rider_effects=RIDER_EFFECTS,
    )
