"""A run as a whole: chosen parts, limits, stopping and going on."""

import asyncio
from collections.abc import Iterator

import pytest

from accessibility.engine.audit import Progress, RunOptions, engines, run_audit
from accessibility.engine.page import RowState
from core.errors import InvalidInput, Unavailable
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import TinySite, document, tiny_site

LINKS = "".join(f'<a href="/page-{number}">Page {number}</a> ' for number in range(5))
PAGES = {"/": document(LINKS)} | {
    f"/page-{number}": document(f'{LINKS}<img src="data:,{number}">') for number in range(5)
}
LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(PAGES) as site:
        yield site


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (RunOptions(roles=("teacher",)), "--role"),
        (RunOptions(viewports=("watch",)), "--viewport"),
        (RunOptions(checks=("spelling",)), "--checks"),
    ],
)
def test_what_does_not_exist_cannot_be_chosen(site: TinySite, options: RunOptions, place: str) -> None:
    with pytest.raises(InvalidInput) as problem:
        Audited(site.base).run(settings_for(site.base), options)
    assert problem.value.place == place


def test_without_a_browser_nothing_is_audited(site: TinySite) -> None:
    with pytest.raises(Unavailable):
        audit(site.base, ["/"], browser="no-such-browser")


def test_a_browser_that_does_not_start_is_no_browser(site: TinySite) -> None:
    with pytest.raises(Unavailable):
        audit(site.base, ["/"], browser="false")


def test_rows_that_come_too_late_say_so(site: TinySite) -> None:
    audited = Audited(site.base).run(
        settings_for(site.base), RunOptions(max_seconds=0, permitted_networks=LOOPBACK, checks=("axe",))
    )
    assert {(row.state.value, str(row.reason)) for row in audited.worklist.rows()} == {("not audited", "time limit")}


def test_a_loopback_site_is_refused_unless_it_is_permitted(site: TinySite) -> None:
    before = len(site.asked)
    audited = audit(site.base, ["/"], permitted_networks=())
    assert audited.state("/")[:2] == ("not audited", "address refused")
    assert len(site.asked) == before


def test_a_stopped_run_leaves_rows_pending_and_ends_the_same_when_it_goes_on(site: TinySite) -> None:
    settings = settings_for(site.base, parallel=1)
    whole = Audited(site.base).run(settings, RunOptions(permitted_networks=LOOPBACK))
    halves = Audited(site.base)

    async def first_half() -> None:
        stop = asyncio.Event()

        def after_three(progress: Progress) -> None:
            if progress.done == 3:
                stop.set()

        options = RunOptions(permitted_networks=LOOPBACK, stop=stop)
        await run_audit(settings, halves.worklist, options, after_three)

    asyncio.run(first_half())
    assert sum(row.state is RowState.PENDING for row in halves.worklist.rows()) == 3
    halves.run(settings, RunOptions(permitted_networks=LOOPBACK))
    assert [(row.planned, row.state, row.rules) for row in halves.worklist.rows()] == [
        (row.planned, row.state, row.rules) for row in whole.worklist.rows()
    ]
    assert list(halves.worklist.findings())
    assert [found for _, found in halves.worklist.findings()] == [found for _, found in whole.worklist.findings()]


def test_a_pause_between_pages_does_not_hold_up_a_stop(site: TinySite) -> None:
    async def stopped_in_the_pause() -> None:
        stop = asyncio.Event()
        options = RunOptions(permitted_networks=LOOPBACK, stop=stop, checks=("page-title",))
        settings = settings_for(site.base, delay=60, parallel=1)

        def after_one(progress: Progress) -> None:
            if progress.done == 1:
                asyncio.get_running_loop().call_later(0.1, stop.set)

        await asyncio.wait_for(run_audit(settings, Audited(site.base).worklist, options, after_one), 20)

    asyncio.run(stopped_in_the_pause())


def test_a_result_names_the_engines_that_made_it() -> None:
    assert set(engines()) == {"axe-core", "campus"}
    assert engines()["axe-core"] == "4.14.1"
