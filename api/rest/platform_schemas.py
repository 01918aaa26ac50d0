"""Platforms as JSON. Secrets go in and never come out: of a login recipe only the names of its fields are told.

What is answered can be sent back: a list of field names, or an empty value, means the secrets that are stored.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    SecretStr,
    ValidationError,
    create_model,
    field_serializer,
)

from accessibility.engine.login_recipe import BasicLogin, FormLogin, HeaderLogin, StateLogin
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from api.rest.given import Given

EXAMPLE: JsonValue = {
    "slug": "ecampus",
    "name": "eCampus",
    "base": ["https://ecampus.example.org/"],
    "exclude": ["/archive/"],
    "roles": [
        {
            "name": "student",
            "login": {
                "kind": "form",
                "address": "/login",
                "fields": {"username": "audit-student", "password": "…"},
                "sentinel": "[data-user]",
            },
        }
    ],
}


def _as_stored(fields: Any) -> Any:
    is_names = isinstance(fields, list) and all(isinstance(name, str) for name in fields)
    return dict.fromkeys(fields, "") if is_names else fields


class GivenForm(FormLogin):
    """Log in through a form. `fields`: name or CSS selector to value; names alone keep the stored values."""

    fields: Annotated[
        dict[str, SecretStr], BeforeValidator(_as_stored, json_schema_input_type=dict[str, SecretStr] | list[str])
    ] = Field(min_length=1)


class GivenBasic(BasicLogin):
    """HTTP basic authentication. Without a password the stored one stays."""

    password: SecretStr = SecretStr("")


class GivenHeader(HeaderLogin):
    """Headers on every request to the platform's own hosts; names alone keep the stored values."""

    headers: Annotated[
        dict[str, SecretStr], BeforeValidator(_as_stored, json_schema_input_type=dict[str, SecretStr] | list[str])
    ] = Field(min_length=1, max_length=10)


class GivenState(StateLogin):
    """A browser's saved state as JSON text. Without one the stored one stays."""

    state: SecretStr = SecretStr("")


class GivenRole(Role):
    """A named way to see the platform, with its login."""

    login: Annotated[GivenForm | GivenBasic | GivenHeader | GivenState, Field(discriminator="kind")]


class GivenSettings(Given, PlatformSettings):
    """All settings of a platform; what is left out has its default."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    roles: tuple[GivenRole, ...] = Field((), max_length=20)


def _none_needed() -> dict[str, Any]:
    fields = GivenSettings.model_fields.items()
    return {name: (one.annotation | None, Field(None, description=one.description)) for name, one in fields}  # type: ignore[operator]


if TYPE_CHECKING:

    class PlatformChange(Given):
        """Settings to change; what is left out stays."""
else:
    PlatformChange = create_model(
        "PlatformChange", __base__=Given, __doc__="Settings to change; what is left out stays.", **_none_needed()
    )


class ShownForm(FormLogin):
    """A login through a form; `fields` are the names alone."""

    @field_serializer("fields")
    def _names(self, fields: dict[str, SecretStr]) -> list[str]:
        return list(fields)


class ShownBasic(BasicLogin):
    """HTTP basic authentication, without the password."""

    password: SecretStr = Field(SecretStr(""), exclude=True)


class ShownHeader(HeaderLogin):
    """Headers on every request; `headers` are the names alone."""

    @field_serializer("headers")
    def _names(self, headers: dict[str, SecretStr]) -> list[str]:
        return list(headers)


class ShownState(StateLogin):
    """A browser's saved state, without what it holds."""

    state: SecretStr = Field(SecretStr(""), exclude=True)


class ShownRole(Role):
    """A named way to see the platform, without its secrets."""

    login: Annotated[ShownForm | ShownBasic | ShownHeader | ShownState, Field(discriminator="kind")]


class ShownSettings(PlatformSettings):
    """All settings of a platform without its secrets."""

    roles: tuple[ShownRole, ...] = ()


class PlatformOut(BaseModel):
    """A platform. Inactive ones are not audited by night."""

    slug: str
    name: str
    active: bool
    created_at: datetime
    version: int
    settings: ShownSettings


def shown(platform: Platform) -> PlatformOut:
    """The platform without its secrets, which are not even decrypted for it."""
    roles = [{"name": role.name, "login": role.recipe} for role in platform.roles]
    return PlatformOut(
        slug=platform.slug,
        name=platform.name,
        active=platform.active,
        created_at=platform.created_at,
        version=platform.version,
        settings=ShownSettings.model_validate({**platform.settings, "roles": roles}),
    )


def given_settings(given: GivenSettings) -> PlatformSettings:
    """The settings that were sent, as the ledger takes them."""
    return PlatformSettings.model_validate(given.model_dump())


def changed_settings(platform: Platform, change: PlatformChange) -> PlatformSettings:
    """The platform's settings with those of the change in place. Raises 422 when they do not fit together."""
    present = recipes.settings_without_secrets(platform).model_dump()
    try:
        return PlatformSettings.model_validate(present | change.model_dump(include=change.model_fields_set))
    except ValidationError as error:
        faults = [{"loc": ("body", *one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors()]
        raise RequestValidationError(faults) from None
