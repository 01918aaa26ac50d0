"""Who I am, and the people of the service."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.given import Given
from api.rest.lists import Slug
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.reach import platform_of
from core.people import actions, grants, passwords, queries, rules
from core.people.models import Person

router = rest_router("people")

Role = Literal["viewer", "facilities", "quality", "accessibility", "admin"]
PlatformRole = Literal["viewer", "accessibility"]
Administrator = Annotated[Caller, require_scope(rules.ADMIN, whole_service=True)]


class GrantOut(BaseModel):
    """A role on one platform only."""

    model_config = ConfigDict(from_attributes=True)

    platform: str = Field(validation_alias="platform_slug")
    role: PlatformRole


class PersonOut(BaseModel):
    """A person as others see them. `roles` count on every platform, `grants` on single ones beside them."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    name: str
    roles: list[str]
    language: str
    active: bool
    grants: list[GrantOut]
    created_at: datetime
    version: int


class NewPerson(Given):
    """A person to add."""

    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    roles: list[Role]


class AddedPerson(PersonOut):
    """A person just added, with the password for their first sign-in, which is told only here."""

    one_time_password: str


class PersonChange(Given):
    """What to change; what is left out stays."""

    name: str | None = Field(None, max_length=120)
    roles: list[Role] | None = None
    active: bool | None = None


class Me(BaseModel):
    """Whose token or session this is, and what it may do. `platform`: the one that the token is limited to.

    `platforms` are those that the caller may read; null for every platform.
    """

    person: PersonOut
    scopes: list[str]
    platform: str | None
    platforms: list[str] | None


@router.get("/me")
def me(caller: Annotated[Caller, require_scope(rules.READ)]) -> Me:
    """The caller."""
    held, readable = caller.access.scopes(), caller.platforms
    return Me(
        person=PersonOut.model_validate(caller.person),
        scopes=[scope for scope in rules.SCOPES if scope in held],
        platform=caller.platform,
        platforms=None if readable is None else sorted(readable),
    )


@router.get("/people")
def people(_caller: Administrator, session: Reading, part: WantedPart, response: Response) -> list[PersonOut]:
    """Everybody, by name."""
    everybody = queries.people(session)
    response.headers["Link"] = part.of(len(everybody)).link_header()
    return [PersonOut.model_validate(one) for one in everybody[part.offset : part.offset + part.size]]


@router.post("/people", status_code=201)
def add_person(new: NewPerson, caller: Administrator, session: Writing, response: Response) -> AddedPerson:
    """Add a person, who gets a one-time password."""
    password = passwords.one_time()
    hashed = passwords.hash_new(password, new.email)
    person = actions.create_person(session, caller.actor, **new.model_dump(), password_hash=hashed)
    response.headers["Location"] = f"/api/v1/people/{person.id}"
    response.headers["ETag"] = etag(person.version)
    return AddedPerson(**_shown(person).model_dump(), one_time_password=password)


@router.get("/people/{person_id}")
def person(person_id: Id, _caller: Administrator, session: Reading, response: Response) -> PersonOut:
    """One person."""
    found = queries.person(session, person_id)
    response.headers["ETag"] = etag(found.version)
    return _shown(found)


@router.patch("/people/{person_id}")
def change_person(
    person_id: Id,
    change: PersonChange,
    caller: Administrator,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PersonOut:
    """Change a person. Who becomes inactive is signed out everywhere, and their tokens end."""
    must_be(queries.person(session, person_id).version, version)
    changed = actions.change_person(session, caller.actor, person_id, version, **change.model_dump())
    session.flush()
    response.headers["ETag"] = etag(changed.version)
    return _shown(changed)


@router.put("/people/{person_id}/grants/{slug}/{role}", status_code=204)
def grant_role(person_id: Id, slug: Slug, role: PlatformRole, caller: Administrator, session: Writing) -> None:
    """Give a person a role on one platform. Nothing changes when they have it."""
    grants.grant(session, caller.actor, person_id, role, platform_of(session, caller, slug).slug)


@router.delete("/people/{person_id}/grants/{slug}/{role}", status_code=204)
def revoke_role(person_id: Id, slug: Slug, role: PlatformRole, caller: Administrator, session: Writing) -> None:
    """Take a role on one platform away, from the person's next request on. 404 when they have no such role there."""
    grants.revoke(session, caller.actor, person_id, role, slug)


def _shown(person: Person) -> PersonOut:
    return PersonOut.model_validate(person)
