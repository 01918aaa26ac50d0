"""Bodies at the door."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from api.middleware import BodyLimit

LIMIT = 10


def read_through(messages: Sequence[dict[str, Any]]) -> bytes | None:
    """What an application behind the limit reads of these messages; None when it is not even called."""
    left = iter(messages)
    seen: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return next(left)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        message = await receive()
        assert message["more_body"] is False
        seen.append(message["body"])

    asyncio.run(BodyLimit(app, LIMIT)({"type": "http", "path": "/", "headers": []}, receive, send))
    return seen[0] if seen else None


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.parametrize(
    "messages",
    [[part(b"0123456789")], [part(b"01234", more=True), part(b"56789")], [part(b"0123456789", more=True), part(b"")]],
)
def test_a_body_up_to_the_limit_comes_through_whole(messages: list[dict[str, Any]]) -> None:
    assert read_through(messages) == b"0123456789"


def test_a_body_that_drips_is_refused_in_time() -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return part(b"", more=True)

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(*_: Any) -> None:
        raise AssertionError("half a body was handled")

    scope = {"type": "http", "method": "POST", "path": "/api/v1/people", "headers": [], "query_string": b""}
    scope |= {"server": ("testserver", 80), "scheme": "http", "state": {"id": "sample"}}
    asyncio.run(BodyLimit(app, LIMIT, seconds=0.05)(scope, receive, send))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def scope_of(size: int) -> dict[str, Any]:
    """A request to an address that takes large files, which announces so many bytes."""
    scope = {"type": "http", "method": "POST", "path": "/api/v1/file", "query_string": b"", "state": {"id": "sample"}}
    headers = [(b"content-length", str(size).encode())]
    return scope | {"server": ("testserver", 80), "scheme": "http", "headers": headers}


def test_large_bodies_together_take_no_more_than_their_share_of_the_memory() -> None:
    answers: list[int] = []
    waiting = asyncio.Event()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await waiting.wait()
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Any) -> None:
        answers.extend([message["status"]] if "status" in message else [])

    async def several() -> None:
        limit = BodyLimit(app, LIMIT, larger={"/api/v1/file": 50}, together=100)

        async def ask(size: int) -> None:
            messages = iter([part(b"x" * size)])

            async def receive() -> dict[str, Any]:
                return next(messages)

            await limit(scope_of(size), receive, send)

        asked = [asyncio.create_task(ask(size)) for size in (50, 50, 40, LIMIT)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert answers == [503]  # the third of the large ones; a small one is none of them
        waiting.set()
        await asyncio.gather(*asked)
        await ask(40)
        assert limit.held == 0

    asyncio.run(several())
    assert sorted(answers) == [200, 200, 200, 200, 503]


def test_a_body_that_breaks_off_is_not_handled_as_if_it_were_whole() -> None:
    assert read_through([part(b"amount=1", more=True), {"type": "http.disconnect"}]) is None
