"""Sound that starts by itself."""

import io
import math
import struct
import wave

import pytest

from accessibility.engine.checks.motion.sound import SoundCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import Answer

SOUND = "sound-without-stop"


def tone(seconds: float, loudness: float) -> Answer:
    """A recording of a tone."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        levels = (int(32000 * loudness * math.sin(i / 5)) for i in range(int(8000 * seconds)))
        out.writeframes(b"".join(struct.pack("<h", level) for level in levels))
    return Answer(file.getvalue(), headers={"Content-Type": "audio/wav"})


CASES = {
    "plays on without a control": Case("<audio id=t src=/long autoplay></audio>", ((SOUND, FAILED, "#t"),)),
    "a short one again and again": Case("<audio id=t src=/short autoplay loop></audio>", ((SOUND, FAILED, "#t"),)),
    "ends within three seconds": Case("<audio id=t src=/short autoplay></audio>"),
    "with the browser's controls": Case("<audio id=t src=/long autoplay controls></audio>"),
    "muted": Case("<audio id=t src=/long autoplay muted></audio>"),
    "silent": Case("<audio id=t src=/silent autoplay></audio>"),
    "waits for the visitor": Case("<audio id=t src=/long></audio>"),
    "a control pauses it": Case("<audio id=t src=/long autoplay></audio><button onclick='t.pause()'>Pause</button>"),
    "a control that perhaps does": Case(
        "<audio id=t src=/long autoplay></audio><button>Turn</button>", ((SOUND, REVIEW, "#t"),)
    ),
    "started by a script": Case("<audio id=t src=/long></audio><script>t.play()</script>", ((SOUND, FAILED, "#t"),)),
    "a script plays what is not in the page": Case(
        "<script>window.kept = new Audio('/long'); kept.play()</script>", ((SOUND, REVIEW, "html"),)
    ),
    "a tone made by a script": Case(
        "<script>const c = new AudioContext(), o = c.createOscillator(); o.connect(c.destination); o.start()</script>",
        ((SOUND, REVIEW, "html"),),
    ),
}
FILES = {"/long": tone(9, 0.5), "/short": tone(1, 0.5), "/silent": tone(9, 0)}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(SoundCheck(), CASES, FILES)


@pytest.mark.parametrize("name", CASES)
def test_sound_is_noticed(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_shows_that_nothing_stops_it(found: Found) -> None:
    (finding,) = found.findings("plays on without a control")
    assert found.audited.worklist.crops[finding.component].startswith(b"\x89PNG")
