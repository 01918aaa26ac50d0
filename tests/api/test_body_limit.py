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


def test_a_body_that_breaks_off_is_not_handled_as_if_it_were_whole() -> None:
    assert read_through([part(b"amount=1", more=True), {"type": "http.disconnect"}]) is None
