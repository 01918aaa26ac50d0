"""Pages that reload or go on to another by themselves after a while (2.2.1): by the server's Refresh header, or by a
script's timer. What a meta element says is axe's rule meta-refresh.

A load of its own is cut off from the network, and the page's timers are rung early, in their order and by a clock of
their own, so that ten minutes pass in a moment. Who is taken elsewhere within twenty seconds cannot have been warned
and given twenty seconds to ask for more, which the criterion wants; after longer a person must look. So it is where a
control may prevent it, or the page speaks of what the criterion excepts: a real event, an examination.
"""

import asyncio
from typing import Any, NamedTuple

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

TIMED = Rule(
    "timed-move",
    marked("The page does not reload or go on by itself after a while"),
    ("2.2.1",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "timing-adjustable",
    act=("bc659a", "bisz58"),
)
AT_ONCE = 1.0  # seconds; what comes sooner is no time to read, but a redirect
TO_EXTEND = 20.0  # seconds that people must have to ask for more time
TWENTY_HOURS = 72_000.0
MOST_TIMERS = 400
SETTLE = 0.3
RING = f"""(() => {{
  const seconds = window.campusClock?.({MOST_TIMERS});
  return typeof seconds === 'number' ? seconds : null; // whatever else the page's own world says
}})()"""


class TimedMoveCheck(OwnCheck):
    """Rings the page's timers early, and looks for those that reload the page or lead elsewhere."""

    name = "timed-move"
    own_rules = (TIMED,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = 20.0

    async def probe(self, page: LivePage) -> Any:
        """`{"header": seconds or None, "script": {url, seconds} or None, "stay": how many controls may prevent it,
        "excused": whether the page speaks of what may be an exception, "picture"}`."""
        delays: list[float] = []

        def scheduled(event: Raw) -> None:
            if event.get("reason") == "httpHeaderRefresh":
                delays.append(float(event["delay"]))

        if page.again is None:
            raise RuntimeError("this check needs a load of its own")
        put = await page.session.send("Page.addScriptToEvaluateOnNewDocument", {"source": script_beside(__file__)})
        page.session.on("Page.frameScheduledNavigation", scheduled)
        try:
            page = await page.again()
            script = await _rung(page)
        finally:
            page.session.remove_listener("Page.frameScheduledNavigation", scheduled)
            await page.session.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": put["identifier"]})
        found = {"header": delays[0] if delays else None, "script": script, "stay": 0, "excused": False}
        if not _moves(found):
            return found | {"picture": None}
        ways = await run_in_frames(page, STAY)
        found["stay"] = sum(frame["answer"] for frame in ways["frames"])
        found["excused"] = bool(await page.top.world.call(SPEAKS_OF, MAY_BE_EXCEPTED))
        fails = any(_certain(found, move) for move in _moves(found))
        return found | {"picture": await helpful_screenshot(page) if fails else None}

    def judge(self, probed: Any, state: str) -> Judgement:
        """Failed for a delay within the bounds of the criterion that nobody can stop; a question for longer ones."""
        tally = Tally(self.name, state)
        for move in _moves(probed):
            delay = _duration(move.seconds)
            steps = (f"Load the page and touch nothing for {delay}.", "See that a page is loaded.")
            if _certain(probed, move):
                message = f"{move.told} after {delay}, and nothing on the page prevents it."
                tally.page(TIMED, Outcome.FAILED, message, subject=move.by, steps=steps, picture=probed["picture"])
            else:
                question = f"{move.told} after {delay}. {QUESTION}"
                tally.page(TIMED, Outcome.NEEDS_REVIEW, question, subject=move.by, steps=steps)
        return tally.judgement()


QUESTION = (
    "Can people turn that off, make the time ten times as long, or ask for more when they are warned, with twenty "
    "seconds for it? Or is the time that of a real event, or essential?"
)
# Controls that may turn it off or extend it, and fields that may adjust it.
STAY = """() => [...document.querySelectorAll('button, input, select, [role="button"], [role="switch"], [role="slider"], [onclick], a')]
  .slice(0, 500).filter((one) => {
    if (!campusAudit.visible(one)) return false;
    const field = one.matches('select, input:not([type="button"], [type="submit"], [type="image"])');
    const label = [...(one.labels ?? [])].map((label) => label.textContent).join(' ');
    const said = `${one.textContent.slice(0, 200)} ${one.value ?? ''} ${one.getAttribute('aria-label') ?? ''} ${label.slice(0, 200)}`;
    const stays = /stay|cancel|stop|pause|extend|more time|keep|continue|turn off|rester|annuler|arrêter|prolonger|bleib|abbrech|verlänger|cancelar|annulla/i;
    return stays.test(said) || (field && /time|minute|second|delay|refresh|temps|délai|actualis|zeit|tiempo/i.test(said));
  }).length"""  # noqa: E501
# A real-time event, or a time that is essential: auctions, examinations, places in a queue.
MAY_BE_EXCEPTED = (
    r"(?<!\p{L})(auction|bid(s|ding)?|exams?|examination|quiz|time limit|live|queue|waiting room|enchères?|examen"
    r"|épreuve|en direct|file d.attente|auktion|prüfung|warteschlange|subasta|asta)(?!\p{L})"
)
SPEAKS_OF = "(words) => new RegExp(words, 'iu').test((document.body?.innerText || '').slice(0, 30000))"


class _Move(NamedTuple):
    by: str
    seconds: float
    told: str
    certain_until: float  # seconds


def _moves(probed: Raw) -> list[_Move]:
    """The moves that the criterion speaks of."""
    header, script = probed["header"], probed["script"]
    moves = []
    if header is not None:
        told = "The server's answer has the header Refresh: the page is loaded anew, or another one,"
        moves.append(_Move("header", header, told, TWENTY_HOURS))
    if script:
        moves.append(_Move("script", script["seconds"], f"A script takes people to {script['url']}", TO_EXTEND))
    return [move for move in moves if AT_ONCE <= move.seconds < TWENTY_HOURS]


def _certain(probed: Raw, move: _Move) -> bool:
    return move.seconds <= move.certain_until and not probed["stay"] and not probed["excused"]


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


async def _rung(page: LivePage) -> Raw | None:
    """Where the page's timers lead, once the gate has seen it too; the page's own world may say what it likes."""
    try:
        answer = await page.session.send("Runtime.evaluate", {"expression": RING, "returnByValue": True})
    except PlaywrightError:
        return None  # what its timers did made the page end its script
    seconds = answer["result"].get("value")
    if not isinstance(seconds, int | float):
        return None
    await asyncio.sleep(SETTLE)
    asked = [one for one in page.watch.attempts if one.main]
    return {"url": asked[0].url[:300], "seconds": float(seconds)} if asked else None
