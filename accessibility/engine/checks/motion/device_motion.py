"""Reactions to movement of the device (2.5.4): people can do the same without it, and turn it off.

Where the page's window listens, the device is moved in the listeners' stead, on a sealed load. What changes is compared
with what the page's controls change; then each control is set once, to see whether the device has lost its effect.
Failed is a page whose content follows the device and that has neither. Where only one of the two is there, the other
may lie elsewhere (a page of settings, the system): a question. The criterion excepts movement that is essential, and
such that an accessibility interface makes use of: where the words of the page speak of that, it is a question too.
"""

import time
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.effects import Change, Trial, trying
from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.listeners import window_types
from accessibility.engine.checks.mechanism import Control, controls, operate
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

ALTERNATIVE = Rule(
    "motion-alternative",
    marked("What movement of the device does can be done without it"),
    ("2.5.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "motion-actuation",
    act=("7677a9",),
)
TURNED_OFF = Rule(
    "motion-turned-off",
    marked("Reactions to movement of the device can be turned off"),
    ("2.5.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "motion-actuation",
    act=("c249d5",),
)
EVENTS = frozenset({"deviceorientation", "deviceorientationabsolute", "devicemotion"})
SECONDS = 20.0
START_UNTIL = 12.0
MOST_CONTROLS = 12
SETTINGS = (
    r"motion|sensor|tilt|shak|rotat|setting|preference|option|"
    r"mouvement|capteur|inclin|secou|paramètre|réglage|préférence"
)
EXCEPTED = (
    r"\b(compass|spirit level|pedometer|step counter|seismograph|boussole|niveau à bulle|podomètre"
    r"|head[- ]?(track|mouse|pointer|control)\w*|switch (access|control)|assistive|suivi de la tête|aide technique)\b"
)

# Movements one after the other: [type of event, its values]. Tilted to each side and back, turned, shaken.
TILTS = [(0, 0, 0), (0, 0, 60), (0, 0, -60), (0, 60, 0), (0, -60, 0), (120, 0, 0), (0, 0, 0)]
SHAKES = [(0, 0, 0), (25, 0, 0), (-25, 0, 0), (0, 25, 0), (0, -25, 0), (0, 0, 25), (0, 0, -25)]
MOVE = """([type, a, b, c]) => {
  if (type === 'devicemotion') {
    if (typeof DeviceMotionEvent !== 'function') return false;
    const rate = { alpha: a * 10, beta: b * 10, gamma: c * 10 };
    const acceleration = { x: a, y: b, z: c }, accelerationIncludingGravity = { x: a, y: b, z: c + 9.8 };
    const values = { acceleration, accelerationIncludingGravity, rotationRate: rate, interval: 16 };
    dispatchEvent(new DeviceMotionEvent(type, values));
  } else {
    if (typeof DeviceOrientationEvent !== 'function') return false;
    const absolute = type.endsWith('absolute');
    dispatchEvent(new DeviceOrientationEvent(type, { alpha: a, beta: b, gamma: c, absolute }));
  }
  return true;
}"""
SAYS = "(words) => new RegExp(words, 'iu').test((document.body?.innerText || '').slice(0, 50000))"


class DeviceMotionCheck(OwnCheck):
    """Moves the device, and looks for reactions without another way, or without a way to turn them off."""

    name = "device-motion"
    own_rules = (ALTERNATIVE, TURNED_OFF)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = SECONDS

    async def applies(self, page: LivePage) -> bool:
        """Where the window listens for movement."""
        return bool(await window_types(page) & EVENTS)

    async def probe(self, page: LivePage) -> Any:
        """None, or `{told, alternative, off, may_be_set, excepted, picture}`; `told` is '' without effect."""
        async with trying(page) as trial:
            return await _Probe(trial, await window_types(page) & EVENTS).run()

    def judge(self, probed: Raw | None, state: str) -> Judgement:
        """Failed where there is neither of both ways; a question where one is missing."""
        tally = Tally(self.name, state)
        if probed is None:
            return tally.judgement()
        if not probed["told"]:
            tally.passed(ALTERNATIVE)
            tally.passed(TURNED_OFF)
            return tally.judgement()
        told, alternative, off = probed["told"], probed["alternative"], probed["off"]
        certain = not (alternative or off or probed["may_be_set"] or probed["excepted"])
        outcome = Outcome.FAILED if certain else Outcome.NEEDS_REVIEW
        steps = ("Open the page on a phone or tablet.", f"Tilt, turn and shake the device: {told}.")
        picture = probed["picture"]
        for rule, there, missing, asked in (
            (
                ALTERNATIVE,
                alternative,
                "no control does the same",
                "How can the same be done without moving the device?",
            ),
            (TURNED_OFF, off, "no control turns that off", "Where can people turn that off?"),
        ):
            if there:
                tally.passed(rule)
                continue
            end = f", and {missing}." if certain else f". {asked}"
            message = f"When the device is moved, {told}{end}"
            looked = (*steps, f"Try every control of the page: {missing}.")
            tally.page(rule, outcome, message, steps=looked if certain else steps, picture=picture if certain else None)
        return tally.judgement()


class _Probe:
    def __init__(self, trial: Trial, types: frozenset[str]) -> None:
        self.trial = trial
        self.types = sorted(types)
        self.until = time.monotonic() + START_UNTIL

    async def run(self) -> Raw | None:
        trial = self.trial
        if await trial.restless():
            return None
        before = await trial.picture()
        moved = await self._move()
        if moved is None:
            return None  # this browser gives the page no sensors
        if not moved.real:
            return {"told": ""}
        picture = beside(before, await trial.picture())
        excepted = await trial.call(SAYS, EXCEPTED)
        alternative, off, may_be_set = await self._search(moved)
        return {
            "told": moved.told(), "picture": picture, "excepted": excepted,
            "alternative": alternative, "off": off, "may_be_set": may_be_set,
        }  # fmt: skip

    async def _move(self) -> Change | None:
        """The first effect of any movement; None where there are no such events."""
        await self.trial.mark()
        change = None
        for kind in self.types:
            for values in SHAKES if kind == "devicemotion" else TILTS:
                if not await self.trial.call(MOVE, [kind, *values]):
                    break
                change = await self.trial.change(quiet=0)
                if change.real:
                    return change
        return change and await self.trial.change()

    async def _search(self, moved: Change) -> tuple[str, str, bool]:
        """Names of a control that does the same and of one that turns it off; whether any speaks of settings."""
        await self.trial.again()
        offered = await controls(self.trial, SETTINGS)
        alternative, off = "", ""
        may_be_set = any(one.speaks for one in offered) or len(offered) > MOST_CONTROLS
        seen = {one.place for one in offered}
        waiting = [(one, list[Control]()) for one in sorted(offered, key=lambda one: not one.speaks)[:MOST_CONTROLS]]
        while waiting and not (alternative and off) and time.monotonic() < self.until:
            one, way = waiting.pop(0)
            done = await self._operated(one, way)
            if done is None:
                continue
            if done.like(moved):
                alternative = alternative or one.name or "a control"
                continue
            uncovered = [more for more in await controls(self.trial, SETTINGS) if more.place not in seen]
            seen |= {more.place for more in uncovered}
            waiting += [(more, [*way, one]) for more in uncovered[:MOST_CONTROLS] if len(way) < 2]
            if not off and await self._move_is_dead():
                off = one.name or "a control"
        return alternative, off, may_be_set or bool(waiting)

    async def _operated(self, one: Control, way: list[Control]) -> Change | None:
        """What a control does on a load of its own, after those that lead to it."""
        await self.trial.again()
        for before in way:
            await operate(self.trial, before)
        return await operate(self.trial, one)

    async def _move_is_dead(self) -> bool:
        moved = await self._move()
        return moved is not None and not moved.real
