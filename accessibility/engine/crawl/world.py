"""The isolated world: our own JavaScript realm in every frame, which the audited page can neither see nor change.

A page that fakes `window.axe`, forbids evaluation by CSP or overwrites DOM methods has no effect there.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.axe_script import axe_script

WORLD = "campus-audit"
ESCAPE = re.compile(r"\\\\|(\\ud[0-9a-f]{3})")
SCRIPTS = (
    "recognise/names.js",
    "recognise/families.js",
    "recognise/own.js",
    "recognise/ancestry.js",
    "repeated_parts.js",
    "page_script.js",
)


@cache
def world_script() -> str:
    """What runs first in our world of every document: axe, then our own scripts."""
    own = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return "\n".join([axe_script(), *own])


class ScriptError(Exception):
    """A script of ours failed in the page; the text is the page's error message (hostile)."""


@dataclass(frozen=True, slots=True)
class World:
    """Our world in one frame: evaluates expressions there.

    Answers travel as one text of JSON: value by value they would be checked and converted at every station on the way.
    """

    session: CDPSession
    context_id: int

    async def evaluate(self, expression: str) -> Any:
        """The JSON value of an expression; promises are awaited. Raises `ScriptError`."""
        answer = await self.session.send(
            "Runtime.evaluate",
            {
                "expression": f"(async () => JSON.stringify(await ({expression})))()",
                "contextId": self.context_id,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        return _value(answer)

    async def call(self, script: str, given: Any = None) -> Any:
        """The JSON value of a function expression, called with JSON. Raises `ScriptError`."""
        return await self.evaluate(f"({script})({json.dumps(given)})")

    async def run(self, script: str) -> None:
        """Run a script for what it leaves in our world. Raises `ScriptError`."""
        answer = await self.session.send("Runtime.evaluate", {"expression": script, "contextId": self.context_id})
        _raise(answer)

    async def call_on(self, object_id: str, function: str) -> Any:
        """The JSON value of a function called on an element."""
        declaration = f"async function () {{ return JSON.stringify(await ({function}).call(this)); }}"
        answer = await self.session.send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": declaration, "objectId": object_id, "awaitPromise": True, "returnByValue": True},
        )
        return _value(answer)


def _raise(answer: dict[str, Any]) -> None:
    if problem := answer.get("exceptionDetails"):
        text = problem.get("exception", {}).get("description") or problem.get("text", "")
        raise ScriptError(str(text)[:300])


def _value(answer: dict[str, Any]) -> Any:
    _raise(answer)
    text = answer["result"].get("value")
    return None if text is None else json.loads(_well_formed(text))


def _well_formed(text: str) -> str:
    """JSON without halves of characters, which JavaScript's texts may hold and which no file can.

    `JSON.stringify` writes them as escapes, and whole characters as themselves.
    """
    return ESCAPE.sub(lambda found: "\\ufffd" if found[1] else found[0], text) if "\\ud" in text else text


async def enter(session: CDPSession, frame_id: str) -> World:
    """Our world in a frame of this session's process; it is made when the frame's document had none yet."""
    for attempt in range(3):
        try:
            made = await session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": WORLD})
            return World(session, made["executionContextId"])
        except PlaywrightError:
            if attempt == 2:
                raise
            await asyncio.sleep(0.05)  # the frame is just being replaced
    raise AssertionError("unreachable")
