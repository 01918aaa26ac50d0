"""One audit: how far it is, what it covered and what not, what it found; cancelled with a question before."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.page import RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions, queries
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from api import accessibility_words as words
from api.dependencies import Reading, Writing
from api.flash import Flash
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Keeper, Reader, keeps
from api.pages.tickets import LARGEST
from api.paging import WantedPage
from api.rendering import redirect, render
from core.errors import NotFound
from core.i18n import gettext as _

router = page_router()
ONE = "/accessibility/audits/{slug}/{number}"
NOTHING = queries.Progress(0, 0, "")


@router.get(ONE)
def one_audit(
    request: Request, slug: str, number: int, person: Reader, session: Reading, paging: WantedPage
) -> Response:
    """The audit's page; while it runs it also shows how far it is."""
    platform, audit = find(session, slug, number)
    state = next((state for state in RowState if state == request.query_params.get("state")), None)
    reason = request.query_params.get("reason", "")
    rows, total = queries.coverage_rows(
        session, audit, state=state, reason=reason, offset=paging.offset, limit=paging.size
    )
    counts = queries.coverage_counts(session, audit)
    return render(
        request,
        "accessibility/audit.html",
        platform=platform,
        audit=audit,
        address=address_of(slug, number),
        running=audit.state in actions.UNFINISHED,
        progress=queries.progress(session, audit.id) if audit.state in actions.UNFINISHED else NOTHING,
        floor=_floor(audit),
        counts=counts,
        rows=rows,
        paging=paging.of(total),
        filters=Entered(start={"state": state or "", "reason": reason}),
        states=[("", _("All")), *((name, shown.text) for name, shown in words.ROW_STATES.items())],
        reasons=[
            ("", _("All")),
            *((name, words.reason(name).name) for name in sorted({c.reason for c in counts} - {""})),
        ],
        filtered=bool(state or reason),
        listed={count.reason for count in counts},
        words=words,
        keeps=keeps(person, slug),
    )


@router.get(f"{ONE}/cancel")
def ask_cancel(request: Request, slug: str, number: int, _person: Keeper, session: Reading) -> Response:
    """Ask before an audit is stopped."""
    platform, audit = find(session, slug, number)
    return render(
        request,
        "confirm.html",
        title=_("Stop audit %(number)s of %(name)s?", number=audit.number, name=platform.name),
        consequences=[
            _("What it has seen so far is dropped; no ticket changes."),
            _("The next audit takes place as planned, or when you ask for it."),
        ],
        button=_("Stop the audit"),
        action=f"{address_of(slug, number)}/cancel",
        back=address_of(slug, number),
    )


@router.post(f"{ONE}/cancel")
def cancel(request: Request, slug: str, number: int, person: Keeper, session: Writing) -> Response:
    """Stop an audit that waits or runs."""
    _platform, audit = find(session, slug, number)
    actions.cancel(session, audit.id, person.id)
    return redirect(request, address_of(slug, number), Flash(_("The audit is stopped. Nothing of it counts.")))


def find(session: Session, slug: str, number: int) -> tuple[Platform, Audit]:
    """The platform and its audit of this number; raises `NotFound`."""
    platform = platforms.get(session, slug)
    if number > LARGEST:
        raise NotFound(_("There is no such audit."))
    return platform, queries.audit_by_number(session, platform.id, number)


def address_of(slug: str, number: int) -> str:
    """Where the audit's page is."""
    return f"/accessibility/audits/{slug}/{number}"


def _floor(audit: Audit) -> float:
    return float(audit.settings.get("coverage_floor", PlatformSettings.model_fields["coverage_floor"].default))
