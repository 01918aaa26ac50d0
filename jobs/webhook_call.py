"""One call of a webhook, whose address comes from outside: checked network, no redirect, bounded time."""

import asyncio
import ssl
from collections.abc import Iterable
from ipaddress import IPv6Address

import httpx2

from accessibility.engine.crawl.networks import PRIVATE, Address, Network, is_permitted, resolve

WHOLE_SECONDS = 15


class CallFailed(Exception):
    """The receiver did not accept it; the text says why."""


def call(address: str, content: bytes, headers: dict[str, str], *, allow_private: bool) -> None:
    """POST `content`; returns when the receiver answered 2xx. Raises `CallFailed` for everything else.

    The name is resolved once and the connection goes to an address that was checked, so a name that changes its
    address leads nowhere else. Certificates are checked against the name, by the machine's own authorities. The
    answer's body is not read.
    """
    try:
        asyncio.run(_call(address, content, headers, PRIVATE if allow_private else ()))
    except TimeoutError:
        raise CallFailed(f"no answer within {WHOLE_SECONDS} seconds") from None
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        raise CallFailed(f"no connection: {type(error).__name__}: {error}") from None


async def _call(address: str, content: bytes, headers: dict[str, str], permitted: Iterable[Network]) -> None:
    url = httpx2.URL(address)
    async with asyncio.timeout(WHOLE_SECONDS):
        addresses = await resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        allowed = [one for one in addresses if is_permitted(one, permitted)]
        if not allowed:
            raise CallFailed(f"{url.host} leads to {addresses[0]}, a network that is not permitted")
        status = await _post(url, allowed, content, headers)
    if 300 <= status < 400:
        raise CallFailed(f"the answer was {status}; redirects are not followed")
    if not 200 <= status < 300:
        raise CallFailed(f"the answer was {status}")


async def _post(url: httpx2.URL, addresses: list[Address], content: bytes, headers: dict[str, str]) -> int:
    """The status of the answer of the first address that takes the connection."""
    named = headers | {"host": url.netloc.decode("ascii")}
    refused: httpx2.ConnectError | None = None
    trusted = ssl.create_default_context()
    async with httpx2.AsyncClient(verify=trusted, trust_env=False, timeout=WHOLE_SECONDS) as client:
        for one in addresses:
            target = url.copy_with(host=f"[{one}]" if isinstance(one, IPv6Address) else str(one))
            options = {"content": content, "headers": named, "extensions": {"sni_hostname": url.host}}
            try:
                async with client.stream("POST", target, follow_redirects=False, **options) as answer:  # type: ignore[arg-type]
                    return answer.status_code
            except httpx2.ConnectError as error:
                refused = error
    raise refused or httpx2.ConnectError("no address")
