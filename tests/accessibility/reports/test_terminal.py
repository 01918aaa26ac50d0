import io

import pytest
from rich.console import Console

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.gate import Demands, decide
from accessibility.engine.page import Declined, Reason, RowState
from accessibility.engine.reports.run import Run
from accessibility.engine.reports.terminal import show_run, show_verdict
from tests.accessibility.sample_run import ENGINES, NOW, finding, row, run


def shown(of: Run, width: int = 200) -> str:
    text = io.StringIO()
    show_run(Console(file=text, width=width, markup=False, highlight=False), of)
    return text.getvalue()


def test_problems_are_grouped_by_component_with_criterion_impact_counts_and_an_example() -> None:
    pages = [row("a"), row("b")]
    found = [(pages[0], finding("k1")), (pages[0], finding("k1")), (pages[1], finding("k1"))]
    [line] = [line for line in shown(run(pages, found)).splitlines() if "image-alt" in line]
    assert line.split() == ["serious", "image-alt", "3", "2", "https://example.org/a"]
    assert "1.1.1 Non-text Content (A)" in shown(run(pages, found))


def test_the_worst_problem_comes_first_and_reviews_stand_apart() -> None:
    page = row()
    found = [
        (page, finding("k1", rule="r-review", outcome=Outcome.NEEDS_REVIEW, impact=Impact.CRITICAL)),
        (page, finding("k2", rule="r-minor", impact=Impact.MINOR)),
        (page, finding("k3", rule="r-critical", impact=Impact.CRITICAL)),
    ]
    text = shown(run([page], found))
    places = [text.index(word) for word in ("Failed: 2", "r-critical", "r-minor", "Needs review: 1", "r-review")]
    assert places == sorted(places)


def test_rows_not_audited_are_told_with_their_reason_in_words() -> None:
    rows = [row(), row("b", RowState.NOT_AUDITED, Reason.SERVER_ERROR, detail="503"), row("c", RowState.PENDING)]
    text = shown(run(rows, []))
    assert "server error (503)" in text
    assert "The server answered with an error (5xx)." in text
    assert "Coverage: 33.3% (1 of 3 planned audited in full)" in text


def test_declined_addresses_are_counted() -> None:
    declined = tuple(Declined("anonymous", f"https://example.org/{n}", Reason.FOLDED) for n in range(3))
    assert "left out of the plan: 3 folded variant" in shown(run([row()], [], declined))


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_cut(width: int) -> None:
    page = row("Q" * 120)
    text = shown(run([page], [(page, finding(selector="Z" * 300))]), width)
    assert max(map(len, text.splitlines())) <= width
    assert (text.count("Q"), text.count("Z")) == (120, 300)


def test_a_page_cannot_write_to_the_terminal() -> None:
    page = row("\x1b[2J\x9b31m\u202e")
    text = shown(run([page], [(page, finding(selector="\x1b]0;title\x07[bold]\nVerdict: pass"))]))
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(text)
    assert "[bold]" in text
    assert "\nVerdict" not in text


def test_a_long_list_names_the_file_that_has_all() -> None:
    page = row()
    text = shown(run([page], [(page, finding(f"k{n}")) for n in range(250)]))
    assert "… and 50 more: --jsonl FILE has them all" in text


def test_a_verdict_tells_what_decided_it() -> None:
    page = row()
    verdict = decide(
        [page],
        [(page, finding("k1"))],
        coverage=1.0,
        score=None,
        engines=ENGINES,
        checks=("axe",),
        baseline=None,
        demands=Demands(),
        today=NOW.date(),
    )
    text = io.StringIO()
    show_verdict(Console(file=text, width=120), verdict)
    assert "New failures: 1" in text.getvalue()
    assert "Verdict: fail\n  new failures of impact serious or worse: 1" in text.getvalue()
