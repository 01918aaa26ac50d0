"""Requests other than GET and HEAD that may leave the browser during a crawl because they only read."""

import json
import re
from typing import Any

from accessibility.engine.crawl.addresses import host_of, normalise, split
from accessibility.engine.crawl.presets import preset
from accessibility.engine.platform import HarmlessRequest, PlatformSettings

MAX_BODY = 64 * 1024
MAX_CALLS = 50
_SCRIPT = re.compile(r"\.[a-z]{2,5}[0-9]?$", re.IGNORECASE)


def harmless_requests(settings: PlatformSettings) -> tuple[HarmlessRequest, ...]:
    """Those of the settings and of the platform's preset."""
    return (*settings.harmless, *preset(settings).harmless)


def is_harmless(
    method: str, url: str, body: bytes | str | None, harmless: tuple[HarmlessRequest, ...], hosts: frozenset[str]
) -> bool:
    """Whether a request is one of `harmless` and goes to one of the platform's `hosts` (`Scope.hosts`).

    Whatever cannot be read without doubt is not harmless.
    """
    normal = normalise(url)
    if normal is None or host_of(normal) not in hosts:
        return False
    path = split(normal).path
    return any(
        method.upper() == request.method.upper() and _ends_with(path, request.path) and _allows(request, body)
        for request in harmless
    )


def _ends_with(path: str, wanted: str) -> bool:
    """Matched from a segment's start; before it only folders: `/delete.php/lib/…` would run delete.php."""
    before, found, after = path.rpartition(f"/{wanted.strip('/')}")
    return bool(found) and not after and not any(_SCRIPT.search(segment) for segment in before.split("/"))


def _allows(request: HarmlessRequest, body: bytes | str | None) -> bool:
    if not request.json_field:
        return True
    calls = _calls(body)
    return bool(calls) and all(call.get(request.json_field) in request.values for call in calls)


def _calls(body: bytes | str | None) -> list[dict[str, Any]]:
    """The body's objects; none if it is anything but an object or a list of a few objects."""
    if body is None or len(body) > MAX_BODY:
        return []
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        content = json.loads(text, object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):
        return []
    calls = content if isinstance(content, list) else [content]
    return calls if len(calls) <= MAX_CALLS and all(isinstance(call, dict) for call in calls) else []


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key given twice may be read either way by the server."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)
