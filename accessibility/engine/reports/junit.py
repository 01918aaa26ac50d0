"""JUnit XML for the test reports of pipelines: problems and pages as test cases, and the gate's verdict as one more.

What fails here is what fails the run: a gate's new failures, an audit's every failure. What was approved, excepted, or
waits for a person is skipped, with the reason. There is no standard; the form is that which Jenkins and GitLab read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # only writes; nothing of others is parsed here

from accessibility.engine.gate import GateVerdict, Verdict
from accessibility.engine.page import REASONS, Reason, Row, RowState
from accessibility.engine.problems import Problem
from accessibility.engine.reports.run import Run, said_of
from accessibility.engine.reports.told import Group, element, groups, heading
from accessibility.engine.wcag import title

FAILURE, ERROR, SKIPPED = "failure", "error", "skipped"
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True, slots=True)
class Case:
    """A test case; `result` is empty when it passed, else one of the three above."""

    classname: str
    name: str
    result: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""


def junit(run: Run, verdict: Verdict | None = None) -> str:
    """The whole file as text."""
    suites = {
        "verdict": list(_verdict(run, verdict)),
        "problems": [_problem(run, group, one) for group in groups(run, verdict) for one in group.problems],
        "pages": [_page(run, row, judged=verdict is not None) for row in run.rows],
    }
    seconds = f"{(run.ended_at - run.started_at).total_seconds():.3f}"
    every = [case for cases in suites.values() for case in cases]
    root = ET.Element("testsuites", {"name": f"campus {run.platform}", **_counts(every), "time": seconds})
    for name, cases in suites.items():
        if cases:
            _suite(root, name, cases, f"{run.started_at:%Y-%m-%dT%H:%M:%S}")
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return text.decode("ascii") + "\n"


def _suite(root: ET.Element, name: str, cases: list[Case], started: str) -> None:
    suite = ET.SubElement(root, "testsuite", {"name": name, **_counts(cases), "time": "0", "timestamp": started})
    for case in cases:
        made = ET.SubElement(suite, "testcase", {"classname": _xml(case.classname), "name": _xml(case.name)})
        made.set("time", "0")
        if case.result:
            kind = {"type": case.kind} if case.kind else {}
            ET.SubElement(made, case.result, {"message": _xml(case.message), **kind}).text = _xml(case.text)


def _counts(cases: list[Case]) -> dict[str, str]:
    counted = {f"{result}s": sum(case.result == result for case in cases) for result in (FAILURE, ERROR)}
    counted |= {"skipped": sum(case.result == SKIPPED for case in cases)}
    return {"tests": str(len(cases)), **{name: str(number) for name, number in counted.items()}}


def _verdict(run: Run, verdict: Verdict | None) -> Iterator[Case]:
    if verdict is None:
        return
    result = {GateVerdict.PASS: "", GateVerdict.FAIL: FAILURE, GateVerdict.INCONCLUSIVE: ERROR}[verdict.verdict]
    text = "\n".join(verdict.reasons)
    yield Case(f"campus.{run.platform}", "gate", result, verdict.verdict.value, "; ".join(verdict.reasons), text)


def _problem(run: Run, group: Group, problem: Problem) -> Case:
    """Named by rule and component, so that a pipeline knows it again in the next run."""
    said = [
        f"{group.title}: {problem.example.message}",
        *(f"WCAG 2.1 {title(number)}" for number in problem.criteria),
        f"Impact: {problem.impact.value}. Elements: {problem.elements}. Pages: {len(problem.pages)}",
        f"Example: {problem.pages[0]}",
        f"Element: {element(problem)}",
        problem.example.help_url,
    ]
    return Case(
        classname=f"campus.{run.platform}.{'+'.join(problem.rules)}",
        name=f"{heading(problem)} [{problem.component}]",
        result=SKIPPED if group.accepted else FAILURE,
        kind="" if group.accepted else problem.impact.value,
        message=group.accepted or f"{heading(problem)}: {len(problem.pages)} pages, such as {problem.pages[0]}",
        text="\n".join(said),
    )


def _page(run: Run, row: Row, *, judged: bool) -> Case:
    """A page that was not audited is an error of an audit; of a gate, its verdict says whether too little was seen."""
    page, reason = said_of(row)
    missed = row.state in (RowState.NOT_AUDITED, RowState.PENDING) and not judged
    result = "" if row.state is RowState.AUDITED else ERROR if missed else SKIPPED
    detail = f" ({row.detail})" if row.detail else ""
    return Case(
        classname=f"campus.{run.platform}.{row.key.role}.{row.key.viewport}",
        name=row.key.url,
        result=result,
        kind=reason or "" if result == ERROR else "",
        message=f"{page}: {reason}{detail}" if result else "",
        text=REASONS[Reason(reason)] if result and reason else "",
    )


def _xml(text: str) -> str:
    """The text without the characters that no XML may hold, escaped or not."""
    return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
