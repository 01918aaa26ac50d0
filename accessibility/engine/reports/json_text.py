"""JSON that every reader takes: texts of pages may hold halves of surrogate pairs, which strict readers refuse."""

import json
from typing import Any


def json_text(value: Any, indent: int | None = None) -> str:
    """The value as JSON in ASCII, its texts whole."""
    return json.dumps(_whole(value), indent=indent, ensure_ascii=True)


def without_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs replaced, whole pairs joined."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(value: Any) -> Any:
    match value:
        case str():
            return without_surrogates(value)
        case dict():
            return {key: _whole(one) for key, one in value.items()}
        case list() | tuple():
            return [_whole(one) for one in value]
    return value
