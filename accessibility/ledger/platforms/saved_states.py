"""Saved states of browsers as they are given: what is kept of them, and what the giver is told."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import SecretStr

from accessibility.engine import saved_state
from accessibility.engine.login_recipe import StateLogin
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.engine.saved_state import SavedState
from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_NAMED = 5  # other hosts, in a sentence


def trimmed(settings: PlatformSettings) -> tuple[PlatformSettings, list[str]]:
    """The settings with what belongs to the platform's own hosts alone, and sentences on what that left out."""
    kept, notes = {}, []
    for role, own, others in _given(settings):
        kept[role.name] = own
        if others:
            names = ", ".join(others[:MOST_NAMED]) + (" …" if others[MOST_NAMED:] else "")
            notes.append(_("Left out of the saved state of “%(role)s”: %(hosts)s.", role=role.name, hosts=names))
        if end := saved_state.ran_out(own, clock.now()):
            day = f"{end:%Y-%m-%d}"
            notes.append(
                _("The saved state of “%(role)s” has cookies that ran out on %(day)s.", role=role.name, day=day)
            )
        if end := saved_state.runs_out(own, clock.now()):
            day = f"{end:%Y-%m-%d}"
            notes.append(_("The saved state of “%(role)s” runs out on %(day)s at the latest.", role=role.name, day=day))
    roles = tuple(_with_state(role, kept[role.name]) if role.name in kept else role for role in settings.roles)
    return settings.model_copy(update={"roles": roles}), notes


def check(settings: PlatformSettings) -> None:
    """Raise `InvalidInput` for a saved state that holds something of other hosts, or logs nobody in any more."""
    for role, own, others in _given(settings):
        place = f"roles.{role.name}.state"
        if others:
            raise InvalidInput(
                _("holds something of other hosts: %(hosts)s; leave it out", hosts=", ".join(others)), place=place
            )
        if saved_state.is_useless(own, clock.now()):
            raise InvalidInput(_useless(saved_state.ran_out(own, clock.now())), place=place)


def _useless(end: datetime | None) -> str:
    if end is None:
        return _("holds nothing of the platform's own hosts")
    return _("has run out on %(day)s: save a new one", day=f"{end:%Y-%m-%d}")


def _given(settings: PlatformSettings) -> Iterator[tuple[Role, SavedState, list[str]]]:
    """Roles with a saved state that is not left as it was: what of it is the platform's, and the other hosts in it."""
    for role in settings.roles:
        if isinstance(role.login, StateLogin) and role.login.state.get_secret_value():
            state = saved_state.stored(role.login.state.get_secret_value())
            yield role, *saved_state.own_part(state, settings.own_hosts(role.login))


def _with_state(role: Role, state: SavedState) -> Role:
    return role.model_copy(update={"login": role.login.model_copy(update={"state": SecretStr(state.as_text())})})
