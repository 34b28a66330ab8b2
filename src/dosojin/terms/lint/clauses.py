"""Clauses and readings: complete, filled in, uniquely named, restored without ambiguity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from dosojin.terms.clauses import Clause, Role
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import Placed, clauses_in, nodes_in, reads_a_receipt
from dosojin.terms.lint.findings import Finding
from dosojin.terms.money_tree import AllTogether, Gate, Lines, Node, Sieve
from dosojin.terms.wording import reading_of
from dosojin.values.text import Text


def clause_findings(edition: Edition) -> Iterator[Finding]:
    """What is wrong with the clauses of an edition and with the readings of its nodes."""
    placed = tuple(clauses_in(edition))
    for entry in placed:
        place = f"{edition.id}: {entry.clause.id}"
        yield from _words(entry.clause, place)
        yield from _restores(entry, place)
        yield from _receipts(entry, place)
    yield from _clauses_named_twice(edition.id, placed)
    for _, node in nodes_in(edition):
        if _takes_money(node):
            yield from _words(node, f"{edition.id}: {node.id}")


def _takes_money(node: Node) -> bool:
    """Whether a node needs words of its own; a gate or sieve has those of its clause."""
    return not isinstance(node, (AllTogether, Lines, Gate, Sieve))


def _words(thing: Clause | Node, place: str) -> Iterator[Finding]:
    if not thing.source:
        yield Finding(
            "clause.source",
            place,
            Text("出典がありません。", "There is no source."),
            Text(
                "約款のどこにあるかを source に書いてください。",
                "Say in source where the wording has it.",
            ),
        )
    for language in ("ja", "en"):
        if not thing.reading.in_(language).strip():
            yield Finding(
                "clause.reading",
                place,
                Text(f"{language} の文がありません。", f"There is no reading in {language}."),
                Text("平易な一文を書いてください。", "Write one plain sentence."),
            )
    yield from _placeholders(thing, place)


def _placeholders(thing: Clause | Node, place: str) -> Iterator[Finding]:
    try:
        reading_of(thing)
        names = [_names_in(thing.reading.in_(language)) for language in ("ja", "en")]
    except (KeyError, ValueError, IndexError) as fault:
        yield Finding(
            "reading.placeholder",
            place,
            Text(f"{fault} を埋める数字がありません。", f"No figure fills {fault}."),
            Text(
                "その数字を読む条文にするか、名前を直してください。",
                "Use the name of a figure that the clause or node reads.",
            ),
        )
        return
    if all(thing.reading.in_(language) for language in ("ja", "en")) and names[0] != names[1]:
        differing = ", ".join(sorted(names[0] ^ names[1]))
        yield Finding(
            "reading.languages_differ",
            place,
            Text(
                f"{differing} が片方の言語にしかありません。",
                f"{differing} stands in one language only.",
            ),
            Text("両方の文に同じ数字を入れてください。", "Give both readings the same figures."),
        )


def _names_in(reading: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(reading) if name}


def _restores(entry: Placed, place: str) -> Iterator[Finding]:
    if entry.clause.restored_by and entry.role is not Role.EXCLUDES:
        yield Finding(
            "restore.misplaced",
            place,
            Text(
                "免責でない条文に復活条項が付いています。",
                "It is no exclusion, so nothing restores it.",
            ),
            Text("復活条項を免責の条文に移してください。", "Move the restores to an exclusion."),
        )
    for restore in entry.clause.restored_by:
        if restore.test == entry.clause.test:
            yield Finding(
                "restore.lifts_always",
                f"{place} / {restore.id}",
                Text(
                    "免責と同じ条件なので、この免責は働くことがありません。",
                    "It holds whenever the exclusion does, so the exclusion never stands.",
                ),
                Text("どちらかの条件を直してください。", "Correct the test of one of the two."),
            )


def _receipts(entry: Placed, place: str) -> Iterator[Finding]:
    if isinstance(entry.node, Sieve) or not reads_a_receipt(entry.clause.test):
        return
    yield Finding(
        "clause.reads_receipt",
        place,
        Text(
            "領収書ごとに違う条件を、全体の条件として読んでいます。",
            "It tests a single receipt where no receipt is in hand.",
        ),
        Text("sieve にするか、any_line を使ってください。", "Make it a sieve, or use any_line."),
    )


def _clauses_named_twice(edition: str, placed: Iterable[Placed]) -> Iterator[Finding]:
    seen: dict[str, Placed] = {}
    for entry in placed:
        first = seen.setdefault(entry.clause.id, entry)
        if first is entry:
            continue
        is_shared = first.role is entry.role is Role.RESTORES and first.part == entry.part
        if is_shared and first.clause == entry.clause:
            continue
        yield Finding(
            "id.twice",
            f"{edition}: {entry.clause.id}",
            Text("同じ id の条文が二つあります。", "Two clauses have this id."),
            Text(
                "どちらかの id を変えてください。復活条項を共有するときは同じ関数から作ります。",
                "Rename one; a restore that two exclusions share comes from the same function.",
            ),
        )
