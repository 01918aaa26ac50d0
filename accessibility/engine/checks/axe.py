"""axe-core in every frame, driven through axe-core-python in our isolated world.

The package's own script is of 2022, it prints options as Python, and it injects the main frame only. All three are
mended here: the script is ours, options are JSON, and its `Axe.run` is given an object whose `evaluate` is that of one
frame.
"""

import json
from typing import Any

from axe_core_python.async_playwright import Axe

from accessibility.engine.axe_script import axe_rules, axe_script
from accessibility.engine.checks.check import Judgement
from accessibility.engine.checks.found import Raw, Tally, ask_frames, box_of
from accessibility.engine.checks.rule import Profile
from accessibility.engine.component import description, kept, key_of
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Finding, Impact, Outcome, RuleResult
from accessibility.engine.wcag import criteria_of_tags

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "resultTypes": ["violations", "incomplete"],  # everything else would be serialised too: three times the time
    "iframes": False,  # each frame is run in its own world; across processes axe would wait and then skip it silently
    "elementRef": True,
    "preload": {"assets": ["media"], "timeout": 2000},
}
SECONDS = 80.0


class FrameAxe(Axe):  # type: ignore[misc]  # the package has no types
    """axe-core-python's driver with our script and with options as JSON."""

    def __init__(self) -> None:
        super().__init__(axe_script())

    @staticmethod
    def _format_script_args(context: Any = None, options: Any = None) -> str:
        return ",".join(json.dumps(argument) for argument in (context, options) if argument)


class _InFrame:
    """The part of a Playwright page that `Axe.run` uses, for one frame: `evaluate`."""

    def __init__(self, frame: LiveFrame, script: str) -> None:
        self._frame = frame
        self._script = script

    async def evaluate(self, expression: str) -> Any:
        if expression is self._script:
            return None  # it was put there before the page's first line ran
        run = expression if self._frame.top else expression.replace("axe.run(", "campusAudit.runInFrame(", 1)
        if not self._frame.top:
            run = run.replace(").then(", f", {json.dumps(self._frame.focusable)}).then(", 1)
        return await self._frame.world.evaluate(f"({run}).then(campusAudit.condense)")


class AxeCheck:
    """Runs all rules of axe-core for WCAG 2.0 and 2.1, levels A and AA."""

    name = "axe"
    own_rules = ()
    profile = Profile.STANDARD
    conditions = None
    seconds = SECONDS

    def __init__(self) -> None:
        self._axe = FrameAxe()

    @property
    def rules(self) -> frozenset[str]:
        """Those of this version of axe-core."""
        return axe_rules(TAGS)

    async def applies(self, page: LivePage) -> bool:
        """To every page."""
        return True

    async def probe(self, page: LivePage) -> Raw:
        """axe's condensed answer per frame: `{"frames": [{path, shape, origin, answer}], "missed": [addresses]}`."""
        return await ask_frames(page, self._in_frame)

    async def _in_frame(self, frame: LiveFrame) -> Any:
        return await self._axe.run(_InFrame(frame, self._axe.axe_script), options=OPTIONS)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Findings of all frames; a rule that failed in one frame failed on the page."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            for outcome, rules in _by_outcome(frame["answer"]):
                for rule in rules:
                    tally.result(RuleResult(self.name, rule["id"], Impact(rule["impact"]), outcome))
                    tally.findings += [_finding(frame, rule, node, outcome, state) for node in rule.get("nodes", ())]
        return tally.judgement(probed["missed"])


def _by_outcome(answer: Raw) -> list[tuple[Outcome, list[Raw]]]:
    return [
        (Outcome.FAILED, answer["failed"]),
        (Outcome.NEEDS_REVIEW, answer["review"]),
        (Outcome.PASSED, answer["passed"]),
    ]


def _finding(frame: Raw, rule: Raw, node: Raw, outcome: Outcome, state: str) -> Finding:
    described = description(rule["id"], node["path"], node["own"], frame["shape"])
    return Finding(
        check=AxeCheck.name,
        rule=rule["id"],
        criteria=criteria_of_tags(rule["tags"]),
        outcome=outcome,
        impact=Impact(node.get("impact") or rule["impact"]),
        message=f"{rule['help']}. {node['message']}".strip(),
        help_url=rule["url"],
        component=key_of(described),
        selector=node["selector"],
        frame=tuple(frame["path"]),
        html=node["html"],
        name=node["name"],
        box=box_of(node["box"], frame["origin"]),
        state=state,
        described=kept(described),
    )
