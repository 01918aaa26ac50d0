"""All works that close rooms: the books against the plan, what was confirmed, and how that is undone."""

from fastapi import Request
from starlette.responses import Response

from api import actors, claim_words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.formatting import day
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.blocks import room_names
from api.pages.works.closure import address_of, changes_of
from api.rendering import redirect, render
from campus.closures import actions, queries, reading
from campus.closures.reading import Standing
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.i18n import format_date, ngettext
from core.i18n import gettext as _

router = page_router()
LIST = "/works/closures"
CHANGE = f"{LIST}/changes/{{change_id}}"


@router.get(LIST)
def list_closures(request: Request, person: Reader, session: Reading) -> Response:
    """Every package with a rule, and whether its closures in the books are those of the plan."""
    found = reading.standings(session)
    ruled = {one.package.id for one in found}
    return render(
        request,
        "works/closures.html",
        standings=[(one, address_of(one.package)) for one in found],
        without=[(one, address_of(one)) for one in works.packages(session) if one.id not in ruled],
        changes=changes_of(session),
        scenarios=len(queries.scenarios(session)),
        said=said_of(found),
        keeper=keeps(person),
    )


@router.get(CHANGE)
def change_page(request: Request, change_id: Id, person: Reader, session: Reading) -> Response:
    """What a confirmed change did to every claim."""
    change = queries.change(session, change_id)
    done = queries.claims_in_change(session, change_id)
    versions = queries.versions(session, [key for one in done for key in (one.before_id, one.after_id)])
    names = actors.names(session)
    return render(
        request,
        "works/closure_change.html",
        change=change,
        package=session.get_one(WorksPackage, change.package_id),
        by=names.get(change.confirmed_by, change.confirmed_by),
        undone_by=names.get(change.undone_by, change.undone_by),
        lines=[(one.number, versions.get(one.before_id or 0), versions[one.after_id]) for one in done],
        rooms=room_names(session),
        kinds={kind.value: shown.text for kind, shown in claim_words.KINDS.items()},
        why_not=actions.why_not(session, change),
        keeper=keeps(person),
    )


@router.get(f"{CHANGE}/undo")
def ask_undo(request: Request, change_id: Id, _person: Keeper, session: Reading) -> Response:
    """What undoing does."""
    change = queries.change(session, change_id)
    claims = len(queries.claims_in_change(session, change_id))
    why_not = actions.why_not(session, change)
    return render(
        request,
        "confirm.html" if not why_not else "works/closure_kept.html",
        title=_("Undo the closures of %(day)s", day=format_date(day(change.confirmed_at))),
        consequences=[
            ngettext(
                "%(n)s claim gets the room and the nights back that it had before.",
                "%(n)s claims get the rooms and the nights back that they had before.",
                claims,
            ),
            _("What was closed by it is open again, and stays that moved move back."),
        ],
        why_not=why_not,
        button=_("Undo it"),
        action=f"{LIST}/changes/{change_id}/undo",
        back=f"{LIST}/changes/{change_id}",
    )


@router.post(f"{CHANGE}/undo")
def undo(request: Request, change_id: Id, person: Keeper, session: Writing) -> Response:
    """Put every claim back."""
    change = queries.change(session, change_id)
    actions.undo(session, change, actor(person))
    package = session.get_one(WorksPackage, change.package_id)
    return redirect(request, address_of(package), Flash(_("Undone: every claim is what it was before.")))


def said_of(found: list[Standing]) -> str:
    """Whether the books say what the plan says."""
    if not found:
        return _("No works close rooms by a rule yet.")
    differing = sum(not one.matches for one in found)
    if not differing:
        return _("All closures in the books are those of the plan.")
    return ngettext(
        "The closures of %(n)s package differ from its plan.",
        "The closures of %(n)s packages differ from their plans.",
        differing,
    )
