"""Findings of one run put together by component: what a person would call one problem."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import Row


@dataclass(frozen=True, slots=True)
class Problem:
    """One component with one outcome, over all its elements and pages.

    Several rules can find the same problem (two checks that look at titles). `elements` counts an element once, in
    however many viewports, roles and states it was seen: of each page the most that one of its looks has. `pages` are
    sorted addresses; `example` is the finding met first.
    """

    component: str
    outcome: Outcome
    impact: Impact
    rules: tuple[str, ...]
    criteria: tuple[str, ...]
    elements: int
    pages: tuple[str, ...]
    example: Finding


def problems(findings: Iterable[tuple[Row, Finding]]) -> list[Problem]:
    """The problems among the findings: failures before reviews, the worst impact first, then by rule and component."""
    groups: dict[tuple[str, Outcome], list[tuple[Row, Finding]]] = {}
    for row, finding in findings:
        groups.setdefault((finding.component, finding.outcome), []).append((row, finding))
    return sorted((_problem(members) for members in groups.values()), key=_order)


def _problem(members: list[tuple[Row, Finding]]) -> Problem:
    example = members[0][1]
    return Problem(
        component=example.component,
        outcome=example.outcome,
        impact=min((finding.impact for _, finding in members), key=lambda impact: impact.rank),
        rules=tuple(sorted({finding.rule for _, finding in members})),
        criteria=tuple(sorted({number for _, finding in members for number in finding.criteria})),
        elements=_elements(members),
        pages=tuple(sorted({row.key.url for row, _ in members})),
        example=example,
    )


def _elements(members: list[tuple[Row, Finding]]) -> int:
    looks = Counter((row.key, finding.state, finding.rule) for row, finding in members)
    most: dict[str, int] = {}
    for (key, _, _), count in looks.items():
        most[key.url] = max(most.get(key.url, 0), count)
    return sum(most.values())


def _order(problem: Problem) -> tuple[bool, int, str, str]:
    return (problem.outcome is not Outcome.FAILED, problem.impact.rank, problem.rules[0], problem.component)
