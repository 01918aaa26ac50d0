"""Pictures out of a recording, as evidence: two moments that differ."""

from itertools import pairwise

import numpy as np
from PIL import Image

from accessibility.engine.checks.motion.screencast import Recording
from accessibility.engine.checks.picture_sheet import Picture, above_each_other, beside
from accessibility.engine.checks.pixels import Pixels, luminance, whole
from accessibility.engine.finding import Box

AROUND = 160  # CSS pixels around what moves, into which it may move
MOST_LOOKED_AT = 24  # pictures, evenly over the recording
SEEN = 32  # of 255: the difference of a pixel that no compression makes
LARGE_ENOUGH, MOST_ENLARGED = 400, 4  # pixels of width, as recordings are smaller than the window


def two_moments(recording: Recording, boxes: list[Box | None]) -> list[bytes | None]:
    """Of each place of the page, in CSS pixels, its first picture beside the one that differs most from it.

    None where it did not change, or stands outside of the window.
    """
    number = len(recording.pictures)
    looked_at = sorted({round(i) for i in np.linspace(0, number - 1, min(number, MOST_LOOKED_AT))})
    pictures = [recording.pixels(i) for i in looked_at]
    return [_moments(pictures, box, recording.width) if box else None for box in boxes]


def _moments(pictures: list[Pixels], box: Box, width: float) -> bytes | None:
    if not pictures or not width:
        return None
    scale = pictures[0].shape[1] / width
    place = whole(box, width, pictures[0].shape[0] / scale, AROUND)
    if place is None:
        return None
    across, down = (
        slice(int(start * scale), int((start + size) * scale))
        for start, size in ((place.x, place.width), (place.y, place.height))
    )
    parts = [picture[down, across] for picture in pictures if picture.shape == pictures[0].shape]
    differences = [np.abs(part.astype(int) - parts[0]) for part in parts]
    other = max(range(len(parts)), key=lambda i: differences[i].sum())
    if not differences[other].size or differences[other].max() < SEEN:
        return None
    return beside(_enlarged(parts[0]), _enlarged(parts[other]))


def _enlarged(pixels: Pixels) -> Picture:
    image = Image.fromarray(pixels)
    times = max(1, min(MOST_ENLARGED, LARGE_ENOUGH // image.width))
    return image.resize((image.width * times, image.height * times))


def extremes(recording: Recording) -> bytes | None:
    """Two pictures that follow each other and differ most, one above the other."""
    dark = [luminance(recording.pixels(number)[::4, ::4]) for number in range(len(recording.pictures))]
    differences = [float(np.abs(a - b).mean()) if a.shape == b.shape else 0.0 for a, b in pairwise(dark)]
    number = int(np.argmax(differences))
    return above_each_other(recording.pixels(number), recording.pixels(number + 1))
