"""compose.yaml stays honest: with no container engine it is read beside the Dockerfile, the settings and commands."""

import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from compose_spec import PyCompose
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url

from core.settings import PREFIX, SECRETS, Settings
from jobs.cli import COMMANDS
from tests.ground.dockerfile_steps import parse

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = PyCompose.from_yaml(TEXT).to_dict()  # refuses what the specification does not know
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web", "worker")
STEPS = parse((PROJECT / "Dockerfile").read_text(encoding="utf-8"))


def _said(keyword: str) -> list[str]:
    return [step.argument for step in STEPS if step.keyword == keyword]


def test_it_is_read_by_an_independent_reader_of_the_specification() -> None:
    with pytest.raises(ValueError):
        PyCompose.from_yaml(TEXT.replace("cap_drop", "drop_caps"))
    assert set(SERVICES) == {"web", "worker", "db"}


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_one_of_ours(name: str) -> None:
    assert SERVICES[name]["command"] == ["campus", name]
    assert name in COMMANDS


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_a_setting_and_secrets_come_from_files(name: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    files = {f"{PREFIX}{field.upper()}_FILE" for field in SECRETS}
    given = SERVICES[name]["environment"]
    assert set(given) <= known | files
    assert {f"/run/secrets/{secret}" for secret in SERVICES[name]["secrets"]} == {
        value for variable, value in given.items() if variable in files
    }


@pytest.mark.parametrize("name", OURS)
def test_the_data_and_the_port_are_those_of_the_image(name: str) -> None:
    [volume] = SERVICES[name]["volumes"]
    assert str(volume).endswith(f":{json_one(_said('VOLUME'))}")
    assert str(volume).split(":")[0] in COMPOSE["volumes"]
    if name == "web":
        assert SERVICES[name]["ports"] == [f"127.0.0.1:8000:{_said('EXPOSE')[0]}"]
    [made] = [step for step in _said("RUN") if "useradd" in step]
    uid = re.findall(r"--uid (\d+)", made)[0]
    assert f"/home/campus:uid={uid},gid={uid},mode=700" in SERVICES[name]["tmpfs"]


def json_one(arguments: list[str]) -> str:
    [one] = arguments
    return one


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_has_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert service["restart"] == "unless-stopped"
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)


def test_only_the_worker_has_the_profile_of_the_browser_and_the_file_is_there() -> None:
    profiles = {
        name: [one for one in service["security_opt"] if "seccomp" in one] for name, service in SERVICES.items()
    }
    assert profiles == {"web": [], "worker": ["seccomp=docs/seccomp.json"], "db": []}
    assert (PROJECT / "docs/seccomp.json").is_file()


def test_each_process_is_asked_whether_it_lives() -> None:
    assert "healthcheck" not in SERVICES["web"]  # the image's own
    assert SERVICES["worker"]["healthcheck"]["test"] == ["CMD", "campus", "health", "worker"]


def test_nothing_outside_reaches_the_database() -> None:
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert SERVICES["db"]["networks"] == ["database"]
    assert "ports" not in SERVICES["db"]
    assert SERVICES["db"]["healthcheck"]["test"][0] == "CMD"


def test_the_secrets_are_made_once_and_fit(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    shutil.copy(PROJECT / "bin/make-secrets", tmp_path / "bin")
    make = [str(tmp_path / "bin/make-secrets")]
    subprocess.run(make, check=True, capture_output=True)

    folder = tmp_path / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {f"secrets/{file.name}" for file in folder.iterdir()} == {
        secret["file"].removeprefix("./") for secret in COMPOSE["secrets"].values()
    }
    Fernet((folder / "secret_key").read_text().strip())
    url = make_url((folder / "database_url").read_text())
    database = SERVICES["db"]["environment"]
    assert (url.username, url.database, url.host) == (database["POSTGRES_USER"], database["POSTGRES_DB"], "db")
    assert url.password == (folder / "database_password").read_text()

    before = (folder / "secret_key").read_text()
    assert subprocess.run(make, capture_output=True).returncode == 1
    assert (folder / "secret_key").read_text() == before
