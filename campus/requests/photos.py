"""Photos that people send: hostile until they were decoded here and written anew, without anything but pixels.

Only three formats are tried, a picture of too many pixels is refused before it is unpacked, and what is kept is a new
JPEG: neither the place where it was taken (EXIF) nor whatever hid behind the picture is in it.
"""

import struct
import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile, ImageOps

from core import picture_store
from core.errors import InvalidInput
from core.i18n import format_bytes
from core.i18n import gettext as _

MOST_BYTES = 8_000_000
MOST_PIXELS = 50_000_000  # as much as the cameras of telephones make
LONGEST_SIDE = 1600  # pixels of what is kept
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheif", b"ftypavif")
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error)
_unpacking = threading.BoundedSemaphore(2)  # each may take 200 MB for a moment

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own guard, which raises beyond twice of it


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in the folder of pictures."""

    digest: str
    width: int
    height: int


def keep(folder: Path, content: bytes) -> Photo:
    """Write the photo anew and keep it. Raises `InvalidInput` for what is none, or too large."""
    picture = cleaned(content)
    with Image.open(BytesIO(picture), formats=["JPEG"]) as image:
        return Photo(picture_store.store(folder, picture), *image.size)


def cleaned(content: bytes, place: str = "photo") -> bytes:
    """The same picture as a JPEG of at most 1600 pixels a side, and nothing else of it. Raises `InvalidInput`."""
    if len(content) > MOST_BYTES:
        raise InvalidInput(_("The photo must have at most %(size)s.", size=format_bytes(MOST_BYTES)), place=place)
    if content[4:12] in _HEIC:
        raise InvalidInput(
            _("Photos in the format HEIC or AVIF cannot be read. Send it as JPEG, PNG or WebP."), place=place
        )
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, wherever it was imported, lets broken pictures pass
    try:
        with _unpacking, Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InvalidInput(_("The photo has too many pixels."), place=place)
            return _written_anew(image)
    except Image.DecompressionBombError:
        raise InvalidInput(_("The photo has too many pixels."), place=place) from None
    except _FAULTS:  # whatever a broken file makes the decoders say
        raise InvalidInput(_("This is no photo that can be read. Send a JPEG, PNG or WebP."), place=place) from None


def _written_anew(image: Image.Image) -> bytes:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than needed
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright)
    written = BytesIO()
    ground.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
