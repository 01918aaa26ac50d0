"""The guard: a forward proxy in our own event loop through which every request of the browser goes.

It resolves a name itself, connects only to an address that is permitted, and so sees redirects and sub-resources too
and defeats DNS that changes its answer. Plain HTTP passes with GET and HEAD only, unless a request was announced; in a
TLS tunnel it sees no method, which is why `requests.py` watches the browser from within as well.
"""

import asyncio
import contextlib
import secrets
import socket
import struct
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from accessibility.engine.crawl.networks import Address, Network, is_permitted, resolve

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024
CONNECT_TIMEOUT = 15
IDLE_TIMEOUT = 120
TLS_HANDSHAKE = b"\x16"
SAFE_METHODS = frozenset({"GET", "HEAD"})

Resolve = Callable[[str, int], Awaitable[list[Address]]]


class Refused(Exception):
    """The request may not go out; the text says why."""


class Guard:
    """Use as an async context manager; `address` is then what goes into `--proxy-server`.

    `max_bytes` bounds one plain HTTP response; `oversized` collects the addresses that were cut. Every connection asks
    `resolve` once and goes to an address that it answered then.
    """

    def __init__(self, permitted: Iterable[Network] = (), max_bytes: int = 0, *, resolve: Resolve = resolve) -> None:
        self.mark = secrets.token_hex(8)  # proves that a 403 comes from us and not from the audited server
        self.refused_hosts: dict[str, str] = {}
        self.oversized: set[str] = set()
        self._permitted = tuple(permitted)
        self._max_bytes = max_bytes
        self._resolve = resolve
        self._announced: Counter[tuple[str, str]] = Counter()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Address of the proxy."""
        if self._server is None:
            raise RuntimeError("the guard is not running")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> "Guard":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def announce(self, method: str, url: str) -> None:
        """Let one request with an unsafe method through: a login, or one known as harmless."""
        self._announced[(method, url.partition("#")[0])] += 1

    def refuses(self, url: str) -> str:
        """Why the address was refused, if it was: the network address that its host leads to."""
        return self.refused_hosts.get((urlsplit(url).hostname or "").lower(), "")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            async with asyncio.timeout(IDLE_TIMEOUT):
                head = await reader.readuntil(b"\r\n\r\n")
            await self._answer(head, reader, writer)
        except Refused as refusal:
            await self._say(writer, 403, str(refusal))
        except (OSError, TimeoutError) as error:
            await self._say(writer, 502, f"no connection: {error}")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, UnicodeError):
            pass  # not a request; closing is the answer
        except asyncio.CancelledError:
            pass  # the guard closes, and asyncio of Python 3.11 would log a cancelled task as a fault
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _say(self, writer: asyncio.StreamWriter, status: int, reason: str) -> None:
        body = reason.encode(errors="replace")
        with contextlib.suppress(OSError):
            writer.write(
                f"HTTP/1.1 {status} Guard\r\nX-Campus-Guard: {self.mark}\r\nContent-Type: text/plain\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
                + body
            )
            await writer.drain()

    async def _answer(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, _, fields = head.partition(b"\r\n")
        method, target, _version = line.decode("latin-1").split(" ", 2)
        if method == "CONNECT":
            await self._tunnel(target, reader, writer)
            return
        parts = urlsplit(target)
        if parts.scheme != "http" or not parts.hostname:
            raise Refused("only http and https are let through")
        self._check_method(method, target)
        upstream_reader, upstream_writer = await self._connect(parts.hostname, parts.port or 80)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        upstream_writer.write(f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + _single_use(fields))
        sending = _swallow(reader) if method in SAFE_METHODS else _pipe(reader, upstream_writer)
        try:
            await _until_one_ends(sending, self._pass_answer(target, upstream_reader, writer))
        finally:
            upstream_writer.close()

    def _check_method(self, method: str, url: str) -> None:
        if method in SAFE_METHODS:
            return
        if self._announced[(method, url)] <= 0:
            raise Refused(f"{method} is not let through during an audit")
        self._announced[(method, url)] -= 1

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        addresses = await self._resolve(host, port)
        allowed = [address for address in addresses if is_permitted(address, self._permitted)]
        if not allowed:
            self.refused_hosts[host.lower()] = str(addresses[0])
            raise Refused(f"{host} leads to {addresses[0]}, a network that is not permitted")
        problem: OSError | TimeoutError = OSError("no address")
        for address in allowed:
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    return await asyncio.open_connection(str(address), port)
            except (OSError, TimeoutError) as error:
                problem = error
        raise problem

    async def _tunnel(self, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = target.rpartition(":")
        upstream_reader, upstream_writer = await self._connect(host.strip("[]"), int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        first = await reader.read(CHUNK)
        if not first.startswith(TLS_HANDSHAKE):  # a tunnel for plain text (ws:) could carry any method
            upstream_writer.close()
            return
        upstream_writer.write(first)
        try:
            await _until_one_ends(_pipe(reader, upstream_writer), _pipe(upstream_reader, writer))
        finally:
            upstream_writer.close()

    async def _pass_answer(self, url: str, upstream_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await upstream_reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            raise OSError("the server hung up") from error
        line, _, fields = head.partition(b"\r\n")
        writer.write(line + b"\r\n" + _single_use(fields))
        passed = 0
        try:
            while chunk := await upstream_reader.read(CHUNK):
                passed += len(chunk)
                if self._max_bytes and passed > self._max_bytes:
                    self.oversized.add(url)
                    break
                writer.write(chunk)
                await writer.drain()
            else:
                return
        except OSError:
            pass  # either side broke off in the middle
        _reset(writer)


async def _until_one_ends(*ways: Coroutine[Any, Any, None]) -> None:
    """Run both ways of a connection until either side has hung up, so that a silent other side holds nothing."""
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()


async def _swallow(reader: asyncio.StreamReader) -> None:
    """Read until the browser hangs up: what follows a GET is no part of it."""
    with contextlib.suppress(OSError):
        while await reader.read(CHUNK):
            pass


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection as a fault, so that what was passed is not taken for the whole."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _single_use(fields: bytes) -> bytes:
    """Header fields with every hop-by-hop one replaced by `Connection: close`."""
    kept = [
        field
        for field in fields.split(b"\r\n")
        if field
        and field.partition(b":")[0].strip().lower() not in (b"connection", b"keep-alive", b"proxy-connection")
        and not field.lower().startswith(b"proxy-")
    ]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""])
