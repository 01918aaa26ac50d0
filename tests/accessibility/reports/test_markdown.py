from accessibility.engine.finding import Impact
from accessibility.engine.page import Reason, RowState
from accessibility.engine.reports.markdown import SHOWN, markdown
from tests.accessibility.reports.verdicts import verdict_of
from tests.accessibility.sample_run import finding, row, run

PAGE = row("a")


def test_the_verdict_and_its_reasons_come_first_then_what_is_new() -> None:
    made = run([PAGE], [(PAGE, finding("new")), (PAGE, finding("known"))])
    lines = markdown(made, verdict_of(made, approved={"known"})).splitlines()
    assert lines[0] == "## ▲ Gate: fail"
    assert "- new failures of impact serious or worse\\: 1" in lines
    assert "### New failures: 1" in lines
    assert "<details><summary>Known: 1 (approved in the baseline)</summary>" in lines


def test_an_audit_tells_its_failures_with_criteria_page_and_element() -> None:
    text = markdown(run([PAGE], [(PAGE, finding(impact=Impact.CRITICAL))]))
    assert text.startswith("## ▲ 1 problem failed")
    [line] = [line for line in text.splitlines() if line.startswith("| critical")]
    assert "1\\.1\\.1 Non\\-text Content \\(A\\)" in line
    assert "<https://example.org/a><br>`main > img` |" in line


def test_pages_not_audited_are_listed_with_their_reason() -> None:
    text = markdown(run([PAGE, row("b", RowState.NOT_AUDITED, Reason.SERVER_ERROR)], []))
    assert "| <https://example.org/b> | not audited: server error | anonymous, desktop |" in text
    assert text.startswith("## ● No failure found")


def test_a_run_that_saw_nothing_does_not_look_clean() -> None:
    assert markdown(run([], [])).startswith("## ◆ No page was audited")


def test_a_long_list_is_cut_and_says_so() -> None:
    found = [(PAGE, finding(f"k{n}")) for n in range(SHOWN + 3)]
    assert "… and 3 more" in markdown(run([PAGE], found))


def test_the_words_of_a_page_cannot_become_markup_a_mention_or_another_cell() -> None:
    page = row("x?a=|b`<c>")
    hostile = "@somebody ![x](https://bad.example/x.png) | <script>alert(1)</script> `code` #1"
    text = markdown(run([page], [(page, finding(message=hostile, selector="a`b|c\n### d"))]))
    [line] = [line for line in text.splitlines() if line.startswith("| serious")]
    assert "@somebody" not in line
    assert "\\!\\[x\\]\\(https\\://bad\\.example/x\\.png\\) \\| \\<script\\>" in line
    assert "`aˋb¦c ### d`" in line
    assert "<https://example.org/x?a=%7Cb%60%3Cc%3E>" in line
