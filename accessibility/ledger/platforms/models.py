"""Tables of platforms and their roles. Secrets stand encrypted in a column of their own and nowhere else."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base


class Platform(Base):
    """A platform to audit. `settings` is `PlatformSettings` as JSON without its roles."""

    __tablename__ = "platform"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    settings: Mapped[dict[str, Any]]
    active: Mapped[bool] = mapped_column(default=True)
    scheduled_since: Mapped[datetime]  # nights planned before it, under another schedule or none, were not missed
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    roles: Mapped[list["PlatformRole"]] = relationship(
        cascade="all, delete-orphan", order_by="PlatformRole.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}


class PlatformRole(Base):
    """A role's login recipe; `secrets` is a JSON object of the recipe's secret values, encrypted."""

    __tablename__ = "platform_role"
    __table_args__ = (sa.UniqueConstraint("platform_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(40))
    recipe: Mapped[dict[str, Any]]
    secrets: Mapped[bytes]
