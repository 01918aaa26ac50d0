"""The form of a platform's settings: from settings to entries and back, with what is wrong beside its field.

Entries are texts, one line an item where there are several. Secrets are never shown: an empty one stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from accessibility.engine.platform import PlatformSettings
from api.forms import MESSAGES, Entered, Field
from api.pages import platform_roles
from core.errors import InvalidInput
from core.i18n import format_entry, lazy
from core.i18n import gettext as _

LINES = ("base", "hosts", "start", "sitemaps", "include", "exclude")
NUMBERS = (
    "max_pages",
    "max_depth",
    "max_documents",
    "pattern_budget",
    "calendar_budget",
    "delay",
    "parallel",
    "page_timeout",
)
TEXTS = ("name", "owner", "model", "preset", "schedule", "time_zone", "deep_on")
SWITCHES = ("anonymous", "share", "documents")
ADMIN_SWITCHES = ("robots", "allow_private")
MB = 1024 * 1024
VIEWPORT = re.compile(r"^(?P<name>.+?)\s+(?P<width>\d{1,5})\s*[x×*]\s*(?P<height>\d{1,5})$")
HARMLESS = re.compile(r"^(?P<method>[A-Za-z]+)\s+(?P<path>\S+)(?:\s+(?P<field>[^\s=]+)=(?P<values>\S+))?$")

WORDS = {
    "slug": lazy("Use small letters, digits and hyphens inside, at most 64."),
    "name": lazy("Enter a name of at most 120 characters."),
    "base": lazy("Enter at least one address that begins with https:// or http://, one a line."),
    "viewports": lazy("Enter at least one window, such as: desktop 1280 x 800. Each needs a name of its own."),
    "languages": lazy("Enter at least one language, such as: en."),
}


def start(settings: PlatformSettings) -> dict[str, Field]:
    """What stands in the form before anybody typed."""
    entries: dict[str, Field] = {name: "\n".join(getattr(settings, name)) for name in LINES}
    entries |= {name: format_entry(getattr(settings, name)) for name in NUMBERS}
    entries |= {name: getattr(settings, name) for name in TEXTS}
    entries |= {name: "yes" if getattr(settings, name) else "" for name in (*SWITCHES, *ADMIN_SWITCHES)}
    entries["slug"] = settings.slug
    entries["max_page_mb"] = format_entry(settings.max_page_bytes / MB)
    entries["coverage_floor"] = format_entry(settings.coverage_floor * 100)
    entries["viewports"] = "\n".join(f"{one.name} {one.width} x {one.height}" for one in settings.viewports)
    entries["languages"] = ", ".join(settings.languages)
    entries["harmless"] = "\n".join(_harmless_line(one) for one in settings.harmless)
    return entries | platform_roles.start(settings.roles)


def settings_of(entered: Entered, before: PlatformSettings | None, *, admin: bool) -> PlatformSettings:
    """The settings that were entered. What only an administrator may set stays as it was for others.

    Raises `InvalidInput`, and notes every fault in `entered.errors`.
    """
    given: dict[str, Any] = {name: _lines(entered.value(name)) for name in LINES}
    given |= {name: entered.value(name).strip() for name in TEXTS}
    given |= {name: entered.value(name).strip().replace(",", ".") for name in NUMBERS if entered.value(name).strip()}
    given["slug"] = before.slug if before else entered.value("slug").strip()
    given |= {name: bool(entered.value(name)) for name in SWITCHES}
    given["languages"] = [part for part in re.split(r"[\s,;]+", entered.value("languages")) if part]
    given["roles"] = platform_roles.given(entered)
    given["viewports"] = list(_viewports(entered))
    given["max_page_bytes"] = _scaled(entered, "max_page_mb", MB)
    given["coverage_floor"] = _scaled(entered, "coverage_floor", 0.01)
    given |= _admins_own(entered, before, admin=admin)
    try:
        settings = PlatformSettings.model_validate({name: one for name, one in given.items() if one is not None})
    except ValidationError as error:
        for fault in error.errors():
            place, words = _place(fault["loc"], entered), _words(fault)
            entered.errors.setdefault(place, words)
    if entered.errors:
        raise InvalidInput(next(iter(entered.errors.values())), place=next(iter(entered.errors)))
    return settings


def place_of(error: InvalidInput, entered: Entered) -> InvalidInput:
    """An error of the domain with the field of the form as its place: `roles.student.password` is `role-0-...`."""
    place = error.place
    if place.startswith("roles."):
        place = platform_roles.field_of(entered, place)
    return InvalidInput(error.message, place=place)


def _admins_own(entered: Entered, before: PlatformSettings | None, *, admin: bool) -> dict[str, Any]:
    if admin:
        switches = {name: bool(entered.value(name)) for name in ADMIN_SWITCHES}
        return switches | {"harmless": list(_harmless(entered))}
    if before is None:
        return {}
    return {name: getattr(before, name) for name in ADMIN_SWITCHES} | {"harmless": before.harmless}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _scaled(entered: Entered, name: str, factor: float) -> float | None:
    text = entered.value(name).strip().replace(",", ".")
    if not text:
        return None
    try:
        value = float(text) * factor
    except ValueError:
        entered.errors[name] = str(MESSAGES["float_parsing"])
        return None
    return int(value) if factor >= 1 and value == value and abs(value) < 1e15 else value


def _viewports(entered: Entered) -> Iterator[Mapping[str, object]]:
    for line in _lines(entered.value("viewports")):
        found = VIEWPORT.match(line)
        if found:
            yield found.groupdict()
        else:
            entered.errors["viewports"] = _(
                "“%(line)s” is no window. Write name, width, height: desktop 1280 x 800.", line=line
            )


def _harmless(entered: Entered) -> Iterator[Mapping[str, object]]:
    for line in _lines(entered.value("harmless")):
        found = HARMLESS.match(line)
        if not found:
            entered.errors["harmless"] = _("“%(line)s” cannot be read. Write: POST /path field=value,value", line=line)
            continue
        values = tuple((found["values"] or "").split(",")) if found["field"] else ()
        yield {
            "method": found["method"].upper(),
            "path": found["path"],
            "json_field": found["field"] or "",
            "values": values,
        }


def _harmless_line(request: Any) -> str:
    line = f"{request.method} {request.path}"
    return f"{line} {request.json_field}={','.join(request.values)}" if request.json_field else line


def _place(loc: tuple[int | str, ...], entered: Entered) -> str:
    """The form's field for a place in the settings."""
    first = str(loc[0]) if loc else ""
    if first == "roles" and len(loc) > 1:
        return platform_roles.field_at(entered, loc[1:])
    return {"max_page_bytes": "max_page_mb"}.get(first, first)


