"""The component key: the name by which the same problem is recognised on other pages and on other nights.

It is the hash of a short text, `description`: the rule, the frames that lead to the element, the chain of its ancestors
from the root down with the places they name, and what the element itself is. Ids, class names, styles, positions and
addresses stay out, and numbers in names are folded. `docs/component-key.md` explains it with an example.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from accessibility.engine.folding import folded

KEY_VERSION = 1

Step = dict[str, Any]  # facts about one ancestor, from `crawl/recognise`; a fact that is not there is false or empty

ALWAYS_ITEMS = frozenset({"li", "dd", "dt", "option", "listitem", "row", "treeitem", "menuitem"})
ITEMS_AMONG_OTHERS = frozenset({"article", "tr"})
NEVER_ITEMS = frozenset({"section"})  # each is a place of its own
UNIQUE_LANDMARKS = frozenset({"main", "banner", "contentinfo"})
LONGEST_NAME = 80  # what is longer is content, not the name of a place
LONGEST_KEPT = 4000  # characters of a description; a longer one, of a page that means harm, is known by its key alone


def component_key(rule: str, path: Sequence[Step], own: dict[str, Any], frames: Sequence[Sequence[Step]] = ()) -> str:
    """32 hexadecimal digits.

    `path` are the element's ancestors from itself up to the root, as `crawl/recognise` describes them, `own` what
    the element itself is, `frames` the paths of the iframes that lead to it, outermost first.
    """
    return key_of(description(rule, path, own, frames))


def key_of(described: str) -> str:
    """The key of what `description` says."""
    text = f"{KEY_VERSION}\n{described}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def kept(described: str) -> str:
    """What a finding keeps of its description: all of it, or nothing."""
    return described if len(described) <= LONGEST_KEPT else ""


def description(rule: str, path: Sequence[Step], own: dict[str, Any], frames: Sequence[Sequence[Step]] = ()) -> str:
    """What the key is the hash of, in lines: the rule, each frame's chain, the element's chain, the element itself."""
    return "\n".join([rule, *(_chain(frame) for frame in frames), _chain(path), _self(rule, path, own)])


def _chain(path: Sequence[Step]) -> str:
    """The ancestors from the root down. What boxes hold tells them apart below the nearest place that has a name."""
    steps = _without_nesting(path)
    items = [_is_item(steps, at) for at in range(len(steps))]
    words: list[str] = []
    named = False
    for at, step in enumerate(steps):
        name = _place_name(step, inside_item=any(items[at:]))
        landmark = step.get("landmark", "")
        named = named or bool(name) or landmark in UNIQUE_LANDMARKS
        holds = "" if named or not step.get("holds") else "{" + " ".join(step["holds"]) + "}"
        words.append(_tag(step) + (f"@{landmark}" if landmark else "") + holds + name)
        named = named or bool(landmark)
    return " > ".join(reversed(words))


def _without_nesting(path: Sequence[Step]) -> list[Step]:
    """A box nested in one of its own kind (a reply in a reply) counts as the outermost one."""
    steps: list[Step] = []
    at = 0
    while at < len(path):
        if up := path[at].get("nested", 0):
            at += up
        else:
            steps.append(path[at])
            at += 1
    return steps


def _is_item(steps: Sequence[Step], at: int) -> bool:
    """Whether this is one of several of a template, so that headings and names in it are its content.

    Of similar boxes with a title each, those under h2 that hold a list are parts of the page, and all others are items.
    """
    step = steps[at]
    kinds = {step["tag"], step.get("role")}
    if kinds & ALWAYS_ITEMS:
        return True
    if not step.get("alike") or step["tag"] in NEVER_ITEMS:
        return False
    if kinds & ITEMS_AMONG_OTHERS:
        return True
    if not step.get("titled"):
        return False
    holds_list = any(below.get("alike") or below["tag"] in ALWAYS_ITEMS for below in steps[:at])
    return not holds_list or step["titled"] > 2 or bool(step.get("linked"))


def _place_name(step: Step, *, inside_item: bool) -> str:
    """What names this step as a place: a region of the framework, a column, a name or a heading."""
    landmark, text = step.get("landmark", ""), ""
    if region := step.get("region"):
        text += f"#{folded(region)}"
    if column := _name(step.get("column", "")):
        text += f":{column}"
    counts = not inside_item or landmark not in ("", "form")
    if landmark != "main" and counts and (name := _name(step.get("name", ""))):
        text += f'"{name}"'
    if not inside_item and (heading := _name(step.get("heading", ""))):
        text += f"<{heading}>"
    return text


def _tag(step: Step) -> str:
    tag = folded(step["tag"]) if "-" in step["tag"] else step["tag"]
    return f"{tag}[{step['role'].lower()}]" if step.get("role") else str(tag)


def _self(rule: str, path: Sequence[Step], own: dict[str, Any]) -> str:
    """What the element itself is. Of its aria attributes, states are left out unless they can be the fault."""
    states = () if "-attr" in rule else own.get("states", ())
    facts = {
        "type": own.get("type", "").lower(),
        "name": folded(own.get("name", "")),
        "beside": _name(own.get("beside", "")),
        "purpose": own.get("purpose", "").lower(),
        "action": folded(own.get("action", "")),
        "aria": " ".join(name for name in own.get("aria", ()) if name not in states),
        "frame": " ".join(own.get("frame", ())),
        "inside": " ".join(own.get("inside", ())),
    }
    return ", ".join(f"{name}: {value}" for name, value in facts.items() if value)


def _name(text: str) -> str:
    name = folded(text)
    return name if len(name) <= LONGEST_NAME else ""
