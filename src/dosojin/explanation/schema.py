"""The JSON Schema (2020-12) of claim files, written from the fact declarations of an edition.

It takes the shapes that reading a claim takes. What only reading can refuse (a date that does not
exist, a currency without a rate, facts that contradict each other) is not in a schema's power.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dosojin.adjudication.catalogue import load_edition, load_lowered, plan_ids
from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.read_claim import LINES_MAX, STATUSES
from dosojin.adjudication.read_values import UNKNOWN
from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.terms.editions import Edition
from dosojin.values.money import YEN_MAX
from dosojin.values.text import Language

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_DATE = r"\d{4}-\d\d-\d\d"
_DAY = rf"^{_DATE}([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$"
_OFFSET = r"^[+-]\d\d:\d\d$"
_DURATION = r"^\d{1,5}:[0-5]\d$"
_DECIMAL = r"^\s*\+?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?\s*$"


def schema_of(product: str, language: Language = "en") -> Schema:
    """The schema of the claims of one edition, titles and questions in one language."""
    return {"$schema": DRAFT, "title": f"{product}", **_claim(product, language)}


def schema_of_all(products: Iterable[str], language: Language = "en") -> Schema:
    """One schema for the claims of several editions; `product` chooses among them."""
    names = list(products)
    return {
        "$schema": DRAFT,
        "title": "Dosojin",
        "type": "object",
        "required": ["product"],
        "properties": {"product": {"enum": names}},
        "allOf": [
            {
                "if": {"required": ["product"], "properties": {"product": {"const": name}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in names
        ],
        "$defs": {name: _claim(name, language) for name in names},
    }


def _claim(product: str, language: Language) -> Schema:
    edition = load_edition(product)
    return _object(
        {
            "product": {"const": product},
            "plan": {"enum": list(plan_ids(product))},
            "as_of": _day(),
            "place_offset": {"anyOf": [{"type": "string", "pattern": _OFFSET}, {"type": "null"}]},
            "policy": _policy(edition, language),
            "facts": _or_null(_facts(edition, language)),
            "expenses": _or_null(
                {"type": "array", "maxItems": LINES_MAX, "items": _line(edition, language)}
            ),
            "rates": _or_null({"type": "object", "additionalProperties": _rate()}),
            "usage": _or_null({"type": "array", "maxItems": LINES_MAX, "items": _usage(product)}),
            "documents": _or_null({"type": "array"}),
            "note": {},
        },
        required=("product", "as_of", "policy"),
    )


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    """A section may be left empty."""
    return {"anyOf": [schema, {"type": "null"}]}


def _policy(edition: Edition, language: Language) -> Schema:
    properties: dict[str, Schema] = {}
    for fact in edition.facts:
        if fact.owner is Owner.POLICY and not fact.name.startswith("sums."):
            properties[fact.name.removeprefix("policy_")] = _fact(fact, language)
    sums = {id: _sum(fact, language) for id, fact in edition.sums.items()}
    properties["sums"] = _or_null(_object(sums))
    return _object(properties, required=("inception", "expiry"))


def _sum(fact: Fact, language: Language) -> Schema:
    schema = _fact(fact, language)
    if fact.kind is Kind.FLAG:
        schema["anyOf"] = [*schema["anyOf"], {"enum": ["included", 0]}]
    return schema


def _facts(edition: Edition, language: Language) -> Schema:
    owners = (Owner.POLICY, Owner.LINE)
    return _object(
        {fact.name: _fact(fact, language) for fact in edition.facts if fact.owner not in owners}
    )


def _fact(fact: Fact, language: Language) -> Schema:
    """A fact with its question; what nobody knows is "unknown"."""
    return {
        "title": fact.title.in_(language),
        "description": fact.ask.in_(language),
        "anyOf": [*_shapes(fact), {"const": UNKNOWN}],
    }


def _shapes(fact: Fact) -> list[Schema]:
    words = [choice.value for choice in fact.choices] if fact.choices is not None else []
    some: Schema = {"type": "array", "items": {"enum": words}}
    match fact.kind:
        case Kind.FLAG:
            return [{"type": "boolean"}, {"enum": ["yes", "no", "true", "false"]}]
        case Kind.CHOICE:
            return [{"enum": words}, _object({"one_of": {**some, "minItems": 1}}, ("one_of",))]
        case Kind.CHOICES:
            return [{"const": "none"}, some, _object({"has": some, "not": some})]
        case Kind.DAY:
            return _or_range(_day())
        case Kind.COUNT:
            return _or_range(_whole(fact, None))
        case Kind.DURATION:
            return _or_range({"type": "string", "pattern": _DURATION})
        case Kind.YEN:
            return [*_or_range(_whole(fact, YEN_MAX)), *_words_for_yen(fact)]
        case Kind.GRADES:
            grade: Schema = {"type": "integer", "minimum": 1, "maximum": 14}
            return [grade, {"type": "array", "items": grade, "minItems": 1}]
        case Kind.PERSONS:
            names = {"type": "array", "items": {"type": "string", "minLength": 1}}
            return [{"const": "none"}, names]


def _or_range(value: Schema) -> list[Schema]:
    return [value, _object({"from": value, "to": value})]


def _whole(fact: Fact, most: int | None) -> Schema:
    highest = [bound for bound in (fact.most, most) if bound is not None]
    schema: Schema = {"type": "integer", "minimum": fact.least or 0}
    return {**schema, "maximum": min(highest)} if highest else schema


def _words_for_yen(fact: Fact) -> list[Schema]:
    if fact.owner is Owner.POLICY:
        return [{"const": "unlimited"}]
    return [{"const": "irreparable"}] if fact.name == "repair_cost" else []


def _day() -> Schema:
    return {"type": "string", "pattern": _DAY}


def _yen() -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": YEN_MAX}


def _foreign() -> Schema:
    """An amount in another currency: a number, or one written as text."""
    return {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": _DECIMAL}]}


def _line(edition: Edition, language: Language) -> Schema:
    """A receipt. Without a currency its amounts are whole yen, or ranges of them."""
    name: Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}
    properties: dict[str, Schema] = {
        "category": {"enum": [choice.value for choice in edition.categories]},
        "amount": {},
        "currency": {"type": "string"},
        "status": {"enum": [*STATUSES, None]},
        "person": name,
        "item": name,
        "note": {},
    }
    in_currency: list[Fact] = []
    for fact in edition.line_facts:
        if fact.kind is Kind.YEN:
            in_currency.append(fact)
            properties.setdefault(fact.name, _titled(fact, language))
        else:
            properties[fact.name] = _fact(fact, language)
    return {
        **_object(properties, required=("category", "amount")),
        "if": {"required": ["currency"], "properties": {"currency": {"not": {"const": "JPY"}}}},
        "then": {"properties": _amounts(in_currency, [_foreign()])},
        "else": {"properties": _amounts(in_currency, _or_range(_yen()))},
    }


def _titled(fact: Fact, language: Language) -> Schema:
    return {"title": fact.title.in_(language), "description": fact.ask.in_(language)}


def _amounts(facts: Iterable[Fact], shapes: Sequence[Schema]) -> Schema:
    found = {"amount": {"anyOf": [*shapes, {"const": UNKNOWN}]}}
    for fact in facts:
        words = [{"const": UNKNOWN}, *_words_for_yen(fact)]
        found.setdefault(fact.name, {"anyOf": [*shapes, *words]})
    return found


def _rate() -> Schema:
    """Yen for one unit, or the least and the most while the rate is not fixed."""
    rate: Schema = {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0},
            {"type": "string", "pattern": _DECIMAL},
        ]
    }
    both: Schema = {"type": "array", "items": rate, "minItems": 2, "maxItems": 2}
    yen: Schema = {"anyOf": [rate, both]}
    properties = {"yen": yen, "on": _day(), "source": {}, "kind": {}}
    return _object(properties, required=("yen", "on", "source"))


def _usage(product: str) -> Schema:
    nodes = [node.id for node in load_lowered(product).nodes if node.scope in STATEFUL]
    properties = {"node": {"enum": nodes}, "key": {}, "settled": _yen(), "guaranteed": _yen()}
    return _object(properties, required=("node",))
