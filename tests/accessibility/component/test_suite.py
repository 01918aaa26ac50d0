"""The component key on pages that change: no two problems under one key, and hardly a problem under two."""

import re

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
    planted = {marker for page in suite.PAGES.rglob("*.html") for marker in PLANTED.findall(page.read_text("utf-8"))}
    assert planted == {one.marker for one in measured.seen}


def test_on_changed_pages_no_problems_share_a_key_and_under_two_percent_have_several() -> None:
    _hold(suite.measure(suite.names(), variants=4))


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_the_same_holds_on_many_more_variants() -> None:
    _hold(suite.measure(suite.names(), variants=25, first=1000))
