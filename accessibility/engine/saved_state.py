"""A browser's saved state: the cookies and the local storage with which somebody was logged in.

The form is Playwright's `storage_state`. It comes from outside and is as secret as a password: what is wrong with it is
told by its place and never by its content. What is kept of it belongs to the platform's own hosts (`own_part`); in the
browser every cookie is bound to one host (`bound`).
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from accessibility.engine.crawl.own_hosts import OwnHosts
from core import clock

if TYPE_CHECKING:
    from playwright.async_api import StorageState

MOST_BYTES = 512 * 1024
MOST_COOKIE_BYTES = 4096  # of name and value; the browser takes no more
SESSION = -1  # expires with the browser
LATEST = 32_503_680_000  # the year 3000
_BROKEN = re.compile(r"[\x00-\x1f\x7f;]")  # what ends a cookie's part, or the whole header


class _Part(BaseModel):
    """Strict in what it reads; what later versions of the format add is left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class Cookie(_Part):
    """A cookie. `domain` with a dot in front means the hosts below it too; `expires` in seconds of Unix time."""

    name: str = Field(min_length=1)
    value: str
    domain: str = Field(pattern=r"^\.?[A-Za-z0-9_\[:\]-][A-Za-z0-9_.\[:\]-]*$", max_length=255)
    path: str = Field("/", max_length=1024)
    expires: float = Field(SESSION, ge=SESSION, le=LATEST, allow_inf_nan=False)
    httpOnly: bool = False  # noqa: N815  # these names are the format's
    secure: bool = False
    sameSite: Literal["Strict", "Lax", "None"] = "Lax"  # noqa: N815
    partitionKey: str | None = None  # noqa: N815  # set while it was embedded in a page of this site

    @field_validator("name", "value", "path")
    @classmethod
    def _unbroken(cls, text: str) -> str:
        if _BROKEN.search(text) or text != text.strip():
            raise ValueError("holds a character that no cookie may hold")
        return text

    @model_validator(mode="after")
    def _takes_effect(self) -> "Cookie":
        """Only what a browser would take: a refused cookie would leave a login that is half there."""
        if "=" in self.name or not self.path.startswith("/"):
            raise ValueError("has a name with = in it, or a path that does not begin with /")
        if len(f"{self.name}{self.value}".encode()) > MOST_COOKIE_BYTES:
            raise ValueError(f"is longer than {MOST_COOKIE_BYTES} bytes")
        name = self.name.lower()
        if name.startswith(("__host-", "__secure-")) and not self.secure:
            raise ValueError("is called __Host- or __Secure- and is not secure")
        if name.startswith(("__http-", "__host-http-")) and not (self.secure and self.httpOnly):
            raise ValueError("is called __Http- or __Host-Http- and is not secure and HttpOnly")
        if name.startswith("__host-") and (self.path != "/" or self.domain.startswith(".")):
            raise ValueError("is called __Host- and is not bound to one host and the path /")
        return self

    @property
    def expires_at(self) -> datetime | None:
        """When it runs out; None: with the browser."""
        return None if self.expires == SESSION else datetime.fromtimestamp(self.expires, UTC)


class Item(_Part):
    """An entry of a local storage."""

    name: str
    value: str


class Origin(_Part):
    """The local storage of one origin, such as `https://learn.example.org`."""

    origin: str = Field(max_length=300)
    localStorage: tuple[Item, ...] = Field((), max_length=1000)  # noqa: N815

    @field_validator("origin")
    @classmethod
    def _is_one(cls, origin: str) -> str:
        parts = urlsplit(origin)
        _ = parts.port
        if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}" or "@" in origin:
            raise ValueError("is not an origin such as https://learn.example.org")
        if not origin.isascii() or not origin.isprintable():
            raise ValueError("holds a character that no origin may hold")
        return origin


