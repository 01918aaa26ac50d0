"""Pictures of problems, by the hash of their content: what has that address never changes."""

from fastapi import Request
from starlette.responses import FileResponse, Response

from accessibility.ledger.tickets import queries
from api.dependencies import Reading
from api.pages import page_router
from api.pages.access import Reader, visible
from core import picture_store
from core.errors import NotFound
from core.settings import Settings

router = page_router()
KEEP = "private, max-age=31536000, immutable"


@router.get("/accessibility/evidence/{sha256}.png")
def picture(request: Request, sha256: str, person: Reader, session: Reading) -> Response:
    """A crop. It may show people's data: only who may see a platform with it gets it, and no shared cache keeps it."""
    config: Settings = request.app.state.settings
    if not queries.is_evidence(session, sha256, visible(person)):
        raise NotFound(picture_store.missing())
    file = picture_store.kept(config.evidence_dir, sha256)
    return FileResponse(file, media_type="image/png", headers={"Cache-Control": KEEP})
