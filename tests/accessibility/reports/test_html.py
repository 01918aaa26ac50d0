"""The HTML report: what it tells, what it does not let through, and that our own audit finds nothing in it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.page import Reason, RowState
from accessibility.engine.platform import DESKTOP, MOBILE
from accessibility.engine.reports.html import html
from accessibility.engine.reports.run import Run
from tests.accessibility.auditing import audit, settings_for
from tests.accessibility.reports.verdicts import verdict_of
from tests.accessibility.sample_run import finding, row, run
from tests.accessibility.site import TinySite, tiny_site

LONG = "a-very-long-name-without-any-place-to-break-" * 8
PAGE, OTHER = row("a"), row(f"b/{LONG}")
HOSTILE = '<script>alert(1)</script><img src="https://bad.example/x.png" onerror="x()">\x1b'


def full() -> Run:
    """A run with something in every part of the report."""
    found = [
        (PAGE, finding("new", html=HOSTILE, selector=f"#{LONG}", impact=Impact.CRITICAL)),
        (OTHER, finding("new", html=HOSTILE, impact=Impact.CRITICAL)),
        (PAGE, finding("lesser", impact=Impact.MINOR, message="")),
        (PAGE, finding("known")),
        (PAGE, finding("excepted", criteria=(), help_url="javascript:alert(1)")),
        (OTHER, finding("review", outcome=Outcome.NEEDS_REVIEW)),
    ]
    rows = [
        PAGE,
        OTHER,
        row("c", RowState.NOT_AUDITED, Reason.SERVER_ERROR, detail="503"),
        row("d", RowState.PENDING),
        row("javascript:alert(1)", RowState.EXCLUDED, Reason.NOT_FOUND),
    ]
    return run(rows, found)


def test_it_tells_the_verdict_the_problems_and_the_pages_not_audited() -> None:
    made = full()
    page = html(made, verdict_of(made, approved={"known"}, excepted={"excepted"}))
    for words in (
        "Gate: inconclusive",
        "New failures: 1",
        "New, of less impact: 1",
        "Known: 1",
        "Excepted: 1",
        "Needs review: 1",
        "Not audited in full: 3",
        "The server answered with an error (5xx). (503)",
        "1.1.1 Non-text Content (A)",
    ):
        assert words in page


def test_nothing_of_a_page_becomes_markup_and_nothing_is_loaded() -> None:
    page = html(full())
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    assert "\x1b" not in page
    assert "default-src 'none'" in page


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    made = full()
    empty = replace(made, rows=[PAGE], findings=[])
    pages = {
        "/gate": html(made, verdict_of(made, approved={"known"}, excepted={"excepted"})),
        "/audit": html(made),
        "/pass": html(empty, verdict_of(empty)),
        "/nothing": html(run([], [])),
    }
    with tiny_site(pages) as site:
        yield site


def test_our_own_audit_finds_no_failure_in_it_in_both_windows(site: TinySite) -> None:
    paths = ("/gate", "/audit", "/pass", "/nothing")
    done = audit(site.base, paths, settings_for(site.base, viewports=(DESKTOP, MOBILE)))
    states = {done.state(path, viewport=viewport.name)[0] for path in paths for viewport in (DESKTOP, MOBILE)}
    assert states == {"audited"}
    assert {path: done.failed(path) for path in paths} == {path: [] for path in paths}
