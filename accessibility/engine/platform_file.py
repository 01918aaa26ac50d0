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

Secrets stand in the environment and never in the file, which is made to be committed. The same goes for `headers`, a
table of a login of the kind "header". A login of the kind "state" names a file of its own beside this one
(`state = "student.json"`), or a variable that holds its text.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from accessibility.engine import saved_state
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
        if isinstance(value, str) and value.startswith(ENV):
            holder[name] = _variable(value.removeprefix(ENV), environment, place)
        elif isinstance(value, str) and name == "state" and holder.get("kind") == "state":
            holder[name] = _state_file(path.parent / value, place)
        elif name != "username":  # of HTTP basic: no secret, so it may be written out
            raise InvalidInput('a secret does not stand in the file: write "env:NAME" and set NAME', place=place)


def _variable(name: str, environment: Mapping[str, str], place: str) -> str:
    if name not in environment:
        raise InvalidInput(f"the environment has no variable {name}", place=place)
    return environment[name]


def _state_file(file: Path, place: str) -> str:
    try:
        with file.open("rb") as source:
            content = source.read(saved_state.MOST_BYTES + 1)  # one more is found to be too much
        return content.decode("utf-8")
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "it is no text"
        raise InvalidInput(f"the saved state {file} cannot be read: {problem}", place=place) from None


def _secrets(given: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Where credentials can stand: the key as a person reads it, the table and the name in it."""
    roles = given.get("roles")
    for index, role in enumerate(roles if isinstance(roles, list) else ()):
        login = role.get("login") if isinstance(role, dict) else None
        if not isinstance(login, dict):
            continue
        where = f"roles[{index}].login"
        yield from ((f"{where}.{name}", login, name) for name in ("username", "password", "state") if name in login)
        for table in ("fields", "headers"):
            values = login.get(table)
            if isinstance(values, dict):
                yield from ((f"{where}.{table}.{name}", values, name) for name in values)


def _in_words(error: ValidationError) -> str:
    """One line per fault. The values that were given stay out: one could be a secret."""
    return "\n  ".join(f"{_key(fault['loc'])}: {_message(fault['type'], fault['msg'])}" for fault in error.errors())


def _key(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "file"


def _message(kind: str, message: str) -> str:
    known = {"extra_forbidden": "there is no such setting", "missing": "is missing"}
    return known.get(kind, message.removeprefix("Value error, "))
