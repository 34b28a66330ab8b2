"""The provider's interface, as far as our SDK calls it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from .till import Json, Refused, Till, public

Fields = dict[str, Any]
PART = re.compile(r"[^\[\]]+")
EXPANDABLE = {"payment_intent": "intent", "latest_charge": "charge"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the SDK gets."""

    status: int
    body: Json
    is_repeated: bool = False


def read_form(text: str) -> Fields:
    """``a[b][0]=c`` as nested dicts: ``{"a": {"b": {"0": "c"}}}``."""
    fields: Fields = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *outer, last = PART.findall(name)
        inside = fields
        for part in outer:
            inside = inside.setdefault(part, {})
        inside[last] = value
    return fields


@dataclass(frozen=True, slots=True)
class Api:
    """Answers the SDK; ``secret`` is the key that it has to show."""

    till: Till
    secret: str

    def answer(self, method: str, path: str, text: str, key: str, authorization: str) -> Answer:
        """The answer to one request; never raises for what is wrong with it."""
        if authorization != f"Bearer {self.secret}":
            return _refusal(Refused("", "This key is not known here.", 401))
        try:
            return self._route(method, path, text, key)
        except Refused as refused:
            return _refusal(refused)
        except (KeyError, ValueError, AttributeError, IndexError) as error:
            return _refusal(Refused("parameter_invalid", f"Cannot be read: {error}"))

    def _route(self, method: str, path: str, text: str, key: str) -> Answer:
        fields = read_form(text)
        for verb, pattern, work in ROUTES:
            if verb == method and (match := re.fullmatch(pattern, path)):
                if method == "GET":
                    with self.till.lock:
                        return Answer(200, work(self.till, fields, *match.groups()))
                request = f"{path}?{text}"
                done = partial(work, self.till, fields, *match.groups())
                body, repeated = self.till.once(key, request, done)
                return Answer(200, body, repeated)
        raise Refused("", f"Not played here: {method} {path}", 404)


def _refusal(refused: Refused) -> Answer:
    kind = "invalid_request_error"
    if refused.code == "idempotency_error":
        kind = "idempotency_error"
    error = {"type": kind, "message": str(refused)}
    if refused.code and kind != refused.code:
        error["code"] = refused.code
    if refused.param:
        error["param"] = refused.param
    return Answer(refused.status, {"error": error})


def _create_session(till: Till, fields: Fields) -> Json:
    return public(till.create_session(fields))


def _find_session(till: Till, fields: Fields, session_id: str) -> Json:
    session = public(till.find("session", session_id))
    for path in fields.get("expand", {}).values():
        _expand(till, session, path)
    return session


def _expand(till: Till, inside: Json, path: str) -> None:
    """Put the objects along ``path`` in the place of their ids, as far as there are any yet."""
    for name in path.split("."):
        if not inside.get(name):
            return
        inside[name] = public(till.find(EXPANDABLE[name], inside[name]))
        inside = inside[name]


def _expire_session(till: Till, fields: Fields, session_id: str) -> Json:
    return public(till.expire(session_id))


def _find_intent(till: Till, fields: Fields, intent_id: str) -> Json:
    return public(till.find("intent", intent_id))


def _create_refund(till: Till, fields: Fields) -> Json:
    return public(till.create_refund(fields))


def _find_refund(till: Till, fields: Fields, refund_id: str) -> Json:
    return public(till.find("refund", refund_id))


def _list_refunds(till: Till, fields: Fields) -> Json:
    found = [public(refund) for refund in till.list_refunds(fields)]
    return {"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"}


ROUTES: tuple[tuple[str, str, Callable[..., Json]], ...] = (
    ("POST", r"/v1/checkout/sessions", _create_session),
    ("GET", r"/v1/checkout/sessions/(\w+)", _find_session),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", _expire_session),
    ("GET", r"/v1/payment_intents/(\w+)", _find_intent),
    ("POST", r"/v1/refunds", _create_refund),
    ("GET", r"/v1/refunds", _list_refunds),
    ("GET", r"/v1/refunds/(\w+)", _find_refund),
)
