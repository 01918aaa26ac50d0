"""Everything that writes: the feedback form, the calls of scripts, and the count of it all."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from .courses import COURSES
from .render import page, site_of
from .state import SiteState


class CountWrites:
    """Count by path every request that is neither GET nor HEAD."""

    def __init__(self, app: ASGIApp, site: SiteState) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            self.site.posts[scope["path"]] += 1
        await self.app(scope, receive, send)


async def feedback(request: Request) -> Response:
    """The form; a POST of it is counted and thanked for."""
    if request.method == "POST":
        site_of(request).feedback_count += 1
    return page(request, "feedback", "Feedback", thanks=request.method == "POST")


async def feedback_count(request: Request) -> Response:
    """How many answers the form got; no page links here."""
    return PlainTextResponse(str(site_of(request).feedback_count))


async def save(request: Request) -> Response:
    """Accept a script's beacon."""
    return Response(status_code=204)


async def service(request: Request) -> Response:
    """Answer like Moodle's AJAX endpoint: one result for each call in the body."""
    courses = [{"id": number, "fullname": name} for number, name in COURSES.items()]
    return JSONResponse([{"error": False, "data": courses[:3]} for _ in await request.json()])


routes = [
    Route("/feedback", feedback, methods=["GET", "POST"]),
    Route("/feedback/count", feedback_count),
    Route("/ajax/save", save, methods=["POST"]),
    Route("/lib/ajax/service.php", service, methods=["POST"]),
]
