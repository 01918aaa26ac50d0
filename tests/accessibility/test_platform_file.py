from pathlib import Path

import pytest

from accessibility.engine.login_recipe import BasicLogin, FormLogin, HeaderLogin, StateLogin
from accessibility.engine.platform_file import read_platform_file
from core.errors import InvalidInput

HEAD = 'slug = "sample"\nname = "Sample platform"\nbase = ["https://learn.example.org/"]\n'
FORM = """
[[roles]]
name = "student"
[roles.login]
kind = "form"
address = "/login"
sentinel = "[data-user]"
[roles.login.fields]
username = "env:SAMPLE_USER"
password = "env:SAMPLE_PASSWORD"
"""
BASIC = """
[[roles]]
name = "editor"
[roles.login]
kind = "basic"
username = "editor"
password = "env:SAMPLE_PASSWORD"
"""
ENVIRONMENT = {"SAMPLE_USER": "s1", "SAMPLE_PASSWORD": "correct horse"}


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "platform.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(tmp_path: Path, text: str, environment: dict[str, str] = ENVIRONMENT) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_platform_file(write(tmp_path, text), environment)
    return str(refused.value).removeprefix(f"{tmp_path}/")


def test_a_file_with_three_lines_is_a_platform_with_every_default(tmp_path: Path) -> None:
    settings = read_platform_file(write(tmp_path, HEAD), {})
    assert (settings.slug, settings.coverage_floor, settings.role_names) == ("sample", 0.95, ("anonymous",))


def test_secrets_of_a_form_come_from_the_environment(tmp_path: Path) -> None:
    login = read_platform_file(write(tmp_path, HEAD + FORM), ENVIRONMENT).roles[0].login
    assert isinstance(login, FormLogin)
    assert {name: value.get_secret_value() for name, value in login.fields.items()} == {
        "username": "s1",
        "password": "correct horse",
    }


def test_the_name_for_http_basic_may_be_written_out_or_come_from_the_environment(tmp_path: Path) -> None:
    for text in (BASIC, BASIC.replace('"editor"\npassword', '"env:SAMPLE_USER"\npassword')):
        login = read_platform_file(write(tmp_path, HEAD + text), ENVIRONMENT | {"SAMPLE_USER": "editor"}).roles[0].login
        assert isinstance(login, BasicLogin)
        assert (login.username, login.password.get_secret_value()) == ("editor", "correct horse")


def test_a_missing_variable_is_named_with_file_and_key(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEAD + FORM, {"SAMPLE_USER": "s1"}) == (
        "platform.toml: roles[0].login.fields.password: the environment has no variable SAMPLE_PASSWORD"
    )


@pytest.mark.parametrize("text", [FORM.replace("env:SAMPLE_PASSWORD", "hunter2"), BASIC.replace("env:SAM", "hunter2")])
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    said = refusal(tmp_path, HEAD + text)
    assert 'write "env:NAME" and set NAME' in said
    assert "hunter2" not in said


def test_no_value_of_the_environment_is_repeated_in_an_error(tmp_path: Path) -> None:
    assert "correct horse" not in refusal(tmp_path, HEAD + FORM.replace('sentinel = "[data-user]"', ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slug =", "platform.toml: is not TOML"),
        (HEAD + "max_pagse = 5", "platform.toml: max_pagse: there is no such setting"),
        ('slug = "sample"\nbase = ["https://example.org"]', "platform.toml: name: is missing"),
        (HEAD + "coverage_floor = 95", "platform.toml: coverage_floor: Input should be less than or equal to 1"),
        (HEAD + 'start = "x"', "platform.toml: start"),
        (HEAD.replace("https:", "ftp:"), "platform.toml: base: 'ftp://learn.example.org/' is not an http"),
        (HEAD + 'roles = "student"', "platform.toml: roles"),
        (HEAD + "roles = [1]", "platform.toml: roles[0]"),
        (HEAD + '[[roles]]\nname = "a"\nlogin = 1', "platform.toml: roles[0].login"),
        (HEAD + '[[roles]]\nname = "a"\nlogin = {kind = "form", fields = 1}', "platform.toml: roles[0].login"),
        (HEAD + "anonymous = false", "platform.toml: file: with anonymous = false, at least one role is needed"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert refusal(tmp_path, text).startswith(said)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + "max_pages = 0\nparallel = 99")
    assert "max_pages" in said
    assert "parallel" in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.toml: cannot be read: No such file"):
        read_platform_file(tmp_path / "none.toml", {})


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "platform.toml").write_bytes(b"slug = '\xff'")
    with pytest.raises(InvalidInput, match="is not TOML"):
        read_platform_file(tmp_path / "platform.toml", {})


HEADER = """
[[roles]]
name = "staff"
[roles.login]
kind = "header"
sentinel = "[data-user]"
[roles.login.headers]
Authorization = "env:SAMPLE_PASSWORD"
"""
STATE = """
[[roles]]
name = "guest"
[roles.login]
kind = "state"
state = "states/guest.json"
sentinel = "[data-user]"
"""
SAVED = '{"cookies": [{"name": "a", "value": "correct horse", "domain": "learn.example.org", "path": "/"}]}'


def test_the_values_of_headers_come_from_the_environment(tmp_path: Path) -> None:
    login = read_platform_file(write(tmp_path, HEAD + HEADER), ENVIRONMENT).roles[0].login
    assert isinstance(login, HeaderLogin)
    assert login.headers["Authorization"].get_secret_value() == "correct horse"
    said = refusal(tmp_path, HEAD + HEADER.replace("env:SAMPLE_PASSWORD", "hunter2"))
    assert said.startswith("platform.toml: roles[0].login.headers.Authorization: a secret does not stand in the file")
    said = refusal(tmp_path, HEAD + HEADER.replace("Authorization", "Host"))
    assert said.startswith("platform.toml: roles[0].login.header.headers: the header Host cannot be set")


def test_a_saved_state_comes_from_a_file_beside_the_platforms_or_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "guest.json").write_text(SAVED)
    in_environment = STATE.replace("states/guest.json", "env:SAMPLE_STATE")
    for text in (STATE, in_environment):
        login = read_platform_file(write(tmp_path, HEAD + text), {"SAMPLE_STATE": SAVED}).roles[0].login
        assert isinstance(login, StateLogin)
        assert login.state.get_secret_value() == SAVED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "platform.toml: roles[0].login.state: the saved state"),
        (b"\xff", "platform.toml: roles[0].login.state: the saved state"),
        (b"correct horse", "platform.toml: roles[0].login.state.state: is no saved state of a browser: file: is not"),
        (b" " * 600_000, "platform.toml: roles[0].login.state.state: is longer than 512 KiB"),
        (SAVED.replace('"/"', '"x"').encode(), "platform.toml: roles[0].login.state.state: is no saved state of a bro"),
    ],
)
def test_a_saved_state_that_cannot_be_used_is_told_with_file_and_key(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    (tmp_path / "states").mkdir()
    if content is not None:
        (tmp_path / "states" / "guest.json").write_bytes(content)
    told = refusal(tmp_path, HEAD + STATE)
    assert told.startswith(said)
    assert "correct horse" not in told
