"""Reactions to movement of the device."""

import pytest

from accessibility.engine.checks.motion.device_motion import DeviceMotionCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

VALUE = "<p>Page <span id=page>1</span></p>"
TURN = "const turn = () => { page.textContent = Number(page.textContent) + 1; };"
TILT = f"<script>{TURN} addEventListener('deviceorientation', (event) => {{ if (event.gamma > 20) turn(); }});</script>"
SHAKE = f"""<script>{TURN}
  addEventListener('devicemotion', (event) => {{ if (event.acceleration.x > 15) turn(); }});</script>"""
UNLESS = f"""<script>{TURN} addEventListener('deviceorientation', (event) => {{
  if (event.gamma > 20 && !document.querySelector('#still').checked) turn(); }});</script>"""
NEXT = "<button onclick='turn()'>Next page</button>"
STILL = "<label><input type=checkbox id=still> Ignore movement</label>"
NEITHER = (("motion-alternative", FAILED, "html"), ("motion-turned-off", FAILED, "html"))

CASES = {
    "content follows the device": Case(VALUE + TILT, NEITHER),
    "content changes when the device is shaken": Case(VALUE + SHAKE, NEITHER),
    "a button that does nothing of the kind": Case(VALUE + "<button onclick='1'>Next page</button>" + TILT, NEITHER),
    "buttons do the same, and it can be turned off": Case(VALUE + NEXT + STILL + UNLESS),
    "buttons do the same, but nothing turns it off": Case(
        VALUE + NEXT + TILT, (("motion-turned-off", REVIEW, "html"),)
    ),
    "it can be turned off, but nothing does the same": Case(
        VALUE + STILL + UNLESS, (("motion-alternative", REVIEW, "html"),)
    ),
    "both are in a panel that a button opens": Case(
        f"{VALUE}<button onclick='panel.hidden = false'>Panel</button><div id=panel hidden>{NEXT}{STILL}</div>" + UNLESS
    ),
    "exception to be judged: assistive technology makes use of it": Case(
        f"<p>Turn pages with your head, by head tracking.</p>{VALUE}{TILT}",
        (("motion-alternative", REVIEW, "html"), ("motion-turned-off", REVIEW, "html")),
    ),
    "exception to be judged: movement may be essential": Case(
        f"<h2>Compass</h2>{VALUE}{TILT}",
        (("motion-alternative", REVIEW, "html"), ("motion-turned-off", REVIEW, "html")),
    ),
    "it is listened to, and nothing changes": Case(
        "<script>let count = 0; addEventListener('devicemotion', () => { count++; });</script>"
    ),
    "nobody listens": Case(VALUE),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(DeviceMotionCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_the_device_does_can_be_done_otherwise_and_turned_off(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
