"""The commands for platforms, people and tokens, as somebody types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from accessibility.ledger.platforms import queries, recipes
from core.clock import now
from core.database import Database
from core.people import passwords
from core.people import queries as people
from core.people.access import EVERY
from jobs.cli import main

SECRET = "sample-password-of-a-student"
FILE = """
slug = "{slug}"
name = "Sample platform"
base = ["https://learn.example.org/"]
owner = "{owner}"
[[roles]]
name = "student"
[roles.login]
kind = "form"
address = "/login"
sentinel = "#me"
[roles.login.fields]
user = "env:SAMPLE_USER"
password = "env:SAMPLE_PASSWORD"
"""


@pytest.fixture
def service(sqlite_database: Database, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database that the commands open."""
    configure(database_url=sqlite_database.engine.url)
    monkeypatch.setenv("SAMPLE_USER", "sample.student")
    monkeypatch.setenv("SAMPLE_PASSWORD", SECRET)
    return sqlite_database


def toml(folder: Path, slug: str = "sample", owner: str = "") -> str:
    file = folder / f"{slug}.toml"
    file.write_text(FILE.format(slug=slug, owner=owner))
    return str(file)


def test_a_platform_is_loaded_listed_and_shown_without_its_secrets(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["platform", "load", toml(tmp_path), toml(tmp_path, "other")]) == 0
    assert main(["platform", "list"]) == 0
    assert main(["platform", "show", "sample"]) == 0
    out, err = capsys.readouterr()
    assert "anonymous, student" in out
    assert "other" in out
    shown = json.loads(out[out.index("{\n") :])
    assert shown["roles"][0]["login"]["fields"] == {"user": "", "password": ""}
    assert SECRET not in out + err
    with service.read() as session:
        settings = recipes.settings_with_secrets(queries.get(session, "sample"))
    role = settings.role("student")
    assert role is not None
    assert recipes.values(role.login) == {"user": "sample.student", "password": SECRET}


def test_of_several_files_none_is_loaded_when_one_is_wrong(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('slug = "wrong"\nname = "Wrong"\nbase = ["https://example.org/"]\nschedule = "now and then"')
    assert main(["platform", "load", toml(tmp_path), str(wrong)]) == 3
    assert "schedule" in capsys.readouterr().err
    with service.read() as session:
        assert queries.platforms(session, EVERY) == []


def test_an_owner_whom_nobody_knows_is_a_warning(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["platform", "load", toml(tmp_path, owner="nobody@example.org")]) == 0
    assert "nobody@example.org" in capsys.readouterr().err


def test_a_platform_is_switched_off_and_on(service: Database, tmp_path: Path) -> None:
    main(["platform", "load", toml(tmp_path)])
    for command, active in (("deactivate", False), ("activate", True)):
        assert main(["platform", command, "sample"]) == 0
        with service.read() as session:
            assert queries.get(session, "sample").active is active


@pytest.mark.parametrize("command", ["show", "activate", "deactivate"])
def test_a_platform_that_is_not_there_is_named(
    service: Database, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["platform", command, "atlantis"]) == 3
    assert "atlantis" in capsys.readouterr().err


def test_a_person_gets_a_one_time_password_that_is_shown_once(
    service: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--name", "Sample Lead", "--role", "accessibility", "--role", "viewer"]
    assert main(["person", "add", "Lead@example.org", *given]) == 0
    first = capsys.readouterr().out.split()[-1]
    assert main(["person", "password", "lead@example.org"]) == 0
    second = capsys.readouterr().out.split()[-1]
    with service.read() as session:
        person = people.person_by_email(session, "lead@example.org")
        assert person is not None
        assert (person.must_change_password, sorted(person.roles)) == (True, ["accessibility", "viewer"])
        assert passwords.matches(second, person.password_hash)
        assert not passwords.matches(first, person.password_hash)


def test_a_person_needs_roles_that_exist(service: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "add", "lead@example.org", "--name", "Sample", "--role", "emperor"]) == 3
    assert main(["person", "password", "lead@example.org"]) == 3
    assert "lead@example.org" in capsys.readouterr().err


def test_a_person_is_given_a_role_on_one_platform_and_loses_it(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["platform", "load", toml(tmp_path)])
    assert main(["person", "add", "partner@example.org", "--name", "Sample Partner"]) == 0
    given = ["partner@example.org", "accessibility", "--platform", "sample"]
    assert main(["person", "grant", *given]) == 0
    with service.read() as session:
        person = people.person_by_email(session, "partner@example.org")
        assert person is not None
        assert [(one.role, one.platform_slug) for one in person.grants] == [("accessibility", "sample")]
    assert main(["person", "revoke", *given]) == 0
    assert main(["person", "revoke", *given]) == 3
    assert main(["person", "grant", "partner@example.org", "admin", "--platform", "sample"]) == 3
    assert main(["person", "grant", "partner@example.org", "viewer", "--platform", "atlantis"]) == 3
    assert "atlantis" in capsys.readouterr().err


def test_a_token_is_shown_once_and_opens_what_it_is_for(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["person", "add", "lead@example.org", "--name", "Sample Lead", "--role", "accessibility"])
    main(["platform", "load", toml(tmp_path)])
    capsys.readouterr()
    given = ["--name", "release gate", "--scope", "gates:run", "--days", "30", "--platform", "sample"]
    assert main(["token", "create", "lead@example.org", *given]) == 0
    key = capsys.readouterr().out.strip()
    with service.read() as session:
        found = people.token_by_key(session, key, now())
        assert found is not None
        assert (found[0].scopes, found[0].platform_slug) == (["gates:run"], "sample")


@pytest.mark.parametrize(
    ("change", "said"),
    [({"--platform": "atlantis"}, "atlantis"), ({"--scope": "everything"}, "scopes"), ({"EMAIL": "x@y"}, "x@y")],
)
def test_a_token_that_cannot_be_is_refused(
    service: Database, change: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["person", "add", "lead@example.org", "--name", "Sample Lead", "--role", "accessibility"])
    options = {"--name": "gate", "--scope": "read"} | change
    email = options.pop("EMAIL", "lead@example.org")
    assert main(["token", "create", email, *(part for pair in options.items() for part in pair)]) == 3
    assert said in capsys.readouterr().err


def test_what_a_saved_state_holds_of_other_hosts_is_left_out_and_told(
    service: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cookie = {"name": "session", "value": SECRET, "path": "/"}
    cookies = [cookie | {"domain": domain} for domain in ("learn.example.org", ".tracker.example.net")]
    (tmp_path / "student.json").write_text(json.dumps({"cookies": cookies}))
    file = tmp_path / "sample.toml"
    form = FILE.format(slug="sample", owner="")
    file.write_text(form[: form.index("kind =")] + 'kind = "state"\nstate = "student.json"\nsentinel = "#me"\n')
    assert main(["platform", "load", str(file)]) == 0
    out, err = capsys.readouterr()
    assert "Left out of the saved state of “student”: tracker.example.net." in err
    assert SECRET not in out + err
    with service.read() as session:
        role = recipes.settings_with_secrets(queries.get(session, "sample")).roles[0]
    assert [one["domain"] for one in json.loads(recipes.values(role.login)["state"])["cookies"]] == [
        "learn.example.org"
    ]
