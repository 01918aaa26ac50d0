"""What gates are judged against: a platform's approved baselines, its last gates, and the step of approving another."""

from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine import wcag
from accessibility.engine.baseline import Baseline, compare
from accessibility.ledger.audits import queries as audits
from accessibility.ledger.baselines import actions, queries
from accessibility.ledger.gates import queries as gates
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from api import accessibility_words as words
from api.dependencies import LARGEST_ID, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Keeper, Reader, keeps
from api.paging import WantedPage
from api.rendering import redirect, render
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import queries as people

router = page_router()
PLATFORM = "/accessibility/platforms/{slug}"
LIST = f"{PLATFORM}/baselines"
APPROVE = f"{PLATFORM}/approve"
GATES_SHOWN = 10


class Approval(BaseModel):
    """What is approved, and against which baseline it was compared."""

    audit: int | None = Field(None, ge=1, le=LARGEST_ID)
    gate: int | None = Field(None, ge=1, le=LARGEST_ID)
    previous: int = Field(ge=0, le=LARGEST_ID)
    note: str = Field("", max_length=actions.NOTE_LENGTH)

    labels: ClassVar = {"note": lazy("Note")}


@router.get(LIST)
def baselines(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The baseline that counts, those before it, and what could become the next one."""
    platform = platforms.get(session, slug)
    found, total = queries.history(session, platform.id, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/baselines.html",
        platform=platform,
        latest=queries.latest(session, platform.id),
        baselines=found,
        paging=paging.of(total),
        audit=queries.latest_audit(session, platform.id),
        gates=gates.gates_of(session, platform.id, limit=GATES_SHOWN),
        names=_names(session),
        words=words,
        keeps=keeps(person, slug),
    )


@router.get(f"{LIST}/{{number}}")
def one_baseline(request: Request, slug: str, number: int, _person: Reader, session: Reading) -> Response:
    """One baseline: who approved it, and what it changed."""
    platform = platforms.get(session, slug)
    if number > LARGEST_ID:
        raise NotFound(_("There is no such baseline."))
    baseline = queries.by_number(session, platform.id, number)
    return render(
        request,
        "accessibility/baseline.html",
        platform=platform,
        baseline=baseline,
        changes=compare(queries.before(session, baseline), queries.content(baseline)),
        names=_names(session),
        **_shown(),
    )


@router.get(APPROVE)
def ask_approve(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """What would change, before it does: `?audit=NUMBER` or `?gate=ID` says what is to be approved."""
    platform = platforms.get(session, slug)
    given = {name: request.query_params.get(name, "") for name in ("audit", "gate")}
    return _approve_page(request, session, platform, Entered(start=given))


@router.post(APPROVE)
def approve(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """The next baseline counts."""
    platform = platforms.get(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _approve_page(request, session, platform, entered)):
        given = entered.check(Approval)
        source, number, seen = _candidate(session, platform, entered)
        actions.approve(
            session,
            platform.id,
            seen,
            source=source,
            source_number=number,
            person_id=person.id,
            actor=actor(person),
            note=given.note,
            previous=given.previous,
        )
    return redirect(request, LIST.format(slug=slug), Flash(_("Approved. Gates are judged against it from now on.")))


def _approve_page(request: Request, session: Session, platform: Platform, entered: Entered) -> Response:
    source, number, seen = _candidate(session, platform, entered)
    latest = queries.latest(session, platform.id)
    before = queries.content(latest) if latest else None
    return render(
        request,
        "accessibility/approve.html",
        platform=platform,
        entered=entered,
        source=source,
        source_number=number,
        latest=latest,
        seen=seen,
        changes=compare(before, actions.with_exceptions(seen, before)),
        **_shown(),
    )


def _candidate(session: Session, platform: Platform, entered: Entered) -> tuple[str, int, Baseline]:
    """What is to be approved: of which kind, its number, and what it saw. Raises `NotFound`, `Conflict`."""
    if gate := _number(entered.value("gate")):
        return actions.GATE, gate, queries.of_gate(gates.of_platform(session, platform.id, gate))
    if audit := _number(entered.value("audit")):
        return actions.AUDIT, audit, queries.of_audit(session, audits.audit_by_number(session, platform.id, audit))
    raise NotFound(_("There is no such audit."))


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) else 0
    return number if number <= LARGEST_ID else 0


def _names(session: Session) -> dict[int, str]:
    return {one.id: one.name for one in people.people(session)}


def _shown() -> dict[str, Any]:
    return {"words": words, "criterion": wcag.title}
