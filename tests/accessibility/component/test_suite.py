"""The component key on pages that change: no two problems under one key, and hardly a problem under two."""

import re
from dataclasses import replace

import pytest

from tests.accessibility.component import suite

MOST_SPLIT = 0.02
PLANTED = re.compile(r'data-suite-problem="([^"]+)"')


def _hold(measured: suite.Measured) -> None:
    assert not measured.not_audited
    assert not measured.not_planted
    assert not measured.merges, measured.explained()
    assert measured.split_share < MOST_SPLIT, measured.explained()
    assert measured.stray_share < MOST_SPLIT, measured.explained()


def _hold_on_ours(measured: suite.Measured) -> None:
    _hold(measured)
    planted = {marker for page in suite.PAGES.rglob("*.html") for marker in PLANTED.findall(page.read_text("utf-8"))}
    assert planted == {one.marker for one in measured.seen}


def _hold_on_others(measured: suite.Measured) -> None:
    seen = [
        one for one in measured.seen if one.marker.partition(" ")[0] not in suite.OTHERS[one.page].get("limits", {})
    ]
    _hold(replace(measured, seen=seen))
    planted = {(name, marker) for name, page in suite.OTHERS.items() for marker in page["problems"]}
    assert planted == {(one.page, one.marker.partition(" ")[0]) for one in measured.seen}
    assert len(suite.OTHERS) >= 10
    assert len({name.partition("/")[0] for name in suite.OTHERS}) >= 3


def test_on_changed_pages_no_problems_share_a_key_and_under_two_percent_have_several() -> None:
    _hold_on_ours(suite.measure(suite.names(), variants=4))


def test_the_same_holds_on_pages_that_others_wrote() -> None:
    _hold_on_others(suite.measure(suite.names_of_others(), variants=1))


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_the_same_holds_on_many_more_variants() -> None:
    _hold_on_ours(suite.measure(suite.names(), variants=25, first=1000))
    _hold_on_others(suite.measure(suite.names_of_others(), variants=25, first=1000))
