"""Listens on this machine: the SDK under ``/v1/``, the payer's browser beside it."""

import ipaddress
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlsplit

from .api import Answer, Api
from .cards import CARDS
from .pages import STYLE, challenge_page, control_page, missing_page, over_page, payment_page
from .postman import Mode, Postman
from .till import Json, Refused, Till

BODY_BYTES_MAX = 64 * 1024
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class NotLoopback(Exception):
    """The address could be reached from another machine."""


def check_loopback(host: str) -> str:
    """``host`` if only this machine can reach it; raises NotLoopback."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    if not found or not all(ipaddress.ip_address(address).is_loopback for address in found):
        raise NotLoopback(f"The stand-in listens on this machine only, not on {host}.")
    return host


@dataclass
class Fake:
    """A running stand-in. ``trouble`` is taken, one for each call of the SDK, from the left:
    "fail" answers 500 and does nothing; "lose" does the work and hangs up before answering.
    """

    till: Till
    postman: Postman
    api: Api
    base: str
    trouble: deque[str] = field(default_factory=deque)

    def finish_every(self, seconds: float) -> None:
        """Bring what is under way to its end every so often, in a thread of its own."""

        def work() -> None:
            while True:
                time.sleep(seconds)
                self.till.finish()

        threading.Thread(target=work, name="finisher", daemon=True).start()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: Fake


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # One packet for head and body, so that no answer waits for an acknowledgement.
    server_version = "fake"

    @property
    def fake(self) -> Fake:
        return cast(_Server, self.server).fake

    def log_message(self, format: str, *args: object) -> None:
        """Silence: a log of requests would hold keys and addresses of e-mail."""

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def _take(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_BYTES_MAX:
            self.close_connection = True
            return self._send(413, "", "text/plain")
        self.text = self.rfile.read(length).decode()
        self.target = urlsplit(self.path)
        if self.target.path.startswith("/v1/"):
            return self._answer_sdk()
        try:
            self._answer_browser(self.target.path.strip("/").split("/"))
        except Refused:
            self._send_page(404, missing_page(self._language()))

    # The SDK.

    def _answer_sdk(self) -> None:
        trouble = self.fake.trouble.popleft() if self.fake.trouble else ""
        if trouble == "fail":
            error = {"error": {"type": "api_error", "message": "Trouble, as was asked for."}}
            return self._send_answer(Answer(500, error))
        is_get = self.command == "GET"
        answer = self.fake.api.answer(
            self.command,
            self.target.path,
            self.target.query if is_get else self.text,
            self.headers.get("Idempotency-Key", ""),
            self.headers.get("Authorization", ""),
        )
        if trouble == "lose":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        return self._send_answer(answer)

    def _send_answer(self, answer: Answer) -> None:
        headers = {"Request-Id": "req_fake"}
        if answer.is_repeated:
            headers["Idempotent-Replayed"] = "true"
        self._send(answer.status, json.dumps(answer.body), "application/json", headers)

    # The browser.

    def _answer_browser(self, parts: list[str]) -> None:
        match parts:
            case ["style.css"]:
                self._send(200, STYLE, "text/css")
            case ["pay", session_id]:
                self._show_payment(self.fake.till.find("session", session_id))
            case ["challenge", session_id]:
                self._show_challenge(self.fake.till.find("session", session_id))
            case ["control"]:
                self._show_control()
            case _:
                self._send_page(404, missing_page(self._language()))

    def _show_payment(self, session: Json) -> None:
        if self._left(session):
            return None
        if self.command == "GET":
            return self._send_page(200, payment_page(session))
        card = CARDS.get(self._field("card"))
        if card is None:
            return self._send_page(422, payment_page(session, "choose_one"))
        return self._follow(session, self.fake.till.pay(session["id"], card))

    def _show_challenge(self, session: Json) -> None:
        if self._left(session):
            return None
        if self.command == "GET":
            return self._send_page(200, challenge_page(session))
        approved = self._field("answer") == "approve"
        return self._follow(session, self.fake.till.answer_challenge(session["id"], approved))

    def _left(self, session: Json) -> bool:
        """Whether the checkout is over; then the browser has been sent on."""
        if session["status"] == "complete":
            self._send_on(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))
        elif session["status"] == "expired":
            self._send_page(410, over_page(session))
        return bool(session["status"] != "open")

    def _follow(self, session: Json, intent: Json) -> None:
        """To where the payer goes after the card was charged, or was not."""
        if self._left(session):
            return None
        if intent.get("status") == "requires_action":
            return self._send_on(f"/challenge/{session['id']}")
        error = intent.get("last_payment_error") or {}
        refused = error.get("decline_code") or error.get("code") or ""
        return self._send_page(422 if refused else 200, payment_page(session, refused))

    def _show_control(self) -> None:
        if self.command == "POST":
            if self._field("finish"):
                self.fake.till.finish()
            elif (mode := self._field("mode")) in {each.value for each in Mode}:
                self.fake.postman.mode = Mode(mode)
            return self._send_on("/control/")
        return self._send_page(200, control_page(self._language(), self.fake.postman.mode))

    def _field(self, name: str) -> str:
        return parse_qs(self.text).get(name, [""])[0]

    def _language(self) -> str:
        return "ja" if self.headers.get("Accept-Language", "ja").startswith("ja") else "en"

    def _send_on(self, address: str) -> None:
        self._send(303, "", "text/plain", {"Location": address})

    def _send_page(self, status: int, page: str) -> None:
        self._send(status, page, "text/html", {"Content-Security-Policy": POLICY})

    def _send(
        self, status: int, text: str, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def run_fake(
    api_key: str,
    webhook_secret: str,
    webhook: str = "",
    host: str = "127.0.0.1",
    port: int = 0,
    file: Path | None = None,
) -> Iterator[Fake]:
    """A stand-in that listens until the block ends; port 0 takes a free one.

    ``webhook`` is where events go; without it they are only kept, in ``postman.written``.
    """
    check_loopback(host)
    if webhook:
        check_loopback(urlsplit(webhook).hostname or "")
    server = _Server((host, port), _Handler)
    base = f"http://{host}:{server.server_address[1]}"
    postman = Postman(webhook_secret, webhook)
    till = Till(base, file, postman.write)
    postman.clock = lambda: till.clock()
    till.load()
    server.fake = Fake(till, postman, Api(till, api_key), base)
    postman.start()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
