"""Ways to stop what moves or sounds by itself: the page's controls, and whether one of them really does it."""

import asyncio
from collections.abc import Awaitable, Callable

from accessibility.engine.checks.found import Raw, run_in_frames, script_beside
from accessibility.engine.crawl.live_page import LivePage

MOST_TRIED = 3
CLICK = "(number) => { const one = globalThis.campusStops[number]; one?.click(); return !!one; }"


async def ways_to_stop(page: LivePage, goes_on: Callable[[], Awaitable[bool]], wait: float) -> Raw:
    """`{"all", "named", "by"}`: how many controls could stop it, how many say so, and the name of one that did.

    Those that say so are tried, a few of them, each given `wait` seconds; `goes_on` tells whether it still goes on.
    """
    asked = await run_in_frames(page, script_beside(__file__))
    answers = {tuple(frame["path"]): frame["answer"] for frame in asked["frames"]}
    ways = {name: sum(one[name] for one in answers.values()) for name in ("all", "named")} | {"by": ""}
    tries = [
        (frame, number, name)
        for frame in page.frames
        for number, name in enumerate(answers.get(frame.path, {"names": []})["names"])
    ]
    for frame, number, name in tries[:MOST_TRIED]:
        if not await frame.world.call(CLICK, number):
            continue
        await asyncio.sleep(wait)
        if not await goes_on():
            return ways | {"by": name}
    return ways
