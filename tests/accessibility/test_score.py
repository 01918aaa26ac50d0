"""Coverage and score."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.engine.finding import Impact, Outcome, RuleResult
from accessibility.engine.page import ANONYMOUS, PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from accessibility.engine.score import SCORE_VERSION, Score, coverage, row_score, score

DOCS = Path(__file__).parents[2] / "docs" / "score.md"
CRITICAL, SERIOUS, MODERATE = Impact.CRITICAL, Impact.SERIOUS, Impact.MODERATE


def rules(passed: str = "", failed: str = "", other: str = "") -> tuple[RuleResult, ...]:
    """Rules by the first letters of their impacts: `rules("cs")` is one critical and one serious that passed."""
    impacts = {"c": CRITICAL, "s": SERIOUS, "m": MODERATE, "i": Impact.MINOR}
    outcomes = ((passed, Outcome.PASSED), (failed, Outcome.FAILED), (other, Outcome.NEEDS_REVIEW))
    return tuple(
        RuleResult("axe", f"{outcome.value} {place}", impacts[letter], outcome)
        for letters, outcome in outcomes
        for place, letter in enumerate(letters)
    )


def row(
    url: str,
    results: tuple[RuleResult, ...] = (),
    *,
    state: RowState = RowState.AUDITED,
    reason: Reason | None = None,
    viewport: str = "desktop",
    template: str = "t",
) -> Row:
    """A row of an audit."""
    planned = PlannedRow(RowKey(url, ANONYMOUS, viewport), 0, 0, "start")
    return Row(planned, state, reason, facts=PageFacts(url, 200, template=template), rules=results)


def test_the_worked_example_of_the_docs_is_right() -> None:
    result = score(
        [
            row("/", rules("css"), template="entrance"),
            row("/", rules("cs", "s"), template="entrance", viewport="mobile"),
            row("/course/1", rules("ssmm"), template="course"),
            row("/course/2", rules("ssmm", "c"), template="course"),
        ]
    )
    text = DOCS.read_text(encoding="utf-8")
    for figure in (result.value, result.worst_tenth, 100 * result.clean_share):
        assert f"**{figure:.2f}" in text
    assert {f"{value:.2f}" for value in result.templates.values()} == {"70.83", "74.50"}
    assert result.version == SCORE_VERSION


def test_the_docs_name_the_weights_and_the_cap() -> None:
    text = re.sub(r"\s+", " ", DOCS.read_text(encoding="utf-8"))
    assert "critical 10, serious 7, moderate 3, minor 1" in text
    assert "at most 49" in text


def test_a_rule_weighs_by_its_own_impact() -> None:
    assert row_score(rules("c", "i")) == pytest.approx(100 * 10 / 11)
    assert row_score(rules("i", "s")) == pytest.approx(100 * 1 / 8)


def test_what_needs_review_weighs_nothing() -> None:
    assert row_score(rules("s", "", "ccc")) == 100


def test_a_critical_failure_caps_a_row() -> None:
    assert row_score(rules("c" * 50, "c")) == 49
    assert row_score(rules("", "c")) == 0


def test_a_row_on_which_nothing_could_be_judged_has_no_score() -> None:
    assert row_score(rules(other="s")) is None
    assert score([row("/", rules(other="s"))]).pages == 0


def test_a_page_is_as_good_as_its_worst_row() -> None:
    good, bad = row("/", rules("s")), row("/", rules("", "s"), viewport="mobile")
    assert score([good, bad]).value == score([bad, good]).value == 0


def test_many_pages_of_one_template_do_not_hide_another() -> None:
    courses = [row(f"/course/{n}", rules("s")) for n in range(99)]
    assert score([*courses, row("/", rules("", "s"), template="entrance")]).value == 50


def test_the_worst_tenth_is_rounded_up_to_a_page() -> None:
    pages = [row(f"/{n}", rules("s")) for n in range(10)]
    assert score([*pages, row("/bad", rules("", "s"))]).worst_tenth == 50
    assert score([row("/bad", rules("", "s"))]).worst_tenth == 0


def test_a_page_that_was_only_partly_audited_has_no_score() -> None:
    assert score([row("/", rules("s"), state=RowState.PARTLY)]).pages == 0


def test_what_a_partly_audited_row_saw_counts_against_its_page() -> None:
    partly = row("/", rules("", "s"), state=RowState.PARTLY, viewport="mobile")
    result = score([row("/", rules("s")), partly])
    assert (result.value, result.clean_share) == (0, 0)


def test_without_an_audited_page_every_figure_is_zero() -> None:
    missing = row("/", state=RowState.NOT_AUDITED, reason=Reason.SERVER_ERROR)
    assert score([missing]) == score([]) == Score(0.0, 0.0, 0.0)


def test_coverage_counts_planned_rows_and_says_why_some_are_not_covered() -> None:
    result = coverage(
        [
            row("/"),
            row("/frame", state=RowState.PARTLY, reason=Reason.FRAME_NOT_AUDITED),
            row("/slow", state=RowState.NOT_AUDITED, reason=Reason.TIMEOUT),
            row("/private", state=RowState.NOT_AUDITED, reason=Reason.ROBOTS),
            row("/gone", state=RowState.EXCLUDED, reason=Reason.NOT_FOUND),
            row("/next", state=RowState.PENDING),
        ]
    )
    assert (result.planned, result.audited, result.share) == (5, 1, 0.2)
    assert result.not_covered == {"frame not audited": 1, "pending": 1, "robots": 1, "timeout": 1}
    assert result.excluded == {"not found": 1}


def test_where_nothing_is_planned_nothing_is_covered() -> None:
    assert coverage([]).share == 0
    assert coverage([row("/", state=RowState.EXCLUDED, reason=Reason.GONE)]).share == 0


results = st.builds(
    RuleResult,
    check=st.just("axe"),
    rule=st.sampled_from("abcdef"),
    impact=st.sampled_from(Impact),
    outcome=st.sampled_from(Outcome),
)
some_rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["/1", "/2", "/3", "/4"]),
        st.lists(results, max_size=6).map(tuple),
        state=st.sampled_from([RowState.AUDITED, RowState.PARTLY, RowState.NOT_AUDITED, RowState.EXCLUDED]),
        template=st.sampled_from(["a", "b"]),
    ),
    min_size=1,
    max_size=8,
)


@given(some_rows)
def test_every_figure_keeps_within_its_bounds(rows: list[Row]) -> None:
    result = score(rows)
    assert 0 <= result.worst_tenth <= 100
    assert 0 <= result.value <= 100
    assert 0 <= result.clean_share <= 1
    assert 0 <= coverage(rows).share <= 1


@given(some_rows, st.data())
def test_a_rule_that_passed_and_now_fails_never_raises_a_figure(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    worse = [replace(r, outcome=Outcome.FAILED) if r.outcome is Outcome.PASSED else r for r in rows[place].rules]
    assert_not_better(rows, [*rows[:place], replace(rows[place], rules=tuple(worse)), *rows[place + 1 :]])


@given(some_rows, results, st.data())
def test_failing_one_more_rule_never_raises_a_figure(rows: list[Row], more: RuleResult, data: st.DataObject) -> None:
    judged = [n for n, r in enumerate(rows) if row_score(r.rules) is not None]
    if judged:
        place = data.draw(st.sampled_from(judged))
        failing = (*rows[place].rules, replace(more, outcome=Outcome.FAILED))
        assert_not_better(rows, [*rows[:place], replace(rows[place], rules=failing), *rows[place + 1 :]])


def assert_not_better(before: list[Row], after: list[Row]) -> None:
    """No figure of `after` is higher."""
    old, new = score(before), score(after)
    assert new.value <= old.value + 1e-9
    assert new.worst_tenth <= old.worst_tenth + 1e-9
    assert new.clean_share <= old.clean_share + 1e-9
