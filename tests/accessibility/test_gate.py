from collections.abc import Sequence
from datetime import date

import pytest

from accessibility.engine.baseline import Baseline, GateException, make_baseline
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.gate import Demands, GateVerdict, Verdict, decide
from accessibility.engine.page import Reason, Row, RowState
from accessibility.engine.problems import problems
from tests.accessibility.sample_run import ENGINES, NOW, finding, row

PAGE = row()


def judge(
    findings: Sequence[Finding] = (),
    *,
    rows: Sequence[Row] = (PAGE,),
    coverage: float = 1.0,
    score: float | None = 90.0,
    engines: dict[str, str] = ENGINES,
    checks: tuple[str, ...] = ("axe",),
    baseline: Baseline | None = None,
    demands: Demands = Demands(),  # noqa: B008  # immutable
) -> Verdict:
    return decide(
        rows,
        [(rows[0], found) for found in findings],
        coverage=coverage,
        score=score,
        engines=engines,
        checks=checks,
        baseline=baseline,
        demands=demands,
        today=NOW.date(),
    )


def approved(*findings: Finding, exceptions: Sequence[GateException] = ()) -> Baseline:
    made = make_baseline(
        problems([(PAGE, found) for found in findings]),
        made_at=NOW,
        platform="sample",
        engines=ENGINES,
        checks=["axe"],
        roles=["anonymous"],
        viewports=["desktop"],
    )
    return made.model_copy(update={"exceptions": tuple(exceptions)})


def exception(component: str, until: date) -> GateException:
    return GateException(component=component, kind="accepted risk", reason="Replaced in spring", until=until)


def test_a_run_without_failures_passes_and_needs_no_reasons() -> None:
    verdict = judge()
    assert (verdict.verdict, verdict.reasons) == (GateVerdict.PASS, ())


def test_without_a_baseline_every_failure_is_new() -> None:
    verdict = judge([finding("k1"), finding("k2")])
    assert verdict.verdict is GateVerdict.FAIL
    assert [problem.component for problem in verdict.new_failures] == ["k1", "k2"]


def test_the_verdict_names_the_rules_pages_and_components_that_decided() -> None:
    [problem] = judge([finding("k1"), finding("k1", selector="footer img")]).new_failures
    assert (problem.component, problem.rules, problem.impact) == ("k1", ("image-alt",), Impact.SERIOUS)
    assert (problem.pages, problem.elements) == (("https://example.org/",), 2)


def test_a_failure_of_the_baseline_is_known_and_passes() -> None:
    verdict = judge([finding("k1")], baseline=approved(finding("k1")))
    assert verdict.verdict is GateVerdict.PASS
    assert [problem.component for problem in verdict.known] == ["k1"]


def test_a_failure_beside_the_baseline_is_new() -> None:
    verdict = judge([finding("k1"), finding("k2")], baseline=approved(finding("k1")))
    assert verdict.verdict is GateVerdict.FAIL
    assert [problem.component for problem in verdict.new_failures] == ["k2"]
    assert verdict.reasons == ("new failures of impact serious or worse: 1",)


def test_a_new_failure_of_less_impact_than_asked_for_is_told_and_passes() -> None:
    verdict = judge([finding(impact=Impact.MODERATE)])
    assert verdict.verdict is GateVerdict.PASS
    assert [problem.impact for problem in verdict.lesser] == [Impact.MODERATE]


@pytest.mark.parametrize("impact", list(Impact))
def test_fail_on_takes_its_impact_and_all_worse_ones(impact: Impact) -> None:
    verdict = judge([finding(impact=impact)], demands=Demands(fail_on=Impact.MODERATE))
    assert (verdict.verdict is GateVerdict.FAIL) == (impact is not Impact.MINOR)


def test_the_worst_element_decides_on_the_impact_of_a_component() -> None:
    verdict = judge([finding(impact=Impact.MINOR), finding(impact=Impact.CRITICAL)])
    assert verdict.new_failures[0].impact is Impact.CRITICAL


def test_what_needs_review_never_fails() -> None:
    verdict = judge([finding(outcome=Outcome.NEEDS_REVIEW, impact=Impact.CRITICAL)])
    assert verdict.verdict is GateVerdict.PASS


def test_an_exception_holds_through_its_last_day() -> None:
    verdict = judge([finding("k1")], baseline=approved(exceptions=[exception("k1", NOW.date())]))
    assert verdict.verdict is GateVerdict.PASS
    assert [problem.component for problem in verdict.excepted] == ["k1"]


