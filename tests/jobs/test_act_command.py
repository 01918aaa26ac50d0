"""`campus act` from one end to the other, over cases of our own in the W3C's form."""

import json
from pathlib import Path
from typing import Any

import pytest

from jobs import cli
from tests.accessibility.site import document, tiny_site
from tests.accessibility.test_act import entry

BELOW = Path("act/cases")
GOOD, BAD = document('<img src="/assets/a.gif" alt="A square">'), document('<img src="/assets/a.gif">')
ENTRIES = [entry(), entry(expected="passed"), entry(rule="other", expected="inapplicable")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Cases as the W3C lays them out: the list below the root that absolute addresses in pages mean."""
    for one in ENTRIES:
        file = tmp_path / "act" / one["relativePath"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(BAD if one["expected"] == "failed" else GOOD)
    (tmp_path / "act/testcases.json").write_text(json.dumps({"testcases": ENTRIES}))
    return tmp_path


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_folder_is_served_audited_summed_up_and_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earl, found = folder / "report.json", folder / "found.jsonl"
    arguments = ["act", str(folder), "--checks", "axe", "--earl", str(earl), "--jsonl", str(found)]
    assert cli.main(arguments) == 0
    out = capsys.readouterr().out
    assert "abc123 consistent 1 0 0 0 0 1.1.1" in " ".join(out.split())
    assert "Of 1 failed cases 1 called failed (100%), 0 asked about, 0 missed." in out
    assert [one["rule"] for one in lines(found) if one.get("outcome") == "failed"] == ["image-alt"]
    graph = json.loads(earl.read_text())["@graph"]
    subjects = {one["source"]: one["assertions"] for one in graph if "source" in one}
    assert set(subjects) == {one["url"] for one in ENTRIES}
    outcomes = {
        source.rpartition("/")[2]: assertion["result"]["outcome"]
        for source, assertions in subjects.items()
        for assertion in assertions
        if assertion["test"]["title"] == "image-alt"
    }
    assert outcomes == {"failed.html": "earl:failed", "passed.html": "earl:passed", "inapplicable.html": "earl:passed"}
    assert graph[1]["assertions"][0]["test"]["isPartOf"][0].startswith("WCAG21:")


def test_an_address_is_read_where_it_stands(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {f"/act/{one['relativePath']}": BAD if one["expected"] == "failed" else GOOD for one in ENTRIES}
    with tiny_site(pages | {"/act/testcases.json": json.dumps({"testcases": ENTRIES})}) as site:
        assert cli.main(["act", f"{site.base}/act/", "--checks", "axe", "--rule", "abc123"]) == 0
    out = capsys.readouterr().out
    assert "other" not in out
    assert "1 called failed" in out


def test_a_page_that_is_not_there_is_untested_and_ends_in_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "act" / ENTRIES[1]["relativePath"]).unlink()
    assert cli.main(["act", str(folder / "act/testcases.json"), "--checks", "axe", "--rule", "abc123"]) == 2
    assert "abc123" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rule", "nothing"], "there is no case of the rule 'nothing'"),
        (["--checks", "nothing"], "there is no check 'nothing'"),
        (["--earl", "x.json", "--jsonl", "x.json"], "is named twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(folder)
    assert cli.main(["act", str(folder), *arguments]) == 3
    assert told in capsys.readouterr().err


def test_a_folder_without_cases_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["act", str(tmp_path)]) == 3
    assert "holds no testcases.json" in capsys.readouterr().err
