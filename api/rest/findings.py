"""One element with a problem, as JSON, and its picture. All texts come from audited pages: escape them."""

from typing import Any

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from core import picture_store
from core.settings import Settings

KEEP = "private, max-age=31536000, immutable"
PNG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}, "description": "The picture."}}


class BoxOut(BaseModel):
    """A rectangle on the page in CSS pixels, from the top left of the document."""

    x: float
    y: float
    width: float
    height: float


class FindingOut(BaseModel):
    """The newest example of a problem. `frame`: selectors of the iframes that lead to it, outermost first.

    `steps` tell a person how to see it.
    """

    check: str
    rule: str
    criteria: list[str]
    outcome: str
    impact: str
    message: str
    help_url: str
    selector: str
    frame: list[str]
    html: str
    name: str
    box: BoxOut | None
    state: str
    steps: list[str] = []


def picture(request: Request, sha256: str) -> Response:
    """The picture of this hash. `NotFound` when there is none, or no longer: they are deleted after a while."""
    config: Settings = request.app.state.settings
    content = picture_store.kept(config.evidence_dir, sha256).read_bytes()
    return Response(content, media_type="image/png", headers={"Cache-Control": KEEP})
