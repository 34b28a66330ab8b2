"""What is read before enrolling: the words of the student's own edition, and no others."""

import pytest

from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.mapping import default_product, product_ids

THIS_YEAR, YEAR_BEFORE = "gakkensai-2026", "gakkensai-2025"


def ids_of(product: str) -> list[str]:
    return [matter.id for matter in load_important_matters(product).matters]


def text_of(product: str, id: str) -> str:
    return {each.id: each.text_en for each in load_important_matters(product).matters}[id]


def test_injuries_go_to_the_desk_of_the_university_under_the_brochure_of_2025_alone() -> None:
    """004 l.1238-1241; the flyer of 2026 says nothing of it, nor is its consent asked for."""
    assert "gakkensai" in ids_of(YEAR_BEFORE)
    assert "gakkensai" not in ids_of(THIS_YEAR)


def test_each_edition_has_a_digest_of_its_own_words() -> None:
    digests = {load_important_matters(product).digest for product in (THIS_YEAR, YEAR_BEFORE)}
    assert len(digests) == 2
    assert all(len(digest) == 64 for digest in digests)


def test_without_an_edition_it_is_the_one_that_is_sold() -> None:
    assert load_important_matters() == load_important_matters(default_product())


def test_every_edition_that_a_matter_names_exists() -> None:
    known = set(product_ids())
    for product in (THIS_YEAR, YEAR_BEFORE):
        for matter in load_important_matters(product).matters:
            assert matter.editions <= known, matter.id


@pytest.mark.parametrize("product", [THIS_YEAR, YEAR_BEFORE])
def test_it_says_first_who_can_be_insured(product: str) -> None:
    """003 l.22: in 学研災, and on a study trip that the university approved."""
    assert ids_of(product)[0] == "eligibility"
    said = text_of(product, "eligibility")
    assert "学研災" in said and "approved" in said and "you declare" in said


@pytest.mark.parametrize("product", [THIS_YEAR, YEAR_BEFORE])
def test_it_says_what_the_agency_can_bind(product: str) -> None:
    """004 l.1302-1303."""
    assert "directly with the insurers" in text_of(product, "agency")
