"""Pages that go on by themselves."""

import pytest

from accessibility.engine.checks.motion.timed_move import TimedMoveCheck
from accessibility.engine.checks.rule import Profile
from tests.accessibility.auditing import audit, settings_for
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import Answer, document, tiny_site

TIMED = "timed-move"
HEADER = document("<p>Sample</p>")
GOES = "<script>setTimeout(() => { location = '/next' }, 10000)</script>"
ASKS = ((TIMED, REVIEW, "html"),)
CASES = {
    "goes on after ten seconds": Case(GOES, ((TIMED, FAILED, "html"),)),
    "counts down to going on": Case(
        "<p id=t>9</p><script>let n = 9;"
        "setInterval(() => { t.textContent = --n; if (!n) location.href = '/next' }, 1000)</script>",
        ((TIMED, FAILED, "html"),),
    ),
    "loads itself again": Case(
        "<script>setTimeout('0'); setTimeout(() => location.reload(), 15000)</script>", ((TIMED, FAILED, "html"),)
    ),
    "ends the session after twenty minutes": Case(
        "<script>setTimeout(() => { location = '/next' }, 1200000)</script>", ((TIMED, REVIEW, "html"),)
    ),
    "exception to be judged: it may be turned off": Case(f"<label><input type=checkbox> Turn off</label>{GOES}", ASKS),
    "exception to be judged: it may be adjusted": Case(
        f"<label>Time to read <select><option>10 seconds<option>100 seconds</select></label>{GOES}", ASKS
    ),
    "exception to be judged: it may be extended": Case(f"<button>Stay here</button>{GOES}", ASKS),
    "exception to be judged: a real-time event": Case(f"<p>The auction ends soon.</p>{GOES}", ASKS),
    "exception to be judged: the time is essential": Case(f"<p>You have ten seconds in this exam.</p>{GOES}", ASKS),
    "exception: longer than twenty hours": Case("<script>setTimeout(() => { location = '/next' }, 80000000)</script>"),
    "timers that stay": Case(
        "<script>setInterval(() => { document.title += '.' }, 1000);"
        "setTimeout(() => { location.hash = 'a' }, 5000)</script>"
    ),
    "a timer that is ended": Case("<script>clearTimeout(setTimeout(() => { location = '/next' }, 10000))</script>"),
    "no scripts": Case("<p>Sample</p>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(TimedMoveCheck(), CASES, {"/next": document("<p>Next</p>")})


@pytest.mark.parametrize("name", CASES)
def test_a_page_that_goes_on_is_noticed(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_shows_the_page_that_is_left(found: Found) -> None:
    (finding,) = found.findings("counts down to going on")
    assert found.audited.worklist.crops[finding.component].startswith(b"\x89PNG")


def test_the_refresh_header_is_noticed() -> None:
    pages = {
        "/live": Answer(document("<p>The auction goes on.</p>"), headers={"Refresh": "30"}),
        "/slow": Answer(HEADER, headers={"Refresh": "600"}),
        "/day": Answer(HEADER, headers={"Refresh": "90000"}),
    }
    with tiny_site(pages) as site:
        done = audit(site.base, list(pages), settings_for(site.base), checks=("timed-move",), profile=Profile.DEEP)
    assert done.failed("/slow") == [TIMED]
    assert done.findings("/slow")[0].component in done.worklist.crops
    assert [one.outcome for one in done.findings("/live")] == [REVIEW]
    assert done.failed("/day") == []
