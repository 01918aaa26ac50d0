import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from accessibility.engine.baseline import Baseline, GateException, make_baseline, read_baseline, write_baseline
from accessibility.engine.finding import Finding, Outcome
from accessibility.engine.page import Row
from accessibility.engine.problems import problems
from core.errors import InvalidInput
from tests.accessibility.sample_run import ENGINES, NOW, finding, row


def baseline(found: list[tuple[Row, Finding]], exceptions: tuple[GateException, ...] = ()) -> Baseline:
    return make_baseline(
        problems(found),
        made_at=NOW,
        platform="sample",
        engines=ENGINES,
        checks=["page-title", "axe"],
        roles=["student", "anonymous"],
        viewports=["mobile", "desktop"],
        exceptions=exceptions,
    )


def exception(component: str, until: date) -> GateException:
    return GateException(component=component, kind="false positive", reason="Read by a person", until=until)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    made = baseline([(row(), finding("k1"))], (exception("k2", NOW.date()),))
    write_baseline(file, made)
    assert read_baseline(file) == made


def test_only_failures_are_approved() -> None:
    made = baseline([(row(), finding("k1")), (row(), finding("k2", outcome=Outcome.NEEDS_REVIEW))])
    assert list(made.components) == ["k1"]


def test_a_component_shows_what_was_approved() -> None:
    framed = finding("k1", frame=("#player",))
    made = baseline([(row("b"), framed), (row("a"), framed)])
    assert made.components["k1"].model_dump(mode="json") == {
        "rules": ["image-alt"],
        "impact": "serious",
        "criteria": ["1.1.1"],
        "selector": "#player > main > img",
        "pages": 2,
        "example": "https://example.org/a",
    }


def test_the_file_is_the_same_in_whatever_order_the_findings_came(tmp_path: Path) -> None:
    found = [(row("a"), finding("k2")), (row("a"), finding("k1"))]
    for name, order in (("one", found), ("two", found[::-1])):
        write_baseline(tmp_path / name, baseline(order))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_exceptions_that_have_not_expired_are_kept_and_not_approved_for_ever_too() -> None:
    kept, expired = exception("k1", NOW.date()), exception("k2", NOW.date() - timedelta(days=1))
    made = baseline([(row(), finding("k1")), (row(), finding("k2"))], (kept, expired))
    assert made.exceptions == (kept,)
    assert list(made.components) == ["k2"]


def test_writing_leaves_no_other_file_and_replaces_whole(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text("x" * 100_000)
    write_baseline(file, baseline([]))
    assert [entry.name for entry in tmp_path.iterdir()] == ["baseline.json"]
    assert read_baseline(file).components == {}


VALID: dict[str, Any] = json.loads(baseline([(row(), finding("k1"))]).model_dump_json())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not a baseline"),
        (b'{"format": "another tool", "version": 1}', "is not a baseline"),
        (json.dumps(VALID | {"version": 2}).encode(), "version"),
        (json.dumps(VALID | {"engines": None}).encode(), "engines"),
        (json.dumps(VALID | {"surprise": 1}).encode(), "surprise"),
        (json.dumps(VALID | {"exceptions": [{"component": "k"}]}).encode(), "exceptions.0.kind"),
        (json.dumps(VALID | {"components": {"k1": {"impact": "bad"}}}).encode(), "components.k1"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_with_its_name_and_the_place(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(content)
    with pytest.raises(InvalidInput) as refusal:
        read_baseline(file)
    assert str(file) in str(refusal.value)
    assert said in str(refusal.value)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nothing\.json: cannot be read: No such file"):
        read_baseline(tmp_path / "nothing.json")
