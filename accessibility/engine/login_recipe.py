"""The ways in which a role logs in, as values. What is secret in them never shows: not in `repr`, not as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from accessibility.engine import saved_state

PROOF = "CSS selector of something only a logged-in page of this role has."
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]{0,8190}[\x21-\x7e])?")  # the browser would send others as UTF-8
# What the browser writes itself, what belongs to one connection, and what makes a GET something else.
RESERVED_HEADERS = frozenset(
    """connection cookie cookie2 date dnt expect host keep-alive origin range referer set-cookie te trailer
    transfer-encoding upgrade user-agent via x-http-method x-http-method-override x-method-override""".split()
)
RESERVED_PREFIXES = ("accept", "access-control-", "content-", "if-", "proxy-", "sec-")


class _Recipe(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)  # one could be a secret


class FormLogin(_Recipe):
    """Log in through a form. `fields` maps a CSS selector or field name to its value; values are secrets."""

    kind: Literal["form"] = "form"
    address: str
    fields: dict[str, SecretStr] = Field(min_length=1)
    submit: str = Field("", description="CSS selector of the button; default: the form's first submit button.")
    sentinel: str = Field(min_length=1, description=PROOF)

    @field_validator("address")
    @classmethod
    def _readable(cls, address: str) -> str:
        must_be_readable([address])
        return address


class BasicLogin(_Recipe):
    """HTTP basic authentication. The sentinel is optional there: a lost session answers 401."""

    kind: Literal["basic"] = "basic"
    username: str
    password: SecretStr
    sentinel: str = ""


class HeaderLogin(_Recipe):
    """Headers on every request to the platform's own hosts. `headers` maps a name to its value; values are secrets."""

    kind: Literal["header"] = "header"
    headers: dict[str, SecretStr] = Field(min_length=1, max_length=10)
    hosts: tuple[str, ...] = Field((), description="Those of the platform's hosts that get them; default: all.")
    sentinel: str = Field(min_length=1, description=PROOF)

    @field_validator("headers")
    @classmethod
    def _harmless(cls, headers: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name, value in headers.items():
            _must_be_a_header(name)
            if value.get_secret_value() and not HEADER_VALUE.fullmatch(value.get_secret_value()):
                raise ValueError(
                    f"the value of {name} cannot be sent: it holds a line break, spaces around it or characters"
                    " outside ASCII, or is longer than 8 KiB"
                )
        if len({name.lower() for name in headers}) != len(headers):
            raise ValueError("two headers have the same name")
        return headers

    @field_validator("hosts")
    @classmethod
    def _readable_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        must_be_readable(f"//{host}" for host in hosts)
        return hosts


class StateLogin(_Recipe):
    """A browser's saved state: Playwright's `storage_state` as JSON text, which is a secret."""

    kind: Literal["state"] = "state"
    state: SecretStr
    sentinel: str = Field(min_length=1, description=PROOF)

    @field_validator("state")
    @classmethod
    def _understood(cls, state: SecretStr) -> SecretStr:
        if state.get_secret_value():
            saved_state.read(state.get_secret_value())
        return state


Login = Annotated[FormLogin | BasicLogin | HeaderLogin | StateLogin, Field(discriminator="kind")]


def must_be_readable(addresses: Iterable[str]) -> None:
    """`ValueError` for an address of which host and port cannot be told."""
    for address in addresses:
        _ = urlsplit(address).port


def _must_be_a_header(name: str) -> None:
    """`ValueError` for what is no header's name, or for one that is not ours to set."""
    if not HEADER_NAME.fullmatch(name):  # not repeated: somebody may have put the value there
        raise ValueError("a header's name has letters, digits and hyphens only, at most 100")
    if name.lower() in RESERVED_HEADERS or name.lower().startswith(RESERVED_PREFIXES):
        raise ValueError(f"the header {name} cannot be set: it is the browser's own, or would change what a page is")
