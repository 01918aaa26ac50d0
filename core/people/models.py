"""Tables of people and their keys to the service."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base


class Person(Base):
    """Somebody who signs in. `roles` holds any of viewer, facilities, quality, accessibility, admin: what they may do
    everywhere. `grants` are roles on single platforms beside them."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(sa.String(120))
    password_hash: Mapped[str] = mapped_column(sa.Text)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[list[str]]
    language: Mapped[str] = mapped_column(sa.String(5), default="")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    grants: Mapped[list["PlatformGrant"]] = relationship(
        cascade="all, delete-orphan", order_by="PlatformGrant.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}


class PlatformGrant(Base):
    """A role that a person has on one platform only. core knows no platforms, only their names."""

    __tablename__ = "platform_grant"
    __table_args__ = (sa.UniqueConstraint("person_id", "platform_slug", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    platform_slug: Mapped[str] = mapped_column(sa.String(64), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    created_at: Mapped[datetime]


class SignIn(Base):
    """A server-side session; only the hash of its key is stored. Deleting or revoking the row ends it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(sa.String(200), default="")
    by_oidc: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class PersonIdentity(Base):
    """With which identity of an OpenID provider a person signs in; of each provider at most one."""

    __tablename__ = "person_identity"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"), sa.UniqueConstraint("person_id", "issuer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    issuer: Mapped[str] = mapped_column(sa.String(500))
    subject: Mapped[str] = mapped_column(sa.String(255))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]


class PendingSignIn(Base):
    """A sign-in begun at the provider and not ended: for one browser, once, for ten minutes."""

    __tablename__ = "pending_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state_hash: Mapped[str] = mapped_column(sa.String(64))
    nonce: Mapped[str] = mapped_column(sa.String(64))
    verifier: Mapped[str] = mapped_column(sa.String(64))
    next_path: Mapped[str] = mapped_column(sa.Text)
    attempt_id: Mapped[int]  # in the throttle
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LoginAttempt(Base):
    """A failed login, for the throttle; old rows are deleted by the throttle itself."""

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(300), index=True)  # "email:…" or "address:…", hashed
    at: Mapped[datetime]


class ApiToken(Base):
    """A token for machines; only its hash is stored. `platform_id` limits it to one platform."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hint: Mapped[str] = mapped_column(sa.String(12))  # its first characters, to tell tokens apart
    name: Mapped[str] = mapped_column(sa.String(120))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scopes: Mapped[list[str]]
    platform_slug: Mapped[str | None] = mapped_column(sa.String(64))  # core knows no platforms, only their names
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
