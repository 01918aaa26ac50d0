"""All works, in one glance."""

from fastapi import Request
from starlette.responses import Response

from api.dependencies import Reading
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.rendering import render
from campus.renovation import queries

router = page_router()


@router.get("/works")
def list_packages(request: Request, person: Reader, session: Reading) -> Response:
    """Every package with how far it is."""
    plan = queries.plan(session)
    lines = [(package, plan.progress(package.id)) for package in queries.packages(session)]
    return render(request, "works/packages.html", lines=lines, keeper=keeps(person))
