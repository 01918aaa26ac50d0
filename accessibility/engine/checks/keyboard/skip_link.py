"""Skip links that really move focus (2.4.1): worked with Enter, then Tab must lead to their target or behind it.

The criterion asks for one way past repeated blocks. Headings and landmarks are such a way too, so a skip link that does
nothing fails the page only where there is no other.
"""

from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.keyboard.walking import Stop, Walk, Walker
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SKIP = Rule(
    "skip-link",
    marked("A skip link must move focus past what it skips"),
    ("2.4.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "bypass-blocks",
)
FIRST = 5  # stops at the beginning of a page among which skip links are
FEWEST = 3  # stops on a page that has something to be skipped


async def probe_skip(walker: Walker, walk: Walk) -> list[Raw]:
    """The skip links among the first stops: `[{frame, number, name, aims, there, bypass, moved, stops, picture}]`."""
    links = []
    for place, stop in enumerate(walk.stops[:FIRST]):
        if stop.frame or not stop.number or not walker.in_time:
            continue
        link = await _ask(walker, stop, after=False)
        if not link["skips"]:
            continue
        following = walk.stops[place + 1] if place + 1 < len(walk.stops) else None
        moved = await _moves(walker, stop, following)
        about = {"name": walk.about[stop]["name"], "moved": moved, "stops": len(walk.stops)}
        found = {"frame": stop.frame, "number": stop.number} | about | link
        links.append(found | {"picture": await _worked(walker, stop) if _useless(found) else None})
    return links


async def _ask(walker: Walker, stop: Stop, *, after: bool) -> Raw:
    answer: Raw = await walker.frame(stop).world.call(script_beside(__file__), {"number": stop.number, "after": after})
    return answer


async def _moves(walker: Walker, stop: Stop, following: Stop | None) -> bool:
    """Work the link; whether focus, or the next press of Tab, comes to its target."""
    await walker.ask(stop, "focus")
    focused = await walker.press("Enter")
    if focused not in (None, stop, Stop(0, 0)):
        return True  # a script has moved it
    now = await walker.press("Tab")
    if now is None:
        return following is not None  # nothing behind the target takes focus
    return now != following or (await _ask(walker, stop, after=True))["at"]


async def _worked(walker: Walker, stop: Stop) -> bytes | None:
    """The window with focus on the link, beside the same after Enter and Tab."""
    await walker.ask(stop, "focus")
    before = await helpful_screenshot(walker.page)
    for key in ("Enter", "Tab"):
        await walker.press(key)
    return beside(before, await helpful_screenshot(walker.page))


def _useless(link: Raw) -> bool:
    """Whether it does nothing, and neither headings nor landmarks do instead."""
    return not (link["moved"] or link["bypass"] or link["stops"] < FEWEST)


def judge_skip(tally: Tally, link: Raw, *, others: bool) -> None:
    """A failure where the page has no other way past its blocks: `others` says that another skip link works."""
    if link["moved"]:
        tally.passed(SKIP)
        return
    steps = [
        f"Press Tab until focus is on “{link['name']}”, then Enter, then Tab.",
        "Focus is on what comes next anyway.",
    ]
    why = "its target is not in the page" if link["aims"] and not link["there"] else "focus stays where it was"
    if others or not _useless(link):
        question = (
            f"The link “{link['name']}” does not move focus: {why}. "
            "Is there another way past the repeated blocks for people who use the keyboard alone?"
        )
        tally.at(SKIP, Outcome.NEEDS_REVIEW, question, link["frame"], link["at"], steps=steps)
        return
    message = f"The link “{link['name']}” does not move focus: {why}. The page has no headings or landmarks either."
    tally.at(SKIP, Outcome.FAILED, message, link["frame"], link["at"], steps=steps, picture=link["picture"])
