"""`dosojin replay`: decisions made again, byte for byte; exit code 1 if one differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dosojin.cli.arguments import Arguments, Command, Option
from dosojin.cli.claim_file import STANDARD_INPUT, print_json, read_bytes, read_claim_arguments
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from dosojin.adjudication.decision import Decision

SUMMARY = Text("記録した判断をもう一度行い、比べます", "decide records again and compare")

COMMAND = Command(
    "replay",
    "FILE",
    Text(
        "decide --save が書いた記録、または事案ファイル（いくつでも）",
        "records that decide --save wrote, or claims; any number",
    ),
    (
        Option(
            "--latest",
            "",
            Text("今の版ではどう変わるかも示します", "show what today's revision would change"),
        ),
    ),
)
EXIT_DIFFERS = 1


def run(argv: list[str]) -> int:
    """0 if every record is replayed to the same bytes, 1 if one differs; Problem for bad input."""
    files, arguments = _files_and_arguments(argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    outcomes = [_outcome(path, arguments) for path in files]
    if arguments.has("--json"):
        print_json({"files": outcomes})
    else:
        for outcome in outcomes:
            print(_line(outcome, arguments.language))
    return 0 if all(outcome["same"] for outcome in outcomes) else EXIT_DIFFERS


def _files_and_arguments(argv: Sequence[str]) -> tuple[list[str], Arguments]:
    """Any number of files: all but the first are taken out before the arguments are read."""
    files: list[str] = []
    rest: list[str] = []
    for place, word in enumerate(argv):
        is_value = place > 0 and argv[place - 1] == "--lang"
        if word == "-" or (not word.startswith("-") and not is_value):
            files.append(STANDARD_INPUT if word == "-" else word)
        else:
            rest.append(word)
    return files, read_claim_arguments(COMMAND, [*files[:1], *rest])


def _outcome(path: str, arguments: Arguments) -> dict[str, Any]:
    from dosojin.adjudication.load_claim import parse
    from dosojin.adjudication.replay import is_record

    raw = parse(read_bytes(path), path)
    try:
        if is_record(raw):
            return {"file": path, **_replayed(raw, arguments.has("--latest"))}
        return {"file": path, **_decided_twice(raw)}
    except Problem as problem:
        if problem.place.startswith(path):
            raise
        place = f"{path}: {problem.place}" if problem.place else path
        raise Problem(problem.code, place, problem.message, problem.remedy) from None


def _replayed(raw: Any, with_latest: bool) -> dict[str, Any]:
    from dosojin.adjudication.replay import replay

    done = replay(raw, with_latest=with_latest)
    found: dict[str, Any] = {
        "kind": "record",
        "edition": done.product,
        "revision": done.revision,
        "same": done.is_same,
        "intact": done.is_intact,
        "recorded": done.recorded,
        "replayed": done.replayed.digest,
    }
    if done.latest is not None:
        found["latest"] = {
            "revision": done.latest.revision,
            "digest": done.latest.digest,
            "changes": changes(done.replayed, done.latest),
        }
    return found


def _decided_twice(raw: Any) -> dict[str, Any]:
    """A claim names no revision: it is decided twice under today's."""
    from dosojin.adjudication.decide import decide
    from dosojin.adjudication.read_claim import read_claim

    first, second = decide(read_claim(raw)), decide(read_claim(raw))
    return {
        "kind": "claim",
        "edition": first.edition,
        "revision": first.revision,
        "same": first.digest == second.digest,
        "intact": True,
        "recorded": first.digest,
        "replayed": second.digest,
    }


def changes(before: Decision, after: Decision) -> list[dict[str, Any]]:
    """What differs between two decisions on one claim: benefit, verdict, yen, deciding clause."""
    found: list[dict[str, Any]] = []
    old = {benefit.id: benefit for benefit in before.benefits}
    new = {benefit.id: benefit for benefit in after.benefits}
    for id in dict.fromkeys((*old, *new)):
        sides = [
            None
            if benefit is None
            else {
                "verdict": benefit.verdict.value,
                "payable": benefit.payable.to_json(),
                "deciding_clause": benefit.deciding_clause,
            }
            for benefit in (old.get(id), new.get(id))
        ]
        if sides[0] != sides[1]:
            found.append({"benefit": id, "before": sides[0], "after": sides[1]})
    if before.payable != after.payable:
        found.append(
            {"total": {"before": before.payable.to_json(), "after": after.payable.to_json()}}
        )
    return found


def _line(outcome: dict[str, Any], language: Language) -> str:
    name = f"{outcome['file']}: {outcome['edition']} r{outcome['revision']}"
    if outcome["kind"] == "claim":
        state = Text(
            f"事案ファイルです。いまの判断は {outcome['replayed']}",
            f"a claim, no record; decided now as {outcome['replayed']}",
        )
    elif outcome["same"]:
        state = Text(f"同じです（{outcome['replayed']}）", f"the same ({outcome['replayed']})")
    elif not outcome["intact"]:
        state = Text(
            "違います。記録の内容が、記録の指紋と合いません（書き換えられています）",
            "differs: the record does not match its own digest, so it was altered",
        )
    else:
        state = Text(
            f"違います。記録 {outcome['recorded']}、再生 {outcome['replayed']}",
            f"differs: recorded {outcome['recorded']}, replayed {outcome['replayed']}",
        )
    lines = [f"{name}: {state.in_(language)}"]
    if "latest" in outcome:
        lines += _latest_lines(outcome["latest"], language)
    return "\n".join(lines)


def _latest_lines(latest: dict[str, Any], language: Language) -> list[str]:
    revision = latest["revision"]
    if not latest["changes"]:
        return [
            "  "
            + Text(
                f"今の版（r{revision}）でも、結果は変わりません。",
                f"Today's revision, r{revision}, changes nothing.",
            ).in_(language)
        ]
    lines = ["  " + Text(f"今の版（r{revision}）では:", f"Under r{revision}:").in_(language)]
    for change in latest["changes"]:
        if "total" in change:
            total = change["total"]
            lines.append(f"  = {_span(total['before'])} → {_span(total['after'])}")
            continue
        lines.append(
            f"  - {change['benefit']}: {_side(change['before'])} → {_side(change['after'])}"
        )
    return lines


def _side(side: dict[str, Any] | None) -> str:
    if side is None:
        return "–"
    return f"{side['verdict']} {_span(side['payable'])} ({side['deciding_clause']})"


def _span(span: dict[str, int | None]) -> str:
    lo, hi = span["lo"], span["hi"]
    return f"{lo:,}" if lo == hi else f"{lo:,}…{'' if hi is None else f'{hi:,}'}"
