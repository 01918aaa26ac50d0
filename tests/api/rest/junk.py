"""Requests as no client should send them, made from the service's own description: mostly right, wrong somewhere."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

Schema = dict[str, Any]

NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "%00",
    "../../etc/passwd",
    "'; DROP TABLE ticket; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "🦆\u202e",
    "x" * 10_000,
    "(" * 200,
    "-1",
    "1e999",
    "9" * 400,
    "2026-13-45",
    "http://[",
    "//[",
    "http://example.org:99999/",
    "http://ex\u2100mple.org/",
    "a{99999999999}",
    "(" * 1000,
    "null",
)
NUMBERS = (0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.1, -0.0, 1e308, float("inf"), float("nan"))
LETTERS = (
    *(range(32, 127), range(32), range(0x80, 0x250)),
    *(range(0x590, 0x700), range(0x2000, 0x2100), range(0x1F300, 0x1FB00)),
)
IDS = ("1", "2", "3", "4", "0", "-1", "2147483647", "2147483648", "9" * 30, "1.5", "x", "\u0661")
SLUGS = ("alpha", "beta", "gamma", "ALPHA", "alpha\n", "a b", "..", "%2e", "-", "x" * 65, "é")
ETAGS = (*(f'"v{number}"' for number in range(1, 8)), "*", "v1", '"v1', "", f'"v{"9" * 50}"')
PRESENT = "the present ETag"
KINDS = ("application/json", "application/json; charset=utf-8", "application/x+json", "text/plain", ";", "")
BODIES = (b"", b"{", b"[" * 3000, b'{"a":1,}', b"\xff\xfe", b'"\\ud800"', b"1" * 5000, b" ", b"null", b"\x00")
WORDS = ("alpha", "gamma", "https://gamma.example.org/", "/login", "0 1 * * *", "Sample", "me", "main", "en", "fixed")
DATES = ("2026-11-20", "2099-02-28", "0001-01-01", "9999-12-31")


@dataclass(frozen=True)
class Sent:
    """A request."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Description:
    """What the service says of itself."""

    whole: Schema

    def operation(self, method: str, path: str) -> Schema:
        """One operation."""
        found: Schema = self.whole["paths"][path][method.lower()]
        return found

    def schema(self, name: str) -> Schema:
        """The schema that a `$ref` names."""
        found: Schema = self.whole["components"]["schemas"][name.rpartition("/")[2]]
        return found


@dataclass(frozen=True)
class Generator:
    """Draws requests; most parts are right, about one in ten is not. Dice are enough, and ten times as fast as
    hypothesis, which could make a request that failed simpler: here it stands in the failure as it was sent."""

    description: Description
    dice: Random

    def request(self, method: str, path: str) -> Sent:
        """A request for this operation."""
        operation = self.description.operation(method, path)
        parameters = operation.get("parameters", [])
        headers = {}
        if any(one["name"] == "if-match" for one in parameters):
            headers["If-Match"] = self.one_of(ETAGS) if self.one_in(4) else PRESENT
        wanted = [one for one in parameters if one["in"] == "query" and self.one_in(3)]
        query = [(one["name"], self.parameter(one["schema"])) for one in wanted]
        if self.one_in(10):
            query.append((self.text(), self.text()))
        body = b""
        if "requestBody" in operation:
            body = self.body(operation["requestBody"]["content"]["application/json"]["schema"])
            headers["Content-Type"] = self.one_of(KINDS) if self.one_in(12) else KINDS[0]
        return Sent(method, f"{self.path(path)}?{urlencode([(_bytes(a), _bytes(b)) for a, b in query])}", headers, body)

    def path(self, path: str) -> str:
        """The path with its parts filled in."""
        return re.sub(r"{(\w+)}", lambda found: quote(_bytes(self.part(found[1])), safe=""), path)

    def part(self, name: str) -> str:
        """A part of a path: mostly what is there."""
        if self.one_in(8):
            return self.text() or "-"
        if self.one_in(3):
            return self.one_of(SLUGS if name == "slug" else IDS)
        return "alpha" if name == "slug" else "1"

    def parameter(self, schema: Schema) -> str:
        """A value of a query parameter."""
        value = self.text() if self.one_in(4) else self.value(schema)
        return value if isinstance(value, str) else json.dumps(value)

    def body(self, schema: Schema) -> bytes:
        """JSON, or what only looks like it."""
        return self.one_of(BODIES) if self.one_in(12) else json.dumps(self.value(schema)).encode()

    def value(self, schema: Schema) -> Any:
        """A value of this schema, or junk."""
        if self.one_in(12):
            return self.junk()
        if "$ref" in schema:
            return self.value(self.description.schema(schema["$ref"]))
        if several := schema.get("anyOf") or schema.get("oneOf"):
            return self.value(self.one_of(several))
        if "const" in schema or "enum" in schema:
            return self.one_of(schema.get("enum") or [schema["const"]])
        match schema.get("type"):
            case "object":
                return self.object(schema)
            case "array":
                count = self.number(schema.get("minItems", 0), 3)
                return [self.value(schema.get("items", {})) for _ in range(count)]
            case "string":
                return self.one_of(DATES) if schema.get("format") == "date" else self.one_of(WORDS)
            case "integer" | "number":
                return self.number(schema.get("minimum", 0), schema.get("maximum", 10_000))
            case "boolean":
                return self.one_in(2)
            case "null":
                return None
        return self.junk()

    def object(self, schema: Schema) -> dict[str, Any]:
        """With what it needs and some of the rest, and now and then with what it does not know."""
        properties = schema.get("properties", {"username": {"type": "string"}, "password": {"type": "string"}})
        example = self.one_of(schema["examples"]) if "examples" in schema and self.one_in(2) else None
        needed, chances = (example, 20) if example else (schema.get("required", ()), 4)
        names = [name for name in properties if (name in needed and not self.one_in(30)) or self.one_in(chances)]
        made = {name: example[name] if example and name in example else self.value(properties[name]) for name in names}
        return made | {self.text(): self.junk()} if self.one_in(20) else made

    def text(self) -> str:
        """Hostile, or any."""
        return self.one_of(NASTY) if self.one_in(2) else self.letters(20)

    def letters(self, most: int) -> str:
        """Any letters, not so many."""
        return "".join(chr(self.one_of(self.one_of(LETTERS))) for _ in range(self.dice.randint(0, most)))

    def junk(self, deep: int = 3) -> Any:
        """Anything that JSON can say."""
        match self.dice.randrange(6 if deep else 4):
            case 0:
                return self.one_of((None, True, False))
            case 1:
                return self.one_of(NUMBERS)
            case 2:
                return self.one_of(NASTY)
            case 3:
                return self.letters(20)
            case 4:
                return [self.junk(deep - 1) for _ in range(self.dice.randint(0, 3))]
        return {self.letters(5): self.junk(deep - 1) for _ in range(self.dice.randint(0, 3))}

    def number(self, least: float, most: float) -> int:
        """A whole number, mostly small."""
        return self.dice.randint(int(least), max(int(least), min(int(most), int(least) + 10)))

    def one_of(self, some: Sequence[Any]) -> Any:
        """One of them."""
        return self.dice.choice(some)

    def one_in(self, chances: int) -> bool:
        """True about once in so many."""
        return self.dice.randint(1, chances) == chances


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
