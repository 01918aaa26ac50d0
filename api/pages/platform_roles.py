"""The logins in the form of a platform. Role n has the fields `role-n-…`; its secrets are written, never shown."""

from collections.abc import Sequence
from typing import Any

from accessibility.engine.login_recipe import BasicLogin, FormLogin, HeaderLogin
from accessibility.engine.platform import Role
from api.forms import Entered, Field
from core.i18n import gettext as _
from core.i18n import lazy

MOST = 20
FIRST = {"fields": "field-0-name", "headers": "header-0-name"}  # where to say what is wrong with all of them
WORDS = {
    "name": lazy("Enter a name of letters, digits, spaces and hyphens; “anonymous” is taken."),
    "address": lazy("Enter the address of the login form, such as /login."),
    "sentinel": lazy("Enter a CSS selector of something that only somebody logged in sees."),
    "fields": lazy("Enter the fields that the login form needs, such as username and password."),
    "headers": lazy("Enter the name of a header and its value, such as Authorization."),
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
        if isinstance(login, HeaderLogin):
            entries |= {f"{prefix}header-{place}-name": name for place, name in enumerate(login.headers)}
            entries[f"{prefix}hosts"] = " ".join(login.hosts)
        if isinstance(login, FormLogin):
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
    return list(range(max(2, _next(entered, number, "field"))))


def header_numbers(entered: Entered, number: int) -> list[int]:
    """The numbers of the headers to show for a role: those used, and one more."""
    return list(range(_next(entered, number, "header")))


def _next(entered: Entered, number: int, part: str) -> int:
    used = [place for place in range(MOST) if entered.value(f"role-{number}-{part}-{place}-name")]
    return min(MOST, max(used, default=-1) + 2)


def ask_for_files_again(entered: Entered) -> None:
    """Say beside every chosen file that a form which is shown again has lost it: else an old one would stay."""
    for number in _kept(entered):
        if entered.file(f"role-{number}-state"):
            entered.errors.setdefault(f"role-{number}-state", _("Choose the file again."))


def given(entered: Entered) -> list[dict[str, Any]]:
    """The roles entered, as the settings want them; those marked to be removed are left out."""
    return [_role(entered, number) for number in _kept(entered)]


def field_at(entered: Entered, loc: Sequence[int | str]) -> str:
    """The field for a place in the settings, such as `(0, "login", "form", "address")`."""
    kept = _kept(entered)
    index = loc[0]
    if not isinstance(index, int) or index >= len(kept):
        return f"role-{kept[0]}-name" if kept else "anonymous"
    inside = loc[3:] if loc[1:2] == ("login",) else loc[1:]  # what follows a login is its kind
    name = str(inside[0]) if inside else "name"
    return f"role-{kept[index]}-{FIRST.get(name, name)}"


def field_of(entered: Entered, place: str) -> str:
    """The field for an error of the domain: `roles.student.password`, `roles.student.address`."""
    _roles, _dot, rest = place.partition(".")
    for number in _kept(entered):
        role = entered.value(f"role-{number}-name").strip()
        if rest.startswith(f"{role}."):
            return f"role-{number}-{_own_name(entered, number, rest.removeprefix(f'{role}.'))}"
    return ""


def _own_name(entered: Entered, number: int, name: str) -> str:
    kind = entered.value(f"role-{number}-kind")
    if name == "address" or kind in ("basic", "state"):
        return name
    part = "header" if kind == "header" else "field"
    places = [
        place for place in range(MOST) if entered.value(f"role-{number}-{part}-{place}-name").strip() == name
    ]  # fmt: skip
    return f"{part}-{places[0]}-value" if places else f"{part}-0-name"


def _kept(entered: Entered) -> list[int]:
    return [
        number
        for number in range(MOST)
        if _is_used(entered, number) and not entered.value(f"role-{number}-remove")
    ]  # fmt: skip


def _is_used(entered: Entered, number: int) -> bool:
    names = ("name", "address", "sentinel", "username", "field-0-name", "header-0-name")
    return any(entered.value(f"role-{number}-{name}").strip() for name in names)


def _role(entered: Entered, number: int) -> dict[str, Any]:
    prefix = f"role-{number}-"

    def text(name: str) -> str:
        return entered.value(prefix + name).strip()

    kind, login = text("kind"), {"sentinel": text("sentinel")}
    if kind == "basic":
        given: dict[str, Any] = {"username": text("username"), "password": entered.value(f"{prefix}password")}
    elif kind == "header":
        hosts = text("hosts").replace(",", " ").split()
        given = {"headers": _pairs(entered, number, "header"), "hosts": hosts}
    elif kind == "state":
        given = {"state": entered.file(f"{prefix}state").decode("utf-8", "replace")}
    else:
        kind = "form"
        given = {"address": text("address"), "submit": text("submit"), "fields": _pairs(entered, number, "field")}
    return {"name": text("name"), "login": {"kind": kind} | login | given}


def _pairs(entered: Entered, number: int, part: str) -> dict[str, str]:
    names = {place: entered.value(f"role-{number}-{part}-{place}-name").strip() for place in range(MOST)}
    return {name: entered.value(f"role-{number}-{part}-{place}-value") for place, name in names.items() if name}
