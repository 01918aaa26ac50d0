"""Login recipes and their secret values, taken apart for storing and put together for a run.

Settings whose secret values are empty are what pages, API and trail see. `values` and `fill` know where a recipe keeps
its secrets; nothing else does.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import SecretStr

from accessibility.engine.login_recipe import BasicLogin, HeaderLogin, Login, StateLogin
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.ledger.platforms.models import Platform
from core import secrets

PASSWORD = "password"  # noqa: S105  # the name of a value, not a value
STATE = "state"


def values(login: Login) -> dict[str, str]:
    """The secret values of a recipe by name, in the order in which they are filled in."""
    if isinstance(login, BasicLogin):
        return {PASSWORD: login.password.get_secret_value()}
    if isinstance(login, StateLogin):
        return {STATE: login.state.get_secret_value()}
    several = login.headers if isinstance(login, HeaderLogin) else login.fields
    return {name: value.get_secret_value() for name, value in several.items()}


def fill(settings: PlatformSettings, by_role: Mapping[str, Mapping[str, str]]) -> PlatformSettings:
    """The settings with these secret values (role name → value name → value); what is not given becomes empty."""
    roles = tuple(
        role.model_copy(update={"login": _filled(role.login, by_role.get(role.name, {}))}) for role in settings.roles
    )
    return settings.model_copy(update={"roles": roles})


def _filled(login: Login, given: Mapping[str, str]) -> Login:
    if isinstance(login, BasicLogin):
        return login.model_copy(update={PASSWORD: SecretStr(given.get(PASSWORD, ""))})
    if isinstance(login, StateLogin):
        return login.model_copy(update={STATE: SecretStr(given.get(STATE, ""))})
    if isinstance(login, HeaderLogin):
        return login.model_copy(update={"headers": _several(login.headers, given)})
    return login.model_copy(update={"fields": _several(login.fields, given)})


def _several(names: Iterable[str], given: Mapping[str, str]) -> dict[str, SecretStr]:
    there = list(names)
    ordered = [name for name in given if name in there] + [name for name in there if name not in given]
    return {name: SecretStr(given.get(name, "")) for name in ordered}


def without_secrets(settings: PlatformSettings) -> PlatformSettings:
    """The settings with every secret value empty."""
    return fill(settings, {})


def encrypted(role: Role) -> bytes:
    """The role's secret values as they are stored."""
    return secrets.encrypt(json.dumps(values(role.login)).encode())


def settings_without_secrets(platform: Platform) -> PlatformSettings:
    """A stored platform's settings with empty secrets: for pages, the API, and the record of an audit."""
    roles = [{"name": role.name, "login": role.recipe} for role in platform.roles]
    return PlatformSettings.model_validate({**platform.settings, "roles": roles})


def as_recorded(platform: Platform) -> dict[str, Any]:
    """A stored platform's settings for the record of an audit: without secrets, and without its owner's address."""
    recorded: dict[str, Any] = settings_without_secrets(platform).model_dump(mode="json") | {"owner": ""}
    return recorded


def settings_with_secrets(platform: Platform, settings: PlatformSettings | None = None) -> PlatformSettings:
    """Settings that can log in: those of the platform, or those given (an audit's) with the platform's secrets.

    Raises `Unavailable` when the key that encrypted the secrets is not the one of this process.
    """
    stored = {role.name: json.loads(secrets.decrypt(role.secrets)) for role in platform.roles}
    return fill(settings or settings_without_secrets(platform), stored)
