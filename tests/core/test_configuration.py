"""docs/configuration.md says of every setting what the code says."""

from pathlib import Path

import pytest
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from accessibility.engine.platform import PlatformSettings
from core.settings import PREFIX, SECRETS, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")


def row(name: str, field: FieldInfo) -> str:
    default = "" if field.default in (None, "", PydanticUndefined) else f"`{field.default}`"
    file = " *" if name in SECRETS else ""
    return f"| `{PREFIX}{name.upper()}`{file} | {default} | {field.description} |".replace("|  |", "| |")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_table_with_its_default(name: str) -> None:
    assert row(name, Settings.model_fields[name]) in PAGE


@pytest.mark.parametrize("name", PlatformSettings.model_fields)
def test_every_setting_of_a_platform_is_explained(name: str) -> None:
    assert f"\n| `{name}` |" in PAGE


def test_no_setting_is_explained_that_does_not_exist() -> None:
    explained = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}
    there = {PREFIX + name.upper() for name in Settings.model_fields} | set(PlatformSettings.model_fields)
    assert explained - there == set()
