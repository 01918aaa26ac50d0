"""What is seen: pictures of a page as arrays of pixels, and the contrast between their colours.

Relative luminance and contrast ratio are WCAG 2.1's definitions
(https://www.w3.org/TR/WCAG21/#dfn-relative-luminance, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio).
"""

from collections.abc import Iterable
from io import BytesIO
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import clip, screenshot
from accessibility.engine.finding import Box

Pixels = NDArray[np.uint8]  # height × width × 3
Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

WIDEST_PAGE, HIGHEST_PAGE = 4000, 16_000  # of what is further out, browsers paint no picture
MOST_PIXELS = 12_000_000  # of one picture: 36 MB


def _linear(value: Values) -> Values:
    """An sRGB channel, 0 to 1, as light."""
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


LINEAR = _linear(np.arange(256) / 255)


def luminance(colours: Pixels) -> Values:
    """Relative luminance of colours whose last axis is red, green, blue."""
    light: Values = LINEAR[colours[..., :3]] @ np.array([0.2126, 0.7152, 0.0722])
    return light


def contrast(one: Pixels, other: Pixels) -> Values:
    """Contrast ratio, 1 to 21, pixel by pixel."""
    a, b = luminance(one), luminance(other)
    ratio: Values = (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
    return ratio


def ground_of(pixels: Pixels) -> Pixels:
    """The colour that most of the pixels have, as an array of one colour."""
    flat = pixels.reshape(-1, 3).astype(np.uint32)
    codes, counts = np.unique(flat @ np.array([65536, 256, 1], dtype=np.uint32), return_counts=True)
    code = int(codes[counts.argmax()])
    return np.array([code >> 16, code >> 8 & 255, code & 255], dtype=np.uint8)


def page_size(width: float, height: float) -> tuple[float, float]:
    """As much of a page of this size as pictures are taken of."""
    return min(width, WIDEST_PAGE), min(height, HIGHEST_PAGE)


async def picture_of(page: LivePage, box: Box) -> Pixels:
    """The pixels of a part of the page, one to a CSS pixel; `box` as `whole` gives it."""
    png = await screenshot(page.session, clip(box.x, box.y, box.width, box.height))
    with Image.open(BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"))


def whole(box: Box, width: float, height: float, margin: float = 0.0) -> Box | None:
    """The box in whole pixels with a margin, cut to a page of this size; None where nothing of it is left."""
    left, top = max(0, floor(box.x - margin)), max(0, floor(box.y - margin))
    right = min(floor(width), ceil(box.x + box.width + margin))
    bottom = min(floor(height), ceil(box.y + box.height + margin))
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them, of which there must be one."""
    all_of_them = list(boxes)
    left, top = min(box.x for box in all_of_them), min(box.y for box in all_of_them)
    right = max(box.x + box.width for box in all_of_them)
    bottom = max(box.y + box.height for box in all_of_them)
    return Box(left, top, right - left, bottom - top)


def part(picture: Pixels, of: Box, box: Box) -> Pixels:
    """What a picture of the box `of` shows of the whole box `box`."""
    x, y = int(box.x - of.x), int(box.y - of.y)
    return picture[max(0, y) : y + int(box.height), max(0, x) : x + int(box.width)]
