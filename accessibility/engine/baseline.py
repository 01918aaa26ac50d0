"""The approved baseline of a gate: the failures that are known, kept as a file beside the code it guards.

JSON with sorted keys and one value a line, so that a review shows what was approved. Written by
`campus gate --write-baseline`; people add to `exceptions` only.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accessibility.engine.files import write_whole
from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.problems import Problem
from core.errors import InvalidInput


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ApprovedProblem(_Model):
    """What a reader of the file needs to know of a component; `pages` counts them, `example` is one."""

    rules: tuple[str, ...]
    impact: Impact
    criteria: tuple[str, ...]
    selector: str
    pages: int
    example: str


class GateException(_Model):
    """A component that does not fail the gate up to and including the day `until`; after it, it does."""

    component: str = Field(min_length=1)
    kind: Literal["accepted risk", "false positive"]
    reason: str = Field(min_length=1)
    until: date


class Baseline(_Model):
    """What was approved, and how it was seen: engines, checks, roles and viewports of the run."""

    format: Literal["campus baseline"] = "campus baseline"
    version: Literal[1] = 1
    made_at: datetime
    platform: str
    base: str = ""  # the platform's base address, by which a preview's pages are mapped; empty where it has several
    engines: dict[str, str]
    checks: tuple[str, ...]
    roles: tuple[str, ...]
    viewports: tuple[str, ...]
    components: dict[str, ApprovedProblem]
    exceptions: tuple[GateException, ...] = ()

    def excepted(self, today: date) -> frozenset[str]:
        """Components with an exception that has not expired."""
        return frozenset(entry.component for entry in self.exceptions if today <= entry.until)

    def approved(self, today: date) -> frozenset[str]:
        """Components that were approved; one with an expired exception comes back and is not among them."""
        expired = {entry.component for entry in self.exceptions} - self.excepted(today)
        return frozenset(self.components) - expired


def make_baseline(
    seen: Iterable[Problem],
    *,
    made_at: datetime,
    platform: str,
    base: str = "",
    engines: Mapping[str, str],
    checks: Collection[str],
    roles: Collection[str],
    viewports: Collection[str],
    exceptions: Iterable[GateException] = (),
) -> Baseline:
    """Approve every failure of a run. Exceptions that have not expired are kept, and are not approved for ever too."""
    kept = sorted((e for e in exceptions if made_at.date() <= e.until), key=lambda e: (e.component, e.until))
    excepted = {entry.component for entry in kept}
    return Baseline(
        made_at=made_at.replace(microsecond=0),
        platform=platform,
        base=base,
        engines=dict(engines),
        checks=tuple(sorted(checks)),
        roles=tuple(sorted(roles)),
        viewports=tuple(sorted(viewports)),
        components={
            problem.component: _approve(problem)
            for problem in seen
            if problem.outcome is Outcome.FAILED and problem.component not in excepted
        },
        exceptions=tuple(kept),
    )


def _approve(problem: Problem) -> ApprovedProblem:
    return ApprovedProblem(
        rules=problem.rules,
        impact=problem.impact,
        criteria=problem.criteria,
        selector=" > ".join((*problem.example.frame, problem.example.selector)),
        pages=len(problem.pages),
        example=problem.pages[0],
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What a baseline approves that the one before it did not (`new`), and the other way round (`gone`), by component.

    `unseen` names checks, roles and viewports of the earlier one that the later one knows nothing of: what is gone may
    then only not have been looked at.
    """

    new: dict[str, ApprovedProblem]
    gone: dict[str, ApprovedProblem]
    kept: int
    unseen: tuple[str, ...]


def compare(before: Baseline | None, after: Baseline) -> Changes:
    """What changes from one baseline to the next, the worst impact first; everything is new after none."""
    old = before.components if before else {}
    unseen: list[str] = []
    if before:
        for then, now in zip(_looked_at(before), _looked_at(after), strict=True):
            unseen += [name for name in then if name not in now]
    return Changes(
        new=_worst_first({key: one for key, one in after.components.items() if key not in old}),
        gone=_worst_first({key: one for key, one in old.items() if key not in after.components}),
        kept=len(old.keys() & after.components.keys()),
        unseen=tuple(unseen),
    )


def _looked_at(baseline: Baseline) -> tuple[tuple[str, ...], ...]:
    return baseline.checks, baseline.roles, baseline.viewports


def _worst_first(components: dict[str, ApprovedProblem]) -> dict[str, ApprovedProblem]:
    return dict(sorted(components.items(), key=lambda item: (item[1].impact.rank, item[1].rules, item[0])))


def read_baseline(path: Path) -> Baseline:
    """Raises `InvalidInput`, naming the file and the place in it, for whatever is not a baseline of this format."""
    try:
        return parse_baseline(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not JSON: {error}", place=str(path)) from None
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", place=str(path)) from None


def parse_baseline(text: str, place: str) -> Baseline:
    """The baseline in a text. Raises `InvalidInput`, naming `place` and the key in it."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"is not JSON: {error}", place=place) from None
    if not isinstance(given, dict) or given.get("format") != "campus baseline":
        raise InvalidInput("is not a baseline; campus gate --write-baseline makes one", place=place)
    try:
        return Baseline.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise InvalidInput(first["msg"], place=f"{place}: {key}") from None


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write the file whole or not at all."""
    text = json.dumps(baseline.model_dump(mode="json"), indent=2, sort_keys=True, ensure_ascii=True)
    write_whole(path, text + "\n")
