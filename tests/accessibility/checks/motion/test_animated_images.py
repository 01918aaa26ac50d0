"""How long a picture moves."""

import math
from io import BytesIO

import pytest
from PIL import Image

from accessibility.engine.checks.motion.animated_images import playing_seconds


def picture(kind: str, frames: int, **more: object) -> bytes:
    """A picture of some frames, each different."""
    made = [Image.new("RGB", (20, 20), (number * 40, 10, 10)) for number in range(frames)]
    file = BytesIO()
    made[0].save(file, kind, save_all=frames > 1, append_images=made[1:], **more)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_without_end(kind: str) -> None:
    assert playing_seconds(picture(kind, 3, duration=200, loop=0)) == math.inf


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_still(kind: str) -> None:
    assert playing_seconds(picture(kind, 1)) == 0


def test_a_gif_without_a_number_plays_once() -> None:
    assert playing_seconds(picture("GIF", 3, duration=200)) == pytest.approx(0.6)


def test_a_gif_with_a_number_plays_once_more() -> None:
    assert playing_seconds(picture("GIF", 3, duration=200, loop=2)) == pytest.approx(1.8)


def test_an_apng_plays_as_often_as_it_says() -> None:
    assert playing_seconds(picture("PNG", 3, duration=200, loop=4)) == pytest.approx(2.4)


def test_frames_without_a_time_are_shown_as_browsers_show_them() -> None:
    assert playing_seconds(picture("GIF", 3, duration=0)) == pytest.approx(0.3)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"no picture", picture("GIF", 3)[:60]])
def test_what_is_no_picture_does_not_move(content: bytes) -> None:
    assert playing_seconds(content) == 0
