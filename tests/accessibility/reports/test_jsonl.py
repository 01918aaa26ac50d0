import json

from accessibility.engine.page import Reason, RowState
from accessibility.engine.reports.jsonl import jsonl
from tests.accessibility.sample_run import finding, row, run


def test_a_finding_is_one_line_with_all_its_fields() -> None:
    page = row("a")
    [_, line] = jsonl(run([page], [(page, finding(frame=("#player",), name="Start"))])).splitlines()
    assert json.loads(line) == {
        "url": "https://example.org/a",
        "final_url": "https://example.org/a#seen",
        "viewport": "desktop",
        "role": "anonymous",
        "sc": ["1.1.1"],
        "outcome": "failed",
        "rule": "image-alt",
        "check": "axe",
        "impact": "serious",
        "frame": ["#player"],
        "selector": "main > img",
        "html": '<img src="a.png">',
        "state": "page",
        "component": "k1",
        "message": "Images must have alternative text.",
        "steps": [],
    }


def test_every_row_has_a_line_that_says_what_became_of_it() -> None:
    rows = [
        row("a"),
        row("b", RowState.PARTLY, Reason.REQUEST_BLOCKED, detail="POST /x"),
        row("c", RowState.NOT_AUDITED, Reason.SERVER_ERROR, detail="503"),
        row("d", RowState.EXCLUDED, Reason.NOT_FOUND),
        row("e", RowState.PENDING),
    ]
    lines = [json.loads(line) for line in jsonl(run(rows, [])).splitlines()]
    assert [(line["page"], line["reason"], line["detail"], line["planned"]) for line in lines] == [
        ("audited", None, "", True),
        ("partly audited", "request blocked", "POST /x", True),
        ("not audited", "server error", "503", True),
        ("not audited", "not found", "", False),
        ("not audited", "cancelled", "", True),
    ]
    assert [line["final_url"] for line in lines[1:3]] == ["https://example.org/b#seen", None]


def test_no_character_of_a_page_breaks_a_line() -> None:
    page = row()
    hostile = "a\nb\u2028c\x85d\ud800\x1b[31m"
    lines = jsonl(run([page], [(page, finding(html=hostile, selector=hostile))])).splitlines()
    assert len(lines) == 2
    assert json.loads(lines[1])["html"] == hostile.replace("\ud800", "\ufffd")
