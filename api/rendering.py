"""Pages from templates. `render` adds what every page needs; a route gives only what its own template shows."""

from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import addresses, cookies, csrf, flash, formatting, sections, static_files
from api.routing import paths
from core import guest_texts, i18n

TEMPLATES = Path(__file__).parent / "templates"


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page. `request.state.visitor` is filled by the dependency that the route asked for.

    Templates know: request, person, section, sections, language, here (this address), `link(page=2)` (this address with
    changed parameters), `static("x.css")`, the filters of `api.formatting` and what `macros.html` lists.
    """
    visitor = getattr(request.state, "visitor", None)
    person = visitor.person if visitor else None
    section = sections.section_of(request.url.path)
    message = flash.take(request) if status < 300 else None
    common = {
        "request": request,
        "request_id": request.state.id,
        "person": person,
        "sections": sections.open_to(person, paths(request.app)),
        "section": section,
        "pages": (pages := sections.pages_of(section, person, paths(request.app))),
        "current_page": sections.page_of(request.url.path, pages),
        "time_zone": request.app.state.settings.time_zone,
        "csrf_token": csrf.token(request),
        "language": i18n.language(),
        "languages": i18n.LANGUAGES,
        "flash": message,
        "here": addresses.with_params(request) if request.method == "GET" else "/",
    }
    page = HTMLResponse(_environment.get_template(template).render(common | context), status)
    csrf.remember_visit(request, page)
    if message:
        cookies.drop(request, page, cookies.FLASH)
    return page


def rendered(template: str, **context: Any) -> str:
    """A text from a template that is no page, such as what a PDF is made of; it knows the filters alone."""
    return _environment.get_template(template).render(context)


def redirect(request: Request, address: str, message: flash.Flash | None = None) -> Response:
    """After a form was handled: on to a page, with a message shown there."""
    answer = RedirectResponse(address, 303)
    if message:
        flash.put(request, answer, message)
    return answer


@jinja2.pass_context
def _link(context: Context, **changes: object) -> str:
    return addresses.with_params(context["request"], **changes)


@jinja2.pass_context
def _ngettext(context: Context, singular: str, plural: str, number: int, **values: object) -> str:
    """As jinja2's own, with `%(num)s` as the language writes numbers."""
    text = i18n.unfilled_ngettext(singular, plural, number)
    form = Markup(text) if context.eval_ctx.autoescape else text  # noqa: S704 - the catalogs are our own
    return form % {"num": i18n.format_number(number), **values}


def _make_environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(i18n.gettext, i18n.unfilled_ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["ngettext"] = _ngettext
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {"static": static_files.address, "link": _link, "say": guest_texts.say}
    environment.filters |= formatting.FILTERS
    return environment


_environment = _make_environment()
