"""Pictures of problems, by the hash of their content: what has that address never changes."""

from fastapi import Request
from starlette.responses import FileResponse, Response

from accessibility.ledger.audits import evidence
from api.pages import page_router
from api.pages.access import Reader
from core.settings import Settings

router = page_router()
KEEP = "private, max-age=31536000, immutable"


@router.get("/accessibility/evidence/{sha256}.png")
def picture(request: Request, sha256: str, _person: Reader) -> Response:
    """A crop. It may show people's data, so only signed-in people get it, and no shared cache keeps it."""
    config: Settings = request.app.state.settings
    file = evidence.kept(config.evidence_dir, sha256)
    return FileResponse(file, media_type="image/png", headers={"Cache-Control": KEEP})