@pytest.mark.parametrize("approved_too", [False, True])
def test_an_expired_exception_comes_back_even_where_the_failure_was_approved(approved_too: bool) -> None:
    known = [finding("k1")] if approved_too else []
    verdict = judge([finding("k1")], baseline=approved(*known, exceptions=[exception("k1", date(2026, 2, 28))]))
    assert verdict.verdict is GateVerdict.FAIL


def test_under_the_coverage_floor_it_is_inconclusive_and_new_failures_are_listed_all_the_same() -> None:
    verdict = judge([finding("k1")], coverage=0.94)
    assert verdict.verdict is GateVerdict.INCONCLUSIVE
    assert [problem.component for problem in verdict.new_failures] == ["k1"]
    assert verdict.reasons[0] == "the coverage 94.0% is under the floor of 95.0%"


def test_at_the_coverage_floor_there_is_a_verdict() -> None:
    assert judge(coverage=0.95).verdict is GateVerdict.PASS


@pytest.mark.parametrize("rows", [[row(state=RowState.NOT_AUDITED, reason=Reason.TIMEOUT)], [row("a"), row("b")][:0]])
def test_a_run_that_saw_no_page_is_inconclusive_even_without_a_floor(rows: list[Row]) -> None:
    verdict = judge(rows=rows, coverage=0.0, demands=Demands(min_coverage=0.0))
    assert verdict.verdict is GateVerdict.INCONCLUSIVE
    assert "no page was audited" in verdict.reasons


@pytest.mark.parametrize(
    "ended",
    [
        row("late", RowState.NOT_AUDITED, Reason.TIME_LIMIT),
        row("late", RowState.NOT_AUDITED, Reason.CANCELLED),
        row("late", RowState.PENDING),
    ],
)
def test_a_run_that_ended_early_is_inconclusive_whatever_its_coverage(ended: Row) -> None:
    assert judge(rows=[PAGE, ended], coverage=0.99).verdict is GateVerdict.INCONCLUSIVE


def test_an_address_that_was_asked_for_and_does_not_exist_makes_it_inconclusive() -> None:
    verdict = judge(rows=[PAGE, row("gone", RowState.EXCLUDED, Reason.NOT_FOUND, source="given")])
    assert verdict.verdict is GateVerdict.INCONCLUSIVE
    assert verdict.reasons == ("https://example.org/gone was asked for and not audited: not found",)


def test_a_link_that_leads_nowhere_is_nobodys_wish_and_changes_nothing() -> None:
    assert judge(rows=[PAGE, row("gone", RowState.EXCLUDED, Reason.NOT_FOUND)]).verdict is GateVerdict.PASS


def test_an_address_that_leads_onto_another_audited_page_was_seen() -> None:
    verdict = judge(rows=[PAGE, row("old", RowState.EXCLUDED, Reason.REDIRECTED, source="start")])
    assert verdict.verdict is GateVerdict.PASS


def test_another_engine_version_than_the_baselines_is_inconclusive() -> None:
    verdict = judge([finding("k2")], engines=ENGINES | {"axe-core": "4.15.0"}, baseline=approved())
    assert verdict.verdict is GateVerdict.INCONCLUSIVE
    assert verdict.reasons[0].startswith("the baseline was made with axe-core 4.14.1, this run with 4.15.0")


def test_another_engine_version_matters_only_to_a_baseline() -> None:
    assert judge(engines={"axe-core": "5.0.0"}).verdict is GateVerdict.PASS


def test_a_check_that_the_baseline_has_never_run_is_inconclusive() -> None:
    verdict = judge(checks=("axe", "page-title"), baseline=approved())
    assert verdict.verdict is GateVerdict.INCONCLUSIVE
    assert "page-title" in verdict.reasons[0]


def test_a_baseline_of_more_checks_than_the_run_matches() -> None:
    assert judge(checks=(), baseline=approved()).verdict is GateVerdict.PASS


def test_a_score_under_the_minimum_fails() -> None:
    verdict = judge(score=79.94, demands=Demands(min_score=80))
    assert (verdict.verdict, verdict.reasons) == (GateVerdict.FAIL, ("the score 79.9 is under the minimum of 80",))


def test_a_score_at_the_minimum_passes() -> None:
    assert judge(score=80.0, demands=Demands(min_score=80)).verdict is GateVerdict.PASS


def test_a_minimum_without_a_score_is_inconclusive() -> None:
    assert judge(score=None, demands=Demands(min_score=1)).verdict is GateVerdict.INCONCLUSIVE


def test_without_a_minimum_no_score_is_needed() -> None:
    assert judge(score=None).verdict is GateVerdict.PASS
