"""The keys that people and machines carry: sessions and API tokens, made and ended. Only their hashes are stored."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import clock, trail
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.people import access, queries, rules
from core.people.models import ApiToken, Person, SignIn
from core.secrets import key_hash, new_key

TOKEN_PREFIX = "campus_"  # noqa: S105  (lets scanners of leaked secrets recognise ours)
HINT_LENGTH = 12


def start_sign_in(session: Session, person_id: int, user_agent: str, hours: int, *, by_oidc: bool = False) -> str:
    """Open a session of `hours` for a person who has proven who they are. Returns its key, which is nowhere stored."""
    plain, hashed = new_key()
    now = clock.now()
    started = SignIn(
        key_hash=hashed,
        person_id=person_id,
        created_at=now,
        expires_at=now + timedelta(hours=hours),
        user_agent=user_agent.replace("\x00", "")[:200],
        by_oidc=by_oidc,
    )
    session.add(started)
    session.flush()
    after: dict[str, object] = {"person": person_id} | ({"by": "oidc"} if by_oidc else {})
    trail.record(session, f"person:{person_id}", "sign_in.start", "sign_in", started.id, after=after)
    return plain


def end_sign_in(session: Session, key: str) -> SignIn | None:
    """Sign out; which session that was. An unknown key is no error: whoever carries it is signed out already."""
    sign_in = session.scalar(sa.select(SignIn).where(SignIn.key_hash == key_hash(key)))
    if sign_in is not None:
        _end(session, f"person:{sign_in.person_id}", [sign_in])
    return sign_in


def revoke_sign_in(session: Session, actor: str, person_id: int, sign_in_id: int) -> None:
    """End one session of a person. Raises `NotFound` when it is not theirs."""
    _end(session, actor, [queries.sign_in_of(session, person_id, sign_in_id)])


def end_every_sign_in(session: Session, actor: str, person_id: int, *, keep: int | None = None) -> int:
    """End all sessions of a person except that of the number `keep`. Returns how many were open."""
    ended = [one for one in queries.sign_ins(session, person_id, clock.now()) if one.id != keep]
    _end(session, actor, ended)
    return len(ended)


def _end(session: Session, actor: str, sign_ins: Iterable[SignIn]) -> None:
    for sign_in in sign_ins:
        if sign_in.revoked_at is None:
            sign_in.revoked_at = clock.now()
            trail.record(session, actor, "sign_in.end", "sign_in", sign_in.id, after={"person": sign_in.person_id})


def create_token(
    session: Session,
    actor: str,
    person_id: int,
    *,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime,
    platform_slug: str | None = None,
) -> tuple[str, ApiToken]:
    """A token of a person for machines. Returns its key, to be shown once, and the row.

    Raises `InvalidInput` for a wrong name, scope or expiry, `NotAllowed` for more than the person may do.
    """
    person = queries.person(session, person_id)
    if not person.active:
        raise InvalidInput(_("is not active"), place="person")
    plain, hashed = new_key(TOKEN_PREFIX)
    token = ApiToken(
        key_hash=hashed,
        hint=plain[:HINT_LENGTH],
        name=rules.checked_name(name),
        person_id=person.id,
        scopes=rules.checked_scopes(scopes, _held(person, platform_slug), platform_slug),
        platform_slug=platform_slug,
        created_at=clock.now(),
        expires_at=rules.checked_expiry(expires_at, clock.now()),
    )
    session.add(token)
    session.flush()
    after = {"person": person.id, "scopes": token.scopes, "platform": platform_slug, "expires": expires_at.isoformat()}
    trail.record(session, actor, "token.create", "token", token.id, after=after)
    return plain, token


def _held(person: Person, platform_slug: str | None) -> frozenset[str]:
    return rules.rights(access.roles_on(person, platform_slug)) if platform_slug else access.of_person(person).scopes()


def revoke_token(session: Session, actor: str, token_id: int) -> None:
    """End a token at once. Raises `NotFound`."""
    token = queries.token(session, token_id)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        trail.record(session, actor, "token.revoke", "token", token.id, after={"person": token.person_id})


def revoke_every_token(session: Session, actor: str, person_id: int) -> None:
    """End all tokens of a person."""
    for token in queries.tokens(session, person_id):
        revoke_token(session, actor, token.id)


def note_use(session: Session, token_id: int) -> None:
    """Remember that the token was used now; call it when `rules.use_is_worth_noting`."""
    session.execute(sa.update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=clock.now()))


def forget_sign_ins(session: Session, before: datetime) -> int:
    """Delete the sessions that ended before the instant, by time or by hand; how many. The trail keeps what it said."""
    ended = sa.or_(SignIn.expires_at < before, SignIn.revoked_at < before)
    return len(session.scalars(sa.delete(SignIn).where(ended).returning(SignIn.id)).all())
