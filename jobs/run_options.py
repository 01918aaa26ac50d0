"""The options that `campus audit` and `campus gate` share, and what they ask of a run."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from pydantic import ValidationError

from accessibility.engine.audit import RunOptions
from accessibility.engine.platform import PlatformSettings, Viewport
from accessibility.engine.platform_file import read_platform_file
from accessibility.engine.typed_addresses import (
    check_address,
    private_networks,
    read_addresses,
    settings_for_addresses,
)
from core.errors import InvalidInput
from core.settings import settings as process_settings

SIZE = re.compile(r"^(\d{1,5})x(\d{1,5})$")

Addresses = Annotated[list[str] | None, typer.Argument(metavar="ADDRESS", help="Start here and stay on these hosts.")]
UrlsFile = Annotated[Path | None, typer.Option("--urls", help="Audit exactly the addresses in this file, one a line.")]
PlatformFile = Annotated[Path | None, typer.Option("--platform", help="TOML file that describes the platform.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Only this role; may be repeated.")]
Viewports = Annotated[
    list[str] | None, typer.Option("--viewport", help="Only this one, by name or as WIDTHxHEIGHT; may be repeated.")
]
MaxPages = Annotated[int | None, typer.Option(min=1, max=100_000, help="Page budget of each role.")]
MaxMinutes = Annotated[float | None, typer.Option(min=0.01, help="End after this time; what is left is not audited.")]
Checks = Annotated[list[str] | None, typer.Option(help="Only these checks: names with commas; may be repeated.")]
SarifFile = Annotated[Path | None, typer.Option("--sarif", help="Write a SARIF 2.1.0 file.")]
JsonlFile = Annotated[Path | None, typer.Option("--jsonl", help="Write one JSON object a line.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """The shared options as they were given."""

    addresses: tuple[str, ...]
    urls: Path | None
    platform: Path | None
    roles: tuple[str, ...] | None
    viewports: tuple[str, ...] | None
    max_pages: int | None
    max_minutes: float | None
    checks: tuple[str, ...] | None


def some(values: list[str] | None) -> tuple[str, ...] | None:
    """What typer collects of a repeated option; None where it was not given. Commas separate too."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip()) if values else None


def understand(asked: Asked) -> tuple[PlatformSettings, RunOptions]:
    """What to audit and how. Raises `InvalidInput` for what cannot be meant."""
    if asked.urls and asked.addresses:
        raise InvalidInput("give addresses or --urls FILE, not both")
    if asked.urls and asked.max_pages:
        raise InvalidInput("--urls audits exactly the addresses of its file: --max-pages does not go with it")
    given = read_addresses(asked.urls) if asked.urls else ()
    typed = given or tuple(check_address(address) for address in asked.addresses)
    settings = _settings(asked, given, typed)
    settings, viewports = _with_viewports(settings, asked.viewports)
    process = process_settings()
    return settings, RunOptions(
        given=given,
        roles=asked.roles,
        viewports=viewports,
        checks=asked.checks,
        max_seconds=asked.max_minutes * 60 if asked.max_minutes else None,
        permitted_networks=private_networks(typed),
        browser=process.browser,
        sandbox=process.browser_sandbox,
    )


def _settings(asked: Asked, given: tuple[str, ...], typed: tuple[str, ...]) -> PlatformSettings:
    if asked.platform:
        settings = read_platform_file(asked.platform, os.environ)
        _must_be_on(settings, typed)
        if typed and not given:
            settings = settings.model_copy(update={"start": typed})
    elif typed:
        settings = settings_for_addresses(typed)
    else:
        raise InvalidInput("nothing to audit: give an address, --urls FILE or --platform FILE")
    return settings.model_copy(update={"max_pages": asked.max_pages}) if asked.max_pages else settings


def _must_be_on(settings: PlatformSettings, typed: tuple[str, ...]) -> None:
    for address in typed:
        if urlsplit(address).netloc.lower() not in settings.navigable_hosts:
            raise InvalidInput("is on no host of the platform; add it to hosts in the platform file", place=address)


def _with_viewports(
    settings: PlatformSettings, asked: tuple[str, ...] | None
) -> tuple[PlatformSettings, tuple[str, ...] | None]:
    """The settings with the sizes that were typed added as viewports of that name."""
    known = {viewport.name for viewport in settings.viewports}
    added = [_viewport(name) for name in dict.fromkeys(asked or ()) if name not in known and SIZE.match(name)]
    if not added:
        return settings, asked
    return settings.model_copy(update={"viewports": (*settings.viewports, *added)}), asked


def _viewport(name: str) -> Viewport:
    width, height = name.split("x")
    try:
        return Viewport(name=name, width=int(width), height=int(height))
    except ValidationError as error:
        raise InvalidInput(error.errors()[0]["msg"], place=f"--viewport {name}") from None
