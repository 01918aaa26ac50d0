"""The pages that are nothing but a template, as data."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .render import page


@dataclass(frozen=True)
class Plain:
    """A page without logic; `reached` says what leads to it."""

    path: str
    title: str
    reached: Literal["link", "sitemap", "script", "frame", "robots"] = "link"

    @property
    def template(self) -> str:
        """ "/embed/quiz" is written in templates/embed_quiz.html."""
        return self.path.strip("/").replace("/", "_").replace("-", "_")


PLAIN_PAGES = (
    Plain("/app/", "Practice area"),
    Plain("/beacon", "Reading progress"),
    Plain("/blocks", "Recently used courses"),
    Plain("/dialogs", "Messages that pop up"),
    Plain("/embed/note", "A short note", "frame"),
    Plain("/embed/quiz", "Embedded quiz", "frame"),
    Plain("/embed/video", "Embedded video", "frame"),
    Plain("/enrolment", "Enrolment"),
    Plain("/fakes-axe", "Self-made test result"),
    Plain("/forum", "Forum"),
    Plain("/gallery", "Gallery of sample objects"),
    Plain("/glossary", "Glossary"),
    Plain("/lecture", "Recorded lecture"),
    Plain("/library", "Library"),
    Plain("/news", "News"),
    Plain("/no-title", "Never shown"),
    Plain("/odd-addresses", "Addresses that misbehave"),
    Plain("/old-layout", "Page in the old layout"),
    Plain("/only-in-sitemap", "A page that only the sitemap knows", "sitemap"),
    Plain("/private/notes", "Private notes", "robots"),
    Plain("/reading", "Reading list"),
    Plain("/script-linked", "A page that only a script links to", "script"),
    Plain("/script-links", "Links made by a script"),
    Plain("/shadow", "Component with a shadow root"),
    Plain("/steps", "First steps"),
    Plain("/tour-page", "Page with a guided tour"),
    Plain("/transcript", "Transcript"),
    Plain("/untitled", "Untitled document"),
    Plain("/welcome-guide", "Welcome"),
    Plain("/welcome-pack", "Welcome"),
    Plain("/widgets", "Course tools"),
)
LINKED = tuple(plain for plain in PLAIN_PAGES if plain.reached in ("link", "robots"))


def _answer(plain: Plain) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return page(request, plain.template, plain.title)

    return endpoint


async def examples(request: Request) -> Response:
    """The list of all pages that links lead to."""
    return page(request, "examples", "All pages", pages=LINKED)


routes = [Route("/examples", examples)]
routes += [Route(plain.path, _answer(plain)) for plain in PLAIN_PAGES]
