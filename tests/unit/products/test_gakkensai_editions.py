"""The issued wordings of the family hang together: ids, figures, readings, sources, titles."""

from __future__ import annotations

import re

import pytest

from dosojin.adjudication.catalogue import load_edition, plan_ids, plan_sums
from dosojin.facts.declaration import Fact, Kind
from dosojin.facts.expressions import any_of
from dosojin.facts.lines import LINE_FACTS
from dosojin.terms.clauses import Role
from dosojin.terms.editions import Edition
from dosojin.terms.lower_edition import lower
from dosojin.terms.money_tree import AllTogether, Graded, Lines, Part
from dosojin.terms.wording import clauses_of, figures_in, nodes_of, reading_of

EDITIONS = ("gakkensai-2026", "gakkensai-2025")
HEALTH = {
    "accidental_death": "accidental_death",
    "disability": "disability",
    "sickness_death": "sickness_death",
    "medical": "medical_rescue",
    "rescue": "medical_rescue",
    "preexisting_medical": "preexisting_emergency",
    "preexisting_rescue": "preexisting_emergency",
    "dental": "dental",
}


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_edition(request.param)


def exclusions_of(edition: Edition, part: str) -> set[str]:
    """The names after ".x." of the exclusions of a part."""
    found = [
        clause.id
        for benefit in edition.benefits
        for name, role, clause in clauses_of(benefit)
        if role is Role.EXCLUDES and name == part
    ]
    assert all(id.startswith(f"{part}.x.") for id in found)
    return {id.rsplit(".", 1)[-1] for id in found}


def parts_of(edition: Edition) -> dict[str, Part]:
    return {
        node.id: node
        for benefit in edition.benefits
        for node in nodes_of(benefit)
        if isinstance(node, Part)
    }


def test_clause_ids_are_unique(edition: Edition) -> None:
    ids = [clause.id for b in edition.benefits for _, _, clause in clauses_of(b)]
    assert sorted(ids) == sorted(set(ids))


def test_the_edition_lowers(edition: Edition) -> None:
    """Lowering refuses two nodes with one id, and `paid` of a node that is not there."""
    lowered = lower(edition)
    assert len(lowered.benefits) == len(edition.benefits)


def test_every_reading_says_its_figures_in_both_languages(edition: Edition) -> None:
    for benefit in edition.benefits:
        for _, _, clause in clauses_of(benefit):
            text = reading_of(clause)
            assert text.ja and text.en and "{" not in text.ja + text.en, clause.id
        for node in nodes_of(benefit):
            text = reading_of(node)
            assert "{" not in text.ja + text.en, node.id
            if not isinstance(node, (Lines, AllTogether)):
                assert text.ja and text.en, node.id


def test_both_languages_name_the_same_figures(edition: Edition) -> None:
    for benefit in edition.benefits:
        for _, _, clause in clauses_of(benefit):
            named = [set(re.findall(r"{(\w+)}", t)) for t in (clause.reading.ja, clause.reading.en)]
            assert named[0] == named[1], clause.id


def test_every_clause_and_node_has_a_source(edition: Edition) -> None:
    seen = re.compile(r"00[34] l\.\d+|not in the seeds")
    for benefit in edition.benefits:
        for _, _, clause in clauses_of(benefit):
            assert seen.search(clause.source), clause.id
        for node in nodes_of(benefit):
            if not isinstance(node, (Lines, AllTogether)):
                assert seen.search(node.source), node.id
    for figure in edition.figures.values():
        assert seen.search(figure.source), figure.id


def test_every_figure_is_read(edition: Edition) -> None:
    read = {
        figure.id
        for benefit in edition.benefits
        for thing in (
            *nodes_of(benefit),
            *(clause for _, _, clause in clauses_of(benefit)),
        )
        for figure in figures_in(thing)
    }
    assert set(edition.figures) - read == set()


def test_facts_and_their_words_have_titles(edition: Edition) -> None:
    facts = (*edition.facts, *edition.line_facts)
    assert len({(fact.owner, fact.name) for fact in facts}) == len(facts)
    for fact in facts:
        assert fact.title.ja and fact.title.en and fact.ask.ja and fact.ask.en, fact.name
        for word in fact.choices or ():
            assert word.title.ja and word.title.en
    for family in (edition.categories, edition.proofs):
        for word in family:
            assert word.title.ja and word.title.en


def test_facts_and_documents_name_papers_that_exist(edition: Edition) -> None:
    known = {proof.value for proof in edition.proofs}
    for fact in edition.facts:
        assert set(map(str, fact.proof)) <= known, fact.name
    for benefit in edition.benefits:
        assert {document.id for document in benefit.documents} <= known, benefit.id


def test_every_fact_of_the_lowered_form_is_declared(edition: Edition) -> None:
    """A fact that a clause reads but the edition does not list would have no question."""
    declared = {(fact.owner.value, fact.name) for fact in (*edition.facts, *edition.line_facts)}
    read = {(variable.owner, variable.name) for variable in lower(edition).variables}
    assert read <= declared


