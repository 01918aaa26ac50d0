"""The guard, spoken to over its socket as a browser would."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.networks import Address
from tests.accessibility.site import Answer, TinySite, redirect, tiny_site

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
PUBLIC, LOCAL = ip_address("93.184.215.14"), ip_address("127.0.0.1")


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    pages = {
        "/fine": Answer("fine", headers={"Keep-Alive": "timeout=5", "X-Kept": "yes"}),
        "/large": Answer("x" * 300_000),
        "/posted": lambda asked: Answer(b"got " + asked.body),
        "/away": redirect("http://10.0.0.1/"),
    }
    with tiny_site(pages) as site:
        yield site


def with_guard(work: Callable[[Guard], Awaitable[Any]], *given: Any, **named: Any) -> Any:
    async def run() -> Any:
        async with Guard(*given, **named) as guard:
            return await work(guard)

    return asyncio.run(asyncio.wait_for(run(), 10))


async def say(guard: Guard, request: str | bytes) -> bytes:
    """Everything that is answered to these bytes, until the guard hangs up."""
    reader, writer = await connect(guard)
    writer.write(request.encode() if isinstance(request, str) else request)
    answer = b""
    try:
        answer = await reader.read()
    except ConnectionError:
        answer = b"broken off"
    writer.close()
    return answer


async def connect(guard: Guard) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", int(guard.address.rpartition(":")[2]))


def get(url: str, method: str = "GET", fields: str = "", body: str = "") -> str:
    host = url.split("/")[2]
    return f"{method} {url} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\n{fields}\r\n{body}"


def test_a_page_on_a_permitted_address_is_passed_on_whole(site: TinySite) -> None:
    answer = with_guard(lambda guard: say(guard, get(f"{site.base}/fine?a=b")), LOOPBACK)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200")
    assert body == b"fine"
    assert b"X-Kept: yes" in head
    assert b"Connection: close" in head
    assert b"eep-alive" not in head
    assert site.asked[-1].query == "a=b"
    assert "Proxy-Connection" not in site.asked[-1].headers


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "10.0.0.1:80", "169.254.169.254:80", "[::1]:9", "[::ffff:127.0.0.1]:9", "0.0.0.0:9"]
)
def test_an_address_that_is_not_permitted_is_refused_before_any_connection(host: str) -> None:
    async def ask(guard: Guard) -> tuple[bytes, bytes, str]:
        plain = await say(guard, get(f"http://{host}/secret"))
        tunnel = await say(guard, f"CONNECT {host} HTTP/1.1\r\n\r\n")
        return plain, tunnel, guard.refuses(f"http://{host}/secret")

    plain, tunnel, why = with_guard(ask)
    assert plain.startswith(b"HTTP/1.1 403")
    assert b"not permitted" in plain
    assert tunnel.startswith(b"HTTP/1.1 403")
    assert why


def test_the_refusal_carries_a_mark_that_nobody_else_knows() -> None:
    async def ask(guard: Guard) -> bool:
        return f"X-Campus-Guard: {guard.mark}".encode() in await say(guard, get("http://10.0.0.1/"))

    assert with_guard(ask)
    assert Guard().mark != Guard().mark


def test_a_name_that_leads_to_the_loopback_is_refused(site: TinySite) -> None:
    before = len(site.asked)
    assert with_guard(lambda guard: say(guard, get(f"{site.other}/fine"))).startswith(b"HTTP/1.1 403")
    assert len(site.asked) == before


def test_dns_that_changes_its_answer_reaches_nothing(site: TinySite) -> None:
    answers = iter([[PUBLIC], [LOCAL]])
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[Address]:
        asked.append(host)
        return next(answers)

    async def ask(guard: Guard) -> bytes:
        port = site.base.rpartition(":")[2]
        first = asyncio.create_task(say(guard, get(f"http://rebind.invalid:{port}/fine")))
        await asyncio.sleep(0.1)  # it is on its way to the public address, and asks no second time
        first.cancel()
        return await say(guard, get(f"http://rebind.invalid:{port}/fine"))

    before = len(site.asked)
    second = with_guard(ask, resolve=rebinding)
    assert second.startswith(b"HTTP/1.1 403")
    assert asked == ["rebind.invalid", "rebind.invalid"]
    assert len(site.asked) == before


def test_of_several_addresses_only_a_permitted_one_is_connected_to(site: TinySite) -> None:
    async def both(host: str, port: int) -> list[Address]:
        return [ip_address("10.0.0.1"), LOCAL]

    port = site.base.rpartition(":")[2]
    answer = with_guard(lambda guard: say(guard, get(f"http://two.invalid:{port}/fine")), LOOPBACK, resolve=both)
    assert answer.endswith(b"fine")


def test_a_redirect_is_passed_on_and_its_target_refused(site: TinySite) -> None:
    async def ask(guard: Guard) -> tuple[bytes, bytes]:
        return await say(guard, get(f"{site.base}/away")), await say(guard, get("http://10.0.0.1/"))

    first, second = with_guard(ask, LOOPBACK)
    assert b"Location: http://10.0.0.1/" in first
    assert second.startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_than_get_and_head_is_refused(site: TinySite, method: str) -> None:
    before = len(site.asked)
    answer = with_guard(lambda guard: say(guard, get(f"{site.base}/posted", method)), LOOPBACK)
    assert answer.startswith(b"HTTP/1.1 403")
    assert len(site.asked) == before


def test_a_post_passes_once_for_each_time_it_was_announced(site: TinySite) -> None:
    async def ask(guard: Guard) -> list[bytes]:
        guard.announce("POST", f"{site.base}/posted#part")
        request = get(f"{site.base}/posted", "POST", "Content-Length: 5\r\n", "words")
        return [await say(guard, request), await say(guard, request)]

    first, second = with_guard(ask, LOOPBACK)
    assert first.endswith(b"got words")
    assert second.startswith(b"HTTP/1.1 403")


def test_nothing_can_follow_a_get_on_its_connection(site: TinySite) -> None:
    smuggled = get(f"{site.base}/fine") + "POST /posted HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
    before = len(site.asked)
    assert with_guard(lambda guard: say(guard, smuggled), LOOPBACK).endswith(b"fine")
    assert [one.method for one in site.asked[before:]] == ["GET"]


def test_an_oversized_answer_is_cut_off_and_named(site: TinySite) -> None:
    async def ask(guard: Guard) -> tuple[bytes, set[str]]:
        return await say(guard, get(f"{site.base}/large")), guard.oversized

    answer, oversized = with_guard(ask, LOOPBACK, 100_000)
    assert len(answer) < 200_000
    assert oversized == {f"{site.base}/large"}


@pytest.mark.parametrize(
    "request_",
    [
        "",
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET http://127.0.0.1:99999/ HTTP/1.1\r\n\r\n",
        "GET http://[bad/ HTTP/1.1\r\n\r\n",
        "CONNECT nowhere HTTP/1.1\r\n\r\n",
        "CONNECT [::1]:port HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x00\xa5 \xff\xfe\r\n\r\n",
        "GET http://127.0.0.1/ HTTP/1.1\r\nX: " + "x" * 70_000,
    ],
)
def test_what_is_no_request_ends_the_connection_and_harms_nobody(site: TinySite, request_: str | bytes) -> None:
    async def ask(guard: Guard) -> bytes:
        reader, writer = await connect(guard)
        writer.write(request_.encode() if isinstance(request_, str) else request_)
        writer.write_eof()
        assert not (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()
        return await say(guard, get(f"{site.base}/fine"))

    assert with_guard(ask, LOOPBACK).endswith(b"fine")


@pytest.mark.parametrize("address", ["ftp://example.org/", "file:///etc/passwd", "/relative", "https://example.org/"])
def test_only_http_is_passed_outside_a_tunnel(address: str) -> None:
    answer = with_guard(lambda guard: say(guard, f"GET {address} HTTP/1.1\r\n\r\n"), LOOPBACK)
    assert answer.startswith(b"HTTP/1.1 403")


def test_a_tunnel_carries_nothing_but_tls(site: TinySite) -> None:
    async def ask(guard: Guard) -> tuple[bytes, bytes]:
        reader, writer = await connect(guard)
        target = site.base.removeprefix("http://")
        writer.write(f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())
        opened = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"POST /posted HTTP/1.1\r\nHost: x\r\n\r\n")
        return opened, await reader.read()

    before = len(site.asked)
    opened, rest = with_guard(ask, LOOPBACK)
    assert opened.startswith(b"HTTP/1.1 200")
    assert rest == b""
    assert len(site.asked) == before


def test_a_tunnel_passes_both_ways_until_one_side_hangs_up() -> None:
    hello = b"\x16 hello"

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.read(100) + b" to you")
        writer.close()

    async def ask(guard: Guard) -> bytes:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await connect(guard)
        writer.write(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(hello)
        answer = await reader.read()
        server.close()
        return answer

    assert with_guard(ask, LOOPBACK) == hello + b" to you"


def test_a_server_that_is_not_there_is_told_apart_from_a_refusal() -> None:
    answer = with_guard(lambda guard: say(guard, get("http://127.0.0.1:1/")), LOOPBACK)
    assert answer.startswith(b"HTTP/1.1 502")
    answer = with_guard(lambda guard: say(guard, get("http://nowhere.invalid/")), LOOPBACK)
    assert answer.startswith(b"HTTP/1.1 502")


def test_a_browser_that_hangs_up_frees_the_connection_to_a_silent_server() -> None:
    freed = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        if not await reader.read():
            freed.set()
        writer.close()

    async def ask(guard: Guard) -> None:
        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        _, writer = await connect(guard)
        writer.write(get(f"http://127.0.0.1:{port}/").encode())
        await asyncio.sleep(0.1)
        writer.close()
        await asyncio.wait_for(freed.wait(), 5)
        server.close()

    with_guard(ask, LOOPBACK)


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhalf")
        await writer.drain()
        await asyncio.sleep(0.1)
        at_once = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)  # closing resets
        writer.transport.abort()

    async def ask(guard: Guard) -> bytes:
        server = await asyncio.start_server(half, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        answer = await say(guard, get(f"http://127.0.0.1:{port}/"))
        server.close()
        return answer

    assert with_guard(ask, LOOPBACK) == b"broken off"


def test_a_guard_that_is_not_running_has_no_address() -> None:
    with pytest.raises(RuntimeError):
        _ = Guard().address
