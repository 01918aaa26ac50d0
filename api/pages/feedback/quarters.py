"""The closed quarters, and closing one by hand: what is published then never changes."""

from fastapi import Request
from starlette.responses import Response

from api import actors
from api import figure_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.rendering import redirect, render
from campus.feedback.figures import closing, queries
from campus.feedback.quarters import Quarter, checked_quarter
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
PAGE = "/feedback/quarters"


@router.get(PAGE)
def list_quarters(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """Every closed quarter, the newest first, and those that can be closed."""
    return render(
        request,
        "feedback/quarters.html",
        closed=queries.closed(session),
        counts=queries.counts(session),
        due=closing.waiting(session),
        names=actors.names(session),
        keeper=looks_after(person),
        words=words,
    )


@router.get(f"{PAGE}/{{quarter}}/close")
def ask_close(request: Request, quarter: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will be published."""
    name = words.quarter(_due(session, quarter))
    return render(
        request,
        "confirm.html",
        title=_("Close the %(quarter)s?", quarter=name),
        consequences=[
            _("Its figures are counted and published: satisfaction, scores and shares, each with n and its interval."),
            _("Groups under five guests are masked, and whatever would let somebody compute them."),
            _("It never changes again: no answer of that quarter is accepted afterwards, and nobody can reopen it."),
        ],
        button=_("Close it and publish its figures"),
        action=f"{PAGE}/{checked_quarter(quarter)}/close",
        back=PAGE,
    )


@router.post(f"{PAGE}/{{quarter}}/close")
def close(request: Request, quarter: str, person: FeedbackKeeper, session: Writing) -> Response:
    """Publish its figures."""
    one = checked_quarter(quarter)
    cells = closing.close(session, one, actor(person))
    said = ngettext(
        "The %(quarter)s is closed: %(n)s figure is published.",
        "The %(quarter)s is closed: %(n)s figures are published.",
        sum(not cell.suppressed for cell in cells),
        quarter=words.quarter(one),
    )
    return redirect(request, f"/feedback?quarter={one}", Flash(said))


def _due(session: Reading, quarter: str) -> Quarter:
    found = checked_quarter(quarter)
    if found not in closing.waiting(session):
        raise NotFound(_("%(quarter)s is not over yet, or closed already.", quarter=words.quarter(found)))
    return found
