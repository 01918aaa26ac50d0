"""From what a probe brought back to findings, results and frames: what our own checks share."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import Judgement
from accessibility.engine.checks.rule import Rule
from accessibility.engine.component import description, kept, key_of
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.crawl.loading import is_closed
from accessibility.engine.crawl.world import ScriptError
from accessibility.engine.finding import Box, Finding, Outcome, RuleResult
from accessibility.engine.page import STATE_PAGE

log = structlog.get_logger()

FRAME_TIMEOUT = 30.0
ROOT = [{"tag": "html"}]
SEVERITY = (Outcome.NOT_APPLICABLE, Outcome.PASSED, Outcome.NEEDS_REVIEW, Outcome.FAILED)

Raw = dict[str, Any]


@cache
def script_beside(file: str) -> str:
    """The script of a check: the `.js` beside its `.py`, one function expression."""
    return Path(file).with_suffix(".js").read_text(encoding="utf-8")


async def ask_frames(page: LivePage, ask: Callable[[LiveFrame], Awaitable[Any]]) -> Raw:
    """What each frame answers: `{"frames": [{path, shape, origin, answer}], "missed": [addresses]}`.

    The main frame's problem is the check's; a frame that does not answer is missed.
    """
    frames: list[Raw] = []
    missed: list[str] = []
    for frame in page.frames:
        try:
            async with asyncio.timeout(None if frame.top else FRAME_TIMEOUT):
                answer = await ask(frame)
        except (ScriptError, PlaywrightError, TimeoutError) as error:
            if frame.top or is_closed(error):
                raise
            page.stuck |= isinstance(error, TimeoutError)
            log.info("frame not audited", address=frame.address, problem=str(error)[:200])
            missed.append(frame.address)
            continue
        frames.append(
            {"path": list(frame.path), "shape": list(frame.shape), "origin": list(frame.origin), "answer": answer}
        )
    return {"frames": frames, "missed": missed}


async def run_in_frames(page: LivePage, script: str, given: Any = None) -> Raw:
    """`ask_frames` with the answer of a function expression, called with JSON, in our world of each frame."""
    return await ask_frames(page, lambda frame: frame.world.call(script, given))


def box_of(box: list[float] | None, origin: list[float]) -> Box | None:
    """The place on the page of a box within a frame."""
    if box is None:
        return None
    x, y, width, height = box
    return Box(x + origin[0], y + origin[1], width, height)


@dataclass
class Tally:
    """What a check says of one state of a page, as it is found out: findings, and the worst that each rule said."""

    check: str
    state: str = STATE_PAGE
    findings: list[Finding] = field(default_factory=list)
    results: dict[str, RuleResult] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def passed(self, rule: Rule) -> None:
        """There was something to judge, and no fault in it; whatever is worse counts more."""
        self.result(RuleResult(self.check, rule.id, rule.impact, Outcome.PASSED))

    def at(
        self,
        rule: Rule,
        outcome: Outcome,
        message: str,
        frame: Raw,
        at: Raw,
        *,
        steps: Sequence[str] = (),
        picture: bytes | None = None,
    ) -> None:
        """A finding at an element: `frame` as `ask_frames` gives it, `at` as `campusAudit.pointAt` describes it.

        The message of a failure says what is wrong, that of a doubt is the question to answer. `steps` tell a person
        how to see it; `picture` is a PNG of what the check has seen.
        """
        place = {
            "selector": at["selector"],
            "frame": tuple(frame["path"]),
            "html": at["html"],
            "name": at["name"],
            "box": box_of(at["box"], frame["origin"]),
        }
        described = description(rule.id, at["path"], at["own"], frame["shape"])
        self._found(rule, outcome, message, described, place, steps, picture)

    def page(
        self,
        rule: Rule,
        outcome: Outcome,
        message: str,
        *,
        name: str = "",
        subject: str = "",
        html: str = "<html>",
        steps: Sequence[str] = (),
        picture: bytes | None = None,
    ) -> None:
        """A finding of the page as a whole.

        `subject` tells components of one rule apart; `name` is that of another rule whose component is the same.
        """
        described = description(f"{name or rule.id} {subject}".strip(), ROOT, {})
        self._found(rule, outcome, message, described, {"selector": "html", "html": html}, steps, picture)

    def _found(
        self,
        rule: Rule,
        outcome: Outcome,
        message: str,
        described: str,
        place: Raw,
        steps: Sequence[str],
        picture: bytes | None,
    ) -> None:
        finding = Finding(
            check=self.check,
            rule=rule.id,
            criteria=rule.criteria,
            outcome=outcome,
            impact=rule.impact,
            message=message,
            help_url=rule.help_url,
            component=key_of(described),
            state=self.state,
            described=kept(described),
            steps=tuple(steps),
            **place,
        )
        self.findings.append(finding)
        if picture:
            self.pictures.setdefault(finding.component, picture)
        self.result(RuleResult(self.check, rule.id, rule.impact, outcome))

    def result(self, result: RuleResult) -> None:
        """What a rule said, unless it said something worse elsewhere."""
        known = self.results.get(result.rule)
        if known is None or SEVERITY.index(result.outcome) > SEVERITY.index(known.outcome):
            self.results[result.rule] = result

    def judgement(self, missed: Iterable[str] = ()) -> Judgement:
        """All of it. `missed` are frames that gave no answer."""
        return Judgement(tuple(self.findings), tuple(self.results.values()), tuple(missed), self.pictures)
