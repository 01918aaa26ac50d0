"""Contrast of what shows a control, its state and its icon, by its pixels (1.4.11).

One control of each pattern is measured, and only what the page draws itself. To be certain, a failure is told only
where not one pixel around, in or of it reaches the ratio: the boundary of an empty field against its ground with all
text made transparent, an icon that is a control's only content against what lies behind it, the mark of a checked box,
and what focus changes. Left alone are what the browser draws, inactive controls, and pictures whose very colours are
what they say: logotypes, flags, colours to choose from.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, box_of, run_in_frames, script_beside
from accessibility.engine.checks.picture_sheet import above_each_other
from accessibility.engine.checks.pixels import (
    Mask,
    Pixels,
    contrast,
    ground_of,
    page_size,
    picture_of,
    whole,
)
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Box, Impact, Outcome
from core.i18n import marked

BOUNDARY = Rule(
    "control-boundary-contrast",
    marked("The boundary of a control stands out from what is around it"),
    ("1.4.11",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "non-text-contrast",
)
ICON = Rule(
    "icon-contrast",
    marked("The icon of a control stands out from what is behind it"),
    ("1.4.11",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "non-text-contrast",
)
STATE = Rule(
    "state-contrast",
    marked("The state of a control, such as focus or checked, can be told by contrast"),
    ("1.4.11",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "non-text-contrast",
)
NEEDED = 3.0
TOLERANCE = 0.1
NOTHING = 1.05  # below this ratio there is no boundary at all
MARGIN = 12
WIDE_MARGIN = 40  # a wrapper may show that the control in it has the focus
LARGEST = 400_000  # square CSS pixels of a control
CHANGED = 24  # sum of the channels' differences from which a pixel has changed
FEWEST_PIXELS = 16
EVEN = 0.6  # the share of one colour around a control from which that is its ground
MOST_STATES = 5
MOST_QUESTIONS = 3


class ControlContrastCheck(OwnCheck):
    """Measures boundaries, icons and states of controls in pixels, one control of each pattern."""

    name = "control-contrast"
    own_rules = (BOUNDARY, ICON, STATE)
    profile = Profile.DEEP
    conditions = Conditions(once=True)
    seconds = 30.0

    async def applies(self, page: LivePage) -> bool:
        """Where there is a control that the page draws itself."""
        asked = await run_in_frames(page, script_beside(__file__), {"count": True})
        return any(frame["answer"] for frame in asked["frames"])

    async def probe(self, page: LivePage) -> Any:
        """Per frame its controls, each with what is `seen`: `{"boundary": {best, pixels, picture}}`; so for "icon",
        "focus" and "checked"."""
        found = await run_in_frames(page, script_beside(__file__), {})
        width, height = page_size(*found["frames"][0]["answer"]["size"])
        live = {frame.path: frame for frame in page.frames}
        for frame in found["frames"]:
            look = _Look(page, live[tuple(frame["path"])], width, height)
            await look.at(frame["answer"]["controls"], frame["origin"])
        return found

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures for what reaches the ratio nowhere, questions for fields that show themselves in other ways too."""
        tally = Tally(self.name, state)
        questions = 0
        for frame in probed["frames"]:
            for control in frame["answer"]["controls"]:
                for what, seen in control["seen"].items():
                    outcome = outcome_of(what, seen, control)
                    if outcome is Outcome.PASSED:
                        tally.passed(RULES[what])
                    questions += outcome is Outcome.NEEDS_REVIEW
                    if outcome is Outcome.FAILED or (outcome is Outcome.NEEDS_REVIEW and questions <= MOST_QUESTIONS):
                        message = (FAILURES if outcome is Outcome.FAILED else QUESTIONS)[what].format(seen["best"])
                        tally.at(
                            RULES[what],
                            outcome,
                            message,
                            frame,
                            control["at"],
                            steps=STEPS[what],
                            picture=seen["picture"],
                        )
        return tally.judgement(probed["missed"])


RULES = {"boundary": BOUNDARY, "icon": ICON, "focus": STATE, "checked": STATE}
FAILURES = {
    "boundary": "Nothing of this field but its boundary shows where it is, and that has a contrast of at most {:.1f}:1 "
    "with what is around it; 3:1 is needed.",
    "icon": "This icon, all that its control shows, has a contrast of at most {:.1f}:1 with what is behind it; 3:1 is "
    "needed.",
    "focus": "What changes when this control has the focus changes by a contrast of at most {:.1f}:1; 3:1 is needed.",
    "checked": "What changes when this control is checked changes by a contrast of at most {:.1f}:1; 3:1 is needed.",
}
QUESTIONS = {
    "boundary": "The boundary of this field has a contrast of at most {:.1f}:1 with what is around it. Is it clear "
    "without that where the field is?",
    "icon": FAILURES["icon"],
    "focus": FAILURES["focus"],
    "checked": "Nothing is seen to change when this control is checked. Does something else show its state?",
}
STEPS: dict[str, tuple[str, ...]] = {
    "boundary": (
        "Look at the field while it is empty and has no focus.",
        "Measure its boundary against what is around it.",
    ),
    "icon": ("Measure the colour of the icon against what is directly behind it.",),
    "focus": ("Compare the control with and without the focus.", "Measure the colours where the two differ."),
    "checked": ("Compare the control checked and unchecked.", "Measure the colours where the two differ."),
}


