"""The key by which a component is recognised on other platforms.

A component key holds no host and no address, so the same template gives the same key everywhere, but for one thing:
the names and headings of places may say the platform's own name ("Sample eCampus menu"). Here that name is left out.
"""

import re

from accessibility.engine.component import key_of
from accessibility.engine.folding import folded

ANY_PLATFORM = "\N{WHITE SQUARE}"
SHORTEST_NAME = 3  # a shorter one would be found in the middle of anything

_PLACE_NAMES = re.compile(r'"[^"\n]*"|<[^<>\n]*>')


def shared_key(component: str, described: str, platform: str) -> str:
    """The component's key on any platform made from the same templates: 32 hexadecimal digits.

    `described` is what `component` is the hash of (empty where nobody noted it), `platform` the platform's name. A
    component whose places do not say that name keeps its own key.
    """
    name = folded(platform)
    if len(name) < SHORTEST_NAME:
        return component
    said = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    anywhere = _PLACE_NAMES.sub(lambda place: said.sub(ANY_PLATFORM, place.group()), described)
    return component if anywhere == described else key_of(anywhere)
