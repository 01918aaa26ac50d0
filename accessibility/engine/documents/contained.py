"""A document read in a process of its own, which is ended when it takes too long."""

import asyncio
import contextlib
import json
import sys
from typing import Any

from accessibility.engine.documents.facts import DocumentFacts, Places, Unreadable

READER = "accessibility.engine.documents.reader"
TIMEOUT = 60.0  # seconds, processor time aside; a busy machine is given some
MOST_ANSWERED = 2_000_000  # bytes of JSON
PLACES = {name for name, one in DocumentFacts.__dataclass_fields__.items() if one.default_factory is Places}


async def read_document(data: bytes) -> DocumentFacts | None:
    """The facts of a PDF, .docx or .pptx; None for another kind of file. Raises `Unreadable`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        READER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(TIMEOUT):
            answer, _ = await process.communicate(data)
    except TimeoutError:
        raise Unreadable(f"reading it takes longer than {TIMEOUT:g} seconds") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode or len(answer) > MOST_ANSWERED:
        raise Unreadable("reading it takes more time or memory than is allowed")
    return _facts(json.loads(answer))


def _facts(answer: dict[str, Any]) -> DocumentFacts | None:
    if answer.get("other"):
        return None
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    values: dict[str, Any] = {name: Places(**one) if name in PLACES else one for name, one in answer.items()}
    return DocumentFacts(**values)
