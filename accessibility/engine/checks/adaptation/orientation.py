"""Orientation (1.3.4): a page that is turned along with the device, or shows itself in one orientation alone.

A phone is turned from upright to sideways and what becomes of each text is compared. Text that stands turned by 90
degrees in one of them stays with the device's case instead of with the reader. A notice that asks to turn the device
is a question: the orientation may be essential, as for a piano or a cheque. So is the turn itself on a page that speaks
of such a thing.
"""

from typing import Any

from accessibility.engine.checks.adaptation.reading import prepare, resize
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, script_beside
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

LONG, SHORT = 844, 390
UPRIGHT = f"Open the page in a window of {SHORT} × {LONG} CSS pixels (a phone held upright)."
SIDEWAYS = f"Make it {LONG} × {SHORT} (the phone held sideways)."
MOST_OF_TEXT = 0.5  # of the page's letters: less than that may be a label that is turned for its looks
QUARTER, TOLERANCE = 90.0, 1.0  # degrees
TURNED = Rule(
    "orientation-turned",
    marked("The page is shown upright however the device is held"),
    ("1.3.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "orientation",
    act=("b33eff",),
)
ASKED = Rule(
    "orientation-asked",
    marked("Is one orientation of the device essential here?"),
    ("1.3.4",),
    Impact.SERIOUS,
    Reach.ASKS,
    "orientation",
)


class OrientationCheck(OwnCheck):
    """Turns a phone, and looks for pages that keep to one orientation."""

    name = "orientation"
    own_rules = (TURNED, ASKED)
    profile = Profile.DEEP
    conditions = Conditions(width=SHORT, height=LONG, once=True)
    seconds = 15.0

    async def applies(self, page: LivePage) -> bool:
        """To pages whose styles, scripts or texts speak of an orientation."""
        return bool(await page.top.world.call(script_beside(__file__), "speaks"))

    async def probe(self, page: LivePage) -> Any:
        """`{texts: [{at, letters, upright, sideways}], total, notices: [{at, text, when}], locks, essential}`.

        Angles are in degrees; `essential` says that the page speaks of what may need one orientation.
        null where the window does not turn.
        """
        await prepare(page)
        script = script_beside(__file__)
        upright = await page.top.world.call(script, "upright")
        await resize(page, LONG, SHORT)
        sideways = await page.top.world.call(script, "sideways")
        if upright["size"] == sideways["size"]:
            return None
        found = {"frames": [{"path": [], "shape": [], "origin": [0, 0]}], "locks": upright["locks"], **sideways}
        fails = any(_weigh(text, found) is Outcome.FAILED for text in found["texts"])
        return found | {"picture": await _both_ways(page) if fails else None}

    def judge(self, probed: Any, state: str) -> Judgement:
        """A failure where most text is turned, else a question; questions for notices, and for a lock by script."""
        tally = Tally(self.name, state)
        if probed is None:
            return tally.judgement()
        frame = probed["frames"][0]
        tally.passed(TURNED)
        for text in probed["texts"]:
            _judge_turn(tally, frame, text, probed)
        for notice in probed["notices"]:
            question = (
                f"With the device {notice['when']}, the page shows “{notice['text']}” instead of its content."
                " Is that orientation essential?"
            )
            step = UPRIGHT if notice["when"] == "upright" else SIDEWAYS
            tally.at(ASKED, Outcome.NEEDS_REVIEW, question, frame, notice["at"], steps=(step,))
        if probed["locks"]:
            question = (
                "A script locks the orientation of the device (screen.orientation.lock). Is that orientation essential?"
            )
            tally.page(ASKED, Outcome.NEEDS_REVIEW, question, subject="lock")
        return tally.judgement()


async def _both_ways(page: LivePage) -> bytes | None:
    """The window upright, beside the window sideways, in which it is."""
    sideways = await helpful_screenshot(page)
    await resize(page, SHORT, LONG)
    return beside(await helpful_screenshot(page), sideways)


def _weigh(text: Raw, probed: Raw) -> Outcome | None:
    """What a text that turns is: a failure where it is most of a page that speaks of no reason for it."""
    if not is_quarter_turn(text["upright"], text["sideways"]):
        return None
    certain = text["letters"] >= MOST_OF_TEXT * probed["total"] and not probed["essential"]
    return Outcome.FAILED if certain else Outcome.NEEDS_REVIEW


def _judge_turn(tally: Tally, frame: Raw, text: Raw, probed: Raw) -> None:
    outcome = _weigh(text, probed)
    if outcome is None:
        return
    angles = f"{text['upright']:g} degrees with the device upright, and {text['sideways']:g} with the device sideways"
    if outcome is Outcome.FAILED:
        message = f"What is here is turned by {angles}: it can be read in one orientation alone."
        tally.at(
            TURNED,
            Outcome.FAILED,
            message,
            frame,
            text["at"],
            steps=(UPRIGHT, SIDEWAYS, "Compare how the text stands."),
            picture=probed["picture"],
        )
    else:
        question = f"This is turned by {angles}. Can it be read and used in both, or is one of them essential?"
        tally.at(TURNED, Outcome.NEEDS_REVIEW, question, frame, text["at"], steps=(UPRIGHT, SIDEWAYS))


def is_quarter_turn(one: float, other: float) -> bool:
    """Whether two angles in degrees are a quarter of a turn apart, one way or the other."""
    return abs((one - other) % (2 * QUARTER) - QUARTER) <= TOLERANCE
