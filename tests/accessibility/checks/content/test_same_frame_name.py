"""Frames with the same name."""

import pytest

from accessibility.engine.checks.content.same_frame_name import SameFrameNameCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import document

ASKED = (("frame-same-name", REVIEW, "#b"),)
CALLED = (("frame-same-name", FAILED, "#b"),)
CASES = {
    "same name and content": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="Map" src=/in></iframe>'
    ),
    "other names": Case('<iframe id=a title="Map" src=/in></iframe><iframe id=b title="List" src=/other></iframe>'),
    "same name, other content": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="map" src=/other></iframe>', ASKED
    ),
    "same name, nothing in common": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b aria-label="map" src=/list></iframe>', CALLED
    ),
    "nothing in common, but another site": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="map" src={other}/list></iframe>', ASKED
    ),
    "nothing in common, but without words": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="map" src=/picture></iframe>', ASKED
    ),
    "same text at another address": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="map" src=/copy></iframe>'
    ),
    "one of the two in a frame": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b title="Part" src=/nested></iframe>',
        (("frame-same-name", FAILED, "#b > #c"),),
    ),
    "hidden from assistive technology": Case(
        '<iframe id=a title="Map" src=/in></iframe><iframe id=b aria-hidden=true title="Map" src=/list></iframe>'
    ),
    "hidden": Case('<iframe id=a title="Map" src=/in></iframe><iframe id=b hidden title="Map" src=/other></iframe>'),
}
LIST = "<!doctype html><html lang=en><title>Timetable</title><ol><li>Early trains<li>Late trains</ol></html>"
FRAMES = {
    "/in": document("One"),
    "/copy": document("One"),
    "/other": document("Two"),
    "/list": LIST,
    "/picture": "<!doctype html><html lang=en><title>Drawing</title><canvas></canvas></html>",
    "/nested": document('<iframe id=c title="Map" src=/list></iframe>'),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(SameFrameNameCheck(), CASES, FRAMES)


@pytest.mark.parametrize("name", CASES)
def test_frames_are_told_apart(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
