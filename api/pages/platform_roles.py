"""The logins in the form of a platform. Role n has the fields `role-n-…`; its secrets are written, never shown."""

from collections.abc import Sequence
from typing import Any

from accessibility.engine.login_recipe import BasicLogin
from accessibility.engine.platform import Role
from api.forms import Entered, Field
from core.i18n import lazy

FORM_FIELDS = 4  # of a login form: name and password, and what some sites ask besides
MOST = 20
WORDS = {
    "name": lazy("Enter a name of letters, digits, spaces and hyphens; “anonymous” is taken."),
    "address": lazy("Enter the address of the login form, such as /login."),
    "sentinel": lazy("Enter a CSS selector of something that only somebody logged in sees."),
    "fields": lazy("Enter the fields that the login form needs, such as username and password."),
    "username": lazy("Enter the user name."),
}


def start(roles: Sequence[Role]) -> dict[str, Field]:
    """Entries of the roles that there are, without their secrets."""
    entries: dict[str, Field] = {}
    for number, role in enumerate(roles):
        prefix, login = f"role-{number}-", role.login
        entries |= {f"{prefix}name": role.name, f"{prefix}kind": login.kind, f"{prefix}sentinel": login.sentinel}
        if isinstance(login, BasicLogin):
            entries[f"{prefix}username"] = login.username
            continue
        entries |= {f"{prefix}address": login.address, f"{prefix}submit": login.submit}
        entries |= {f"{prefix}field-{place}-name": name for place, name in enumerate(login.fields)}
    return entries


def numbers(entered: Entered) -> list[int]:
    """The numbers of the roles in the form, and of an empty one to add another."""
    used = [number for number in range(MOST) if _is_used(entered, number)]
    free = next((number for number in range(MOST) if number not in used), None)
    return used if free is None else sorted([*used, free])


def is_new(entered: Entered, number: int) -> bool:
    """Whether this is the empty one."""
    return not _is_used(entered, number)


def field_numbers(entered: Entered, number: int) -> list[int]:
    """The numbers of the login fields to show for a role: those used, and one more."""
    used = [place for place in range(MOST) if entered.value(f"role-{number}-field-{place}-name")]
    return list(range(max(2, min(MOST, max(used, default=-1) + 2))))


def given(entered: Entered) -> list[dict[str, Any]]:
    """The roles entered, as the settings want them; those marked to be removed are left out."""
    return [_role(entered, number) for number in _kept(entered)]


def field_at(entered: Entered, loc: Sequence[int | str]) -> str:
    """The field for a place in the settings, such as `(0, "login", "form", "address")`."""
    kept = _kept(entered)
    index = loc[0]
    if not isinstance(index, int) or index >= len(kept):
        return f"role-{kept[0]}-name" if kept else "anonymous"
    names = [str(part) for part in loc[1:] if part not in ("login", "form", "basic")]
    name = names[0] if names else "name"
    return f"role-{kept[index]}-{'field-0-name' if name == 'fields' else name}"


def field_of(entered: Entered, place: str) -> str:
    """The field for an error of the domain: `roles.student.password`, `roles.student.address`."""
    _roles, _dot, rest = place.partition(".")
    for number in _kept(entered):
        role = entered.value(f"role-{number}-name").strip()
        if rest.startswith(f"{role}."):
            return f"role-{number}-{_own_name(entered, number, rest.removeprefix(f'{role}.'))}"
    return ""


def _own_name(entered: Entered, number: int, name: str) -> str:
    if name == "address" or entered.value(f"role-{number}-kind") == "basic":
        return name
    places = field_numbers(entered, number)
    found = [place for place in places if entered.value(f"role-{number}-field-{place}-name").strip() == name]
    return f"field-{found[0]}-value" if found else "field-0-name"


def _kept(entered: Entered) -> list[int]:
    return [
        number
        for number in range(MOST)
        if _is_used(entered, number) and not entered.value(f"role-{number}-remove")
    ]  # fmt: skip


def _is_used(entered: Entered, number: int) -> bool:
    names = ("name", "address", "sentinel", "username", "field-0-name")
    return any(entered.value(f"role-{number}-{name}").strip() for name in names)


def _role(entered: Entered, number: int) -> dict[str, Any]:
    prefix = f"role-{number}-"

    def text(name: str) -> str:
        return entered.value(prefix + name).strip()

    login: dict[str, Any] = {"sentinel": text("sentinel")}
    if text("kind") == "basic":
        login |= {"kind": "basic", "username": text("username"), "password": entered.value(f"{prefix}password")}
    else:
        login |= {
            "kind": "form",
            "address": text("address"),
            "submit": text("submit"),
            "fields": _fields(entered, number),
        }
    return {"name": text("name"), "login": login}


def _fields(entered: Entered, number: int) -> dict[str, str]:
    names = {place: entered.value(f"role-{number}-field-{place}-name").strip() for place in range(MOST)}
    return {name: entered.value(f"role-{number}-field-{place}-value") for place, name in names.items() if name}
