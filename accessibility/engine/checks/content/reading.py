"""Reading the text in pictures (OCR), by RapidOCR: its models are in the package, nothing is fetched.

It knows Latin letters with their accents, Greek, Cyrillic and Chinese; of Arabic it reads nothing. It costs about 0.3 s
of one core a picture and 400 MB once it is used, so it is loaded late, runs in one thread, and reads no picture twice.
Only pictures that our own browser has drawn are given to it.
"""

import asyncio
import hashlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

KEPT = 2000  # pictures whose text is remembered
ENLARGED_TO = 416  # pixels: text is looked for in pictures of at least this side; more takes longer and finds no more
SURE = 0.8  # of 1: how sure the reader must be of a line


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says: its lines, and parts of the picture's area (0 to 1).

    `covered` is what the text takes, `flat` what has the commonest colour (much of a drawing, next to nothing of a
    photograph), `besides` what has another colour and is no text.
    """

    lines: tuple[str, ...]
    covered: float
    flat: float
    besides: float


_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
_known: OrderedDict[bytes, Reading] = OrderedDict()


async def read(png: bytes) -> Reading:
    """The text of a picture; at once where it was read before."""
    key = hashlib.sha256(png).digest()
    if key in _known:
        _known.move_to_end(key)
        return _known[key]
    reading = _known[key] = await asyncio.get_running_loop().run_in_executor(_thread, _read, png)
    while len(_known) > KEPT:
        _known.popitem(last=False)
    return reading


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    one_core = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(
        params={"Global.use_cls": False, "Global.log_level": "error", **one_core, "Det.limit_side_len": ENLARGED_TO}
    )


def _read(png: bytes) -> Reading:
    import numpy
    from PIL import Image

    image = Image.open(BytesIO(png)).convert("RGB")
    pixels = numpy.asarray(image)
    shades = pixels.astype(numpy.uint32) >> 4
    codes = (shades[..., 0] << 8 | shades[..., 1] << 4 | shades[..., 2]).ravel()
    counted = numpy.bincount(codes)
    other = (codes != counted.argmax()).reshape(shades.shape[:2])
    found = _reader()(pixels[..., ::-1])  # it takes colours as blue, green, red
    texts, boxes = found.txts or (), () if found.boxes is None else found.boxes
    sure = [
        (str(text), box) for text, score, box in zip(texts, found.scores or (), boxes, strict=True) if score >= SURE
    ]
    area = sum(float(numpy.prod(numpy.ptp(box, axis=0))) for _, box in sure)
    flat = float(counted.max() / codes.size)
    for _, box in sure:
        (left, top), (right, bottom) = numpy.clip(box.min(axis=0), 0, None), box.max(axis=0)
        other[int(top) : int(bottom) + 1, int(left) : int(right) + 1] = False
    return Reading(tuple(text for text, _ in sure), min(1.0, area / codes.size), flat, float(other.mean()))
