"""Platforms: the list, one platform at a glance, audit now, pause and resume."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.audit import engines
from accessibility.engine.checks.rule import Profile
from accessibility.ledger.audits import actions as audit_actions
from accessibility.ledger.audits import nights
from accessibility.ledger.audits import queries as audits
from accessibility.ledger.platforms import actions, queries, recipes
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.ticket_list import waiting_by_impact
from api import accessibility_words as words
from api.dependencies import Reading, Writing, actor, may
from api.flash import Flash, Undo
from api.pages import page_router
from api.pages.access import Keeper, Reader, keeps, sees_all, visible
from api.pages.audits import address_of
from api.pages.plans import next_planned
from api.pages.score_series import shown_series
from api.paging import WantedPage
from api.rendering import redirect, render
from core import clock
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
LIST = "/accessibility/platforms"
ONE = f"{LIST}/{{slug}}"
NIGHTS_SHOWN = 30


@router.get(LIST)
def platforms(request: Request, person: Reader, session: Reading) -> Response:
    """Every platform, those that are paused last."""
    everything = sorted(queries.platforms(session, visible(person)), key=lambda one: not one.active)
    now = clock.now()
    return render(
        request,
        "accessibility/platforms.html",
        platforms=everything,
        latest={night.platform.id: night for night in nights.nights(session, visible(person))},
        waiting=waiting_by_impact(session),
        planned={one.id: next_planned(one, now) for one in everything},
        words=words,
        keeps=keeps(person),
    )


@router.get(ONE)
def one_platform(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """One platform: its audits, its score, what waits for repair, how it is set up."""
    platform = queries.get(session, slug)
    found, total = audits.audits_of(session, platform.id, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/platform.html",
        platform=platform,
        settings=recipes.settings_without_secrets(platform),
        audits=found,
        paging=paging.of(total),
        running=next((audit for audit in found if audit.state in audit_actions.UNFINISHED), None),
        waiting=waiting_by_impact(session).get(platform.id, {}),
        series=shown_series(audits.series(session, platform.id, NIGHTS_SHOWN)),
        planned=next_planned(platform, clock.now()),
        words=words,
        keeps=keeps(person, slug),
        admin=may(person),
        sees_all=sees_all(person),
    )


@router.post(f"{ONE}/audit")
def audit_now(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """Queue an audit by hand, with the checks of every night."""
    return _ask(request, slug, person, session, Profile.STANDARD)


@router.post(f"{ONE}/audit/deep")
def deep_audit_now(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """The same with all checks."""
    return _ask(request, slug, person, session, Profile.DEEP)


def _ask(request: Request, slug: str, person: Person, session: Session, profile: Profile) -> Response:
    platform = queries.get(session, slug)
    recorded, by_hand = recipes.as_recorded(platform), audit_actions.BY_HAND
    audit = audit_actions.request_audit(session, platform.id, by_hand, person.id, recorded, engines(), profile=profile)
    return redirect(request, address_of(slug, audit.number), Flash(_("The audit waits for its turn."), "info"))


@router.get(f"{ONE}/pause")
def ask_pause(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """Ask before nights end."""
    platform = queries.get(session, slug)
    return render(
        request,
        "confirm.html",
        title=_("Pause %(name)s?", name=platform.name),
        consequences=[
            _("It is no longer audited at night, and leaves the page “last night”."),
            _("Its tickets and its history stay. You can resume it at any time."),
        ],
        button=_("Pause"),
        kind="",
        action=f"{LIST}/{slug}/pause",
        back=f"{LIST}/{slug}",
    )


@router.post(f"{ONE}/pause")
def pause(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """No more nights."""
    platform = _switched(session, slug, actor(person), active=False)
    undo = Undo(f"{LIST}/{slug}/resume", _("Resume"))
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is paused.", name=platform.name), undo=undo))


@router.post(f"{ONE}/resume")
def resume(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """Nights again."""
    platform = _switched(session, slug, actor(person), active=True)
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is audited again.", name=platform.name)))


def _switched(session: Session, slug: str, who: str, *, active: bool) -> Platform:
    platform = queries.get(session, slug)
    (actions.activate if active else actions.deactivate)(session, platform, who)
    return platform
