"""`dosojin lint`: what a wording forgot. Exit code 1 if there is anything to mend."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from dosojin.adjudication.catalogue import edition_files, load_edition, plan_ids, plan_sums
from dosojin.cli.arguments import Command, Option
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.products import editions
from dosojin.terms.editions import Edition
from dosojin.terms.lint import Finding, lint_edition, literal_findings
from dosojin.values.text import Language, Text

SUMMARY = Text("約款の記述に漏れや矛盾がないか調べます", "what a wording forgot")

COMMAND = Command(
    "lint",
    "[PRODUCT]",
    PRODUCT_HELP,
    (
        Option(
            "--cases",
            "",
            Text(
                "事例で試されていない条文も挙げます", "name clauses that no worked case tries, too"
            ),
        ),
    ),
)
EXIT_FINDINGS = 1


def run(argv: list[str]) -> int:
    """Print the findings: exit code 1 if there are any."""
    arguments, named = read_with_editions(COMMAND, argv, least=0, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    products = named or tuple(editions())
    found = tuple(_findings(products, with_cases=arguments.has("--cases")))
    if arguments.has("--json"):
        print_json({"products": list(products), "findings": [each.to_json() for each in found]})
    else:
        print(_prose(products, found, arguments.language))
    return EXIT_FINDINGS if found else 0


def _findings(products: tuple[str, ...], *, with_cases: bool) -> Iterator[Finding]:
    from dosojin.adjudication.witness import coverage_findings, witness_findings

    for package in dict.fromkeys(edition_files(product).package for product in products):
        for name, text in _clause_modules(package):
            yield from literal_findings(text, name)
    for product in products:
        structure = lint_edition(load_edition(product), _siblings(product), _plans(product))
        yield from structure
        if any(finding.code == "edition.lowering" for finding in structure):
            continue
        yield from witness_findings(product)
        if with_cases:
            yield from coverage_findings(product)


def _clause_modules(package: str) -> Iterator[tuple[str, str]]:
    """Name and text of the modules that speak for the wording; an edition's own reads its TOML."""
    folder = resources.files(package)
    family = package.rsplit(".", 1)[-1]
    for place, entries in ((family, folder), (f"{family}/benefits", folder / "benefits")):
        for entry in sorted(entries.iterdir(), key=lambda each: each.name):
            if entry.name.endswith(".py") and not entry.name.startswith("edition_"):
                yield f"{place}/{entry.name}", entry.read_text(encoding="utf-8")


def _siblings(product: str) -> tuple[Edition, ...]:
    family = edition_files(product).family
    others = (id for id, files in editions().items() if files.family == family and id != product)
    return tuple(load_edition(id) for id in others)


def _plans(product: str) -> tuple[frozenset[str], ...]:
    """The benefits that each plan carries; a sum on the certificate counts as carried."""
    return tuple(
        frozenset(id for id, value in plan_sums(product, plan).items() if value != 0)
        for plan in plan_ids(product)
    )


def _prose(products: tuple[str, ...], found: tuple[Finding, ...], language: Language) -> str:
    names = ", ".join(products)
    if not found:
        return Text(f"{names}：問題は見つかりませんでした。", f"{names}: nothing to mend.").in_(
            language
        )
    count = Text(f"{len(found)} 件あります。", f"{len(found)} to mend.")
    return "\n".join([*(finding.in_(language) for finding in found), "", count.in_(language)])
