"""Forms sent empty and with wrong values, while nothing leaves the browser: what they say of the errors, and to whom.

Errors must be told in text (3.3.1), with a suggestion where one is known (3.3.3), reach the field they speak of, and be
announced where focus stays behind (4.1.3). The browser's own messages do all of that. Of a form that would have been
sent nothing can be said: its server would answer. A login owes nobody a suggestion, as it would help those in who must
stay out; nor does a quiz, of which a person has to say that it is one.
"""

from typing import Any

from playwright.async_api import Dialog

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.forms.error_text import looks_like_error, says_nothing
from accessibility.engine.checks.forms.storage import storage_kept
from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import picture_of_place
from accessibility.engine.finding import Box, Finding, Impact, Outcome
from core.i18n import marked

IN_TEXT = Rule(
    "error-in-text",
    marked("What is wrong in a form must be told in text"),
    ("3.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "error-identification",
)
TIED = Rule(
    "error-tied-to-field",
    marked("An error must be tied to the field it speaks of"),
    ("3.3.1", "1.3.1"),
    Impact.MODERATE,
    Reach.ASKS,
    "error-identification",
)
ANNOUNCED = Rule(
    "error-announced",
    marked("Errors that appear in a form must reach people who do not see them"),
    ("4.1.3",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "status-messages",
)
SUGGESTED = Rule(
    "error-suggestion",
    marked("An error must say how it can be put right, where that is known"),
    ("3.3.3",),
    Impact.MODERATE,
    Reach.ASKS,
    "error-suggestion",
)
APPLIES = "!!document.querySelector('form') && !!document.querySelector('input, select, textarea')"
QUIET_MS, LIMIT_MS = 200, 1500
ROOM = 100.0  # CSS pixels below a form, for what appears there
MOST_NAMED = 4
DID = {"empty": "Leave its fields empty", "wrong": "Fill its fields with values that cannot be right"}


class WrongSubmissionCheck(OwnCheck):
    """Submits up to three forms empty and with wrong values, and looks at how errors are told, tied and announced."""

    name = "form-errors"
    own_rules = (IN_TEXT, TIED, ANNOUNCED, SUGGESTED)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """Where there is a form."""
        return bool(await page.evaluate(APPLIES))

    async def probe(self, page: LivePage) -> Any:
        """What each submission led to: `[{form: {name, button}, mode, sent, dialog, picture, outcome}]`."""
        script = script_with_seen(__file__, "appeared")
        forms = await page.top.world.call(script)
        done: list[Raw] = []
        for index, form in enumerate(forms):
            if index:
                page = await self._again(page, script)
            async with storage_kept(page):
                done += await _submissions(page, index, form)
        return done

    async def _again(self, page: LivePage, script: str) -> LivePage:
        assert page.again is not None  # a page loaded for one check alone has it
        fresh = await page.again()
        await fresh.top.world.call(script)
        return fresh

    def judge(self, probed: list[Raw], state: str) -> Judgement:
        """What is certain of each submission, and the questions that it leaves; each once for a form."""
        tally = Tally(self.name, state)
        for done in probed:
            if done["outcome"] and done["outcome"]["native"]:
                tally.passed(IN_TEXT)
            elif done["outcome"] and not done["outcome"]["gone"] and not done["sent"]:
                _judge(tally, done)
        tally.findings = _each_once(tally.findings)
        return tally.judgement()


async def _submissions(page: LivePage, index: int, form: Raw) -> list[Raw]:
    """Submit one form empty and, where that went nowhere, with wrong values."""
    world, done = page.top.world, []
    address = page.page.url
    box = Box(*form["box"])
    before = await picture_of_place(page, box, below=ROOM)
    dialogs: list[str] = []

    def remember(dialog: Dialog) -> None:
        dialogs.append(dialog.message[:200])  # it is answered where all dialogs are

    page.page.on("dialog", remember)
    try:
        await world.evaluate(f"campusForms.begin({index})")
        for mode in DID:
            await world.evaluate(f"campusForms.fill({index}, '{mode}')")
            page.watch.attempts.clear()
            point = await world.evaluate(f"campusForms.button({index})")
            if point:
                await page.page.mouse.click(*point)
            else:
                await world.evaluate(f"campusForms.press({index})")
            await world.evaluate(f"campusAudit.calm({QUIET_MS}, {LIMIT_MS})")
            sent = any(attempt.kind != "Ping" for attempt in page.watch.attempts) or page.page.url != address
            outcome = None if sent else await world.evaluate(f"campusForms.outcome({index})")
            after = await picture_of_place(page, box, below=ROOM) if outcome and not outcome["native"] else None
            done.append(
                {
                    "form": form,
                    "mode": mode,
                    "sent": sent,
                    "dialog": " ".join(dialogs)[:200],
                    "outcome": outcome,
                    "picture": beside(before, after) if after else None,
                }
            )
            if outcome is None or outcome["gone"]:
                break
    finally:
        page.page.remove_listener("dialog", remember)
    return done


def _each_once(findings: list[Finding]) -> list[Finding]:
    """Without what a form's second submission showed again."""
    return list({(finding.rule, finding.selector): finding for finding in reversed(findings)}.values())[::-1]


def _judge(tally: Tally, done: Raw) -> None:
    outcome, frame = done["outcome"], {"path": [], "shape": [], "origin": [0, 0]}
    steps = _steps(done)
    told = [field for field in outcome["fields"] if field["message"]]
    silent = [field for field in outcome["fields"] if field["marked"] and not field["message"]]
    texts = outcome["texts"]
    if done["dialog"] or (silent and not texts and outcome["announced"]):
        tally.passed(IN_TEXT)
        return
    if silent and not texts:
        named = _named(silent)
        if any(field["hinted"] for field in silent):
            question = (
                f"{named} is marked as wrong. Does the text beside it, which was there before, say what is wrong?"
            )
            tally.at(IN_TEXT, Outcome.NEEDS_REVIEW, question, frame, silent[0]["at"], steps=steps)
        else:
            how = "by colour alone" if "aria-invalid" not in silent[0]["marked"] else "but no text says why"
            message = f"{named} is marked as wrong, {how}."
            tally.at(IN_TEXT, Outcome.FAILED, message, frame, silent[0]["at"], steps=steps, picture=done["picture"])
        return
    errors = [text for text in texts if looks_like_error(text)]
    if silent or (errors and not told):
        shown = "” and “".join((errors or texts)[:2])
        question = f"The page says “{shown}”. Does that say which fields are wrong, and why?"
        tally.at(IN_TEXT, Outcome.NEEDS_REVIEW, question, frame, outcome["at"], steps=steps)
    told = [field for field in told if field["marked"] or looks_like_error(field["message"])]
    if told:
        tally.passed(IN_TEXT)
        _judge_reach(tally, done, told, frame, steps)


def _judge_reach(tally: Tally, done: Raw, told: list[Raw], frame: Raw, steps: list[str]) -> None:
    """Whether errors in text reach people who do not see them, and help."""
    outcome = done["outcome"]
    announced = outcome["moved"] or outcome["announced"]
    loose = [field for field in told if not field["tied"] and not (announced and field["names"])]
    first = (loose or told)[0]
    if announced:
        tally.passed(ANNOUNCED)
    elif len(loose) == len(told) and not any(field["invalid"] for field in told):
        message = (
            f"“{first['message']}” appears, but focus stays where it was, and no role or live region announces it."
        )
        tally.at(ANNOUNCED, Outcome.FAILED, message, frame, first["at"], steps=steps, picture=done["picture"])
    else:
        question = f"“{first['message']}” appears and focus stays where it was. Is somebody told who does not see it?"
        tally.at(ANNOUNCED, Outcome.NEEDS_REVIEW, question, frame, first["at"], steps=steps)
    if not loose:
        tally.passed(TIED)
    elif announced:
        question = (
            f"“{first['message']}” is not tied to “{first['label']}” in the code. Is its field clear "
            f"to who only hears it?"
        )
        tally.at(TIED, Outcome.NEEDS_REVIEW, question, frame, first["at"], steps=steps)
    empty_words = next(
        (field for field in told if not field["secret"] and says_nothing(field["message"], field["label"])), None
    )
    if empty_words:
        question = (
            f"“{empty_words['message']}” says that something is wrong. Could it say what would be right? "
            "(Not where that would answer a quiz, or help strangers in.)"
        )
        tally.at(SUGGESTED, Outcome.NEEDS_REVIEW, question, frame, empty_words["at"], steps=steps)


def _steps(done: Raw) -> list[str]:
    form = f"Go to the form “{done['form']['name']}”." if done["form"]["name"] else "Go to the form."
    return [form, f"{DID[done['mode']]}.", f"Press “{done['form']['button']}”.", "Look at what is said of the errors."]


def _named(fields: list[Raw]) -> str:
    labels = [f"“{field['label']}”" for field in fields[:MOST_NAMED] if field["label"]]
    return ", ".join(labels) or "A field"
