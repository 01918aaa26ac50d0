"""A platform described in a TOML file.

It has the keys of `PlatformSettings`. A role with its login is written

    [[roles]]
    name = "student"
    [roles.login]
    kind = "form"
    address = "/login"
    sentinel = "[data-user]"
    [roles.login.fields]
    username = "env:CAMPUS_DEMO_USER"
    password = "env:CAMPUS_DEMO_PASSWORD"

Secrets stand in the environment and never in the file, which is made to be committed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from accessibility.engine.platform import PlatformSettings
from core.errors import InvalidInput

ENV = "env:"


def read_platform_file(path: Path, environment: Mapping[str, str]) -> PlatformSettings:
    """Raises `InvalidInput`, naming file and key, for anything that is wrong in it or missing in the environment."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", place=str(path)) from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"is not TOML: {error}", place=str(path)) from None
    _fill_in_secrets(given, path, environment)
    try:
        return PlatformSettings.model_validate(given)
    except ValidationError as error:
        raise InvalidInput(_in_words(error), place=str(path)) from None


def _fill_in_secrets(given: dict[str, Any], path: Path, environment: Mapping[str, str]) -> None:
    for key, holder, name in _secrets(given):
        place = f"{path}: {key}"
        value = holder[name]
        if not isinstance(value, str) or not value.startswith(ENV):
            if name == "username":  # of HTTP basic: no secret, so it may be written out
                continue
            raise InvalidInput('a secret does not stand in the file: write "env:NAME" and set NAME', place=place)
        variable = value.removeprefix(ENV)
        if variable not in environment:
            raise InvalidInput(f"the environment has no variable {variable}", place=place)
        holder[name] = environment[variable]


def _secrets(given: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Where credentials can stand: the key as a person reads it, the table and the name in it."""
    roles = given.get("roles")
    for index, role in enumerate(roles if isinstance(roles, list) else ()):
        login = role.get("login") if isinstance(role, dict) else None
        if not isinstance(login, dict):
            continue
        where = f"roles[{index}].login"
        yield from ((f"{where}.{name}", login, name) for name in ("username", "password") if name in login)
        fields = login.get("fields")
        if isinstance(fields, dict):
            yield from ((f"{where}.fields.{name}", fields, name) for name in fields)


def _in_words(error: ValidationError) -> str:
    """One line per fault. The values that were given stay out: one could be a secret."""
    return "\n  ".join(f"{_key(fault['loc'])}: {_message(fault['type'], fault['msg'])}" for fault in error.errors())


def _key(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "file"


def _message(kind: str, message: str) -> str:
    known = {"extra_forbidden": "there is no such setting", "missing": "is missing"}
    return known.get(kind, message.removeprefix("Value error, "))
