"""What the stand-in knows: checkouts, payment intents, charges, refunds, and keys it has seen.

Objects are kept in the provider's own JSON shapes. All methods take the one lock; each change is
told to ``tell(kind, object)``, and what takes time waits in ``under_way`` until ``finish``.
``clock`` says what time it is, in seconds since 1970: the demonstration's past is paid in the past.
"""

import copy
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cards import CARDS, Card, Charge, GivingBack

Json = dict[str, Any]
AMOUNT_MIN, AMOUNT_MAX = 50, 99_999_999
OPEN_SECONDS_MIN, OPEN_SECONDS_MAX = 30 * 60, 24 * 60 * 60
SLACK_SECONDS = 60
DAY_SECONDS = 24 * 60 * 60


class Refused(Exception):
    """A request that the provider refuses, with its words for why."""

    def __init__(self, code: str, message: str, status: int = 400, param: str = "") -> None:
        super().__init__(message)
        self.code, self.status, self.param = code, status, param


@dataclass(slots=True)
class Seen:
    """A request under an idempotency key, and what was answered."""

    request: str
    answer: Json
    at: float


@dataclass
class Till:
    """The state; ``base`` is the address of the payment page, ``file`` keeps it over a restart."""

    base: str = ""
    file: Path | None = None
    tell: Callable[[str, Json], None] = lambda kind, about: None
    clock: Callable[[], float] = time.time
    sessions: dict[str, Json] = field(default_factory=dict)
    intents: dict[str, Json] = field(default_factory=dict)
    charges: dict[str, Json] = field(default_factory=dict)
    refunds: dict[str, Json] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    under_way: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def once(self, key: str, request: str, work: Callable[[], Json]) -> tuple[Json, bool]:
        """The answer, and whether it is a repeated one; only answers that succeeded are kept."""
        with self.lock:
            known = self.seen.get(key) if key else None
            if known is not None and self.clock() - known.at < DAY_SECONDS:
                if known.request != request:
                    raise Refused(
                        "idempotency_error", "This key was used with other parameters before."
                    )
                return copy.deepcopy(known.answer), True
            answer = copy.deepcopy(work())
            if key:
                self.seen[key] = Seen(request, copy.deepcopy(answer), self.clock())
            self.save()
            return answer, False

    def create_session(self, asked: Mapping[str, Any]) -> Json:
        """A checkout for one item in yen."""
        price, amount = self._read_price(asked)
        expires_at = self._read_expiry(asked)
        session_id = f"cs_test_{secrets.token_hex(16)}"
        session = {
            "id": session_id,
            "object": "checkout.session",
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": "jpy",
            "created": int(self.clock()),
            "expires_at": expires_at,
            "url": f"{self.base}/pay/{session_id}",
            "success_url": self._read(asked, "success_url"),
            "cancel_url": asked.get("cancel_url"),
            "customer_email": asked.get("customer_email"),
            "locale": asked.get("locale", "en"),
            "metadata": dict(asked.get("metadata", {})),
            "payment_intent": None,
            "livemode": False,
            # Not the provider's: kept for the page and the intent.
            "fake_title": price["product_data"]["name"],
            "fake_intent_metadata": dict(asked.get("payment_intent_data", {}).get("metadata", {})),
        }
        self.sessions[session_id] = session
        return session

    def _read_price(self, asked: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
        if self._read(asked, "mode") != "payment":
            raise Refused("parameter_invalid", "Only payments are played here.", param="mode")
        items = list(self._read(asked, "line_items").values())
        price = items[0]["price_data"]
        if price["currency"] != "jpy":
            raise Refused("parameter_invalid", "Only yen are played here.", param="currency")
        if not str(price["unit_amount"]).isdigit():
            raise Refused("parameter_invalid_integer", "Yen are whole.", param="unit_amount")
        amount = int(price["unit_amount"]) * int(items[0]["quantity"])
        if amount < AMOUNT_MIN:
            raise Refused("amount_too_small", f"At least {AMOUNT_MIN} yen.", param="unit_amount")
        if amount > AMOUNT_MAX:
            raise Refused("amount_too_large", f"At most {AMOUNT_MAX} yen.", param="unit_amount")
        return price, amount

    def _read_expiry(self, asked: Mapping[str, Any]) -> int:
        now = int(self.clock())
        expires_at = int(asked.get("expires_at", now + OPEN_SECONDS_MAX))
        open_seconds = expires_at - now
        if not OPEN_SECONDS_MIN - SLACK_SECONDS <= open_seconds <= OPEN_SECONDS_MAX + SLACK_SECONDS:
            raise Refused("parameter_invalid", "30 minutes to 24 hours.", param="expires_at")
        return expires_at

    def _read(self, asked: Mapping[str, Any], name: str) -> Any:
        if not asked.get(name):
            raise Refused("parameter_missing", f"Missing: {name}.", param=name)
        return asked[name]

    def find(self, kind: str, object_id: str) -> Json:
        """A session, intent, charge or refund; Refused with 404 if there is none."""
        with self.lock:
            held = {
                "session": self.sessions,
                "intent": self.intents,
                "charge": self.charges,
                "refund": self.refunds,
            }[kind]
            if object_id not in held:
                raise Refused("resource_missing", f"No such {kind}: {object_id}", 404, "id")
            found = held[object_id]
            now = self.clock()
            if kind == "session" and found["status"] == "open" and found["expires_at"] < now:
                self._end(found)
            return found

    def expire(self, session_id: str) -> Json:
        """Close an open checkout."""
        with self.lock:
            session = self.find("session", session_id)
            if session["status"] != "open":
                raise Refused("", f"The session is {session['status']}, not open.")
            self._end(session)
            return session

    def _end(self, session: Json) -> None:
        session.update(status="expired", url=None)
        if session["payment_intent"]:
            self.intents[session["payment_intent"]].update(status="canceled")
        self._told("checkout.session.expired", session)

    # The browser's side.

    def pay(self, session_id: str, card: Card) -> Json:
        """Charge a card; the intent afterwards. Harmless once the checkout is complete."""
        with self.lock:
            session = self.find("session", session_id)
            if session["status"] != "open":
                return self.intents.get(session["payment_intent"], {})
            intent = self._intent_of(session)
            intent.update(last_payment_error=None, fake_card=card.id)
            match card.charge:
                case Charge.SUCCEEDS:
                    self._charge(intent)
                    self._succeed(session, intent)
                case Charge.DECLINED:
                    self._charge(intent)
                    self._decline(intent, card.code, card.decline)
                case Charge.CHALLENGED:
                    intent.update(status="requires_action")
                    self._told("payment_intent.requires_action", intent)
                case Charge.PROCESSES | Charge.PROCESSES_IN_VAIN:
                    self._charge(intent)
                    intent.update(status="processing")
                    session.update(status="complete", url=None)
                    self._told("payment_intent.processing", intent)
                    self._told("checkout.session.completed", session)
                    self.under_way.append(("intent", intent["id"]))
            self.save()
            return intent

    def answer_challenge(self, session_id: str, approved: bool) -> Json:
        """The payer's answer to their bank; nothing if it was not asking."""
        with self.lock:
            session = self.find("session", session_id)
            intent = self.intents.get(session["payment_intent"], {})
            if session["status"] != "open" or intent.get("status") != "requires_action":
                return intent
            if approved:
                self._charge(intent)
                self._succeed(session, intent)
            else:
                self._decline(intent, "payment_intent_authentication_failure", "")
            self.save()
            return intent

    def _intent_of(self, session: Json) -> Json:
        if not session["payment_intent"]:
            intent = {
                "id": f"pi_{secrets.token_hex(12)}",
                "object": "payment_intent",
                "status": "requires_payment_method",
                "amount": session["amount_total"],
                "amount_received": 0,
                "currency": "jpy",
                "created": int(self.clock()),
                "metadata": session["fake_intent_metadata"],
                "last_payment_error": None,
                "latest_charge": None,
                "livemode": False,
            }
            self.intents[intent["id"]] = intent
            session["payment_intent"] = intent["id"]
            self._told("payment_intent.created", intent)
        return self.intents[session["payment_intent"]]

    def _charge(self, intent: Json) -> None:
        """Each try with a card is a charge of its own; its date is that of the try."""
        charge = {
            "id": f"ch_{secrets.token_hex(12)}",
            "object": "charge",
            "status": "pending",
            "amount": intent["amount"],
            "currency": "jpy",
            "created": int(self.clock()),
            "payment_intent": intent["id"],
            "livemode": False,
        }
        self.charges[charge["id"]] = charge
        intent["latest_charge"] = charge["id"]

    def _end_charge(self, intent: Json, status: str) -> None:
        charge = self.charges.get(intent.get("latest_charge") or "")
        if charge is not None and charge["status"] == "pending":
            charge["status"] = status

    def _succeed(self, session: Json, intent: Json, late: bool = False) -> None:
        self._end_charge(intent, "succeeded")
        intent.update(status="succeeded", amount_received=intent["amount"])
        session.update(status="complete", payment_status="paid", url=None)
        self._told("payment_intent.succeeded", intent)
        step = "async_payment_succeeded" if late else "completed"
        self._told(f"checkout.session.{step}", session)

    def _decline(self, intent: Json, code: str, decline: str) -> None:
        self._end_charge(intent, "failed")
        error = {"type": "card_error", "code": code, "message": "The card was refused."}
        intent.update(
            status="requires_payment_method",
            last_payment_error=error | ({"decline_code": decline} if decline else {}),
        )
        self._told("payment_intent.payment_failed", intent)

    # Refunds.

    def create_refund(self, asked: Mapping[str, Any]) -> Json:
        """Give money back to the card that a payment came from."""
        intent = self.find("intent", self._read(asked, "payment_intent"))
        left = intent["amount_received"] - sum(
            refund["amount"]
            for refund in self.refunds.values()
            if refund["payment_intent"] == intent["id"]
            and refund["status"] not in ("failed", "canceled")
        )
        if not left:
            raise Refused("charge_already_refunded", "Nothing is left to refund.")
        amount = int(asked.get("amount", left))
        if not 0 < amount <= left:
            raise Refused("amount_too_large", f"{left} yen are left.", param="amount")
        card = CARDS[intent["fake_card"]]
        later = card.giving_back is GivingBack.SETTLES_LATER
        refund = {
            "id": f"re_{secrets.token_hex(12)}",
            "object": "refund",
            "amount": amount,
            "currency": "jpy",
            "created": int(self.clock()),
            "payment_intent": intent["id"],
            "reason": asked.get("reason"),
            "metadata": dict(asked.get("metadata", {})),
            "status": "pending" if later else "succeeded",
            "failure_reason": None,
        }
        self.refunds[refund["id"]] = refund
        self._told("refund.created", refund)
        if card.giving_back is not GivingBack.SETTLES:
            self.under_way.append(("refund", refund["id"]))
        return refund

    def list_refunds(self, asked: Mapping[str, Any]) -> list[Json]:
        """The refunds of one payment, newest first."""
        with self.lock:
            intent = asked.get("payment_intent")
            found = [r for r in self.refunds.values() if intent in (None, r["payment_intent"])]
            return found[::-1]

    # What takes time.

    def finish(self) -> int:
        """Bring to its end what is under way; returns how many things that were."""
        with self.lock:
            waiting, self.under_way = self.under_way, []
            for kind, object_id in waiting:
                if kind == "refund":
                    self._finish_refund(self.refunds[object_id])
                else:
                    self._finish_intent(self.intents[object_id])
            self.save()
            return len(waiting)

    def _finish_refund(self, refund: Json) -> None:
        if refund["status"] == "pending":
            refund.update(status="succeeded")
            self._told("refund.updated", refund)
        else:
            refund.update(status="failed", failure_reason="expired_or_canceled_card")
            self._told("refund.updated", refund)
            self._told("refund.failed", refund)

    def _finish_intent(self, intent: Json) -> None:
        sessions = self.sessions.values()
        session = next(each for each in sessions if each["payment_intent"] == intent["id"])
        if CARDS[intent["fake_card"]].charge is Charge.PROCESSES:
            self._succeed(session, intent, late=True)
        else:
            self._decline(intent, "card_declined", "generic_decline")
            self._told("checkout.session.async_payment_failed", session)

    def _told(self, kind: str, about: Json) -> None:
        self.tell(kind, public(about))

    # Over a restart.

    def save(self) -> None:
        """Write the state to ``file``, if there is one, whole or not at all."""
        if self.file is None:
            return
        held = ("sessions", "intents", "charges", "refunds")
        kept = {name: getattr(self, name) for name in held}
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(kept | {"under_way": self.under_way}), encoding="utf-8")
        new.replace(self.file)

    def load(self) -> None:
        """Read the state from ``file``, if it is there."""
        if self.file is not None and self.file.exists():
            for name, value in json.loads(self.file.read_text(encoding="utf-8")).items():
                setattr(self, name, value)
            self.under_way = [(kind, object_id) for kind, object_id in self.under_way]


def public(about: Json) -> Json:
    """A copy without what the provider does not have."""
    return {k: v for k, v in copy.deepcopy(about).items() if not k.startswith("fake_")}
