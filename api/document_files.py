"""How documents of works are given back: to be saved, never to be shown."""

from starlette.responses import FileResponse, Response

from campus.renovation import files
from campus.renovation.models import PackageDocument
from core.errors import NotFound
from core.i18n import gettext as _
from core.settings import Settings


def file_answer(found: PackageDocument, config: Settings) -> Response:
    """The file of a document as an attachment. Raises `NotFound` for a link, and for what was removed."""
    if found.kind == files.LINK or found.removed_at is not None:
        raise NotFound(_("The file of this document is not there."))
    return FileResponse(
        files.path(config.evidence_dir, found.digest),
        media_type=files.KINDS[found.kind].media_type,
        filename=found.file_name,
        content_disposition_type="attachment",
        headers={"Cache-Control": "no-store"},
    )
