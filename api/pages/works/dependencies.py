"""What a milestone waits for: said, said otherwise, and taken back."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from api.dependencies import Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.works.package_one import ONE, address_of, package_page
from api.rendering import redirect
from campus.renovation import actions, queries
from campus.renovation.network import Dependency, Kind
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()


class Tie(BaseModel):
    """Two milestones, the later one first as it is said."""

    after: RowId
    before: RowId

    errors: ClassVar = {
        "after": lazy("Choose the milestone that waits."),
        "before": lazy("Choose what it waits for."),
        "lag": lazy("Enter a whole number of days, such as 12; below 0 for earlier."),
    }
    labels: ClassVar = {"lag": lazy("The days"), "after": lazy("This cannot be:")}


class DependencyForm(Tie):
    """How one waits for the other, and how many days more."""

    kind: Kind = Kind.FINISH_START
    lag: int = 0


@router.post(f"{ONE}/dependencies")
def add_dependency(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Let a milestone of these works wait for another; what ties the same two is replaced."""
    package, entered = queries.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: package_page(request, session, person, package, entered=entered)):
        given = entered.check(DependencyForm)
        after = queries.of_package(session, package, given.after)
        actions.link(session, Dependency(given.before, given.after, given.kind, given.lag), actor(person))
        before = queries.milestone(session, given.before)
    text = _("“%(after)s” waits for “%(before)s”.", after=after.name, before=before.name)
    return redirect(request, f"{address_of(package)}#dependencies", Flash(text))


@router.post(f"{ONE}/dependencies/remove")
def remove_dependency(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Let it wait no more; undone by one button."""
    package, entered = queries.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: package_page(request, session, person, package, entered=entered)):
        given = entered.check(Tie)
        after = queries.of_package(session, package, given.after)
        link = queries.link(session, given.before, given.after)
        if link is None:
            raise NotFound(_("There is no such dependency."))
        fields = {"after": str(given.after), "before": str(given.before), "kind": link.kind, "lag": str(link.lag)}
        actions.unlink(session, given.before, given.after, actor(person))
        before = queries.milestone(session, given.before)
    text = _("“%(after)s” no longer waits for “%(before)s”.", after=after.name, before=before.name)
    again = Undo(f"{address_of(package)}/dependencies", _("Undo"), fields)
    return redirect(request, f"{address_of(package)}#dependencies", Flash(text, undo=again))