def test_every_category_taken_is_known_and_every_line_fact_is_carried(edition: Edition) -> None:
    known = {cost.value for cost in edition.categories}
    for benefit in edition.benefits:
        for node in nodes_of(benefit):
            if isinstance(node, Lines):
                assert set(node.categories) <= known, node.id
    assert set(LINE_FACTS) <= set(edition.line_facts)


def test_the_plans_insure_what_the_edition_knows(edition: Edition) -> None:
    for plan in plan_ids(edition.id):
        assert set(plan_sums(edition.id, plan)) <= set(edition.sums), plan


def test_health_parts_stand_in_their_benefits(edition: Edition) -> None:
    for part, benefit_id in HEALTH.items():
        homes = [
            benefit.id
            for benefit in edition.benefits
            for node in nodes_of(benefit)
            if isinstance(node, Part) and node.id == part
        ]
        expected = [] if part == "dental" and edition.id == "gakkensai-2026" else [benefit_id]
        assert homes == expected, part


FAULT = {"wilful_act", "gross_negligence", "payee_fault"}
VIOLENCE = {"war", "radiation"}
DRIVING = {"unlicensed_driving", "drunk_driving", "drugged_driving"}
FIGHT = {"fight", "suicide", "crime"}
INJURY_CAUSES = {"brain_disease", "insanity", "pregnancy_caused_it"}
TREATMENT = {
    *FAULT,
    *VIOLENCE,
    *DRIVING,
    *FIGHT,
    "dental",
    "injury_outside_trip",
    "illness_before_trip",
    "no_objective_findings",
    "dangerous_sport",
    "mountaineering_altitude",
}
PREEXISTING = {
    *FAULT,
    *VIOLENCE,
    *FIGHT,
    "pregnancy",
    "dental",
    "treated_after_trip",
    "treatment_was_purpose",
    "treatment_prearranged",
    "extended_part",
}
ACCIDENTS = {
    *FAULT,
    *VIOLENCE,
    *DRIVING,
    *FIGHT,
    *INJURY_CAUSES,
    "injury_outside_trip",
    "dangerous_sport",
}
TABLE = {
    "accidental_death": ACCIDENTS,
    "disability": ACCIDENTS,
    "sickness_death": {
        *FAULT,
        *VIOLENCE,
        *FIGHT,
        "pregnancy",
        "dental",
        "mountaineering_altitude",
    },
    "medical": {*TREATMENT, "pregnancy"},
    "rescue": TREATMENT,
    "preexisting_medical": PREEXISTING,
    "preexisting_rescue": PREEXISTING,
}


@pytest.mark.parametrize("part", TABLE)
def test_a_health_part_excludes_what_its_column_of_the_table_says(
    edition: Edition, part: str
) -> None:
    assert exclusions_of(edition, part) == TABLE[part]


def test_dental_treatment_has_its_own_exclusions() -> None:
    assert exclusions_of(load_edition("gakkensai-2025"), "dental") == {
        *FAULT,
        *VIOLENCE,
        *FIGHT,
        "drugs",
        "illness_before_trip",
        "waiting_period",
    }


def test_terrorism_restores_war_and_the_rider_restores_sports_and_altitude(
    edition: Edition,
) -> None:
    for name, part in parts_of(edition).items():
        for clause in part.excludes:
            restores = [restore.id for restore in clause.restored_by]
            if clause.id.endswith(".x.war"):
                assert f"{name}.r.terrorism" in restores, clause.id
            if name in HEALTH and clause.id.endswith((".dangerous_sport", "_altitude")):
                assert restores and restores[0].startswith(f"{name}.r.special_hazard")


def test_only_the_edition_of_2025_lists_designated_infections_and_repairs_limbs() -> None:
    texts = {}
    for id in EDITIONS:
        benefits = {benefit.id: benefit for benefit in load_edition(id).benefits}
        clauses = {c.id: c for _, _, c in clauses_of(benefits["medical_rescue"])}
        texts[id] = (
            "designated" in clauses["medical.3"].reading.en,
            "medical.prosthesis_by_injury" in clauses,
        )
    assert texts == {"gakkensai-2026": (False, False), "gakkensai-2025": (True, True)}


def test_the_age_limit_of_disability_is_only_in_the_edition_of_2026() -> None:
    limits = {
        id: node.worst_only
        for id in EDITIONS
        for benefit in load_edition(id).benefits
        for node in nodes_of(benefit)
        if isinstance(node, Graded)
    }
    assert limits["gakkensai-2025"] == any_of()
    assert limits["gakkensai-2026"] != any_of()


def test_both_editions_take_the_same_words() -> None:
    """So that a claim can be tried on the other edition as it stands."""
    one, other = (load_edition(id) for id in EDITIONS)
    assert one.facts == other.facts
    assert one.line_facts == other.line_facts
    assert dict(one.sums) == dict(other.sums)


def test_sums_are_facts_of_the_certificate(edition: Edition) -> None:
    for id, fact in edition.sums.items():
        assert isinstance(fact, Fact)
        assert fact.owner.value == "policy"
        assert (fact.kind is Kind.FLAG) == (id == "flight_delay")
