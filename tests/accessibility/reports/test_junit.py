"""JUnit XML, read by a reader of others: junitparser."""

import junitparser
import pytest

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.gate import GateVerdict, Verdict
from accessibility.engine.page import Reason, Row, RowState
from accessibility.engine.reports.junit import junit
from accessibility.engine.reports.run import Run
from tests.accessibility.reports.verdicts import verdict_of
from tests.accessibility.sample_run import finding, row, run

PAGE = row("a")


def read(made: Run, verdict: Verdict | None = None) -> dict[str, junitparser.TestSuite]:
    """The suites by name; the counts in the file agree with its cases."""
    xml = junitparser.JUnitXml.fromstring(junit(made, verdict).encode())
    counts = [(one.tests, one.failures, one.errors, one.skipped) for one in (xml, *xml)]
    xml.update_statistics()
    assert counts == [(one.tests, one.failures, one.errors, one.skipped) for one in (xml, *xml)]
    return {suite.name: suite for suite in xml}


def results(suite: junitparser.TestSuite) -> list[tuple[str, str]]:
    """Kind and message of each case; "passed" for one without a result."""
    return [(one.result[0]._tag, one.result[0].message) if one.result else ("passed", "") for one in suite]


def test_every_failure_of_an_audit_fails_and_what_needs_review_is_skipped() -> None:
    found = [(PAGE, finding("k1")), (PAGE, finding("k2", outcome=Outcome.NEEDS_REVIEW))]
    suites = read(run([PAGE], found))
    assert set(suites) == {"problems", "pages"}
    (failed, said), review = results(suites["problems"])
    assert failed == "failure"
    assert said == "Images must have alternative text: 1 pages, such as https://example.org/a"
    assert review == ("skipped", "a person has to decide")
    assert results(suites["pages"]) == [("passed", "")]


def test_a_case_is_named_by_its_rule_and_component_and_tells_where() -> None:
    [case] = read(run([PAGE], [(PAGE, finding("k1", frame=("#player",), impact=Impact.CRITICAL))]))["problems"]
    assert (case.classname, case.name) == ("campus.sample.image-alt", "Images must have alternative text [k1]")
    [failure] = case.result
    assert failure.type == "critical"
    assert "WCAG 2.1 1.1.1 Non-text Content (A)" in failure.text
    assert "Element: #player > main > img" in failure.text


def test_a_gate_fails_for_what_is_new_and_skips_what_was_approved() -> None:
    found = [(PAGE, finding(key)) for key in ("new", "known", "excepted")]
    made = run([PAGE], found)
    suites = read(made, verdict_of(made, approved={"known"}, excepted={"excepted"}))
    assert results(suites["verdict"]) == [("failure", "new failures of impact serious or worse: 1")]
    assert [kind for kind, _ in results(suites["problems"])] == ["failure", "skipped", "skipped"]


@pytest.mark.parametrize(
    ("state", "reason", "of_audit", "of_gate"),
    [
        (RowState.NOT_AUDITED, Reason.SERVER_ERROR, "error", "skipped"),
        (RowState.PARTLY, Reason.FRAME_NOT_AUDITED, "skipped", "skipped"),
        (RowState.EXCLUDED, Reason.NOT_FOUND, "skipped", "skipped"),
        (RowState.PENDING, None, "error", "skipped"),
    ],
)
def test_a_page_not_audited_is_an_error_of_an_audit_while_a_gate_says_so_in_its_verdict(
    state: RowState, reason: Reason | None, of_audit: str, of_gate: str
) -> None:
    made = run([PAGE, row("b", state, reason, detail="503")], [])
    assert [kind for kind, _ in results(read(made)["pages"])] == ["passed", of_audit]
    verdict = verdict_of(made)
    assert [kind for kind, _ in results(read(made, verdict)["pages"])] == ["passed", of_gate]
    if verdict.verdict is GateVerdict.INCONCLUSIVE:
        assert results(read(made, verdict)["verdict"])[0][0] == "error"


def test_a_gate_that_passes_has_no_failure_and_no_error() -> None:
    made = run([PAGE], [])
    suites = read(made, verdict_of(made))
    assert [results(suite) for suite in suites.values()] == [[("passed", "")], [("passed", "")]]


def test_the_words_of_a_page_cannot_break_the_file() -> None:
    page: Row = row("\x00<b>&\ud800")
    [case] = read(run([page], [(page, finding(message='"]]><x> \x1b\x07'))]))["problems"]
    assert case.name == '"]]><x> �� [k1]'
