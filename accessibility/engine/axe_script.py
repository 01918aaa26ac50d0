"""The vendored axe-core, unmodified; verified when it is read."""

import hashlib
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from accessibility.engine.wcag import criteria_of_tags
from core.errors import Unavailable

FILE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

RULE = re.compile(r'\{id:"([a-z0-9-]+)"[^{}]*?tags:\[([^\]]*)\]')
NOT_RUN = frozenset({"experimental", "deprecated"})  # axe leaves these out whatever other tags they bear


@cache
def axe_script() -> str:
    """The text of axe.min.js. Raises `Unavailable` when the file is missing or was changed."""
    try:
        content = FILE.read_bytes()
    except OSError as error:
        raise Unavailable(f"{FILE.name} cannot be read ({error.strerror}); install the project again") from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise Unavailable(f"{FILE.name} is not axe-core {VERSION} as published; install the project again")
    return content.decode()


@cache
def _tags() -> dict[str, frozenset[str]]:
    """Rule's id to its tags, for every rule that axe runs."""
    tagged = {rule: frozenset(tag.strip('"') for tag in tags.split(",")) for rule, tags in RULE.findall(axe_script())}
    return {rule: tags for rule, tags in tagged.items() if NOT_RUN.isdisjoint(tags)}


def axe_criteria() -> dict[str, tuple[str, ...]]:
    """Rule's id to the criteria that it checks, for every rule of the levels A and AA that axe runs."""
    named = {rule: criteria_of_tags(tags) for rule, tags in _tags().items()}
    return {rule: criteria for rule, criteria in named.items() if criteria}


def axe_rules(tags: Collection[str]) -> frozenset[str]:
    """Ids of the rules that axe runs for these tags; it does not name those that found nothing to look at."""
    return frozenset(rule for rule, has in _tags().items() if not has.isdisjoint(tags))
