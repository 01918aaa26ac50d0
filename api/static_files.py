"""Style sheets, scripts and pictures. Their addresses carry a digest of the content, so browsers may keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
A_YEAR = "public, max-age=31536000, immutable"


class KeptFiles(StaticFiles):
    """The files of the folder; those asked for by their digest never change under that address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 304 when the browser has it already."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = A_YEAR if scope["query_string"].startswith(b"v=") else "no-cache"
        return response


@lru_cache
def address(path: str) -> str:
    """Where a browser gets a file of the folder: `address("campus.css")` is /static/campus.css?v=..."""
    digest = hashlib.sha256((FOLDER / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"