def _words(fault: Any) -> str:
    first = str(fault["loc"][0]) if fault["loc"] else ""
    if first == "roles" and fault["type"] == "value_error" and fault["loc"][-1] in ("headers", "state"):
        return _("This cannot be used: %(problem)s.", problem=str(fault["ctx"]["error"]))
    if first == "roles":
        last = next((part for part in reversed(fault["loc"]) if part in platform_roles.WORDS), "")
        return str(platform_roles.WORDS.get(last, MESSAGES["missing"]))
    limits = fault.get("ctx", {})
    if first == "coverage_floor":
        return _("Enter a percentage from 0 to 100.")
    if first == "max_page_bytes":
        return _("Enter a number of megabytes from 0.01 to 1024.")
    if first in WORDS:
        return str(WORDS[first])
    if fault["type"] == "greater_than_equal":
        return _("Enter a number that is %(least)s or more.", least=limits["ge"])
    if fault["type"] == "greater_than":
        return _("Enter a number that is more than %(least)s.", least=limits["gt"])
    if fault["type"] == "less_than_equal":
        return _("Enter a number that is %(most)s or less.", most=limits["le"])
    if fault["type"] == "value_error":
        return _("This cannot be used: %(problem)s.", problem=str(limits["error"]))
    return str(MESSAGES.get(fault["type"], fault["msg"]))
