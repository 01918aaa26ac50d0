"""What surrounds every request: its id, its language, the security headers, its line in the log, the last resort."""

import asyncio
import re
import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import cookies, problems, routing
from api.metrics.requests import RequestMetrics
from core import i18n
from core.settings import Settings

MAX_BODY = 1024 * 1024  # bytes
IN_A_LANGUAGE = ("text/html", "image/svg+xml", "application/problem+json")
LARGE_TOGETHER = 200_000_000  # bytes of bodies beyond MAX_BODY at any one time: senders are not known yet
BODY_SECONDS = 60.0  # who drips a body keeps no request open for longer
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
log = structlog.get_logger(__name__)


class RequestContext:
    """Gives the request an id and a language, adds the security headers to the answer, and catches what failed.

    Every line that is logged meanwhile carries the id; the last one, an access line, says how it was answered.
    """

    def __init__(self, app: ASGIApp, config: Settings, metrics: RequestMetrics) -> None:
        self.app = app
        self.headers = _security_headers(config)
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.id = _request_id(request.headers)
        answer = _Answer(send, {"X-Request-ID": request.state.id}, self.headers)
        with structlog.contextvars.bound_contextvars(request=request.state.id), i18n.using(_language(request)):
            try:
                app = problems.not_understood(request) if _holds_nul(scope) else self.app
                await app(scope, receive, answer.send)
            except Exception:
                log.exception("request failed", method=routing.method(scope), route=routing.pattern(scope))
                if answer.status:
                    raise
                await problems.unexpected(request)(scope, receive, answer.send)
            finally:
                self._note(request, answer)

    def _note(self, request: Request, answer: "_Answer") -> None:
        """The access line and the metrics. 499: the client left before there was an answer."""
        route, method = routing.pattern(request.scope), routing.method(request.scope)
        status, seconds = answer.status or 499, time.monotonic() - answer.began
        self.metrics.count(route, method, status, seconds)
        log.info(
            "request",
            method=method,
            route=route,
            status=status,
            milliseconds=round(1000 * seconds, 1),
            bytes=answer.bytes,
            by=getattr(request.state, "by", ""),
        )


class _Answer:
    """The answer on its way out: adds headers, `own` ones over those of the route, and counts what goes."""

    def __init__(self, send: Send, own: dict[str, str], defaults: dict[str, str]) -> None:
        self.status = 0  # nothing was sent yet
        self.bytes = 0
        self.began = time.monotonic()
        self._send = send
        self._own = own
        self._defaults = defaults

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.update(self._own)
            if "cache-control" not in headers:  # a static file has its own, and no language
                _say_language(headers)
            for name, value in self._defaults.items():
                headers.setdefault(name, value)
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


class BodyLimit:
    """Refuses a body that is too large or too slow before anything reads it. FastAPI's limit has not our form."""

    def __init__(
        self,
        app: ASGIApp,
        max_body: int = MAX_BODY,
        seconds: float = BODY_SECONDS,
        larger: Mapping[str, int] | None = None,
        together: int = LARGE_TOGETHER,
    ) -> None:
        self.app = app
        self.max_body = max_body
        self.seconds = seconds
        self.larger = larger or {}  # pattern of an address → bytes, where files are taken
        self.together = together
        self.held = 0  # bytes that large bodies have or may yet have

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        large = self._large(Headers(scope=scope), self._most(scope["path"]))
        if large and self.held and self.held + large > self.together:
            await problems.too_many_bodies(Request(scope))(scope, receive, send)
            return
        self.held += large
        try:
            await self._pass_on(scope, receive, send)
        finally:
            self.held -= large

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._read(Headers(scope=scope), receive, self._most(scope["path"]))
        except ClientDisconnect:
            return  # half a form must not be handled
        except TimeoutError:
            await problems.too_slow(Request(scope))(scope, receive, send)
            return
        if body is None:
            await problems.too_large(Request(scope))(scope, receive, send)
            return
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(messages, None) or await receive()

        await self.app(scope, replay, send)

    def _most(self, path: str) -> int:
        """How many bytes may be sent to this address."""
        larger = (most for pattern, most in self.larger.items() if re.fullmatch(pattern, path))
        return max(self.max_body, *larger, 0)

    def _large(self, headers: Headers, most: int) -> int:
        """How many bytes to reckon with when the body may be a large one, else 0."""
        announced = headers.get("content-length", "")
        expected = int(announced[:20]) if announced.isdecimal() else most if "transfer-encoding" in headers else 0
        return expected if self.max_body < expected <= most else 0

    async def _read(self, headers: Headers, receive: Receive, most: int) -> bytes | None:
        """The whole body, or None when it is larger than the limit, by its announced or its real length."""
        announced = headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > most:
            return None
        body = bytearray()
        while len(body) <= most:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            if not message.get("more_body", False):
                return bytes(body) if len(body) <= most else None
        return None


def _security_headers(config: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",  # "no-referrer" would take the Origin header from our own forms
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }
    if urlsplit(config.public_url).scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=63072000"
    return headers


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if re.fullmatch(r"[A-Za-z0-9._-]{8,64}", given) else secrets.token_hex(8)


def _holds_nul(scope: Scope) -> bool:
    """No address of ours holds a NUL, and PostgreSQL takes none in a text."""
    return "\x00" in scope["path"] or b"%00" in scope["query_string"] or b"\x00" in scope["query_string"]


def _say_language(headers: MutableHeaders) -> None:
    """The same address answers in another language to somebody else."""
    headers.add_vary_header("Accept-Language, Cookie")
    if headers.get("content-type", "").partition(";")[0] in IN_A_LANGUAGE:
        headers.setdefault("Content-Language", i18n.language())


def _language(request: Request) -> str:
    chosen = cookies.read(request, cookies.LANGUAGE) or ""
    return i18n.negotiate(request.headers.get("accept-language", ""), chosen)
