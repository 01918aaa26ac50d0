"""All works at a glance: filtered, sorted and as known on a past day by the address."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api import works_words as words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import entries, past_day_in
from api.paging import WantedPage
from api.rendering import render
from campus.known import end_of
from campus.renovation import overview, queries
from campus.renovation.overview import Line
from campus.renovation.queries import Plan
from core.errors import InvalidInput
from core.i18n import format_list, ngettext, today
from core.i18n import gettext as _

router = page_router()
LIST = "/works"
FILTERS = ("state", "pavilion", "purpose", "owner", "as_of", "as_of-day")


@router.get(LIST)
def list_packages(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The works that the address asks for; all of them when it asks for nothing."""
    params = request.query_params
    errors: dict[str, str] = {}
    try:
        as_of = past_day_in(params)
    except InvalidInput as error:
        as_of, errors = None, {error.place: error.message}
    at = end_of(as_of) if as_of else None
    plan = queries.plan(session, at)
    every = overview.lines(session, plan, as_of or today(), at)
    found = _sorted([one for one in every if _wanted(one, params)], plan, params.get("sort", ""))
    filters = Entered(start={**params, **entries("as_of", as_of)} if as_of else dict(params))
    filters.errors |= errors
    return render(
        request,
        "works/packages.html",
        lines=found[paging.offset : paging.offset + paging.size],
        paging=paging.of(len(found)),
        plan=plan,
        said=_said(every),
        as_of=as_of,
        filters=filters,
        filtered=any(params.get(name) for name in FILTERS),
        options=_options(every),
        words=words,
        keeper=keeps(person),
        status=422 if errors else 200,
    )


def _wanted(line: Line, params: Mapping[str, str]) -> bool:
    state, pavilion, purpose, owner = (params.get(name, "") for name in ("state", "pavilion", "purpose", "owner"))
    late = bool(line.overdue) or (line.slip or 0) > 0
    in_state = {"open": not line.ended, "ended": line.ended, "late": late and not line.ended}.get(state, True)
    return (
        in_state
        and (not pavilion or line.pavilion.slug == pavilion)
        and (not purpose or purpose in line.package.purposes)
        and (not owner or str(line.package.owner_id or "nobody") == owner)
    )


def _sorted(lines: list[Line], plan: Plan, sort: str) -> list[Line]:
    keys: dict[str, Callable[[Line], Any]] = {
        "name": lambda one: one.package.name.casefold(),
        "pavilion": lambda one: one.pavilion.name.casefold(),
        "progress": lambda one: one.progress,
        "next": lambda one: plan.placed[one.next].span.finish if one.next else None,
        "slip": lambda one: one.slip,
        "owner": lambda one: one.owner.casefold() or None,
    }
    key = keys.get(sort.removeprefix("-"))
    if key is None:  # what is not over yet stands above what is
        return sorted(lines, key=lambda one: one.ended)
    known = [one for one in lines if key(one) is not None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + [one for one in lines if key(one) is None]


def _said(lines: list[Line]) -> str:
    """What needs the visitor, first what has passed its day, then what will end late."""
    overdue = sum(len(one.overdue) for one in lines)
    late = [one for one in lines if (one.slip or 0) > 0 and not one.ended]
    if overdue:
        names = format_list(one.package.name for one in lines if one.overdue)
        return ngettext(
            "One milestone has passed its day without a report: %(names)s.",
            "%(n)s milestones have passed their day without a report: %(names)s.",
            overdue,
            names=names,
        )
    if late:
        names = format_list(one.package.name for one in late)
        return ngettext(
            "One package will end later than planned: %(names)s.",
            "%(n)s packages will end later than planned: %(names)s.",
            len(late),
            names=names,
        )
    if any(not one.ended for one in lines):
        return _("No works are later than planned, and no milestone waits for its report.")
    return _("All works have ended.") if lines else _("There are no works.")


def _options(lines: list[Line]) -> dict[str, list[tuple[str, str]]]:
    anything = ("", _("All"))
    pavilions = {one.pavilion.slug: one.pavilion.name for one in lines}
    owners = {str(one.package.owner_id): one.owner for one in lines if one.owner}
    return {
        "state": [anything, ("open", _("Not ended")), ("late", _("Late")), ("ended", _("Ended"))],
        "pavilion": [anything, *sorted(pavilions.items(), key=lambda one: one[1])],
        "purpose": [anything, *((name, str(text)) for name, text in words.PURPOSES.items())],
        "owner": [anything, ("nobody", _("Nobody")), *sorted(owners.items(), key=lambda one: one[1])],
    }
