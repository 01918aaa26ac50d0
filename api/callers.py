"""Who calls the REST interface: a machine with a token, or a browser whose person is signed in (for GET only).

@router.get("/platforms/{slug}")
def one(slug: str, caller: Annotated[Caller, require_scope(rules.READ)], session: Reading) -> ...:
    caller.must_reach(slug)
"""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from api import dependencies
from core import clock
from core.errors import NotAllowed, NotFound
from core.i18n import gettext as _
from core.people import access, keys, queries, rules
from core.people.access import Access, Platforms
from core.people.models import ApiToken, Person


@dataclass(frozen=True)
class Caller:
    """A person, by their token or their browser. `token` is None for a browser; `needed` is the route's scope."""

    person: Person
    token: ApiToken | None = None
    needed: str = rules.READ

    @property
    def actor(self) -> str:
        """How the trail names this caller."""
        return f"token:{self.token.id}" if self.token else dependencies.actor(self.person)

    @property
    def access(self) -> Access:
        """What this caller may do now, and where."""
        return access.of_token(self.token, self.person) if self.token else access.of_person(self.person)

    @property
    def platform(self) -> str | None:
        """The platform that the caller's token is limited to, if any."""
        return self.token.platform_slug if self.token else None

    @property
    def platforms(self) -> Platforms:
        """The platforms on which this caller may use the route; None for all. Lists must be narrowed to them."""
        return self.access.platforms(self.needed)

    def must_reach(self, platform_slug: str, missing: str = "") -> None:
        """Refuse a platform that the caller may not know as if it did not exist (`NotFound`, in the words `missing`),
        and one on which the route's scope is not theirs (`NotAllowed`)."""
        if not self.access.knows(platform_slug):
            raise NotFound(missing or _("There is no such platform."))
        if not self.access.may(self.needed, platform_slug):
            raise NotAllowed(_("This needs the scope %(scope)s.", scope=self.needed))


def caller(request: Request) -> Caller:
    """Who calls. Raises 401 for nobody, `NotAllowed` for a browser that wants to change something."""
    kind, _space, key = request.headers.get("authorization", "").partition(" ")
    if kind:
        if kind.lower() != "bearer":
            raise _unknown(_("Send a token: Authorization: Bearer …"))
        return _by_token(request, key.strip())
    visitor = dependencies.visitor(request)
    if visitor is None:
        raise _unknown(_("Send a token: Authorization: Bearer …"))
    if request.method not in ("GET", "HEAD"):
        raise NotAllowed(_("Changes through this interface need a token."))
    if visitor.person.must_change_password:
        raise NotAllowed(_("Change the one-time password first."))
    return Caller(visitor.person)


def require_scope(*scopes: str, whole_service: bool = False) -> Any:
    """The caller, who must have one of these scopes somewhere; `must_reach` asks whether on a certain platform.

    `whole_service` refuses who has it on single platforms only.
    """

    def with_scope(found: Annotated[Caller, Depends(caller)]) -> Caller:
        if whole_service and found.platform is not None:
            raise NotAllowed(_("This token is limited to one platform."))
        may = found.access.may if whole_service else found.access.may_anywhere
        held = next(filter(may, scopes), None)
        if held is None:
            raise NotAllowed(_("This needs the scope %(scope)s.", scope=" / ".join(scopes)))
        return replace(found, needed=held)

    return Depends(with_scope)


def _by_token(request: Request, key: str) -> Caller:
    database = dependencies.database_of(request)
    with database.read() as session:
        found = queries.token_by_key(session, key, clock.now())
    if found is None:
        raise _unknown(_("This token is unknown, revoked or expired."))
    token, person = found
    request.state.by = f"token {token.id} of person {person.id}"  # for the log
    if rules.use_is_worth_noting(token.last_used_at, clock.now()):
        with database.write() as session:
            keys.note_use(session, token.id)
    return Caller(person, token)


def _unknown(detail: str) -> HTTPException:
    return HTTPException(401, detail, {"WWW-Authenticate": "Bearer"})
