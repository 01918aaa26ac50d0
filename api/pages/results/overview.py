"""The campus at a glance, for management: read only, without any form or button; each number links to its page."""

from fastapi import Request
from starlette.responses import Response

from api.dependencies import Reading
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.results import glance
from api.pages.results.asked import known_said, moment_of
from api.rendering import render

router = page_router()


@router.get("/results/overview")
def overview(request: Request, _person: Reader, session: Reading) -> Response:
    """All parts on one page."""
    moment = moment_of(request)
    return render(
        request, "results/overview.html", parts=glance.make(session, moment), known=known_said(moment), moment=moment
    )
