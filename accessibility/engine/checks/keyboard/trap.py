"""Keyboard traps (2.1.2): what focus comes to and cannot leave.

A trap is called so when nothing leads out: Tab, Shift+Tab, the arrow keys, Escape, every key that the page's text
names, and working each of its own buttons. Going round within an open dialog that one of these closes is no trap.
"""

import asyncio
from collections.abc import Sequence

from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.keyboard.exits import named_keys
from accessibility.engine.checks.keyboard.walking import PAUSE, UNKNOWN_FRAME, Stop, Walk, Walker
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

TRAP = Rule(
    "keyboard-trap",
    marked("Focus can leave every part of the page by keyboard"),
    ("2.1.2",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "no-keyboard-trap",
    act=("80af7b", "a1b64e", "ebe86a"),
)
ARROWS = ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft")
FAR = 2  # stops outside of what held focus: so many are a way out
MOST_WORKED = 6
MOST_NAMED = 3
TEXT = """(numbers) => {
  const { elements } = campusKeyboard, said = [document.body?.innerText.slice(0, 30000) || ''];
  for (const number of numbers.slice(0, 20)) {
    const element = elements[number], ids = (element.getAttribute('aria-describedby') || '').split(/\\s+/).slice(0, 9);
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder'])
      said.push((element.getAttribute(name) || '').slice(0, 1000));
    for (const id of ids) said.push((element.getRootNode().getElementById?.(id)?.textContent || '').slice(0, 2000));
  }
  return said.join('\\n');
}"""
HELP_WORDS = (
    r"keyboard|shortcut|clavier|raccourci|tastatur|tastenk|teclado|atajo|tastiera|scorciatoi|atalho|accessib|accesib"
    r"|\bhelp\b|\baide\b|\bhilfe\b|\bayuda\b|\baiuto\b|\bajuda\b"
)
HELP = """(words) => {
  const help = new RegExp(words, 'i');
  const told = [...document.querySelectorAll('a[href], button, [role=button], summary')].slice(0, 2000);
  return told.some((one) => help.test(one.getAttribute('aria-label') || one.textContent.slice(0, 200)));
}"""


class _WayOut(Exception):
    """Focus got away, or time is over: what is not known for certain is no trap."""


class _Held:
    """Looks for a way out of the stops among which focus goes round."""

    def __init__(self, walker: Walker, walk: Walk) -> None:
        self.walker = walker
        self.walk = walk
        self.stops = set(walk.held)
        self.tried: list[str] = []

    async def look(self) -> None:
        """Try everything. Raises `_WayOut`."""
        await self.walker.ask(self.walk.held[0], "focus")
        await self._go("Shift+Tab")
        for key in (*ARROWS, "Escape"):
            await self._press(key)
        await self._named()
        for stop in [stop for stop in self.walk.held if self.walk.about[stop]["worked"]][:MOST_WORKED]:
            await self.walker.ask(stop, "focus")
            await self._press("Enter")
            if any(attempt.main for attempt in self.walker.page.watch.attempts):
                raise _WayOut  # it would lead to another page
            await self._named()

    async def _named(self) -> None:
        for keys in named_keys(await self._text()):
            if keys not in self.tried:
                self.tried.append(keys)
                await self._press(keys)

    async def _press(self, key: str) -> None:
        """Press a key, then go on with Tab."""
        inside = await self.walker.press(key) in self.stops
        if not (inside and key in ARROWS):
            await self._go("Tab")
        if not inside:
            await self._go("Shift+Tab")

    async def _go(self, direction: str) -> None:
        """Go on in one direction for a round, two where something else is met on the way.

        Raises `_WayOut` once focus has left, or rests on two stops in turn that are not those of the trap; one that
        always throws focus back belongs to it.
        """
        met = self._away({await self._resting()} - self.stops)
        presses = 0
        while presses < (len(self.stops) + 1) * (2 if met else 1):
            await self.walker.press(direction)
            met = self._away(met | ({await self._resting()} - self.stops))
            presses += 1
        self.stops |= {stop for stop in met if stop}

    def _away(self, met: set[Stop | None]) -> set[Stop | None]:
        if None in met or len(met) >= FAR or not self.walker.in_time:
            raise _WayOut
        return met

    async def _resting(self) -> Stop | None:
        """Where focus is; looked at again where that is outside, as a script may fetch it back or throw it about."""
        stop = (await self.walker.where())[0]
        if stop not in self.stops:
            await asyncio.sleep(2 * PAUSE)
            now, moves = await self.walker.where()
            stop = self.walk.held[0] if moves else now
        return stop

    async def _text(self) -> str:
        said = []
        for index, frame in enumerate(self.walker.page.frames):
            numbers = [stop.number for stop in self.stops if stop.frame == index and stop.number]
            said.append(str(await frame.world.call(TEXT, numbers)))
        return "\n".join(said)


async def probe_trap(walker: Walker, walk: Walk, known: Sequence[Raw] = ()) -> Raw | None:
    """The stops that a walk could not leave; None where there is a way out, or where they are `known`.

    `{frame, number, name, others, held, tried, worked, help, picture}`: `held` are the names of all,
    `tried` the keys that the page's text names, `worked` says whether there were buttons to try.
    """
    names = [walk.about[stop]["name"] for stop in walk.held]
    if not names or any(stop.frame == UNKNOWN_FRAME or not stop.number for stop in walk.held):
        return None
    if any(trap["held"] == sorted(names) for trap in known):
        return None
    held = _Held(walker, walk)
    try:
        await held.look()
    except _WayOut:
        return None
    help_ = any([await frame.world.call(HELP, HELP_WORDS) for frame in walker.page.frames])
    return {
        "frame": walk.held[0].frame,
        "number": walk.held[0].number,
        "name": names[0],
        "others": names[1:][:MOST_NAMED],
        "held": sorted(names),
        "tried": held.tried,
        "worked": any(walk.about[stop]["worked"] for stop in walk.held),
        "help": help_,
        "picture": None if help_ else await _caught(walker, walk.held[0]),
    }


async def _caught(walker: Walker, stop: Stop) -> bytes | None:
    """The window with focus where it is caught, beside the same after Tab."""
    await walker.ask(stop, "focus")
    before = await helpful_screenshot(walker.page)
    await walker.press("Tab")
    return beside(before, await helpful_screenshot(walker.page))


def judge_trap(tally: Tally, trap: Raw) -> None:
    """A failure; a question where the page has help in another place, which may name a way out."""
    frame, at = trap["frame"], trap["at"]
    held = ", ".join(f"“{name}”" for name in [trap["name"], *trap["others"]])
    steps = [
        f"Press Tab until focus is on “{trap['name']}”.",
        "Press Tab, Shift+Tab, the arrow keys and Escape, several times each.",
        *([f"Press what the page's text names: {', '.join(trap['tried'])}."] if trap["tried"] else []),
        *(["Work its buttons with Enter, and go on with Tab."] if trap["worked"] else []),
        f"Focus does not get out of {held}.",
    ]
    if trap["help"]:
        question = (
            f"Neither Tab, Shift+Tab, the arrow keys nor Escape leads out of {held}. "
            "Does the page's help tell people by which key they get out, and does that work?"
        )
        tally.at(TRAP, Outcome.NEEDS_REVIEW, question, frame, at, steps=steps)
        return
    message = (
        f"Focus cannot leave {held}: neither by Tab, Shift+Tab, the arrow keys, Escape nor keys that the page names."
    )
    tally.at(TRAP, Outcome.FAILED, message, frame, at, steps=steps, picture=trap["picture"])
