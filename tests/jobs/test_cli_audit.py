"""`campus audit` and `campus gate` as they are called, against a real browser and a real site."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.settings import settings
from jobs.cli import main
from tests.jobs.tiny_site import BAD_FIELD, BAD_IMAGE, GOOD, tiny_site

QUICK = ["--viewport", "desktop", "--checks", "axe"]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Three pages, two of them with a barrier each; a broken page and a missing one, to which nothing links."""
    links = GOOD.format('<a href="image">Images</a> <a href="field">Fields</a>')
    with tiny_site({"/": links, "/image": BAD_IMAGE, "/field": BAD_FIELD, "/broken": 503}) as address:
        yield address


@pytest.fixture
def urls(tmp_path: Path, site: str) -> Any:
    def write(*paths: str) -> str:
        file = tmp_path / "urls.txt"
        file.write_text("".join(f"{site}{path}\n" for path in paths))
        return str(file)

    return write


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_typed_loopback_address_is_crawled_and_everything_found_is_in_the_reports(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonl, sarif = tmp_path / "a.jsonl", tmp_path / "a.sarif"
    code = main(["audit", site, "--jsonl", str(jsonl), "--sarif", str(sarif), "--checks", "axe"])
    assert code == 0
    rows = [line for line in lines(jsonl) if "page" in line]
    found = [line for line in lines(jsonl) if "rule" in line]
    assert {(line["url"], line["viewport"], line["page"]) for line in rows} == {
        (site + path, viewport, "audited") for path in ("", "image", "field") for viewport in ("desktop", "mobile")
    }
    assert {(line["url"], line["rule"], line["outcome"]) for line in found} == {
        (site + "image", "image-alt", "failed"),
        (site + "field", "label", "failed"),
    }
    assert len(json.loads(sarif.read_text())["runs"][0]["results"]) == len(found) == 4
    said = capsys.readouterr()
    assert "Failed: 2" in said.out
    assert "Coverage: 100.0% (6 of 6 planned audited in full)" in said.out
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize(("path", "page", "planned"), [("broken", "server error", True), ("gone", "not found", False)])
def test_a_page_that_was_not_audited_makes_it_2(urls: Any, tmp_path: Path, path: str, page: str, planned: bool) -> None:
    jsonl = tmp_path / "a.jsonl"
    assert main(["audit", "--urls", urls("", path), "--jsonl", str(jsonl), *QUICK]) == 2
    [row] = [line for line in lines(jsonl) if line.get("page") == "not audited"]
    assert (row["reason"], row["planned"]) == (page, planned)


def test_a_list_of_addresses_is_audited_exactly_and_links_are_not_followed(urls: Any, tmp_path: Path) -> None:
    jsonl = tmp_path / "a.jsonl"
    assert main(["audit", "--urls", urls("", "?lang=de", "image"), "--jsonl", str(jsonl), *QUICK]) == 0
    assert len([line for line in lines(jsonl) if "page" in line]) == 3


def test_the_gate_fails_on_new_failures_and_passes_against_an_approved_baseline(urls: Any, tmp_path: Path) -> None:
    baseline, verdict = str(tmp_path / "baseline.json"), tmp_path / "verdict.json"
    pages = urls("image")
    assert main(["gate", "--urls", pages, "--json", str(verdict), *QUICK]) == 1
    assert [new["rules"] for new in json.loads(verdict.read_text())["new_failures"]] == [["image-alt"]]
    assert main(["gate", "--urls", pages, "--write-baseline", baseline, *QUICK]) == 0
    assert main(["gate", "--urls", pages, "--baseline", baseline, "--json", str(verdict), *QUICK]) == 0
    answer = json.loads(verdict.read_text())
    assert (answer["verdict"], answer["reasons"], len(answer["known"])) == ("pass", [], 1)
    assert main(["gate", "--urls", urls("image", "field"), "--baseline", baseline, *QUICK]) == 1


def test_the_gate_is_inconclusive_under_the_floor_and_then_approves_nothing(urls: Any, tmp_path: Path) -> None:
    baseline, verdict = tmp_path / "baseline.json", tmp_path / "verdict.json"
    pages = urls("image", "broken")
    assert main(["gate", "--urls", pages, "--json", str(verdict), *QUICK]) == 2
    answer = json.loads(verdict.read_text())
    assert (answer["verdict"], answer["coverage"], len(answer["new_failures"])) == ("inconclusive", 0.5, 1)
    assert [row["reason"] for row in answer["not_covered"]] == ["server error"]
    assert main(["gate", "--urls", pages, "--write-baseline", str(baseline), *QUICK]) == 2
    assert not baseline.exists()


@pytest.mark.parametrize("floor", ["50", "0.5"])
def test_a_floor_may_be_a_share_or_per_cent(urls: Any, floor: str) -> None:
    assert main(["gate", "--urls", urls("", "broken"), "--min-coverage", floor, *QUICK]) == 0


def test_a_gate_that_runs_out_of_time_is_inconclusive(urls: Any) -> None:
    assert main(["gate", "--urls", urls(*(f"?{n}" for n in range(60))), "--max-minutes", "0.01", *QUICK]) == 2


def test_a_low_score_fails(urls: Any) -> None:
    given = ["gate", "--urls", urls("image"), "--fail-on", "critical", *QUICK]
    assert main([*given, "--min-score", "99"]) == 1


def test_a_platform_file_brings_roles_viewports_and_its_own_floor(site: str, tmp_path: Path) -> None:
    file, jsonl = tmp_path / "platform.toml", tmp_path / "a.jsonl"
    file.write_text(
        f'slug = "sample"\nname = "Sample"\nbase = ["{site}"]\nallow_private = true\ncoverage_floor = 0.1\n'
        '[[viewports]]\nname = "tablet"\nwidth = 800\nheight = 1000\n'
    )
    assert main(["audit", "--platform", str(file), "--max-pages", "1", "--jsonl", str(jsonl), "--checks", "axe"]) == 2
    rows = [line for line in lines(jsonl) if "page" in line]
    assert {(line["viewport"], line["page"], line["reason"]) for line in rows} == {
        ("tablet", "audited", None),
        ("tablet", "not audited", "page budget"),
    }


def test_a_size_can_be_typed_as_a_viewport(urls: Any, tmp_path: Path) -> None:
    jsonl = tmp_path / "a.jsonl"
    given = ["--viewport", "320x600", "--viewport", "mobile", "--checks", "axe"]
    assert main(["audit", "--urls", urls(""), "--jsonl", str(jsonl), *given]) == 0
    assert {line["viewport"] for line in lines(jsonl)} == {"320x600", "mobile"}


def test_without_a_browser_nothing_was_seen(
    monkeypatch: pytest.MonkeyPatch, urls: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPUS_BROWSER", "/no/such/browser")
    settings.cache_clear()
    try:
        assert main(["gate", "--urls", urls(""), *QUICK]) == 2
    finally:
        settings.cache_clear()
    assert "CAMPUS_BROWSER" in capsys.readouterr().err


@pytest.fixture
def platform_file(tmp_path: Path) -> str:
    """A platform that is nowhere to be reached: only a preview of it can be visited."""
    file = tmp_path / "learn.toml"
    file.write_text('slug = "learn"\nname = "Learn"\nbase = ["https://learn.invalid/lms/"]\n')
    return str(file)


def test_a_preview_is_visited_and_reported_under_the_addresses_of_the_baseline(
    site: str, platform_file: str, tmp_path: Path
) -> None:
    baseline, jsonl, verdict = tmp_path / "baseline.json", tmp_path / "a.jsonl", tmp_path / "verdict.json"
    there = ["--platform", platform_file, "--base", site, "--jsonl", str(jsonl), *QUICK]
    assert main(["gate", *there, "--write-baseline", str(baseline)]) == 0
    rows = [line for line in lines(jsonl) if "page" in line]
    assert {line["url"] for line in rows} == {f"https://learn.invalid/lms/{path}" for path in ("", "image", "field")}
    assert json.loads(baseline.read_text())["base"] == "https://learn.invalid/lms/"
    given = ["--base", site, "--baseline", str(baseline), "--json", str(verdict), *QUICK]
    assert main(["gate", f"{site}image", *given]) == 0  # the preview's own address, mapped onto the baseline's
    answer = json.loads(verdict.read_text())
    assert answer["known"][0]["pages"] == ["https://learn.invalid/lms/image"]
    assert answer["platform"] == "learn-invalid"


def test_every_report_is_written_and_tells_the_same(urls: Any, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"report.{kind}" for kind in ("junit", "html", "markdown", "sarif")}
    asked = [word for kind, file in files.items() for word in (f"--{kind}", str(file))]
    assert main(["gate", "--urls", urls("image"), *asked, *QUICK]) == 1
    told = {kind: file.read_text() for kind, file in files.items()}
    assert 'type="fail"' in told["junit"]
    assert "Gate: fail" in told["html"]
    assert "Gate: fail" in told["markdown"]
    assert main(["audit", "--urls", urls("image"), *asked, *QUICK]) == 0
    assert "Gate" not in files["html"].read_text()


def wrong_uses(site: str, folder: Path) -> list[tuple[list[str], str]]:
    (folder / "urls.txt").write_text(site)
    (folder / "broken.json").write_text("{")
    (folder / "p.toml").write_text('slug = "sample"\nname = "Sample"\nbase = ["https://example.org/"]\n')
    urls, report = str(folder / "urls.txt"), str(folder / "r")
    return [
        ([], "nothing to audit"),
        ([site, "--urls", urls], "not both"),
        (["--urls", urls, "--max-pages", "3"], "--max-pages does not go with it"),
        ([site, "--platform", str(folder / "p.toml")], "is on no host of the platform"),
        ([site, "--viewport", "9x9"], "--viewport 9x9"),
        ([site, "--viewport", "watch"], "there is no viewport 'watch'"),
        ([site, "--role", "teacher"], "there is no role 'teacher'"),
        ([site, "--checks", "spelling"], "there is no check 'spelling'"),
        ([site, "--sarif", str(folder)], "is a folder"),
        ([site, "--sarif", report, "--jsonl", report], "is named twice"),
        (["--urls", urls, "--jsonl", urls], "is named twice"),
        ([site, "--baseline", str(folder / "broken.json")], "broken.json: is not JSON"),
        ([site, "--write-baseline", str(folder / "broken.json")], "broken.json: is not JSON"),
        ([site, "--write-baseline", report, "--min-score", "3"], "approves and judges nothing"),
        ([site, "--fail-on", "terrible"], "--fail-on"),
        ([site, "--slug", "learn"], "give --server too"),
        ([site, "--server", site, "--slug", "learn"], "needs a token"),
        ([site, "--server", site, "--baseline", str(folder / "broken.json")], "not both"),
        ([site, "--min-score", "nan"], "--min-score"),
        (["https://user:secret@example.org/"], "describe a role"),
        ([site, "--base", site], "is the platform's own address"),
        ([site, "--base", "ftp://example.org"], "--base: 'ftp://example.org' is not"),
        ([site, "--html", report, "--markdown", report], "is named twice"),
    ]


def test_wrong_use_is_3_and_names_the_place(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in wrong_uses(site, tmp_path):
        assert main(["gate", *arguments]) == 3, arguments
        assert said in capsys.readouterr().err
    assert (tmp_path / "urls.txt").read_text() == site
    assert (tmp_path / "broken.json").read_text() == "{"


def test_a_report_of_an_earlier_run_does_not_outlive_the_start_of_the_next(
    monkeypatch: pytest.MonkeyPatch, urls: Any, tmp_path: Path
) -> None:
    verdict = tmp_path / "verdict.json"
    verdict.write_text('{"verdict": "pass"}')
    monkeypatch.setenv("CAMPUS_BROWSER", "/no/such/browser")
    settings.cache_clear()
    try:
        assert main(["gate", "--urls", urls(""), "--json", str(verdict), *QUICK]) == 2
    finally:
        settings.cache_clear()
    assert not verdict.exists()


@contextmanager
def sigint_heard() -> Iterator[None]:
    """A process that is started meanwhile hears SIGINT: what its parent ignores, as under `nohup … &`, it would too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what is handled is as by default after exec
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_with_130_and_leaves_no_report(tmp_path: Path) -> None:
    asked = threading.Event()
    with tiny_site({"/": asked}) as address:
        (tmp_path / "urls.txt").write_text(address)
        command = [sys.executable, "-m", "jobs.cli", "audit", "--urls", "urls.txt", "--jsonl", "a.jsonl", *QUICK]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        with sigint_heard():
            process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        assert asked.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said) == (130, False)
    assert not (tmp_path / "a.jsonl").exists()
