"""Sound that starts by itself and goes on for more than three seconds without a way to stop it (1.4.2).

The browser lets pages play without having been touched, as it does for those that a visitor uses often. Sounds of audio
and video are measured, so that a silent track is no sound. What a script plays without an element of the page can be
found, but not heard: it is a question.
"""

import asyncio
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.motion.stopping import ways_to_stop
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SOUND = Rule(
    "sound-without-stop",
    marked("Sound that starts by itself ends soon or can be stopped"),
    ("1.4.2",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "audio-control",
    act=("80f0bf",),
)
LISTEN = 4.4  # seconds: three, and what it may take to begin
LONG = 3.0
STOP_WAIT = 0.8
SILENCE = 0.001  # -60 dB
PLAYING = """() => [...document.querySelectorAll('audio, video')]
  .some((one) => !one.muted && (one.autoplay || !one.paused || one.currentTime > 0))"""
LOOSE = "!one.isConnected && !one.paused && !one.muted && one.volume > 0"
RUNNING = "one.state === 'running' && one.currentTime > 0"
ANY = "true"


class SoundCheck(OwnCheck):
    """Looks for sound that starts by itself, goes on, and is silenced by nothing on the page."""

    name = "sound"
    own_rules = (SOUND,)
    profile = Profile.DEEP
    conditions = Conditions(once=True)
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """Where something plays, or is meant to."""
        asked = await run_in_frames(page, PLAYING)
        return any(frame["answer"] for frame in asked["frames"]) or await _from_script(page)

    async def probe(self, page: LivePage) -> Any:
        """`{"frames": [… "answer": [{seconds, peak, video, controls, at}]], "missed", "script", "ways", "picture"}`."""
        await run_in_frames(page, script_beside(__file__))
        await asyncio.sleep(LISTEN)
        found = await run_in_frames(page, "() => campusSounds.tell()")
        by_script = await _from_script(page)
        heard = [one for frame in found["frames"] for one in frame["answer"] if one["seconds"] > LONG]
        ways: Raw = {"all": 0, "named": 0, "by": ""}
        if any(not one["controls"] for one in heard) or by_script:
            page.watch.sealed = True  # what is tried now sends nothing; recordings play on
            ways = await ways_to_stop(page, lambda: _goes_on(page), STOP_WAIT)
        fails = any(outcome_of(one, ways) is Outcome.FAILED for one in heard)
        picture = await helpful_screenshot(page) if fails else None  # of all there is to stop it: nothing
        return found | {"script": by_script, "ways": ways, "picture": picture}

    def judge(self, probed: Raw, state: str) -> Judgement:
        """A failure for what was heard for too long with nothing to stop it; else a question, if anything."""
        tally = Tally(self.name, state)
        ways = probed["ways"]
        for frame in probed["frames"]:
            for sound in frame["answer"]:
                outcome = outcome_of(sound, ways)
                if outcome is Outcome.PASSED:
                    tally.passed(SOUND)
                elif outcome is not None:
                    picture = probed["picture"] if outcome is Outcome.FAILED else None
                    message = _message(sound, ways, outcome)
                    tally.at(SOUND, outcome, message, frame, sound["at"], steps=STEPS, picture=picture)
        if probed["script"] and not ways["by"]:
            tally.page(
                SOUND,
                Outcome.NEEDS_REVIEW,
                "A script of the page plays sound from the start. Does it go on for more than three seconds, and is "
                "there a control near the beginning of the page to stop it?",
                steps=STEPS,
            )
        return tally.judgement(probed["missed"])


STEPS = (
    "Load the page in a browser that lets it play sound by itself, and touch nothing.",
    "Listen for more than three seconds.",
    "Look for a control that stops the sound or makes it quieter.",
)


def outcome_of(sound: Raw, ways: Raw) -> Outcome | None:
    """What is said of a sound; None for silence."""
    if sound["peak"] is not None and sound["peak"] < SILENCE:
        return None
    if sound["seconds"] <= LONG or sound["controls"] or ways["by"]:
        return Outcome.PASSED
    return Outcome.NEEDS_REVIEW if ways["all"] or sound["peak"] is None else Outcome.FAILED


def _message(sound: Raw, ways: Raw, outcome: Outcome) -> str:
    what = "This film plays sound" if sound["video"] else "This recording plays"
    says = f"{what} by itself for more than three seconds"
    if outcome is Outcome.FAILED:
        return f"{says}, and the page has no control to stop it or to make it quieter."
    if ways["all"]:
        return f"{says}. Is there a control to stop it or to make it quieter, near the beginning of the page?"
    return f"{says}, if it is not silent. Can it be heard, with no control to stop it?"


async def _goes_on(page: LivePage) -> bool:
    asked = await run_in_frames(page, "() => campusSounds.goesOn()")
    return any(frame["answer"] for frame in asked["frames"]) or await _from_script(page)


async def _from_script(page: LivePage) -> bool:
    """Whether a script plays something that is no element of the page: a loose audio element, or Web Audio."""
    if await _count(page, "HTMLMediaElement.prototype", LOOSE):
        return True
    if not await _count(page, "AudioContext.prototype", RUNNING):
        return False
    return bool(await _count(page, "AudioScheduledSourceNode.prototype", ANY))


async def _count(page: LivePage, prototype: str, test: str) -> int:
    """How many living objects of a kind are so, in the page's own world, which may say what it likes.

    The prototypes of kinds below it are such objects too, and left out.
    """
    session = page.session
    found = await session.send("Runtime.evaluate", {"expression": prototype, "objectGroup": "campus-sound"})
    try:
        if "objectId" not in found["result"]:
            return 0
        of = {"prototypeObjectId": found["result"]["objectId"], "objectGroup": "campus-sound"}
        objects = (await session.send("Runtime.queryObjects", of))["objects"]
        function = (
            f"function () {{ return this.filter((one) => !Object.hasOwn(one, 'constructor') && {test}).length | 0; }}"
        )
        asked = {"functionDeclaration": function, "objectId": objects["objectId"], "returnByValue": True}
        answer = (await session.send("Runtime.callFunctionOn", asked))["result"].get("value")
        return answer if isinstance(answer, int) else 0
    finally:
        await session.send("Runtime.releaseObjectGroup", {"objectGroup": "campus-sound"})
