"""Who calls the REST interface: a machine with a token, or a browser whose person is signed in (for GET only).

@router.get("/platforms/{slug}")
def one(slug: str, caller: Annotated[Caller, require_scope(rules.READ)], session: Reading) -> ...:
    caller.must_reach(slug)
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from api import dependencies
from core import clock
from core.errors import NotAllowed, NotFound
from core.i18n import gettext as _
from core.people import keys, queries, rules
from core.people.models import ApiToken, Person


@dataclass(frozen=True)
class Caller:
    """A person, by their token or their browser. `token` is None for a browser."""

    person: Person
    token: ApiToken | None = None

    @property
    def actor(self) -> str:
        """How the trail names this caller."""
        return f"token:{self.token.id}" if self.token else dependencies.actor(self.person)

    @property
    def rights(self) -> frozenset[str]:
        """The scopes this caller has now: a token never has more than its person."""
        held = rules.rights(self.person.roles)
        return rules.token_rights(self.token.scopes, self.person.roles) if self.token else held

    @property
    def platform(self) -> str | None:
        """The only platform that this caller may reach; None for all. Lists must be narrowed to it."""
        return self.token.platform_slug if self.token else None

    def must_reach(self, platform_slug: str) -> None:
        """Refuse another platform than the token's own, as if it did not exist."""
        if self.platform is not None and self.platform != platform_slug:
            raise NotFound(_("There is no such platform."))


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


def require_scope(scope: str, *, whole_service: bool = False) -> Any:
    """The caller, who must have this scope. `whole_service` refuses tokens that are limited to one platform."""

    def with_scope(found: Annotated[Caller, Depends(caller)]) -> Caller:
        if scope not in found.rights:
            raise NotAllowed(_("This needs the scope %(scope)s.", scope=scope))
        if whole_service and found.platform is not None:
            raise NotAllowed(_("This token is limited to one platform."))
        return found

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
