"""The Dockerfile stays honest. `bin/check-dockerfile` carries it out; here it is read."""

import tomllib
from pathlib import Path

import pytest

from tests.ground.dockerfile_steps import DockerfileError, Image, Instruction, context_files, copies, ignored, parse
from tests.ground.dockerfile_steps import environment as variables

PROJECT = Path(__file__).parents[2]
IGNORE = (PROJECT / ".dockerignore").read_text(encoding="utf-8")
STEPS = parse((PROJECT / "Dockerfile").read_text(encoding="utf-8"))


def _arguments(keyword: str) -> list[str]:
    return [step.argument for step in STEPS if step.keyword == keyword]


def test_it_starts_from_debian_12() -> None:
    assert _arguments("FROM") == ["debian:12-slim"]


def test_everything_it_copies_is_committed_and_not_ignored() -> None:
    files = context_files(PROJECT, IGNORE)
    for argument in _arguments("COPY"):
        *sources, target = argument.split()
        assert copies(sources, target, files)


def test_it_copies_every_package_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {f"{name} {name}" for name in packages} <= set(_arguments("COPY"))


def test_the_service_runs_without_rights() -> None:
    keywords = [step.keyword for step in STEPS]
    assert _arguments("USER") == ["campus"]
    assert "RUN" not in keywords[keywords.index("USER") :]
    assert any("useradd" in argument and "campus" in argument for argument in _arguments("RUN"))


def test_packages_are_installed_from_the_lock_with_their_hashes() -> None:
    installs = [argument for argument in _arguments("RUN") if "pip install" in argument]
    assert "--require-hashes --requirement requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation --editable ." in installs[1]
    assert len(installs) == 2


def test_chromium_and_its_fonts_come_from_the_distribution() -> None:
    installed = _arguments("RUN")[0].split()
    assert {"apt-get", "chromium", "fonts-liberation", "--no-install-recommends"} <= set(installed)


def test_health_is_asked_with_python_at_the_port_that_is_set() -> None:
    (health,) = _arguments("HEALTHCHECK")
    assert "/health" in health
    assert "CAMPUS_PORT" in health
    assert '["python"' in health


def test_the_data_are_in_a_volume_and_the_service_listens_to_the_outside() -> None:
    (settings,) = _arguments("ENV")
    assert {"CAMPUS_HOST=0.0.0.0", "CAMPUS_DATA_DIR=/data"} <= set(settings.split())
    assert _arguments("VOLUME") == ["/data"]
    assert _arguments("EXPOSE") == ["8000"]
    assert [step.words for step in STEPS if step.keyword == "CMD"] == [["campus", "serve"]]


@pytest.mark.parametrize("name", [".git/config", ".venv/bin/python", "data/campus.sqlite", "tests/core/test_clock.py"])
def test_nothing_but_what_is_needed_enters_the_build(name: str) -> None:
    assert ignored(name, IGNORE)


def test_compiled_files_stay_outside_wherever_they_are() -> None:
    assert ignored("core/people/__pycache__/models.pyc", IGNORE)


def test_a_step_is_read_over_several_lines_with_its_options() -> None:
    text = "# a comment\nRUN one \\\n    && two\n\nHEALTHCHECK --interval=3s --timeout=1s \\\n  CMD x\n"
    assert parse(text) == [
        Instruction("RUN", "one && two"),
        Instruction("HEALTHCHECK", "CMD x", ("--interval=3s", "--timeout=1s")),
    ]


def test_a_copied_folder_lands_as_its_content_and_a_file_in_the_folder() -> None:
    files = ["a.txt", "pack/b.txt", "pack/deep/c.txt"]
    assert copies(["pack"], "pack", files) == [("pack/b.txt", "b.txt"), ("pack/deep/c.txt", "deep/c.txt")]
    assert copies(["a.txt"], "./", files) == [("a.txt", "a.txt")]


def test_copying_what_is_not_there_is_refused() -> None:
    with pytest.raises(DockerfileError, match="COPY gone: not in the build context"):
        copies(["gone"], "gone", ["a.txt"])


def test_variables_build_on_those_before_them() -> None:
    image = Image(environment={"PATH": "/bin"})
    assert variables(image, "PATH=/app:$PATH X=1") == {"PATH": "/app:/bin", "X": "1"}
