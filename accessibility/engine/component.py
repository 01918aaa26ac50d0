"""The component key: the name by which the same problem is recognised on other pages and on other nights.

It is made of the rule, the frame path, the landmark path, roles and the normalised structure around the element. Ids,
class names, positions, addresses and texts stay out: they are generated, move, or differ from item to item of one
template. So twenty unlabelled images of one list have one key, and the same fault in the footer has another.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

KEY_VERSION = 1
NAMED_LANDMARKS = frozenset({"navigation", "complementary", "search", "banner", "contentinfo", "region"})
NUMBERS = re.compile(r"\d+")
GENERATED = re.compile(r"\b(?=\w*\d)[0-9a-f]{6,}\b", re.IGNORECASE)
FORM_CONTROLS = frozenset({"input", "select", "textarea", "button"})

Step = dict[str, Any]


def component_key(rule: str, path: Sequence[Step], own: dict[str, Any], frames: Sequence[Sequence[Step]] = ()) -> str:
    """32 hexadecimal digits.

    `path` are the element's ancestors from itself up to the root, as `page_script.js` describes them, `own` what the
    element itself holds, `frames` the paths of the iframes that lead to it, outermost first.
    """
    parts = [str(KEY_VERSION), rule, *(_chain(frame) for frame in frames), _chain(path), _self(path, own)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _chain(path: Sequence[Step]) -> str:
    """The ancestors from the root down; a nesting that repeats itself (threads, trees) counts once."""
    return " ".join(_without_repeats([_step(step) for step in reversed(path)]))


def _step(step: Step) -> str:
    text = f"{step['tag']}[{step['role']}]" if step.get("role") else str(step["tag"])
    if landmark := step.get("landmark"):
        label = folded(step.get("label", "")) if landmark in NAMED_LANDMARKS else ""
        text += f"@{landmark}({label})"
    if region := step.get("region"):
        text += f"#{folded(region)}"
    return text


def _without_repeats(steps: list[str]) -> list[str]:
    """Runs of one to four steps that repeat at once are kept once: `ul li ul li` becomes `ul li`."""
    kept: list[str] = []
    for step in steps:
        kept.append(step)
        for length in range(1, 5):
            if len(kept) >= 2 * length and kept[-length:] == kept[-2 * length : -length]:
                if length == 1 and step in ("div", "span"):
                    continue  # the depth of plain wrappers tells templates apart
                del kept[-length:]
                break
    return kept


def _self(path: Sequence[Step], own: dict[str, Any]) -> str:
    tag = path[0]["tag"] if path else ""
    name = folded(own.get("name", "")) if tag in FORM_CONTROLS else ""
    return "|".join([own.get("type", "").lower(), name, ",".join(own.get("held", ())), ",".join(own.get("kinds", ()))])


def folded(text: str) -> str:
    """A text without what changes from item to item: numbers and generated keys become `0`."""
    return NUMBERS.sub("0", GENERATED.sub("0", text)).strip().lower()
