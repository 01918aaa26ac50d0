"""Writing results to files that a user named: whole or not at all, and known to be possible beforehand."""

import os
from contextlib import suppress
from pathlib import Path

from core.errors import InvalidInput


def check_writable(path: Path) -> None:
    """Raises `InvalidInput` when `path` could not be written later. Leaves what is there as it is."""
    target = path.resolve()
    if _is_device(target):
        return
    if target.is_dir():
        raise InvalidInput("is a folder", place=str(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise InvalidInput("may not be written", place=str(path))
    trial = _beside(target)
    try:
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror}", place=str(path)) from None


def write_whole(path: Path, text: str) -> None:
    """Replace the file at once, so that a reader sees the old text or the new. Raises `InvalidInput`.

    A link keeps pointing where it points; a device or pipe (`/dev/stdout`) is written to as it is.
    """
    target = path.resolve()
    try:
        if _is_device(target):
            target.write_text(text, encoding="utf-8")
            return
        part = _beside(target)
        try:
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror}", place=str(path)) from None


def _is_device(target: Path) -> bool:
    return target.exists() and not target.is_file() and not target.is_dir()


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.part")