class SavedState(_Part):
    """All of it."""

    cookies: tuple[Cookie, ...] = Field((), max_length=1000)
    origins: tuple[Origin, ...] = Field((), max_length=100)

    def for_browser(self) -> "StorageState":
        """As Playwright takes it, without what has run out. A `None` that is not secure would be refused."""
        now = clock.now()
        cookies = [one.model_dump(exclude={"partitionKey"}) for one in self.cookies if not _is_over(one, now)]
        for cookie in cookies:
            if cookie["sameSite"] == "None" and not cookie["secure"]:
                cookie["sameSite"] = "Lax"
        origins = [one.model_dump(mode="json") for one in self.origins]
        return cast("StorageState", {"cookies": cookies, "origins": origins})

    def as_text(self) -> str:
        """The JSON that `read` takes."""
        return self.model_dump_json()


def read(text: str) -> SavedState:
    """The state of a JSON text. Raises `ValueError` that names the first wrong places and never what stands there."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ValueError(f"is longer than {MOST_BYTES // 1024} KiB")
    try:
        return SavedState.model_validate_json(text)
    except ValidationError as error:
        faults = "; ".join(_in_words(fault["loc"], fault["type"], fault["msg"]) for fault in error.errors()[:3])
        raise ValueError(f"is no saved state of a browser: {faults}") from None


def stored(text: str) -> SavedState:
    """The state of a text that `read` has taken once and `as_text` has written."""
    return SavedState.model_validate_json(text)


def own_part(state: SavedState, hosts: OwnHosts) -> tuple[SavedState, list[str]]:
    """What of a state belongs to these hosts, and the hosts and origins of which something was left out."""
    kept, others = [], set()
    for cookie in state.cookies:
        if cookie.partitionKey is None and _receivers(cookie, hosts):
            kept.append(cookie)
        else:
            others.add(cookie.domain.lstrip(".").lower())
    origins = [one for one in state.origins if hosts.may_have(one.origin)]
    others |= {one.origin for one in state.origins if not hosts.may_have(one.origin)}
    return state.model_copy(update={"cookies": tuple(kept), "origins": tuple(origins)}), sorted(others)


def bound(state: SavedState, hosts: OwnHosts) -> SavedState:
    """The state with each cookie bound to one of these hosts, so that a cookie of a whole domain goes to no neighbour.

    Where the platform is https, no cookie goes without.
    """
    cookies = tuple(
        one.model_copy(update={"domain": host, "secure": one.secure or not hosts.plain})
        for one in state.cookies
        for host in _receivers(one, hosts)
    )
    return state.model_copy(update={"cookies": cookies})


def ran_out(state: SavedState, now: datetime) -> datetime | None:
    """When the last cookie of the state that is over by now ran out; None while none is."""
    return max((end for one in state.cookies if _is_over(one, now) and (end := one.expires_at)), default=None)


def is_useless(state: SavedState, now: datetime) -> bool:
    """Whether nothing of the state can log anybody in any more."""
    return not state.origins and all(_is_over(one, now) for one in state.cookies)


def runs_out(state: SavedState, now: datetime) -> datetime | None:
    """When the last of its cookies with a date will run out; None: none has a date to come."""
    return max((end for one in state.cookies if (end := one.expires_at) and end > now), default=None)


def moved(state: SavedState, old: str, new: str) -> SavedState:
    """The state of the host of one base address, as that of another's."""
    before, after = urlsplit(old), urlsplit(new)
    host = before.hostname or ""
    cookies = tuple(
        one.model_copy(update={"domain": after.hostname}) for one in state.cookies if _is_sent_to(one, host)
    )
    origins = tuple(
        one.model_copy(update={"origin": f"{after.scheme}://{after.netloc}"})
        for one in state.origins
        if one.origin == f"{before.scheme}://{before.netloc}"
    )
    return state.model_copy(update={"cookies": cookies, "origins": origins})


def _receivers(cookie: Cookie, hosts: OwnHosts) -> list[str]:
    return [host for host in sorted(hosts.names) if _is_sent_to(cookie, host)]


def _is_sent_to(cookie: Cookie, host: str) -> bool:
    domain = cookie.domain.lower()
    return host == domain.lstrip(".") or (domain.startswith(".") and host.endswith(domain))


def _is_over(cookie: Cookie, now: datetime) -> bool:
    return cookie.expires_at is not None and cookie.expires_at <= now


def _in_words(loc: Iterable[int | str], kind: str, message: str) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "file"
    return f"{place}: {'is not JSON' if kind == 'json_invalid' else message.removeprefix('Value error, ')}"
