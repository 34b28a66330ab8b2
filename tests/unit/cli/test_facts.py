"""`dosojin facts` lists what a claim can state."""

from __future__ import annotations

import json

import pytest

from dosojin.cli.main import main

Captured = pytest.CaptureFixture[str]


def test_every_fact_for_programs(capsys: Captured) -> None:
    assert main(["facts", "gakkensai-2026", "--json"]) == 0
    facts = {fact["name"]: fact for fact in json.loads(capsys.readouterr().out)["facts"]}
    cause = facts["cause"]
    assert (cause["place"], cause["type"], cause["owner"]) == (
        "facts.cause", "choice", "occurrence",
    )  # fmt: skip
    assert {choice["id"] for choice in cause["choices"]} >= {"injury", "illness"}
    assert all(choice["title"]["ja"] and choice["title"]["en"] for choice in cause["choices"])
    assert facts["policy_inception"]["place"] == "policy.inception"
    assert facts["sums.medical_rescue"]["place"] == "policy.sums.medical_rescue"
    assert facts["on"]["place"] == "expenses[].on"
    assert "medical_rescue" in cause["benefits"]
    assert facts["admitted_on"]["applies_when"]["en"]


def test_only_what_one_benefit_reads(capsys: Captured) -> None:
    command = ["facts", "gakkensai-2026", "--benefit", "temporary_return", "--json"]
    assert main(command) == 0
    names = [fact["name"] for fact in json.loads(capsys.readouterr().out)["facts"]]
    assert "temporary_return" in names
    assert "cause" not in names


def test_for_people(capsys: Captured) -> None:
    command = ["facts", "gakkensai-2026", "--benefit", "temporary_return", "--lang"]
    assert main([*command, "en"]) == 0
    page = capsys.readouterr().out
    assert "facts.temporary_return · true or false" in page
    assert "Applies when: " in page
    assert "Shown by: " in page
    assert main([*command, "ja"]) == 0
    assert "あてはまる場合：" in capsys.readouterr().out
