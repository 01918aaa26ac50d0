"""The page walked with Tab and Shift+Tab, once for everything that is judged by it.

Traps, the order of focus, whether it is seen, and skip links each have a file of their own with what they probe and
judge. Each element is pointed at once all is known.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.keyboard.focus_order import ORDER, judge_order, probe_order
from accessibility.engine.checks.keyboard.focus_seen import HIDDEN, SEEN, Sights, judge_seen, probe_seen
from accessibility.engine.checks.keyboard.skip_link import SKIP, judge_skip, probe_skip
from accessibility.engine.checks.keyboard.trap import TRAP, judge_trap, probe_trap
from accessibility.engine.checks.keyboard.walking import Walk, Walker
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage

SECONDS = 25.0
WALKING = 16.0  # of these, for walking: what is not known by then is not judged
HAS_STOPS = """(() => {
  let found = false;
  campusAudit.walk(document.documentElement, (element) => {
    const stop = element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility();
    found ||= stop || element.localName === 'iframe' || element.localName === 'frame';
    return !found;
  });
  return found;
})()"""


class KeyboardWalkCheck(OwnCheck):
    """Walks the page with Tab, and looks for traps, unseen or lost focus, odd order, and skip links without effect."""

    name = "keyboard-walk"
    own_rules = (TRAP, SEEN, HIDDEN, ORDER, SKIP)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """To pages with something that takes focus."""
        return bool(await page.evaluate(HAS_STOPS))

    async def probe(self, page: LivePage) -> Any:
        """`{left, plain, orders, skips, seen, traps}`; what was found has its `frame` and `at`."""
        until = asyncio.get_running_loop().time() + WALKING
        walker = await Walker.on(page, until)
        sights = Sights(walker)
        walk = await walker.walk("Tab", sights.observe)
        if walk.stirred and walker.in_time:
            walker = await _again(walker)
            sights = Sights(walker)
            walk = await walker.walk("Tab", sights.observe, slowly=True)
        return {
            "left": walk.left,
            "plain": sights.plain,
            "orders": await probe_order(walker, walk),
            "skips": await _pointed(walker, await probe_skip(walker, walk)),
            "seen": await _pointed(walker, await probe_seen(walker, sights, walk)),
            "traps": await _traps(walker, walk),
        }

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Each rule by its own file."""
        tally = Tally(self.name, state)
        if probed["left"] and not probed["traps"]:
            tally.passed(TRAP)
        if probed["plain"]:
            tally.passed(SEEN)
        for trap in probed["traps"]:
            judge_trap(tally, trap)
        for seen in probed["seen"]:
            judge_seen(tally, seen)
        for found in probed["orders"]:
            judge_order(tally, found)
        for link in probed["skips"]:
            judge_skip(tally, link, others=any(one["moved"] for one in probed["skips"]))
        return tally.judgement()


async def _traps(walker: Walker, forward: Walk) -> list[Raw]:
    """Look for a way out of what held focus, forward and backward: there on a load of its own, if the first held."""
    traps = await _pointed(walker, [await probe_trap(walker, forward)])
    if not walker.in_time:
        return traps
    if forward.held:
        walker = await _again(walker)
    backward = await walker.walk("Shift+Tab", slowly=forward.stirred)
    return traps + await _pointed(walker, [await probe_trap(walker, backward, traps)])


async def _again(walker: Walker) -> Walker:
    """A walker on the same page, loaded once more."""
    if walker.page.again is None:
        raise RuntimeError("the walk needs a load of its own")
    return await Walker.on(await walker.page.again(), walker.until)


async def _pointed(walker: Walker, found: Sequence[Raw | None]) -> list[Raw]:
    """What was found, each with its frame and `at`, but for what has gone from the page."""
    pointed = []
    for one in filter(None, found):
        frame = walker.page.frames[one["frame"]]
        at = await frame.world.call("(number) => campusKeyboard.point(number)", one["number"])
        if at:
            pointed.append(one | {"at": at, "frame": walker.place(one["frame"])})
    return pointed
