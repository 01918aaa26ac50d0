"""What only deep checks find is looked for, and proven repaired, in deep nights alone."""

import pytest

from accessibility.engine.checks.rule import Profile
from accessibility.engine.finding import Finding
from accessibility.ledger.baselines import queries as baselines
from tests.accessibility.ledger.nights import HOME, Nights, audited, not_audited, problem

DEEP = Profile.DEEP
UNTAGGED: Finding = problem("deep", check="documents", rule="document-untagged")


@pytest.fixture
def found(nights: Nights) -> Nights:
    """A deep night has found it."""
    nights.run(audited(HOME, UNTAGGED, problem()), profile=DEEP)
    return nights


def test_standard_nights_say_nothing_of_it(found: Nights) -> None:
    for _ in range(3):
        found.run(audited(HOME))
    assert states(found, "document-untagged") == ["open"]
    assert states(found, "image-alt") == ["verified"]


def test_two_deep_nights_with_standard_ones_between_prove_the_repair(found: Nights) -> None:
    found.run(audited(HOME), profile=DEEP)
    assert "verified" not in states(found, "document-untagged")
    for _ in range(6):
        found.run(audited(HOME))
    assert "verified" not in states(found, "document-untagged")
    found.run(audited(HOME), profile=DEEP)
    assert states(found, "document-untagged") == ["verified"]


def test_a_deep_night_that_did_not_see_the_page_breaks_the_proof_off(found: Nights) -> None:
    found.run(audited(HOME), profile=DEEP)
    found.run(not_audited(HOME), audited(f"{HOME}other"), profile=DEEP)
    found.run(audited(HOME), profile=DEEP)
    assert "verified" not in states(found, "document-untagged")
    found.run(audited(HOME), profile=DEEP)
    assert states(found, "document-untagged") == ["verified"]


def test_what_every_night_looks_for_is_proven_by_nights_of_either_kind(found: Nights) -> None:
    found.run(audited(HOME))
    found.run(audited(HOME), profile=DEEP)
    assert states(found, "image-alt") == ["verified"]


def test_it_comes_back_in_a_deep_night(found: Nights) -> None:
    for _ in range(2):
        found.run(audited(HOME), profile=DEEP)
    found.run(audited(HOME, UNTAGGED), profile=DEEP)
    assert states(found, "document-untagged") == ["reopened"]


def test_a_baseline_knows_all_checks_once_a_deep_night_has_run(nights: Nights) -> None:
    assert "documents" not in checks_of_baseline(nights)
    nights.run(audited(HOME, UNTAGGED), profile=DEEP)
    assert "documents" in checks_of_baseline(nights)


def checks_of_baseline(nights: Nights) -> tuple[str, ...]:
    nights.settings |= {"slug": "sample", "name": "Sample", "base": [HOME]}
    nights.run(audited(HOME))
    with nights.database.read() as session:
        audit = baselines.latest_audit(session, nights.platform_id)
        assert audit is not None
        return tuple(baselines.of_audit(session, audit).checks)


def states(nights: Nights, rule: str) -> list[str]:
    return [ticket.state for ticket in nights.tickets() if ticket.rule == rule]
