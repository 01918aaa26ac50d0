"""Photos are hostile: decoded, written anew, and nothing of the file that was sent is kept."""

import os
import random
import struct
import tracemalloc
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from campus.requests.photos import LONGEST_SIDE, MOST_BYTES, cleaned
from core.errors import InvalidInput
from tests.campus.sample_requests import picture

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
SCRIPT = b"<script>hacked()</script>"


def png(width: int, height: int, pixels: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says what it wants of its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = b"".join(chunk(kind, data) for kind, data in chunks) + chunk(b"IDAT", zlib.compress(pixels))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def with_place_and_words() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "Sample description"
    exif.get_ifd(0x8825)[2] = (45.0, 1.0, 2.0)  # GPS latitude
    exif[0x0112] = 6  # turned by a quarter
    written = BytesIO()
    Image.new("RGB", (80, 40), "red").save(written, "JPEG", exif=exif, comment=b"Sample comment")
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_format_becomes_a_jpeg(kind: str) -> None:
    with Image.open(BytesIO(cleaned(picture(kind=kind)))) as image:
        assert (image.format, image.size) == ("JPEG", (60, 40))


def test_where_and_by_what_it_was_taken_is_not_kept_and_it_stands_upright() -> None:
    with Image.open(BytesIO(cleaned(with_place_and_words()))) as image:
        assert image.size == (40, 80)
        assert not image.getexif()
        assert "comment" not in image.info
    assert b"Sample" not in cleaned(with_place_and_words())


def test_a_file_that_is_two_things_at_once_is_a_picture_only() -> None:
    for hostile in (
        picture() + SCRIPT + b"PK\x03\x04",
        png(4, 4, b"\x00" * 52, (b"tEXt", b"Comment\x00" + SCRIPT)),
        picture()[:2] + b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT + picture()[2:],
    ):
        assert b"script" not in cleaned(hostile)


def test_a_large_photo_becomes_smaller() -> None:
    with Image.open(BytesIO(cleaned(picture(4000, 3000)))) as image:
        assert image.size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    tracemalloc.start()
    with pytest.raises(InvalidInput, match="too many pixels"):
        cleaned(png(60_000, 60_000, b"\x00" * 1_000_000))
    with pytest.raises(InvalidInput, match="too many pixels"):
        cleaned(png(10_000, 6_000, b"\x00" * 1_000_000))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no photo"),
        (b"GIF89a" + b"\x00" * 60, "no photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no photo"),
        (b"%PDF-1.7", "no photo"),
        (picture()[:300], "no photo"),
        (png(40, 40, b"x"), "no photo"),
        (png(1, 1, b"\x00" * 4, (b"zTXt", b"x\x00\x00" + zlib.compress(b"\x00" * 80_000_000))), "no photo"),
        (HEIC + b"\x00" * 60, "HEIC"),
        (b"\xff\xd8\xff" + os.urandom(10) + b"\x00" * MOST_BYTES, "at most 8 MB"),
    ],
    ids=["empty", "gif", "svg", "pdf", "cut off", "too short", "text bomb", "heic", "too large"],
)
def test_what_is_no_photo_is_refused_with_a_reason(content: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it for the whole process
    with pytest.raises(InvalidInput, match=said):
        cleaned(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_file_is_a_picture_or_refused_and_never_a_failure(kind: str) -> None:
    chance, whole = random.Random(kind), picture(kind=kind)
    for _try in range(200):
        broken = bytearray(whole)
        for _byte in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            assert cleaned(bytes(broken[: chance.randint(10, len(broken))])).startswith(b"\xff\xd8\xff")
        except InvalidInput:
            continue
