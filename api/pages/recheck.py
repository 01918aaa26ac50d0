"""Re-check now: the buttons on a ticket and beside a page. The audit's own page shows how far it is."""

from fastapi import Request
from starlette.responses import Response

from accessibility.engine.audit import engines
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.recheck import recheck_page, recheck_ticket
from accessibility.ledger.platforms import queries as platforms
from api.dependencies import Writing, actor
from api.flash import Flash
from api.forms import Posted
from api.pages import page_router, ticket
from api.pages.access import Keeper
from api.pages.audits import address_of
from api.pages.platforms import ONE as PLATFORM
from api.rendering import redirect
from core.i18n import gettext as _

router = page_router()


@router.post(f"{ticket.ONE}/recheck")
def recheck_of_ticket(request: Request, slug: str, number: int, person: Keeper, session: Writing) -> Response:
    """Look again where the ticket's problem is open."""
    found = ticket.find(session, slug, number)
    platform = platforms.get(session, slug)
    return _follow(request, slug, recheck_ticket(session, platform, found, engines(), person.id, actor(person)))


@router.post(f"{PLATFORM}/recheck")
def recheck_of_page(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Look at one page again."""
    platform, url = platforms.get(session, slug), posted.get("url", "")
    audit = recheck_page(session, platform, url if isinstance(url, str) else "", engines(), person.id, actor(person))
    return _follow(request, slug, audit)


def _follow(request: Request, slug: str, audit: Audit) -> Response:
    return redirect(request, address_of(slug, audit.number), Flash(_("The re-check waits for its turn."), "info"))
