"""The guard: a forward proxy in our own event loop through which every request of the browser goes.

It resolves a name itself, connects only to an address that is permitted, and so sees redirects and sub-resources too
and defeats DNS that changes its answer. Plain HTTP passes with GET and HEAD only, unless a request was announced; in a
TLS tunnel it sees no method, which is why `requests.py` watches the browser from within as well.
"""

import asyncio
import contextlib
import secrets
from collections import Counter
from collections.abc import Iterable
from types import TracebackType
from urllib.parse import urlsplit

from accessibility.engine.crawl.networks import Network, is_permitted, resolve

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024
CONNECT_TIMEOUT = 15
IDLE_TIMEOUT = 120
TLS_HANDSHAKE = b"\x16"
SAFE_METHODS = frozenset({"GET", "HEAD"})


class Refused(Exception):
    """The request may not go out; the text says why."""


class Guard:
    """Use as an async context manager; `address` is then what goes into `--proxy-server`.

    `max_bytes` bounds one plain HTTP response; `oversized` collects the addresses that were cut.
    """

    def __init__(self, permitted: Iterable[Network] = (), max_bytes: int = 0) -> None:
        self.mark = secrets.token_hex(8)  # proves that a 403 comes from us and not from the audited server
        self.refused_hosts: dict[str, str] = {}
        self.oversized: set[str] = set()
        self._permitted = tuple(permitted)
        self._max_bytes = max_bytes
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
        upstream = await self._connect(parts.hostname, parts.port or 80)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        upstream_reader, upstream_writer = upstream
        upstream_writer.write(f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + _single_use(fields))
        await self._relay(target, reader, writer, upstream_reader, upstream_writer)

    def _check_method(self, method: str, url: str) -> None:
        if method in SAFE_METHODS:
            return
        if self._announced[(method, url)] <= 0:
            raise Refused(f"{method} is not let through during an audit")
        self._announced[(method, url)] -= 1

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        addresses = await resolve(host, port)
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
            async with asyncio.TaskGroup() as both:
                both.create_task(_pipe(reader, upstream_writer))
                both.create_task(_pipe(upstream_reader, writer))
        except* OSError:
            pass  # one side hung up
        finally:
            upstream_writer.close()

    async def _relay(
        self,
        url: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream_reader: asyncio.StreamReader,
        upstream_writer: asyncio.StreamWriter,
    ) -> None:
        sending = asyncio.create_task(_pipe(reader, upstream_writer))  # the request's body, if there is one
        try:
            head = await upstream_reader.readuntil(b"\r\n\r\n")
            line, _, fields = head.partition(b"\r\n")
            writer.write(line + b"\r\n" + _single_use(fields))
            passed = 0
            while chunk := await upstream_reader.read(CHUNK):
                passed += len(chunk)
                if self._max_bytes and passed > self._max_bytes:
                    self.oversized.add(url)
                    writer.transport.abort()
                    return
                writer.write(chunk)
                await writer.drain()
        except asyncio.IncompleteReadError as error:
            raise OSError("the server hung up") from error
        finally:
            sending.cancel()
            upstream_writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


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
