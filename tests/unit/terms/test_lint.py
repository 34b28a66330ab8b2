"""Lint finds what is wrong with a wording, and says nothing of one in order."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from dosojin.terms.lint import Finding, lint_edition, literal_findings
from tests.terms.tiny import Cost, care, edition, edition_of, sum_care, text

EXAMPLES = Path(__file__).parents[2] / "terms"
FACTS_READ_ELSEWHERE = {"fact.unread"}
"""A bad example that replaces a grant or an exclusion leaves the fact it read before unread."""


def examples(kind: str) -> list[str]:
    return sorted(path.stem for path in (EXAMPLES / kind).glob("[a-z]*.py"))


def example(kind: str, name: str) -> ModuleType:
    return import_module(f"tests.terms.{kind}.{name}")


@pytest.mark.parametrize("name", examples("good"))
def test_a_wording_in_order_has_no_findings(name: str) -> None:
    assert lint_edition(example("good", name).EDITION) == ()


@pytest.mark.parametrize("name", examples("bad"))
def test_what_is_wrong_is_found_at_its_place(name: str) -> None:
    module = example("bad", name)
    code, place = module.EXPECTED
    found = lint_edition(module.EDITION)
    at = {finding.place.removeprefix("tiny-1: ") for finding in found if finding.code == code}
    assert place in at, [finding.in_("en") for finding in found]
    assert {finding.code for finding in found} <= {code} | FACTS_READ_ELSEWHERE


def test_every_finding_says_what_to_do_in_both_languages() -> None:
    for name in examples("bad"):
        for finding in lint_edition(example("bad", name).EDITION):
            for said in (finding.message, finding.remedy):
                assert said.ja.strip() and said.en.strip(), finding


def test_the_same_receipts_in_benefits_that_no_plan_carries_together() -> None:
    from dosojin.facts.declaration import Kind, Owner
    from dosojin.facts.expressions import Constant
    from dosojin.terms.editions import Benefit
    from dosojin.terms.money_tree import lines
    from tests.terms.tiny import ALL_FACTS, fact

    sum_other = fact("sums.other", Kind.YEN, Owner.POLICY, unit="yen", least=0)
    one = edition(care(lines(*Cost))).benefits[0]
    money = lines(Cost.FARE, id="other.fare")
    other = Benefit("other", text("other"), "000 l.1", sum_other >= Constant(1, "yen"), money)
    both = edition_of(
        one, other, facts=(*ALL_FACTS, sum_other), sums={"care": sum_care, "other": sum_other}
    )
    assert [finding.code for finding in lint_edition(both)] == ["receipt.paid_twice"]
    apart = (frozenset({"care"}), frozenset({"other"}))
    assert lint_edition(both, plans=apart) == ()
    together = (frozenset({"care", "other"}),)
    assert [finding.code for finding in lint_edition(both, plans=together)]


def test_a_category_that_a_sibling_takes_is_left_out_deliberately() -> None:
    from dosojin.terms.money_tree import lines

    narrow = edition(care(lines(Cost.CARE, Cost.FARE)))
    wide = edition(care(lines(*Cost)))
    assert lint_edition(narrow, [wide]) == ()


def test_figures_in_clause_modules() -> None:
    def found(code: str) -> list[Finding]:
        return list(literal_findings(code, "benefits/rescue.py"))

    assert [finding.place for finding in found("x = 0\nlimit(300_000)\n")] == [
        "benefits/rescue.py:2"
    ]
    assert not found("clause(days >= f.days_min, True, 0, 1)")
