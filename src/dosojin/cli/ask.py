"""`dosojin ask`: asks what still matters, the most yen first, and ends with the decision."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from dosojin.cli.arguments import Command, Option
from dosojin.cli.claim_file import (
    CLAIM_HELP,
    STANDARD_INPUT,
    is_styled,
    open_claim,
    print_json,
    read_claim_arguments,
    write_json,
)
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from dosojin.adjudication.decision import Decision, Question
    from dosojin.adjudication.read_claim import Claim
    from dosojin.facts.declaration import Fact

SUMMARY = Text(
    "まだ必要なことだけを順に尋ね、判断を示します", "ask what still matters, then decide"
)

COMMAND = Command(
    "ask",
    "CLAIM",
    CLAIM_HELP,
    (
        Option(
            "--save",
            "FILE",
            Text("答えを書き加えた事案ファイルを保存します", "keep the claim with the answers"),
        ),
    ),
)
_HELP = Text(
    "? 分からない　　< 一つ戻る　　q 終わる",
    "? I don't know   < back   q finish",
)
_BACK = ("<", "＜")
_FINISH = ("q", "quit", "exit")


def run(argv: list[str]) -> int:
    """Ask until nothing matters any more or the input ends, then print the decision."""
    arguments = read_claim_arguments(COMMAND, argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    path = arguments.text("CLAIM")
    if path == STANDARD_INPUT:
        raise Problem(
            "cli.conflict",
            "CLAIM",
            Text("標準入力は、答えを読むために使います。", "Standard input is for the answers."),
            Text("事案はファイルで渡してください。", "Give the claim as a file."),
        )
    is_json = arguments.has("--json")
    talk = _Conversation(
        open_claim(path), arguments.language, sys.stderr if is_json else sys.stdout
    )
    talk.hold()
    if arguments.has("--save"):
        from dosojin.adjudication.decide import plain

        write_json(arguments.text("--save"), plain(talk.claim.source))
    if is_json:
        print_json(talk.decision.to_json())
        return 0
    from dosojin.explanation.explain_decision import explain_to_claimant
    from dosojin.explanation.render_text import render_text

    page = explain_to_claimant(talk.decision, talk.claim, talk.claim.edition, arguments.language)
    print("\n" + render_text(page, is_styled=is_styled()))
    return 0


class _Conversation:
    """The claim so far, its decision, and the way back."""

    def __init__(self, claim: Claim, language: Language, out: TextIO) -> None:
        from dosojin.explanation.readings import readings_of

        self.language = language
        self.out = out
        self.readings = readings_of(claim.edition)
        self.history: list[Claim] = []
        self.claim = claim
        self.decision = self._decide(claim)

    def _decide(self, claim: Claim) -> Decision:
        from dosojin.adjudication.decide import decide

        return decide(claim)

    def hold(self) -> None:
        """One question after the other."""
        self._say(Text("どの質問にも、", "To any question: ").in_(self.language)
                  + _HELP.in_(self.language))  # fmt: skip
        while pending := self._pending():
            if not self._ask(pending[0]):
                return

    def _pending(self) -> tuple[Question, ...]:
        from dosojin.explanation.reasons import pending_questions

        return pending_questions(self.decision, self.claim)

    def _ask(self, question: Question) -> bool:
        """Asks one question until its answer can be taken; False to finish."""
        from dosojin.explanation.ask_question import choice_titles, choice_words
        from dosojin.explanation.reasons import fact_of

        fact = fact_of(question, self.readings)
        words = choice_words(question, self.claim, self.readings)
        self._show(question)
        titles = choice_titles(question, words, self.readings, self.language)
        for number, title in enumerate(titles, 1):
            self._say(f"  {number:>2}  {title}")
        if words and fact is not None and fact.kind.value == "choices":
            none = Text("どれにも当てはまらない", "none of these apply")
            self._say(f"   0  {none.in_(self.language)}")
        while True:
            typed = self._read(_hint(fact, self.language))
            if typed is None or typed.lower() in _FINISH:
                return False
            if typed in _BACK:
                self._go_back()
                return True
            if typed and self._take(typed, question, fact, words):
                return True

    def _take(
        self, typed: str, question: Question, fact: Fact | None, words: tuple[str, ...]
    ) -> bool:
        from dosojin.adjudication.answer_question import read_answer, with_answer
        from dosojin.adjudication.read_claim import read_claim

        try:
            answer = read_answer(typed, question, fact, words, self._so_far(question))
            claim = read_claim(with_answer(self.claim, question, fact, answer))
            decision = self._decide(claim)
        except Problem as problem:
            between = "" if self.language == "ja" else " "
            self._say(
                f"  ! {problem.message.in_(self.language)}{between}"
                f"{problem.remedy.in_(self.language)}"
            )
            return False
        if question in decision.questions and decision.payable == self.decision.payable:
            note = Text("  （幅を絞れませんでした）", "  (that left it open)")
            self._say(note.in_(self.language))
        self.history.append(self.claim)
        self.claim, self.decision = claim, decision
        return True

    def _so_far(self, question: Question) -> Any:
        facts = self.claim.source.get("facts") or {}
        found = facts.get(question.fact) if question.line is None else None
        if isinstance(found, list):
            return {"has": found}
        return found

    def _go_back(self) -> None:
        if not self.history:
            self._say(
                Text("  これが最初の質問です。", "  This is the first question.").in_(self.language)
            )
            return
        self.claim = self.history.pop()
        self.decision = self._decide(self.claim)

    # talk ---------------------------------------------------------------------------------

    def _show(self, question: Question) -> None:
        from dosojin.explanation.amounts import span_text
        from dosojin.explanation.ask_question import question_page
        from dosojin.explanation.render_text import render_text

        page = question_page(question, self.decision, self.claim, self.readings, self.language)
        payable = span_text(self.decision.payable, self.language)
        now = Text(f"いまのお支払い額：{payable}", f"Payable so far: {payable}")
        left = len(self._pending())
        count = Text(f"残りの質問：{left}件", f"questions left: {left}")
        between = "　" if self.language == "ja" else "; "
        self._say(f"\n[{now.in_(self.language)}{between}{count.in_(self.language)}]")
        self._say(render_text(page, is_styled=False))

    def _say(self, text: str) -> None:
        print(text, file=self.out)

    def _read(self, hint: str) -> str | None:
        """One line of input, or None at its end."""
        print(f"{hint} > ", end="", file=self.out, flush=True)
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "\ufffd\n"
        if not sys.stdin.isatty():
            print(line.rstrip("\r\n"), file=self.out)
        return line.strip() if line else None


def _hint(fact: Fact | None, language: Language) -> str:
    """What an answer looks like."""
    kind = "yen" if fact is None else fact.kind.value
    hints = {
        "flag": Text("はい y／いいえ n", "y or n"),
        "choice": Text("番号（絞れるだけなら 1,3）", "number (1,3 if it is one of several)"),
        "choices": Text("番号（いくつでも、なければ 0）", "numbers, or 0 for none"),
        "day": Text("日付 2026-06-02（幅は 2026-06-02..2026-06-05）",
                    "date 2026-06-02 (a range: 2026-06-02..2026-06-05)"),
        "count": Text("数（幅は 3..10）", "number (a range: 3..10)"),
        "duration": Text("時間:分 6:30", "hours:minutes 6:30"),
        "yen": Text("円（幅は 10000..50000）", "yen (a range: 10000..50000)"),
        "grades": Text("等級 7, 12", "grades 7, 12"),
        "persons": Text("名前（読点で区切る。指定なしは 0）", "names, comma between; 0 for none"),
    }  # fmt: skip
    return hints[kind].in_(language)
