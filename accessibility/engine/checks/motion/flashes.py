"""Flashes in painted pictures, by WCAG 2.1's thresholds
(https://www.w3.org/TR/WCAG21/#dfn-general-flash-and-red-flash-thresholds).

A general flash is a pair of opposing changes in relative luminance of 10 % or more where the darker is below 0.80; a
red flash any pair of opposing changes that involves a saturated red. They are dangerous when more than three come
within a second over more than a quarter of any 341 × 256 pixels. Here the changes must come at once and in one
direction over that area, so that text which scrolls by is no flash; nor is a pattern whose parts flash in turn, which
the definition allows where they are fine. Three within a second are allowed, and in doubt: a recording may lack what
the browser painted.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from accessibility.engine.checks.motion.screencast import Recording
from accessibility.engine.checks.pixels import LINEAR, Mask, Pixels, Values, luminance

BLOCK_WIDTH, BLOCK_HEIGHT = 341, 256  # ten degrees of sight, CSS pixels
SHARE = 0.25
STEP = 0.10
BRIGHT = 0.80
RED_STEP = 20 / 320  # of (R - G - B), whose scale is 320 in the definition
SATURATED = 0.8
ENOUGH_CHANGES = 8  # opposing ones, within a second: four flashes, which are more than three
DOUBTFUL_CHANGES = 6
SECOND = 1.0


class Flashing(NamedTuple):
    """What flashes: "general" or "red"; whether it surely does so too often."""

    kind: str
    certain: bool


def flashing_in(recording: Recording) -> Flashing | None:
    """`flashing`, of recordings with so many pictures in a second that it can be anything at all."""
    times = [time for time, _ in recording.pictures]
    if not any(later - time <= SECOND for time, later in zip(times, times[DOUBTFUL_CHANGES:], strict=False)):
        return None
    shape = recording.pixels(0).shape
    same = ((time, recording.pixels(number)) for number, time in enumerate(times))
    return flashing(((time, _halved(one)) for time, one in same if one.shape == shape), recording.width)


def _halved(picture: Pixels) -> Pixels:
    """Half as large, where squares of less than a tenth of a degree have become one shade."""
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    fours = picture[: 2 * height, : 2 * width].reshape(height, 2, width, 2, 3)
    halved: Pixels = fours.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8)
    return halved


def flashing(pictures: Iterable[tuple[float, Pixels]], width: float) -> Flashing | None:
    """What flashes as often as is allowed, or more often; None where nothing does.

    Pictures come with their times in seconds; `width` is that of what they show, in CSS pixels.
    """
    bright: list[tuple[float, Values, Mask]] = []
    red: list[tuple[float, Values, Mask]] = []
    for time, picture in pictures:
        light = luminance(picture)
        bright.append((time, light, light < BRIGHT))
        red.append((time, *_red(picture)))
    if not bright:
        return None
    scale = bright[0][1].shape[1] / width
    counted = {
        "general": _most_often(_changes(bright, STEP), scale),
        "red": _most_often(_changes(red, RED_STEP), scale),
    }
    kind, most = max(counted.items(), key=lambda one: one[1])
    return Flashing(kind, most >= ENOUGH_CHANGES) if most >= DOUBTFUL_CHANGES else None


def _red(picture: Pixels) -> tuple[Values, Mask]:
    """How red each pixel is, and which are saturated red."""
    light = LINEAR[picture]
    total = light.sum(axis=2)
    return np.maximum(0.0, 2 * light[..., 0] - total), light[..., 0] >= SATURATED * np.maximum(total, 1e-6)


def _changes(seen: list[tuple[float, Values, Mask]], step: float) -> Iterator[tuple[float, Mask, Mask]]:
    """Per picture, where the value has risen and where it has fallen, each against the extreme since the last turn.

    The mask of a picture says where one of the two states must be for a change to count.
    """
    _, low, marked = seen[0]
    high, low_marked, high_marked = low, marked, marked
    for time, value, now in seen[1:]:
        rises = (value - low >= step) & (low_marked | now)
        falls = (high - value >= step) & (high_marked | now)
        yield time, rises, falls
        turns = rises | falls
        low_marked = np.where(turns | (value < low), now, low_marked)
        high_marked = np.where(turns | (value > high), now, high_marked)
        low = np.where(turns, value, np.minimum(low, value))
        high = np.where(turns, value, np.maximum(high, value))


def _most_often(changes: Iterable[tuple[float, Mask, Mask]], scale: float) -> int:
    """How often some block turned up and down within a second, too often at most; `scale` is pixels to a CSS pixel."""
    size = (max(1, round(BLOCK_HEIGHT * scale)), max(1, round(BLOCK_WIDTH * scale)))
    recent: list[tuple[float, Mask]] = []  # where blocks turned, within the last second
    last: NDArray[np.int8] | None = None  # the direction of each block's last turn
    most = 0
    for time, rises, falls in changes:
        direction = _much(rises, size).astype(np.int8) - _much(falls, size).astype(np.int8)
        last = np.zeros_like(direction) if last is None else last
        turned: Mask = (direction != 0) & (direction != last)
        last = np.where(direction != 0, direction, last)
        recent = [one for one in recent if time - one[0] <= SECOND]
        if turned.any():
            recent.append((time, turned))
            most = max(most, int(np.sum([one for _, one in recent], axis=0).max()))
            if most >= ENOUGH_CHANGES:
                break
    return most


def _much(mask: Mask, size: tuple[int, int]) -> Mask:
    """For each place of a block in the picture, whether more than a quarter of the block is marked."""
    height, width = min(size[0], mask.shape[0]), min(size[1], mask.shape[1])
    sums = np.pad(mask.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    inside = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    much: Mask = inside > SHARE * size[0] * size[1]
    return much
