"""Add a platform, and change its settings."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms import actions, queries, recipes, saved_states
from accessibility.ledger.platforms.models import Platform
from api import accessibility_words as words
from api.dependencies import Reading, Writing, actor, may
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router, platform_form, platform_roles
from api.pages.access import Founder, Keeper, visible
from api.pages.platforms import LIST
from api.rendering import redirect, render
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.people import queries as people
from core.people.access import EVERY, Platforms
from core.people.models import Person

router = page_router()
ADD = "/accessibility/add-platform"
LONGEST = 500  # characters of the message after saving, which travels in a cookie
EXAMPLE = PlatformSettings(slug="new", name="new", base=("https://example.org/",))


@router.get(ADD)
def new_platform(request: Request, person: Founder, session: Reading) -> Response:
    """An empty form with the usual settings."""
    start = platform_form.start(EXAMPLE) | {"slug": "", "name": "", "base": "", "owner": person.email}
    return _page(request, session, person, Entered(start=start), None)


@router.post(ADD)
def add_platform(request: Request, person: Founder, session: Writing, posted: Posted) -> Response:
    """Add a platform."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, person, entered, None)):
        settings, notes = _checked(session, entered, person, None, actions.NEW)
    added = _("%(name)s is added. Audit it now, or wait for its first night.", name=settings.name)
    return redirect(request, f"{LIST}/{settings.slug}", _told(added, notes))


@router.get(f"{LIST}/{{slug}}/edit")
def edit_platform(request: Request, slug: str, person: Keeper, session: Reading) -> Response:
    """The settings as they are, without secrets."""
    platform = queries.get(session, slug)
    start = platform_form.start(recipes.settings_without_secrets(platform)) | {"version": str(platform.version)}
    return _page(request, session, person, Entered(start=start), platform)


@router.post(f"{LIST}/{{slug}}/edit")
def change_platform(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save the settings; audits that wait or run keep those with which they were asked for."""
    entered = Entered(posted)
    platform = queries.get(session, slug)
    with entered.shown_again(lambda: _page(request, session, person, entered, platform)):
        settings, notes = _checked(
            session, entered, person, recipes.settings_without_secrets(platform), entered.version()
        )
    saved = _("The settings of %(name)s are saved.", name=settings.name)
    return redirect(request, f"{LIST}/{slug}", _told(saved, notes))


def _checked(
    session: Session, entered: Entered, person: Person, before: PlatformSettings | None, version: int
) -> tuple[PlatformSettings, list[str]]:
    """The settings, which are saved, and what is to be told of the saved states in them."""
    admin = may(person)
    settings, notes = saved_states.trimmed(platform_form.settings_of(entered, before, admin=admin))
    try:
        actions.save(session, settings, actor(person), admin=admin, version=version)
    except InvalidInput as error:
        raise platform_form.place_of(error, entered) from error
    return settings, notes


def _told(done: str, notes: list[str]) -> Flash:
    """What was done, and what is to be known of it: as much as a message holds."""
    text = " ".join((done, *notes))
    return Flash(text if len(text) <= LONGEST else f"{text[:LONGEST]} …")


def _page(request: Request, session: Session, person: Person, entered: Entered, platform: Platform | None) -> Response:
    if entered.errors:
        platform_roles.ask_for_files_again(entered)
    above = [(_("Platforms"), LIST)]
    back = f"{LIST}/{platform.slug}" if platform else LIST
    if platform:
        above.append((platform.name, back))
    return render(
        request,
        "accessibility/platform_form.html",
        title=_("Settings of %(name)s", name=platform.name) if platform else _("Add a platform"),
        above=above,
        action=f"{back}/edit" if platform else ADD,
        back=back,
        entered=entered,
        version=entered.value("version"),
        platform=platform,
        before=recipes.settings_without_secrets(platform) if platform else None,
        owners=_owners(session, entered.value("owner"), frozenset({platform.slug}) if platform else EVERY),
        models=_models(session, person, platform),
        admin=may(person),
        role_numbers=platform_roles.numbers(entered),
        role_fields=platform_roles.field_numbers,
        role_headers=platform_roles.header_numbers,
        is_new_role=platform_roles.is_new,
        words=words,
    )


def _owners(session: Session, present: str, among: Platforms) -> list[tuple[str, str]]:
    """Everybody who may see the platform, and the present owner even if they no longer may."""
    offered = [("", _("Nobody"))] + [(one.email, one.name) for one in people.people_who_read(session, among)]
    return offered if present in dict(offered) else [*offered, (present, present)]


def _models(session: Session, person: Person, platform: Platform | None) -> list[tuple[str, str]]:
    """The platforms that this one may be made from, as far as the person may see them."""
    seen = queries.platforms(session, visible(person))
    others = [one for one in seen if platform is None or one.id != platform.id]
    return [("", _("None")), *((one.slug, one.name) for one in others)]
