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
from accessibility.engine.checks.rule import Profile
from accessibility.engine.platform import PlatformSettings, Viewport
from accessibility.engine.platform_file import read_platform_file
from accessibility.engine.preview import Preview, base_of, settings_there
from accessibility.engine.typed_addresses import (
    check_address,
    private_networks,
    read_addresses,
    settings_for_addresses,
)
from accessibility.ledger.platforms import saved_states
from core.errors import InvalidInput
from core.settings import settings as process_settings

BASE = "--base"
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
Base = Annotated[
    str | None,
    typer.Option(BASE, metavar="ADDRESS", help="The platform stands here this time: visit this, report its own."),
]
Checks = Annotated[list[str] | None, typer.Option(help="Only these checks: names with commas; may be repeated.")]
ProfileOption = Annotated[
    Profile,
    typer.Option("--profile", help="standard: the checks of every night; deep: all, several times as long."),
]
SarifFile = Annotated[Path | None, typer.Option("--sarif", help="Write a SARIF 2.1.0 file.")]
JunitFile = Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML for test reports.")]
HtmlFile = Annotated[Path | None, typer.Option("--html", help="Write one HTML page that needs no other file.")]
MarkdownFile = Annotated[Path | None, typer.Option("--markdown", help="Write a comment for a pull request.")]
JsonlFile = Annotated[Path | None, typer.Option("--jsonl", help="Write one JSON object a line.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """The shared options as they were given."""

    addresses: list[str] | None
    urls: Path | None
    platform: Path | None
    roles: list[str] | None
    viewports: list[str] | None
    max_pages: int | None
    max_minutes: float | None
    checks: list[str] | None
    base: str | None = None
    profile: Profile = Profile.STANDARD


@dataclass(frozen=True, slots=True)
class Understood:
    """What a run is to do. `settings` and `options` hold the addresses to visit: the `preview`'s, if it is one."""

    settings: PlatformSettings
    options: RunOptions
    preview: Preview | None = None

    @property
    def home(self) -> str:
        """The base address that results are reported under; empty where there are several."""
        return self.preview.home if self.preview else self.settings.only_base


def some(values: list[str] | None) -> tuple[str, ...] | None:
    """What typer collects of a repeated option; None where it was not given. Commas separate too."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip()) if values else None


def understand(asked: Asked, home: str = "") -> Understood:
    """What to audit and how. Raises `InvalidInput` for what cannot be meant.

    `home` is the base address that a baseline was made of, for addresses typed without a platform file.
    """
    if asked.urls and asked.addresses:
        raise InvalidInput("give addresses or --urls FILE, not both")
    if asked.urls and asked.max_pages:
        raise InvalidInput("--urls audits exactly the addresses of its file: --max-pages does not go with it")
    given = read_addresses(asked.urls) if asked.urls else ()
    typed = given or tuple(check_address(address) for address in asked.addresses or ())
    described = _described(asked.platform) if asked.platform else None
    preview = _preview(asked.base, described, typed, home)
    if preview:
        typed = tuple(dict.fromkeys(preview.there(address) for address in typed))
    settings = _settings(described, typed, preview, exact=bool(given))
    if asked.max_pages:
        settings = settings.model_copy(update={"max_pages": asked.max_pages})
    settings, viewports = _with_viewports(settings, some(asked.viewports))
    process = process_settings()
    options = RunOptions(
        given=typed if given else (),
        roles=some(asked.roles),
        viewports=viewports,
        checks=some(asked.checks),
        profile=asked.profile,
        max_seconds=asked.max_minutes * 60 if asked.max_minutes else None,
        permitted_networks=private_networks((*typed, *([preview.visited] if preview else ()))),
        browser=process.browser,
        sandbox=process.browser_sandbox,
    )
    return Understood(settings, options, preview)


def _described(file: Path) -> PlatformSettings:
    settings, notes = saved_states.trimmed(read_platform_file(file, os.environ))
    for note in notes:
        typer.echo(f"{file}: {note}", err=True)
    return settings


def _preview(base: str | None, described: PlatformSettings | None, typed: tuple[str, ...], home: str) -> Preview | None:
    """The preview that is to be visited, if one is. The addresses typed may be the platform's or its own."""
    if base is None:
        return None
    if described:
        home = base_of(described, BASE)
    elif typed and not home:
        home = base_of(settings_for_addresses(typed), BASE)
    preview = Preview(home, check_address(base, place=BASE))
    if preview.is_home:
        raise InvalidInput("is the platform's own address: give the preview's", place=BASE)
    return preview


def _settings(
    described: PlatformSettings | None, typed: tuple[str, ...], preview: Preview | None, *, exact: bool
) -> PlatformSettings:
    """Those of the platform file, or made of the typed addresses, moved to the preview if it is one."""
    if described is None and not typed:
        raise InvalidInput("nothing to audit: give an address, --urls FILE or --platform FILE")
    settings = described or settings_for_addresses([preview.home] if preview else typed)
    if preview:
        settings = settings_there(settings, preview)
    if described:
        _must_be_on(settings, typed)
    if typed and not (described and exact):
        settings = settings.model_copy(update={"start": typed})
    return settings


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
