"""Gates of every verdict and two baselines for the small history: what a lead compares, and what stands in its past."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.baseline import Baseline
from accessibility.engine.gate import GateVerdict
from accessibility.ledger.baselines import actions as baselines
from accessibility.ledger.baselines import queries as approved
from accessibility.ledger.gates import actions
from accessibility.ledger.gates.rules import Asked
from accessibility.ledger.platforms import queries as platforms
from core import clock
from core.database import Database
from core.people.models import Person

PLATFORM, WORKER = "ecampus", "here:1:a"
REASONS = {
    GateVerdict.FAIL: ["new failures of impact serious or worse: 1"],
    GateVerdict.PASS: [],
    GateVerdict.INCONCLUSIVE: ["the coverage 40.0% is under the floor of 95.0%"],
}
PROBLEM = {
    "component": "23c1ea86d2f04b7a",
    "rules": ["button-name"],
    "sc": ["4.1.2"],
    "impact": "critical",
    "elements": 2,
    "pages": ["https://ecampus.example.org/course/7", "https://ecampus.example.org/course/8"],
    "selector": "main > .enrol",
    "frame": [],
    "message": "Buttons must have discernible text. Element has no title.",
    "help_url": "https://dequeuniversity.com/rules/axe/4.14/button-name",
}
LESSER = {**PROBLEM, "rules": ["region"], "sc": [], "impact": "moderate", "help_url": "javascript:alert(1)"}
UNSEEN = {"url": "https://ecampus.example.org/course/9", "role": "student", "viewport": "mobile", "page": "not audited"}
RESULT: dict[str, Any] = {
    "new_failures": [],
    "lesser": [],
    "known": [PROBLEM],
    "excepted": [],
    "not_covered": [],
    "coverage": 1.0,
    "min_coverage": 0.95,
    "fail_on": "serious",
}
DECIDING: dict[GateVerdict, dict[str, Any]] = {
    GateVerdict.PASS: {},
    GateVerdict.FAIL: {"new_failures": [PROBLEM], "lesser": [LESSER]},
    GateVerdict.INCONCLUSIVE: {
        "coverage": 0.4,
        "not_covered": [
            {**UNSEEN, "reason": "timeout", "planned": True},
            {**UNSEEN, "reason": "not found", "planned": False},
        ],
    },
}


def gates_and_baselines(database: Database) -> None:
    """Baseline 1 of the last audit, 2 without its first problem; a gate of each verdict, one that failed, one waits."""
    with database.write() as session:
        platform = platforms.get(session, PLATFORM)
        lead = session.scalars(sa.select(Person).where(Person.name == "Sample lead")).one()
        audit = approved.latest_audit(session, platform.id)
        assert audit is not None
        seen = approved.of_audit(session, audit)
        for number, part in ((1, _without(seen, 2)), (2, _without(seen, 1))):
            baselines.approve(
                session,
                platform.id,
                part,
                source=baselines.AUDIT,
                source_number=audit.number,
                person_id=lead.id,
                actor=f"person:{lead.id}",
                note=f"Known before release 4.{number}.",
            )
        for verdict in GateVerdict:
            gate = _taken(session, lead)
            result = {**RESULT, "verdict": verdict.value, "reasons": REASONS[verdict], **DECIDING[verdict]}
            enough = None if verdict is GateVerdict.INCONCLUSIVE else _without(seen, 3, first=False)
            dumped = enough.model_dump(mode="json") if enough else None
            assert actions.finish(session, gate, WORKER, verdict, result, dumped)
        assert actions.fail(session, _taken(session, lead), WORKER, "Unavailable: there is no browser")
        _request(session, lead)


def _without(seen: Baseline, several: int, *, first: bool = True) -> Baseline:
    keys = sorted(seen.components)
    kept = keys[several:] if first else keys[:-several]
    roles = seen.roles if first else ("anonymous",)
    return seen.model_copy(update={"components": {key: seen.components[key] for key in kept}, "roles": roles})


def _request(session: Session, lead: Person, **asked: Any) -> int:
    platform = platforms.get(session, PLATFORM)
    engines = {"axe-core": "4.14.1"}
    return actions.request(session, platform, Asked(**asked), engines, person_id=lead.id, actor="token:1").id


def _taken(session: Session, lead: Person) -> int:
    gate_id = _request(session, lead)
    taken = actions.take(session, WORKER, clock.now() + timedelta(minutes=1))
    assert taken is not None
    assert taken.id == gate_id
    return gate_id
