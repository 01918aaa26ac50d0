"""The mechanisms that a page offers: its controls, and operating one as people do."""

from dataclasses import dataclass

from accessibility.engine.checks.effects import Change, Trial
from accessibility.engine.checks.found import script_beside


@dataclass(frozen=True, slots=True)
class Control:
    """A control that the keyboard reaches. `speaks`: its name has one of the words that were sought."""

    place: str
    name: str
    kind: str
    speaks: bool
    link: bool


async def controls(trial: Trial, words: str) -> list[Control]:
    """Those of the page that can be reached, in document order; `words` is a regular expression."""
    return [Control(**one) for one in await trial.call(script_beside(__file__), words)]


async def operate(trial: Trial, control: Control) -> Change | None:
    """Click it, or choose the next value of a list; what comes of it, None where that cannot be done."""
    if control.kind != "select" and (done := await trial.click(control.place)) is not None:
        return done
    if not await trial.focus(control.place):
        return None
    return await trial.press({"select": "ArrowDown", "checkbox": "Space", "radio": "Space"}.get(control.kind, "Enter"))
