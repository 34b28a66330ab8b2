"""The hosted payment page, the identity check, and the switch for how events arrive."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from .cards import CARDS
from .postman import Mode
from .till import Json
from .words import words_of

STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
DECLINES = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired_card",
    "payment_intent_authentication_failure": "authentication",
}


def _page(language: str, title: str, content: str) -> str:
    words = words_of(language)
    return (
        f'<!doctype html>\n<html lang="{"ja" if language == "ja" else "en"}">\n<head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(words[title])}</title><link rel="stylesheet" href="/style.css"></head>\n'
        f'<body><header class="double"><strong>{escape(words["double"])}</strong> '
        f"{escape(words['no_card'])}</header>\n<main><h1>{escape(words[title])}</h1>\n"
        f"{content}\n</main></body></html>\n"
    )


def payment_page(session: Json, refused: str = "") -> str:
    """The cards to choose from; ``refused`` is the code of the decline, or "choose_one"."""
    words = words_of(session["locale"])
    amount = f"{session['amount_total']:,}"
    radios = "".join(
        f'<label><input type="radio" name="card" value="{card}"{_first(card)}>'
        f"<span>{escape(words['card.' + card])}</span></label>"
        for card in CARDS
    )
    content = (
        f"{_errors(words, refused)}{_summary(session, words)}"
        f'<form method="post"><fieldset><legend id="cards">{escape(words["choose"])}</legend>'
        f"{radios}</fieldset><button>{escape(words['pay'].format(amount=amount))}</button></form>"
        f"{_way_back(session, words['back'])}"
    )
    return _page(session["locale"], "title", content)


def _first(card: str) -> str:
    return " checked" if card == next(iter(CARDS)) else ""


def _errors(words: Mapping[str, str], refused: str) -> str:
    if not refused:
        return ""
    said = words.get(DECLINES.get(refused, refused), words["declined"])
    return (
        f'<div class="errors" role="alert"><h2>{escape(words["refused"])}</h2>'
        f'<p><a href="#cards">{escape(said)}</a></p></div>'
    )


def _summary(session: Json, words: Mapping[str, str]) -> str:
    amount = words["yen"].format(amount=f"{session['amount_total']:,}")
    return (
        f"<dl><dt>{escape(words['for'])}</dt><dd>{escape(session['fake_title'])}</dd>"
        f"<dt>{escape(words['amount'])}</dt><dd><strong>{escape(amount)}</strong></dd></dl>"
    )


def _way_back(session: Json, text: str) -> str:
    if not session["cancel_url"]:
        return ""
    return f'<a class="button second" href="{escape(session["cancel_url"])}">{escape(text)}</a>'


def challenge_page(session: Json) -> str:
    """The bank's question, with each way it can end."""
    words = words_of(session["locale"])
    buttons = "".join(
        f'<button name="answer" value="{answer}"{style}>{escape(words[answer])}</button>'
        for answer, style in (("approve", ""), ("fail", ' class="second"'))
    )
    content = (
        f"<p>{escape(words['challenge'])}</p>{_summary(session, words)}"
        f'<form method="post">{buttons}</form>{_way_back(session, words["abandon"])}'
    )
    return _page(session["locale"], "challenge_title", content)


def over_page(session: Json) -> str:
    """The checkout has expired or was called off."""
    words = words_of(session["locale"])
    content = f"<p>{escape(words['over'])}</p>{_way_back(session, words['back'])}"
    return _page(session["locale"], "over_title", content)


def missing_page(language: str) -> str:
    """There is no such checkout."""
    return _page(language, "missing_title", f"<p>{escape(words_of(language)['missing'])}</p>")


def control_page(language: str, mode: Mode) -> str:
    """How events arrive, to be changed while the stand-in runs."""
    words = words_of(language)
    radios = "".join(
        f'<label><input type="radio" name="mode" value="{each}"'
        f"{' checked' if each is mode else ''}><span>{escape(words['mode.' + each])}</span></label>"
        for each in Mode
    )
    content = (
        f'<form method="post"><fieldset><legend>{escape(words["control"])}</legend>{radios}'
        f"</fieldset><button>{escape(words['keep'])}</button>"
        f'<button class="second" name="finish" value="1">{escape(words["finish"])}</button></form>'
    )
    return _page(language, "control_title", content)
