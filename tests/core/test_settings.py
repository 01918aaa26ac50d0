"""Settings come from the environment alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.settings import Settings, settings

Configure = Callable[..., None]


def test_the_default_database_is_a_file_of_the_data_folder(configure: Configure, tmp_path: Path) -> None:
    configure(data_dir=tmp_path)

    assert settings().database == f"sqlite:///{tmp_path / 'campus.sqlite'}"
    assert settings().evidence_dir == tmp_path / "evidence"


def test_a_database_address_may_come_from_a_file_and_is_not_shown(configure: Configure, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("postgresql://campus:hush@db.invalid/campus\n")
    configure(database_url_file=tmp_path / "address")

    assert settings().database == "postgresql://campus:hush@db.invalid/campus"
    assert "hush" not in repr(settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("browser_sandbox", "maybe"),
        ("port", "70000"),
        ("session_hours", "0"),
        ("log_format", "xml"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../etc/passwd"),
        ("time_zone", "Europe"),
        ("oidc_issuer", "http://login.example.org"),
        ("oidc_issuer", "https://user@login.example.org"),
        ("oidc_issuer", "login.example.org"),
        ("oidc_scopes", "email"),
        ("oidc_roles", "leads=admin"),
        ("oidc_roles", '{"leads": 1}'),
    ],
)
def test_a_setting_out_of_its_range_is_refused_by_name(configure: Configure, name: str, value: str) -> None:
    configure(**{name: value})

    with pytest.raises(InvalidInput, match=f"CAMPUS_{name.upper()}"):
        settings()


def test_a_provider_needs_the_name_that_the_service_has_there(configure: Configure) -> None:
    configure(oidc_issuer="https://login.example.org")

    with pytest.raises(InvalidInput, match="CAMPUS_OIDC_CLIENT_ID"):
        settings()


def test_lists_of_the_provider_are_read_once_set(configure: Configure) -> None:
    configure(oidc_email_domains="Example.org, example.net", oidc_roles='{"leads": "accessibility"}')

    assert settings().oidc_domains == {"example.org", "example.net"}
    assert settings().oidc_role_of == {"leads": "accessibility"}


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