def outcome_of(what: str, seen: Raw, control: Raw) -> Outcome | None:
    """What is said of a measurement; None where there was nothing to measure."""
    if seen["pixels"] < FEWEST_PIXELS:
        return Outcome.NEEDS_REVIEW if what == "checked" else None
    if seen["best"] >= NEEDED - TOLERANCE:
        return Outcome.PASSED
    certain = what != "boundary" or (control["empty"] and seen["best"] >= NOTHING)
    return Outcome.FAILED if certain else Outcome.NEEDS_REVIEW


@dataclass
class _Look:
    """At the controls of one frame."""

    page: LivePage
    frame: LiveFrame
    width: float
    height: float

    async def at(self, controls: list[Raw], origin: list[float]) -> None:
        """Add to each control what was `seen` of it."""
        placed: list[tuple[int, Raw, Box]] = []
        for number, control in enumerate(controls):
            control["seen"] = {}
            box = box_of(control["box"], origin)
            if box and box.width * box.height < LARGEST:
                placed.append((number, control, box))
        fields = [(control, box) for _, control, box in placed if control["kind"] == "field"]
        icons = [(control, box) for _, control, box in placed if control["kind"] == "icon"]
        if not placed:
            return
        await self._do("bare()")
        for number, control, box in placed[:MOST_STATES]:
            await self._states(number, control, box)
        shown = [await self._picture(box, MARGIN) for _, box in icons]
        await self._do("textless()")
        for control, box in fields:
            place = whole(box, self.width, self.height, MARGIN)
            if place and (seen := boundary(await picture_of(self.page, place), _inner(place, box))):
                control["seen"]["boundary"] = seen
        await self._do("iconless()")
        for (control, box), with_icon in zip(icons, shown, strict=True):
            _note(control, "icon", await self._picture(box, MARGIN), with_icon)

    async def _states(self, number: int, control: Raw, box: Box) -> None:
        """What focus changes, where the page draws that itself, and what a check mark does; in or near the control."""
        before = await self._picture(box, WIDE_MARGIN)
        await self._do(f"focus({number})")
        own = await self.frame.world.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'auto'")
        focused = await self._picture(box, WIDE_MARGIN)
        await self._do(f"blur({number})")
        after = await self._picture(box, WIDE_MARGIN)
        if before is None or after is None or not np.array_equal(before, after):
            return  # something else changes there by itself
        if own:
            _note(control, "focus", before, focused)
        if control["toggles"]:
            await self._do(f"toggle({number})")
            _note(control, "checked", before, await self._picture(box, WIDE_MARGIN))
            await self._do(f"toggle({number})")

    async def _picture(self, box: Box, margin: float) -> Pixels | None:
        place = whole(box, self.width, self.height, margin)
        return await picture_of(self.page, place) if place else None

    async def _do(self, what: str) -> None:
        await self.frame.world.evaluate(f"campusControls.{what}")


def _note(control: Raw, what: str, before: Pixels | None, after: Pixels | None) -> None:
    if before is not None and after is not None and before.shape == after.shape:
        control["seen"][what] = change(before, after)


def _inner(place: Box, box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box within a picture of the place around it."""
    left, top = int(box.x - place.x), int(box.y - place.y)
    return left, top, left + int(box.width) + 1, top + int(box.height) + 1


def boundary(picture: Pixels, inner: tuple[int, int, int, int]) -> Raw | None:
    """The best contrast of anything in or around a control with its ground; None where that is of many colours."""
    left, top, right, bottom = inner
    outside: Mask = np.ones(picture.shape[:2], dtype=bool)
    outside[max(0, top - 3) : bottom + 3, max(0, left - 3) : right + 3] = False
    around = picture[outside]
    if around.size == 0:
        return None
    ground = ground_of(around)
    if float((around == ground).all(axis=1).mean()) < EVEN:
        return None
    best = float(contrast(picture, ground).max())
    return {"best": best, "pixels": picture[..., 0].size, "picture": _shown(best, picture)}


def change(before: Pixels, after: Pixels) -> Raw:
    """The best contrast between two pictures where they differ, and with the ground where the second has something."""
    changed: Mask = np.abs(before.astype(int) - after.astype(int)).sum(axis=2) > CHANGED
    pixels = int(changed.sum())
    best = float(contrast(before[changed], after[changed]).max()) if pixels else 1.0
    return {"best": best, "pixels": pixels, "picture": _shown(best, before, after)}


def _shown(best: float, *pictures: Pixels) -> bytes | None:
    return above_each_other(*pictures) if best < NEEDED - TOLERANCE else None
