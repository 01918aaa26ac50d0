"""axe: what it says of a frame becomes findings; the rules, criteria and outcomes are kept apart."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import async_playwright

from accessibility.engine import axe_script
from accessibility.engine.checks.axe import OPTIONS, AxeCheck, FrameAxe
from accessibility.engine.crawl.chromium import find_browser, uses_sandbox
from accessibility.engine.finding import Box, Finding, Impact, Outcome
from core.errors import Unavailable
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import TinySite, document, tiny_site

PAGES = {
    "/clean": document('<img src="data:," alt="A sample"><p>Text</p>'),
    "/image": document('<img src="data:,">'),
    "/three": document('<p><img src="data:,"></p><form><input></form><button></button>'),
    "/contrast": document('<p style="color:#999;background:#fff">Faint words of a sample.</p>'),
    "/unsure": document('<p style="background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=);color:#777">Words</p>'),
}
NODE: dict[str, Any] = {
    "selector": "img", "impact": "critical", "message": "No alternative.", "path": [{"tag": "img"}], "own": {},
    "box": [10, 20, 30, 40], "html": "<img>", "name": "",
}  # fmt: skip
RULE: dict[str, Any] = {
    "id": "image-alt", "impact": "critical", "tags": ["wcag2a", "wcag111"], "help": "Images need words",
    "url": "https://example.org/image-alt", "nodes": [NODE],
}  # fmt: skip
RESULT_KINDS = ("violations", "incomplete", "passes", "inapplicable")
PASSED = {"id": "image-alt", "impact": "critical"}


def probed(*frames: dict[str, Any], missed: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"frames": list(frames), "missed": list(missed)}


def frame(path: tuple[str, ...] = (), **answer: Any) -> dict[str, Any]:
    given = {"failed": [], "review": [], "passed": []} | answer
    return {"path": list(path), "shape": [[{"tag": "iframe"}]] * len(path), "origin": [100, 200], "answer": given}


def test_a_violation_becomes_a_finding_with_its_place_on_the_page() -> None:
    [finding] = AxeCheck().judge(probed(frame(("iframe",), failed=[RULE])), "page").findings
    assert finding == Finding(
        check="axe",
        rule="image-alt",
        criteria=("1.1.1",),
        outcome=Outcome.FAILED,
        impact=Impact.CRITICAL,
        message="Images need words. No alternative.",
        help_url="https://example.org/image-alt",
        component=finding.component,
        selector="img",
        frame=("iframe",),
        html="<img>",
        name="",
        box=Box(110, 220, 30, 40),
        state="page",
        described="image-alt\niframe\nimg\n",
    )


def test_a_description_that_is_too_long_is_not_kept_and_the_key_stays_its_own() -> None:
    deep = RULE | {"nodes": [NODE | {"path": [{"tag": "img"}, {"tag": "div", "holds": ["a"] * 3000}]}]}
    [finding] = AxeCheck().judge(probed(frame(failed=[deep])), "page").findings
    assert finding.described == ""
    assert finding.component != AxeCheck().judge(probed(frame(failed=[RULE])), "page").findings[0].component


def test_a_rule_that_fails_in_one_frame_has_failed_on_the_page() -> None:
    judgement = AxeCheck().judge(probed(frame(passed=[PASSED]), frame(("iframe",), failed=[RULE])), "page")
    assert [(result.rule, result.outcome) for result in judgement.rules] == [("image-alt", Outcome.FAILED)]


def test_needs_review_outweighs_passed_and_yields_to_failed() -> None:
    review = AxeCheck().judge(probed(frame(passed=[PASSED], review=[RULE])), "page")
    assert review.rules[0].outcome is Outcome.NEEDS_REVIEW
    both = AxeCheck().judge(probed(frame(failed=[RULE], review=[RULE])), "page")
    assert both.rules[0].outcome is Outcome.FAILED
    assert len(both.findings) == 2


def test_frames_that_gave_no_answer_are_handed_on() -> None:
    assert AxeCheck().judge(probed(frame(), missed=("/frame",)), "page").not_audited_frames == ("/frame",)


def test_options_are_printed_as_json() -> None:
    assert FrameAxe._format_script_args(None, {"iframes": False, "only": None}) == '{"iframes": false, "only": null}'


def test_the_rules_of_axe_are_those_that_it_runs() -> None:
    async def run() -> set[str]:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), chromium_sandbox=uses_sandbox("auto")
            )
            page = await browser.new_page()
            await page.evaluate(axe_script.axe_script())
            everything = {name: value for name, value in OPTIONS.items() if name != "resultTypes"}
            answer = await page.evaluate("options => axe.run(options)", everything)
            await browser.close()
            return {rule["id"] for kind in RESULT_KINDS for rule in answer[kind]}

    assert AxeCheck().rules == asyncio.run(run())


def test_a_changed_axe_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    changed = tmp_path / "axe.min.js"
    changed.write_bytes(axe_script.FILE.read_bytes() + b" ")
    axe_script.axe_script.cache_clear()
    monkeypatch.setattr(axe_script, "FILE", changed)
    with pytest.raises(Unavailable, match="as published"):
        axe_script.axe_script()
    monkeypatch.setattr(axe_script, "FILE", tmp_path / "nowhere.js")
    with pytest.raises(Unavailable, match="cannot be read"):
        axe_script.axe_script()
    axe_script.axe_script.cache_clear()


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(PAGES) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    return audit(site.base, list(PAGES), settings_for(site.base), checks=("axe",))


@pytest.mark.parametrize(
    ("path", "rules"),
    [
        ("/clean", []),
        ("/image", ["image-alt"]),
        ("/three", ["button-name", "image-alt", "label"]),
        ("/contrast", ["color-contrast"]),
        ("/unsure", []),
    ],
)
def test_a_real_page_fails_exactly_where_it_should(audited: Audited, path: str, rules: list[str]) -> None:
    assert audited.failed(path) == rules


def test_what_cannot_be_computed_needs_review(audited: Audited) -> None:
    found = {(finding.rule, finding.outcome) for finding in audited.findings("/unsure")}
    assert found == {("color-contrast", Outcome.NEEDS_REVIEW)}


def test_passed_rules_are_known_too(audited: Audited) -> None:
    outcomes = {result.rule: result.outcome for result in audited.row("/clean").rules}
    assert outcomes["image-alt"] is Outcome.PASSED
    assert outcomes["document-title"] is Outcome.PASSED
