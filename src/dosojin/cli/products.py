"""`dosojin products`: the editions there are, their plans, and whether they publish premiums."""

from __future__ import annotations

from typing import Any

from dosojin.adjudication.catalogue import load_edition
from dosojin.cli.arguments import Command
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.products import editions
from dosojin.rating.load_tariff import load_tariff
from dosojin.values.text import Language, Text

SUMMARY = Text("商品の版とプランの一覧です", "the editions and their plans")

COMMAND = Command("products", "[PRODUCT]", PRODUCT_HELP, ())
_PUBLISHED = Text("保険料は公表されています", "premiums are published")
_NOT_PUBLISHED = Text("保険料は公表されていません", "no published premiums")


def run(argv: list[str]) -> int:
    """Print the list; Problem for an edition that does not exist."""
    arguments, named = read_with_editions(COMMAND, argv, least=0, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    products = named or tuple(editions())
    if arguments.has("--json"):
        print_json({"products": [_json(product) for product in products]})
    else:
        print("\n\n".join(_prose(product, arguments.language) for product in products))
    return 0


def _json(product: str) -> dict[str, Any]:
    edition, tariff = load_edition(product), load_tariff(product)
    return {
        "product": product,
        "revision": edition.revision,
        "family": edition.family,
        "title": {"ja": edition.title.ja, "en": edition.title.en},
        "tariff_published": tariff.is_published,
        "plans": [
            {
                "plan": plan.id,
                "title": {"ja": plan.title.ja, "en": plan.title.en},
                "length": {"ja": plan.length_text.ja, "en": plan.length_text.en},
            }
            for plan in tariff.plans.values()
        ],
        "benefits": [benefit.id for benefit in edition.benefits],
    }


def _prose(product: str, language: Language) -> str:
    edition, tariff = load_edition(product), load_tariff(product)
    premiums = _PUBLISHED if tariff.is_published else _NOT_PUBLISHED
    lines = [f"{product} · {edition.title.in_(language)} · {premiums.in_(language)}"]
    lines += [
        f"  {plan.title.in_(language)}  {plan.length_text.in_(language)}"
        for plan in tariff.plans.values()
    ]
    return "\n".join(lines)
