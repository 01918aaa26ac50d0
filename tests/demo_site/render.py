"""One way to turn a template into an answer, with the language and the person who is logged in."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from .language import LANGUAGES, WORDS
from .state import SiteState

SESSION_COOKIE = "demo_session"


def site_of(request: Request) -> SiteState:
    """The memory of the site that answers this request."""
    site: SiteState = request.app.state.site
    return site


def user_of(request: Request) -> str | None:
    """The username of the session, or nothing for the anonymous."""
    return site_of(request).sessions.get(request.cookies.get(SESSION_COOKIE, ""))


def surroundings(request: Request) -> dict[str, Any]:
    """What every template may use."""
    asked = request.query_params.get("lang", "en")
    language = asked if asked in WORDS else "en"
    return {
        "user": user_of(request),
        "lang": language,
        "words": WORDS[language],
        "languages": LANGUAGES,
        "language_links": {key: language_link(request, key) for key in LANGUAGES},
    }


def language_link(request: Request, language: str) -> str:
    """This same address in another language."""
    url = request.url.include_query_params(lang=language)
    return f"{url.path}?{url.query}"


templates = Jinja2Templates(directory=Path(__file__).parent / "templates", context_processors=[surroundings])


def page(request: Request, name: str, title: str, status: int = 200, **values: Any) -> Response:
    """The page made of templates/<name>.html."""
    context = {"title": title, **values}
    return templates.TemplateResponse(request, f"{name}.html", context, status_code=status)
