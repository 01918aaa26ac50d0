"""A small OpenID provider in a thread of the test: discovery, keys, PKCE, ID tokens; and the lies it is told to tell.

Who comes to it is signed in at once as the person of `claims`, or by a button when `asks` is set.
"""

import base64
import hashlib
import html
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from core.loopback import address_of, served

CLIENT_ID, CLIENT_SECRET = "campus", "sample-secret-4711"
Change = Callable[[dict[str, Any]], None]


def unchanged(_values: dict[str, Any]) -> None:
    """The truth."""


@cache
def new_key(kid: str, number: int = 1) -> RSAKey:
    """A key to sign with; the same for the same arguments, as making one takes long."""
    return RSAKey.generate_key(2048, {"kid": kid})


@dataclass
class Provider:
    """What the provider does. The changes get what is about to be told, before it is signed or sent."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "subject-1", "name": "Sample Person"})
    userinfo: dict[str, Any] = field(default_factory=dict)  # when it is to say something else
    asks: bool = False
    error: str = ""  # sent back instead of a code
    change_description: Change = unchanged
    change_claims: Change = unchanged
    change_header: Change = unchanged
    change_answer: Change = unchanged
    key: RSAKey = field(default_factory=lambda: new_key("first"))
    signs_with: Any = None  # another key than the published one
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self.key = new_key("second")

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        said: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        self.change_description(said)
        return said

    def token(self, asked: dict[str, str], nonce: str) -> dict[str, Any]:
        """The answer to a code that was good."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce, **self.claims}
        header: dict[str, Any] = {"alg": "RS256", "kid": self.key.kid}
        self.change_claims(claims)
        self.change_header(header)
        answer = {"access_token": "sample-access", "token_type": "Bearer", "id_token": self._signed(header, claims)}
        self.change_answer(answer)
        return answer

    def _signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        if header["alg"] == "none":
            parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
            return b".".join([*parts, b""]).decode()
        return jwt.encode(header, claims, self.signs_with or self.key, algorithms=[header["alg"]])


@contextmanager
def oidc_provider() -> Iterator[Provider]:
    """A provider on the loopback until the end of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.requests.append(parts.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            match parts.path:
                case "/.well-known/openid-configuration":
                    self._json(provider.description())
                case "/keys":
                    self._json(KeySet([provider.key]).as_dict(private=False))
                case "/authorize":
                    self._authorize(asked)
                case "/userinfo":
                    right = self.headers["Authorization"] == "Bearer sample-access"
                    self._json(provider.userinfo or provider.claims, 200 if right else 401)
                case "/logout":
                    self._page("<h1>Signed out at the provider</h1>")
                case _:
                    self._json({}, 404)

        def do_POST(self) -> None:
            provider.requests.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = {name: values[0] for name, values in parse_qs(body).items()}
            begun = provider.codes.pop(asked.get("code", ""), None)
            expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {expected}":
                self._json({"error": "invalid_client"}, 401)
            elif begun is None or not _fits(asked, begun):
                self._json({"error": "invalid_grant"}, 400)
            else:
                self._json(provider.token(asked, begun["nonce"]))

        def _authorize(self, asked: dict[str, str]) -> None:
            assert asked["response_type"] == "code"
            assert asked["code_challenge_method"] == "S256"
            code = secrets.token_urlsafe()
            provider.codes[code] = asked
            answer = {"error": provider.error} if provider.error else {"code": code}
            back = f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked['state']})}"
            if provider.asks:
                self._page(f'<h1>Sample provider</h1><a href="{html.escape(back)}">Continue</a>')
                return
            self.send_response(303)
            self.send_header("Location", back)
            self.end_headers()

        def _page(self, body: str) -> None:
            self._send(f"<!doctype html><html lang=en><title>Provider</title>{body}".encode(), "text/html", 200)

        def _json(self, said: Any, status: int = 200) -> None:
            self._send(json.dumps(said).encode(), "application/json", status)

        def _send(self, body: bytes, kind: str, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Quiet."""

    with served(Handler) as server:
        provider.issuer = address_of(server)
        yield provider


def _fits(asked: dict[str, str], begun: dict[str, str]) -> bool:
    digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return challenge == begun["code_challenge"] and asked.get("redirect_uri") == begun["redirect_uri"]
