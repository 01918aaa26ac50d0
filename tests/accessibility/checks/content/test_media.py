"""Captions, transcripts and descriptions of recordings.

The three recordings were made with a browser's own recorder: a coloured square of a second and a half, with a tone,
with no sound at all, and with a sound track of silence.
"""

import io
import math
import struct
import wave
from pathlib import Path
from typing import Any

import pytest

from accessibility.engine.checks.content.media import MediaCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import Answer, document

RECORDINGS = Path(__file__).parent / "recordings"
CUES = "WEBVTT\n\n00:00.000 --> 00:01.400\nA tone.\n"
BROKEN = ("captions-empty", FAILED, "#v")
DOUBTED = ("captions-empty", REVIEW, "#v")
SEEN = ("video-description", REVIEW, "#v")
SEEN_WITH_TEXT = ("video-audio-description", REVIEW, "#v")
ALONE = ("media-alternative", REVIEW, "#v")


def video(tracks: str = "", source: str = "sounding", attributes: str = "controls") -> str:
    return f"<video id=v width=160 height=90 src=/{source}.webm {attributes}>{tracks}</video>"


def captions(source: str, kind: str = "captions") -> str:
    return f"<track kind={kind} srclang=en label=English src=/{source}.vtt>"


def player(number: int, recording: str) -> str:
    """A player of another site, of which a page of our own stands in its place."""
    address = f"https://www.youtube.com/embed/{recording}"
    return f"<iframe id=p{number} src={address} srcdoc='<!doctype html><title>Player</title>' title=Player></iframe>"


SAYS_THE_SAME = "This video says the same thing as the text below, in sign language: the same information as the page."
SCRIPTED = "<script>v.addTextTrack('captions').addCue(new VTTCue(0, 1, 'A tone.'))</script>"
TRANSCRIPT = '<p><a href="/transcript">Transcript of the recording</a></p>'
CASES = {
    "captions that load": Case(video(captions("cues")), (SEEN,)),
    "captions that do not load": Case(video(captions("missing")), (BROKEN, SEEN)),
    "captions without a word": Case(video(captions("empty")), (BROKEN, SEEN)),
    "one of two captions loads": Case(video(captions("missing") + captions("cues", "subtitles")), (SEEN,)),
    "captions that a script brings": Case(
        video(captions("empty")) + "<script>v.addTextTrack('captions').addCue(new VTTCue(0, 1, 'A tone.'))</script>",
        (SEEN,),
    ),
    "broken captions beside a long text": Case(video(captions("missing")) + f"<p>{'word ' * 90}</p>", (DOUBTED, SEEN)),
    "no captions, which is asked by others": Case(video(), (SEEN,)),
    "a described version": Case(video() + "<p><a href=/described>Audio described version</a></p>"),
    "a track of descriptions": Case(video(captions("cues", "descriptions"))),
    "a transcript": Case(video() + TRANSCRIPT, (SEEN_WITH_TEXT,)),
    "a picture without sound": Case(video(source="without_sound"), (ALONE,)),
    "a picture with silence": Case(video(source="silent"), (ALONE,)),
    "a picture without sound and a transcript": Case(video(source="without_sound") + TRANSCRIPT),
    "a picture without sound and a sound that tells it": Case(
        video(source="without_sound") + "<audio controls src=/tone.wav></audio>", (ALONE,)
    ),
    "sound": Case("<audio id=v controls src=/tone.wav></audio>", (ALONE,)),
    "sound and a transcript": Case("<audio id=v controls src=/tone.wav></audio>" + TRANSCRIPT),
    "sound that nobody can start": Case("<audio id=v src=/tone.wav></audio>"),
    "exception: broken captions of a video that the page calls an alternative for its text": Case(
        f"<p>{SAYS_THE_SAME}</p>" + video(captions("missing")), (DOUBTED, SEEN_WITH_TEXT)
    ),
    "exception: a picture without sound, and a sound, that are alternatives for text": Case(
        f"<section><p>{SAYS_THE_SAME}</p>{video(source='without_sound')}</section>"
        "<section><p>Enregistrement qui reprend cet article</p><audio controls src=/tone.wav></audio></section>"
    ),
    "a video that is not called so": Case(
        "<p>This video version is longer than the last.</p>" + video(captions("missing")), (BROKEN, SEEN)
    ),
    "a silent loop behind the page": Case(video(attributes="autoplay muted loop")),
    "hidden": Case(f"<div hidden>{video()}</div>"),
    "a recording that is not there": Case(video(source="missing")),
    "one recording in two players, and another": Case(
        player(1, "one") + player(2, "one") + player(3, "other"),
        (("player-captions", REVIEW, "#p1"), ("player-captions", REVIEW, "#p3")),
    ),
}


def tone() -> Answer:
    """Half a second of sound."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(i / 3))) for i in range(4000)))
    return Answer(buffer.getvalue(), headers={"Content-Type": "audio/wav"})


@pytest.fixture(scope="module")
def found() -> Found:
    more: dict[str, Answer | str] = {
        f"/{name}.webm": Answer((RECORDINGS / f"{name}.webm").read_bytes(), headers={"Content-Type": "video/webm"})
        for name in ("sounding", "without_sound", "silent")
    }
    for name, text in (("cues", CUES), ("empty", "WEBVTT\n")):
        more[f"/{name}.vtt"] = Answer(text, headers={"Content-Type": "text/vtt"})
    return look(MediaCheck(), CASES, {**more, "/tone.wav": tone(), "/transcript": document("Words")})


@pytest.mark.parametrize("name", CASES)
def test_recordings_have_their_alternatives(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_says_how_to_see_it(found: Found) -> None:
    broken = found.findings("captions that do not load")[0]
    assert broken.message == "The captions “English” of this video do not load."
    assert "/missing.vtt" in broken.steps[-1]


AT: dict[str, Any] = {"selector": "#p", "path": [], "own": {}, "html": "<iframe>", "name": "", "box": None}


def test_a_player_of_another_site_is_asked_about_as_a_whole() -> None:
    outside = {"path": [], "shape": [], "origin": [0, 0]}
    player = {"players": [{"host": "player.example.org", "at": AT}], "media": [], "inPlayer": False}
    inside = {"players": [], "media": [{"kind": "video", "sound": "yes", "live": False}], "inPlayer": True}
    frames = [{**outside, "answer": player}, {**outside, "path": ["#p"], "answer": inside}]
    (finding,) = MediaCheck().judge({"frames": frames, "missed": []}, "page").findings
    assert finding.outcome is REVIEW
    assert finding.criteria == ("1.2.2", "1.2.3", "1.2.5", "1.2.1")
    assert "player.example.org" in finding.message
