"""Decisions over HTTP: the same as the engine's, with what the cited clauses say."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from dosojin_web.api.endpoints.decisions import EXAMPLE
from dosojin_web.api.mapping import decide_claim

from .conftest import Post

JUNK: list[Any] = [None, True, -1, 1.5, 10**40, "", "\x00", "x" * 300, [], {}, [[]], {"a": 1}]


def test_a_decision_cites_its_clauses_in_words(post: Post) -> None:
    response = post("decisions", EXAMPLE)
    found = response.json()
    assert response.status_code == 200, found
    assert found["decision"]["payable"]["hi"] is not None
    cited = {id for benefit in found["decision"]["benefits"] for id in benefit["cites"]}
    assert cited and cited == {citation["id"] for citation in found["citations"]}
    assert all(citation["text"]["ja"] and citation["source"] for citation in found["citations"])


def test_flow_keeps_the_names_of_decision_files(post: Post) -> None:
    benefit = post("decisions", EXAMPLE).json()["decision"]["benefits"][0]
    assert {"in", "out", "from"} <= set(benefit["flow"][0])


def test_it_is_the_engines_decision(post: Post) -> None:
    direct = decide_claim(json.dumps(EXAMPLE).encode(), True)
    assert post("decisions", EXAMPLE).json()["decision"] == direct["decision"]


def test_questions_can_be_left_out(post: Post) -> None:
    assert post("decisions", EXAMPLE).json()["decision"]["questions"]
    assert post("decisions?questions=false", EXAMPLE).json()["decision"]["questions"] == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"product": "nowhere"}, "product"),
        ({"plan": "Z"}, "plan"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"facts": {"caus": "injury"}}, "facts.caus"),
        ({"expenses": [{"category": "nothing", "amount": 1}]}, "expenses[0].category"),
    ],
)
def test_problems_name_their_place(post: Post, change: dict[str, Any], place: str) -> None:
    response = post("decisions", EXAMPLE | change)
    assert response.status_code == 422
    assert response.json()["problems"][0]["place"] == place


def test_a_key_that_stands_twice_is_refused(post: Post) -> None:
    response = post("decisions", '{"product": "gakkensai-2026", "product": "gakkensai-2025"}')
    assert response.json()["problems"][0]["code"] == "key.twice"


def test_yaml_is_not_taken(post: Post) -> None:
    assert post("decisions", "{product: gakkensai-2026}").status_code == 422


def test_nothing_that_is_sent_fails(post: Post) -> None:
    """Claims with one value replaced by junk, at every place: a decision or a 422."""
    dice = random.Random(4)
    places = [path for path in paths_in(EXAMPLE) if path]
    for path in places:
        for junk in [*JUNK, dice.choice(JUNK)]:
            response = post("decisions?questions=false", replaced(EXAMPLE, path, junk))
            assert response.status_code in (200, 422), (path, junk, response.text)


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value, the whole first."""
    if isinstance(value, dict):
        inner = list(value.items())
    else:
        inner = list(enumerate(value)) if isinstance(value, list) else []
    return [path, *(found for key, below in inner for found in paths_in(below, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """The value with another one at the path."""
    if not path:
        return junk
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], junk)
    return copy
