"""`dosojin show` prints the wording page of an edition or of one benefit."""

from __future__ import annotations

import json

import pytest

from dosojin.adjudication.catalogue import load_edition
from dosojin.cli.main import main

Captured = pytest.CaptureFixture[str]


def test_one_benefit_for_people(capsys: Captured) -> None:
    assert main(["show", "gakkensai-2026", "--benefit", "accidental_death", "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "1. Accidental death (accidental_death)" in page
    assert "accidental_death.x.war · exclusion · coded" in page
    assert "lifted by accidental_death.r.terrorism" in page
    assert "within 180 days" in page
    assert "docs/why/D16" in page
    assert "common.death_days = 180 days" in page
    assert "2. " not in page


def test_every_clause_is_on_the_page(capsys: Captured) -> None:
    from dosojin.terms.lint.contents import clauses_in

    assert main(["show", "gakkensai-2025", "--lang", "ja"]) == 0
    page = capsys.readouterr().out
    for entry in clauses_in(load_edition("gakkensai-2025")):
        assert f"    {entry.clause.id} · " in page, entry.clause.id


def test_for_programs(capsys: Captured) -> None:
    command = ["show", "gakkensai-2026", "--benefit", "personal_effects", "--json"]
    assert main(command) == 0
    content = json.loads(capsys.readouterr().out)
    (benefit,) = content["benefits"]
    clauses = {clause["id"]: clause for clause in benefit["clauses"]}
    assert clauses["personal_effects.x.wilful_act"]["status"] == "human"
    assert clauses["personal_effects.theft_limited"]["unreachable"]["en"]
    seizure = clauses["personal_effects.x.seizure"]
    assert "personal_effects.r.seizure_lock_check" in seizure["restored_by"]
    assert clauses["personal_effects.x.left_or_lost"]["cases"] >= 1
    first = benefit["outline"][0]
    assert (first["kind"], first["depth"]) == ("part", 0)
    figures = {figure["id"]: figure for figure in benefit["figures"]}
    assert figures["personal_effects.item_max"]["value"] == 100_000


def test_a_benefit_that_does_not_exist(capsys: Captured) -> None:
    assert main(["show", "gakkensai-2026", "--benefit", "baggage", "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert "--benefit" in captured.err and "baggage_delay" in captured.err


def test_no_edition_named(capsys: Captured) -> None:
    assert main(["show", "--lang", "en"]) == 2
    assert "gakkensai-2026" in capsys.readouterr().err
