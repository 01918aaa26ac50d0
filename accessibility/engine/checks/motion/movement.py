"""What moves, blinks or updates by itself for more than five seconds, without a way to stop it (2.2.2), and what
flashes too fast (2.3.1).

The page is loaded without the visitor's wish for less motion and watched: animations, videos, marquees and the frames
of pictures tell by themselves how long they go on; what scripts change is looked at for some seconds. Where the page
has controls that could stop it, those that say so are tried. A movement that ceases under the visitor's wish for less
motion is a question: WCAG lets a mechanism be the platform's, but few people know that setting (technique C39 speaks of
2.3.3 alone).
"""

import asyncio
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, ask_frames, box_of, run_in_frames, script_beside
from accessibility.engine.checks.motion.animated_images import seconds_of
from accessibility.engine.checks.motion.flashes import flashing_in
from accessibility.engine.checks.motion.moments import extremes, two_moments
from accessibility.engine.checks.motion.screencast import Recording, recorded
from accessibility.engine.checks.motion.stopping import ways_to_stop
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

MOVING = Rule(
    "moves-without-stop",
    marked("What moves, blinks or updates by itself can be paused, stopped or hidden"),
    ("2.2.2",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "pause-stop-hide",
    act=("efbfc7",),
)
FLASHING = Rule(
    "flashes-too-often",
    marked("Nothing flashes more than three times in a second"),
    ("2.3.1",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "three-flashes-or-below-threshold",
)
GLANCE, LOOK, LONG_LOOK, CAROUSEL_LOOK = 1.2, 2.6, 8.5, 11.5  # seconds from the load
FEW_PICTURES = 4  # so many of them show no flashes, though some be missing
LASTING = 5.0
CHANGES, SPAN_MS = 3, 4900
CAROUSEL_CHANGES, CAROUSEL_SPAN_MS = 2, 3500
STOP_WAIT = 2.6
SMALL = 1000.0  # square CSS pixels
MOST_QUESTIONS = 3
SAYS = {
    "animation": "moves by an animation that goes on for more than five seconds",
    "video": "is a film that plays by itself",
    "marquee": "is text that scrolls by itself",
    "image": "is a picture that moves for more than five seconds",
    "text": "changes its text again and again by itself",
    "script": "is moved or changed again and again by a script",
    "drawing": "seems to be a drawing that moves",
}
HINTS = """() => ({
  scripts: document.scripts.length > 0 || !!document.querySelector('[onload]'),
  drawing: !!document.querySelector('canvas, object, embed'),
  carousel: !!document.querySelector(['carousel', 'slider', 'slideshow', 'ticker', 'rotat', 'swiper', 'slick', 'splide']
    .map((word) => `[class*="${word}" i], [id*="${word}" i], [aria-roledescription*="${word}" i]`).join()),
})"""
APPLIES = """() => !!(document.scripts.length || document.styleSheets.length || document.getAnimations().length ||
  document.querySelector('[style], img, video, canvas, marquee, object, embed, svg, [onload]'))"""


class MovementCheck(OwnCheck):
    """Watches the page, and looks for movement that nothing stops, and for flashes."""

    name = "movement"
    own_rules = (MOVING, FLASHING)
    profile = Profile.DEEP
    conditions = Conditions(motion=True, sealed=True, once=True)
    seconds = 45.0

    async def applies(self, page: LivePage) -> bool:
        """Where anything could move at all."""
        asked = await run_in_frames(page, APPLIES)
        return any(frame["answer"] for frame in asked["frames"])

    async def probe(self, page: LivePage) -> Any:
        """`{"frames": [… "answer": moves], "missed", "ways", "flashing", "picture"}`; `movement.js` makes moves."""
        async with recorded(page) as recording:
            found = await _watched(page, recording)
        flashes = await asyncio.to_thread(flashing_in, recording)
        picture = await asyncio.to_thread(extremes, recording) if flashes else None
        ways: Raw = {"all": 0, "named": 0, "by": ""}
        if moves := [one for frame in found["frames"] for one in frame["answer"] if counts(one)]:
            ways = await ways_to_stop(page, lambda: _goes_on(page), max(STOP_WAIT, _slowest(moves)))
            if not ways["by"]:
                await _note_calmed(page, moves)
            await asyncio.to_thread(_picture, found, ways, recording)
        told = flashes and {"kind": flashes.kind, "certain": flashes.certain}
        return found | {"ways": ways, "flashing": told, "picture": picture}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """A failure for what moves with nothing that could stop it; a few questions where something perhaps could."""
        tally = Tally(self.name, state)
        questions = 0
        for frame in probed["frames"]:
            for move in filter(counts, frame["answer"]):
                outcome = outcome_of(move, probed["ways"])
                questions += outcome is Outcome.NEEDS_REVIEW
                if outcome is Outcome.PASSED:
                    tally.passed(MOVING)
                elif outcome is Outcome.FAILED or questions <= MOST_QUESTIONS:
                    message = _message(move, probed["ways"], outcome)
                    tally.at(
                        MOVING, outcome, message, frame, move["at"], steps=_steps(move), picture=move.get("picture")
                    )
        if probed["flashing"]:
            _judge_flashing(tally, probed["flashing"], probed["picture"])
        return tally.judgement(probed["missed"])


def _judge_flashing(tally: Tally, flashes: Raw, picture: bytes) -> None:
    """A question at the very limit: the browser may have painted a flash that the recording lacks."""
    kind = "red" if flashes["kind"] == "red" else "light and dark"
    where = f"{kind}, over more than a quarter of ten degrees of sight"
    steps = ("Do not do this if flashing can harm you.", "Load the page, and record what it shows.")
    if flashes["certain"]:
        message = f"A part of the page flashes more than three times in a second, {where}. This can cause seizures."
        tally.page(FLASHING, Outcome.FAILED, message, steps=steps, picture=picture)
        return
    question = (
        f"A part of the page flashes three times in a second, {where}, which is as often as it may. A flash more would "
        "be too many, and our recording may lack one. Does it flash more than three times within any one second?"
    )
    count = "Play the recording picture by picture, and count the flashes within one second."
    tally.page(FLASHING, Outcome.NEEDS_REVIEW, question, steps=(*steps, count), picture=picture)


def counts(move: Raw) -> bool:
    """Whether the criterion speaks of it: it stands beside other content, and does not show that something loads."""
    return bool(move["beside"]) and not move["loading"]


def outcome_of(move: Raw, ways: Raw) -> Outcome:
    """Failed where nothing on the page could stop it, and nothing speaks for an exception."""
    if ways["by"]:
        return Outcome.PASSED
    _, _, width, height = move["at"]["box"] or (0, 0, 0, 0)
    small = move["kind"] != "text" and width * height < SMALL
    doubtful = ways["all"] or move["essential"] or move["kind"] == "drawing" or move.get("calmed") or small
    return Outcome.NEEDS_REVIEW if doubtful else Outcome.FAILED


def _message(move: Raw, ways: Raw, outcome: Outcome) -> str:
    says = f"This {SAYS[move['kind']]}, beside other content"
    if outcome is Outcome.FAILED:
        return f"{says}, and the page has no control to pause, stop or hide it."
    if move.get("calmed"):
        return f"{says}. It rests for people who ask their system for less motion. Is there a control for all others?"
    if ways["all"]:
        return f"{says}. Is there a control to pause, stop or hide it?"
    if move["essential"]:
        return f"{says}. Is that essential, as with a clock or an exercise, or can it be paused, stopped or hidden?"
    return f"{says}. Does it draw attention without a way to pause, stop or hide it?"


def _steps(move: Raw) -> tuple[str, ...]:
    return (
        "Load the page in a browser that does not ask for less motion, and touch nothing.",
        f"Watch “{move['at']['selector'][:100]}” for more than five seconds.",
        "Look for a control that pauses, stops or hides it.",
    )


async def _watched(page: LivePage, recording: Recording) -> Raw:
    """Per frame, what moves for more than five seconds, after as long a look as the page asks for."""
    await run_in_frames(page, script_beside(__file__))
    hints = [frame["answer"] for frame in (await run_in_frames(page, HINTS))["frames"]]
    carousel = any(one["carousel"] for one in hints)
    await asyncio.sleep(LOOK if any(one["scripts"] for one in hints) else 0)
    if await _any(page, "running"):
        await asyncio.sleep(GLANCE)  # for flashes
        if len(recording.pictures) > FEW_PICTURES:
            await asyncio.sleep(LOOK)  # a busy machine leaves pictures out, but not in every second
    drawing = any(one["drawing"] for one in hints) and len(recording.pictures) > CHANGES
    if drawing or await _any(page, "restless"):
        await asyncio.sleep(LONG_LOOK - LOOK)
    elif carousel:
        await asyncio.sleep(CAROUSEL_LOOK - LOOK)
        return await _moves(page, CAROUSEL_SPAN_MS, CAROUSEL_CHANGES)
    return await _moves(page, SPAN_MS, CHANGES, painted=drawing and _paints_on(recording))


def _paints_on(recording: Recording) -> bool:
    """Whether something was painted in each second of more than five."""
    times = [time for time, _ in recording.pictures]
    return len({int(time - times[0]) for time in times}) > LASTING


async def _any(page: LivePage, question: str) -> bool:
    asked = await run_in_frames(page, f"() => campusMoves.{question}()")
    return any(frame["answer"] for frame in asked["frames"])


async def _moves(page: LivePage, span_ms: int, changes: int, *, painted: bool = False) -> Raw:
    listed = await run_in_frames(page, "() => campusMoves.images()")
    urls = {tuple(frame["path"]): frame["answer"] for frame in listed["frames"]}
    seconds = await seconds_of(page, [url for one in urls.values() for url in one])

    async def tell(frame: LiveFrame) -> Any:
        animated = [i for i, url in enumerate(urls.get(frame.path, ())) if seconds.get(url, 0) > LASTING]
        return await frame.world.evaluate(f"campusMoves.tell({animated}, {str(painted).lower()}, {span_ms}, {changes})")

    return await ask_frames(page, tell)


async def _goes_on(page: LivePage) -> bool:
    asked = await run_in_frames(page, "() => campusMoves.still()")
    return any(frame["answer"] for frame in asked["frames"])


def _slowest(moves: list[Raw]) -> float:
    """Seconds after which it is certain that what was stopped has not changed again."""
    return float(max(move["pause"] for move in moves)) / 1000 * 1.5 + 1


async def _note_calmed(page: LivePage, moves: list[Raw]) -> None:
    """Mark what does not move for a visitor who asks for less motion."""
    if page.again is None:
        return
    await page.page.emulate_media(reduced_motion="reduce")
    calm = await page.again()
    await run_in_frames(calm, script_beside(__file__))
    if any(move["kind"] in ("text", "script") for move in moves):
        await asyncio.sleep(max(LOOK, _slowest(moves) * 2))
    told = await _moves(calm, 0, 2)
    going = {one["at"]["selector"] for frame in told["frames"] for one in frame["answer"]}
    for move in moves:
        move["calmed"] = move["at"]["selector"] not in going


def _picture(found: Raw, ways: Raw, recording: Recording) -> None:
    """Give what will fail its picture, at two moments."""
    failing = [
        (move, box_of(move["at"]["box"], frame["origin"]))
        for frame in found["frames"]
        for move in frame["answer"]
        if counts(move) and outcome_of(move, ways) is Outcome.FAILED
    ]
    if failing:
        pictures = two_moments(recording, [box for _, box in failing])
        for (move, _), picture in zip(failing, pictures, strict=True):
            move["picture"] = picture
