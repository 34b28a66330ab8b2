"""Editions by id: found by folder, imported when first asked for, lowered once."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib import import_module, resources
from typing import Any

from dosojin.products import EditionFiles, editions
from dosojin.terms.editions import Edition
from dosojin.terms.lower_edition import lower
from dosojin.terms.lowered import Lowered
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem
from dosojin.values.text import Text


def edition_files(product: str) -> EditionFiles:
    """The files of an edition; a Problem that names the editions there are, if it is none."""
    found = editions().get(product)
    if found is None:
        known = ", ".join(editions())
        near = get_close_matches(product, list(editions()), n=1)
        hint = (
            Text(f"「{near[0]}」ではありませんか。", f"Did you mean {near[0]}?")
            if near
            else Text("", "")
        )
        raise Problem(
            "product.unknown",
            "product",
            Text(f"「{product}」という商品はありません。", f"There is no product {product!r}."),
            Text(f"{hint.ja}使えるのは {known} です。", f"{hint.en} Use one of: {known}.".strip()),
        )
    return found


@cache
def load_edition(product: str) -> Edition:
    """The edition with this id."""
    files = edition_files(product)
    module = import_module(f"{files.package}.edition_{files.suffix}")
    edition: Edition = module.EDITION
    return edition


@cache
def load_lowered(product: str) -> Lowered:
    """The lowered form of the edition's current revision."""
    return lower(load_edition(product))


@cache
def _plans(product: str) -> dict[str, Any]:
    files = edition_files(product)
    text = (resources.files(files.package) / files.plans_name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def plan_ids(product: str) -> tuple[str, ...]:
    """The plans of an edition, in the order of its flyer."""
    return tuple(_plans(product).get("plans", {}))


def plan_sums(product: str, plan: str) -> dict[str, int | None]:
    """Sums insured by benefit: yen, UNBOUNDED, 1 for "included"; None: see the certificate."""
    sums: dict[str, int | None] = {}
    for id, entry in _plans(product)["plans"][plan].get("sums_insured", {}).items():
        value = entry["value"]
        words = {"unlimited": UNBOUNDED, "included": 1, "certificate": None}
        sums[id] = words[value] if isinstance(value, str) else value
    return sums


def plan_riders(product: str, plan: str) -> tuple[str, ...]:
    """The riders that the plan includes by itself."""
    riders = _plans(product).get("riders", {})
    return tuple(id for id, entry in riders.items() if plan in entry.get("plans", ()))
