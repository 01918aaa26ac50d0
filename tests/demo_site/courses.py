"""The home page, the courses and a calendar without end."""

import calendar
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .render import page

COURSES = {
    1: "Introduction to sample theory",
    2: "Samples in moving pictures",
    3: "Methods of sampling",
    4: "A history of samples",
    5: "Workshop on small samples",
    6: "Writing about samples",
}
SORTS = {"name": "name", "number": "number"}
FIRST_MONTH = "2026-11"


async def home(request: Request) -> Response:
    """The front page."""
    return page(request, "home", "Home")


async def course_list(request: Request) -> Response:
    """All courses, in one of two orders."""
    sort = request.query_params.get("sort", "")
    listed = sorted(COURSES.items(), key=lambda item: item[1 if sort == "name" else 0])
    title = f"Courses by {sort}" if sort in SORTS else "Courses"
    return page(request, "courses", title, courses=listed, sorts=SORTS)


async def course(request: Request) -> Response:
    """One course; ?view=print is the same content and names its canonical address."""
    number = request.path_params["number"]
    if number not in COURSES:
        raise HTTPException(404)
    plain_url = f"{request.base_url}course/{number}"
    canonical = plain_url if request.query_params.get("view") == "print" else None
    other = other_origin(request)
    return page(request, "course", COURSES[number], number=number, canonical=canonical, other=other)


def other_origin(request: Request) -> str:
    """Our second site: the given one, else the other name of loopback on the same port."""
    given: str | None = request.app.state.second_origin
    name = "localhost" if request.url.hostname != "localhost" else "127.0.0.1"
    return given or str(request.url.replace(hostname=name, path="", query=""))


async def month(request: Request) -> Response:
    """One month, with links to the month before and the month after, for ever."""
    asked = request.query_params.get("month", FIRST_MONTH)
    if not re.fullmatch(r"\d{4,9}-(0[1-9]|1[0-2])", asked):
        raise HTTPException(404)
    year, number = (int(part) for part in asked.split("-"))
    return page(
        request,
        "calendar",
        f"Calendar for {month_name(year, number)}",
        weeks=calendar.Calendar().monthdayscalendar(year, number),
        before=month_key(year, number - 1),
        after=month_key(year, number + 1),
        label=month_name,
    )


def month_key(year: int, number: int) -> tuple[int, int]:
    """The month with this number, where 0 is December of the year before."""
    years, months = divmod(max(0, year * 12 + number - 1), 12)
    return years, months + 1


def month_name(year: int, number: int) -> str:
    """The month as people write it: November 2026."""
    return f"{calendar.month_name[number]} {year:04}"


routes = [
    Route("/", home),
    Route("/courses", course_list),
    Route("/course/{number:int}", course),
    Route("/calendar", month),
]
