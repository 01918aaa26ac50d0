"""A platform to audit, as one value: the same model for TOML files, the browser form, the API and the database."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from accessibility.engine.crawl.own_hosts import OwnHosts
from accessibility.engine.login_recipe import HeaderLogin, Login, must_be_readable
from accessibility.engine.page import ANONYMOUS
from accessibility.engine.profile import Profile

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SLUG = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")
MIB = 1024 * 1024


DeepOn = Literal["", "every night", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)  # one could be a secret


class Viewport(_Model):
    """A window size in CSS pixels; narrow ones are emulated as a phone with touch."""

    name: str = Field(pattern=r"^[\w -]{1,30}$")
    width: int = Field(ge=240, le=3840)
    height: int = Field(ge=200, le=4320)

    @property
    def mobile(self) -> bool:
        """Whether a phone is emulated."""
        return self.width < 600


DESKTOP = Viewport(name="desktop", width=1280, height=800)
MOBILE = Viewport(name="mobile", width=390, height=844)


class Role(_Model):
    """A named way to see the platform."""

    name: str = Field(pattern=r"^[\w -]{1,40}$")
    login: Login

    @field_validator("name")
    @classmethod
    def _not_anonymous(cls, name: str) -> str:
        if name == ANONYMOUS:
            raise ValueError("'anonymous' is always there and needs no login; switch it off with anonymous = false")
        return name


class HarmlessRequest(_Model):
    """A request other than GET that may leave the browser during a crawl, because it only reads.

    `path` is matched at the end of the request's path. With `json_field`, the body must be JSON (an object or a list
    of objects) whose every `json_field` is one of `values`.
    """

    method: str = "POST"
    path: str = Field(min_length=2)
    json_field: str = ""
    values: tuple[str, ...] = ()


class PlatformSettings(_Model):
    """All settings of a platform. Relative addresses are resolved against the first base address."""

    slug: str
    name: str = Field(min_length=1, max_length=120)
    base: tuple[str, ...] = Field(min_length=1, description="Base addresses; pages are below one of them.")
    hosts: tuple[str, ...] = Field((), description="Further hosts that may be navigated to; base hosts always may.")
    start: tuple[str, ...] = Field((), description="Start pages; default: the base addresses.")
    sitemaps: tuple[str, ...] = Field(
        (), description="Sitemap addresses; default: those of robots.txt, else /sitemap.xml if there is one."
    )
    include: tuple[str, ...] = Field((), description="Regular expressions; if given, an address must match one.")
    exclude: tuple[str, ...] = Field((), description="Regular expressions of addresses never visited.")
    max_pages: int = Field(1000, ge=1, le=100_000, description="Page budget per role.")
    max_depth: int = Field(10, ge=0, le=100, description="Clicks from a start page.")
    pattern_budget: int = Field(
        250, ge=1, le=100_000, description="Addresses of one pattern (numbers folded) per role."
    )
    calendar_budget: int = Field(12, ge=1, le=100_000, description="The same for patterns that carry a date or time.")
    robots: bool = Field(True, description="Honour robots.txt; switch off for one's own site only.")
    delay: float = Field(0.0, ge=0, le=60, description="Seconds between two pages of one tab.")
    parallel: int = Field(2, ge=1, le=16, description="Pages loaded at a time.")
    page_timeout: float = Field(30.0, gt=0, le=300, description="Seconds to load a page.")
    max_page_bytes: int = Field(15 * MIB, ge=10_000, le=1024 * MIB, description="Larger pages are not audited.")
    documents: bool = Field(True, description="Examine documents (PDF, Word, presentations) in deep audits.")
    max_documents: int = Field(500, ge=0, le=100_000, description="Documents per role.")
    viewports: tuple[Viewport, ...] = Field((DESKTOP, MOBILE), min_length=1, max_length=10)
    languages: tuple[str, ...] = Field(("en",), min_length=1, description="First one is asked of the server.")
    coverage_floor: float = Field(0.95, ge=0, le=1, description="No score and no verdict below this coverage.")
    allow_private: bool = Field(False, description="Permit loopback, private and link-local addresses.")
    preset: Literal["", "moodle"] = ""
    harmless: tuple[HarmlessRequest, ...] = ()
    anonymous: bool = Field(True, description="Audit as a visitor who is not logged in.")
    roles: tuple[Role, ...] = Field((), max_length=20)
    schedule: str = Field("0 1 * * *", description="Cron: minute hour day month weekday. Empty: only by hand.")
    deep_on: DeepOn = Field("sunday", description="Weekday of the deep night; empty: only by hand.")
    time_zone: str = Field("", description="Time zone of the schedule; default: the campus's.")
    model: str = Field("", description="Short name of the platform that this one was made from.")
    share: bool = Field(True, description="Join tickets of components that other platforms have too.")
    owner: str = Field("", max_length=254, description="E-mail address of the person who answers for the platform.")

    @field_validator("slug")
    @classmethod
    def _slug(cls, slug: str) -> str:
        if not SLUG.fullmatch(slug):
            raise ValueError("use small letters, digits and inner hyphens, at most 64")
        return slug

    @field_validator("model")
    @classmethod
    def _model_slug(cls, model: str) -> str:
        return cls._slug(model) if model else ""

    @field_validator("base")
    @classmethod
    def _absolute(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError(f"{address!r} is not an http or https address")
        must_be_readable(addresses)
        return addresses

    @field_validator("start", "sitemaps")
    @classmethod
    def _readable(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        must_be_readable(addresses)
        return addresses

    @field_validator("hosts")
    @classmethod
    def _readable_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        must_be_readable(f"//{host}" for host in hosts)
        return hosts

    @field_validator("include", "exclude")
    @classmethod
    def _patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
        return patterns

    @model_validator(mode="after")
    def _unique_names(self) -> PlatformSettings:
        for what, names in (("role", [r.name for r in self.roles]), ("viewport", [v.name for v in self.viewports])):
            if len(set(names)) != len(names):
                raise ValueError(f"two {what}s have the same name")
        if self.model == self.slug:
            raise ValueError("model: a platform is not made from itself")
        if not self.anonymous and not self.roles:
            raise ValueError("with anonymous = false, at least one role is needed")
        return self

    @model_validator(mode="after")
    def _headers_stay_here(self) -> PlatformSettings:
        for role in self.roles:
            hosts = role.login.hosts if isinstance(role.login, HeaderLogin) else ()
            for host in hosts:
                if host.lower() not in self.navigable_hosts:
                    raise ValueError(f"the headers of {role.name} are for {host}, which is no host of the platform")
        return self

    def profile_of(self, night: date) -> Profile:
        """Which checks a scheduled night runs that begins on this date, in the time zone of the schedule."""
        deep = self.deep_on == "every night" or self.deep_on == WEEKDAYS[night.weekday()]
        return Profile.DEEP if deep else Profile.STANDARD

    @property
    def role_names(self) -> tuple[str, ...]:
        """Every role that is audited, the anonymous one first."""
        return ((ANONYMOUS,) if self.anonymous else ()) + tuple(role.name for role in self.roles)

    @property
    def only_base(self) -> str:
        """The base address, by which pages can be mapped onto those of a preview; "" where there are several."""
        return self.base[0] if len(self.base) == 1 else ""

    @property
    def start_addresses(self) -> tuple[str, ...]:
        """Absolute start addresses."""
        return tuple(urljoin(self.base[0], address) for address in self.start) or self.base

    @property
    def navigable_hosts(self) -> frozenset[str]:
        """Host names (with a port where one is given) that may be navigated to."""
        return frozenset(urlsplit(address).netloc.lower() for address in self.base) | {h.lower() for h in self.hosts}

    def own_hosts(self, login: Login) -> OwnHosts:
        """Where the headers or the saved state of a login may go."""
        chosen = login.hosts if isinstance(login, HeaderLogin) else ()
        return OwnHosts(self.base, chosen or self.navigable_hosts)

    def role(self, name: str) -> Role | None:
        """The role of this name; None for the anonymous one."""
        return next((role for role in self.roles if role.name == name), None)
