"""Figures come from the edition's TOML by section; what all sections share is "common"."""

from __future__ import annotations

import pytest

from dosojin.facts.expressions import Figure
from dosojin.terms.editions import Figures, figures_of

TOML = {
    "figures": {
        "common": {"death_days": {"value": 180, "unit": "days", "source": "003 l.1"}},
        "rescue": {
            "rescuers_max": {"value": 3, "unit": "persons", "source": "003 l.2"},
            "death_days": {"value": 30, "unit": "days", "source": "003 l.3"},
        },
    }
}
TABLE = figures_of(TOML)


def test_every_figure_has_its_unit_and_source() -> None:
    assert TABLE["rescue.rescuers_max"] == Figure("rescue.rescuers_max", 3, "persons", "003 l.2")
    assert len(TABLE) == 3


def test_a_section_is_asked_before_what_all_share() -> None:
    assert Figures("rescue", TABLE).death_days.value == 30
    assert Figures("medical", TABLE).death_days.value == 180


def test_a_figure_that_is_nowhere_is_named() -> None:
    with pytest.raises(AttributeError, match=r"no figure medical\.rescuers_max"):
        _ = Figures("medical", TABLE).rescuers_max


def test_a_variation_between_editions_is_asked_of_the_section_itself() -> None:
    assert Figures("rescue", TABLE).has("death_days")
    assert not Figures("medical", TABLE).has("death_days")


def test_an_edition_without_figures_has_none() -> None:
    assert figures_of({}) == {}
