"""Focus order against reading order (2.4.3).

Whether an order keeps the meaning is a person's to say: asked where a positive tabindex takes focus out of the order
of the document, and where a layout shows its parts in the reverse of it.
"""

from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.keyboard.walking import Walk, Walker
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

ORDER = Rule(
    "focus-order",
    marked("Does focus come to things in an order that keeps their meaning?"),
    ("2.4.3",),
    Impact.MODERATE,
    Reach.ASKS,
    "focus-order",
)


async def probe_order(walker: Walker, walk: Walk) -> list[Raw]:
    """Where the order may confuse: `[{kind, number, at, frame}]`."""
    orders: list[Raw] = []
    for index in sorted({stop.frame for stop in walk.stops if stop.frame >= 0}):
        numbers = [stop.number for stop in walk.stops if stop.frame == index and stop.number]
        found = await walker.page.frames[index].world.call(script_beside(__file__), numbers)
        orders += [one | {"frame": walker.place(index)} for one in found]
    return orders


def judge_order(tally: Tally, found: Raw) -> None:
    """One question for all of a frame's positive tabindexes, one for each reversed container."""
    if found["kind"] == "tabindex":
        question = (
            f"A positive tabindex takes {found['number']} elements out of the order of the page, this one first. "
            "Does focus still come to everything in an order that makes sense?"
        )
    else:
        question = (
            "What is in here is shown in the reverse of the order in which focus comes to it. "
            "Does the order of focus still make sense?"
        )
    steps = [
        "Press Tab from the top of the page.",
        "Compare the way of focus with the order in which the page is read.",
    ]
    tally.at(ORDER, Outcome.NEEDS_REVIEW, question, found["frame"], found["at"], steps=steps)
