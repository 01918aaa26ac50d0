"""Every command in a `sh` block of the README and the docs is run here, or `ELSEWHERE` names what proves it."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from core.settings import settings
from jobs.cli import main
from tests.jobs.tiny_site import BAD_IMAGE, GOOD, tiny_site

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ELSEWHERE = {
    "./bin/test": "it is what runs this test",
    "bin/make-secrets": "tests/ground/test_compose.py proves what it makes",
    "docker": "needs a Docker engine; bin/check-dockerfile carries the Dockerfile out and starts its service, "
    "tests/ground/test_compose.py reads the compose file",
    "uv": "needs the package registries; tests/ground/test_locks.py proves that the lock files fit",
}
PAGES_ELSEWHERE = {
    "api.md": "tests/api/rest/test_api_docs.py runs its blocks as whole scripts",
    "translating.md": "tests/core/test_translations.py runs both steps on a package of its own",
    "ci.md": "tests/jobs/test_ci_docs.py runs its pipelines against a service and a preview",
}
START_SECONDS = 120


def documented() -> list[tuple[str, str]]:
    """Page and command, continued lines joined, in order."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    pages = [page for page in pages if page.name not in PAGES_ELSEWHERE]
    return [
        (page.name, line.strip())
        for page in pages
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith(("#", " "))
    ]


def runnable(page: str) -> list[str]:
    return [command for name, command in documented() if name == page and command.split()[0] not in ELSEWHERE]


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment in which documented commands run: own data folder, own folder for files, a site with a fault."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    secrets = dict.fromkeys(("ECAMPUS_STUDENT", "ECAMPUS_STUDENT_PASSWORD"), "sample")
    with tiny_site({"/": GOOD.format("<a href=/image>Image</a>"), "/image": BAD_IMAGE}) as site:
        (tmp_path / "pages.txt").write_text(f"{site}image\n", encoding="utf-8")
        platform = f'slug = "learn"\nname = "Learn"\nbase = ["{site}"]\nallow_private = true\n'
        (tmp_path / "learn.toml").write_text(platform, encoding="utf-8")
        yield {
            **os.environ,
            **secrets,
            "SITE": site,
            "FOLDER": str(tmp_path),
            "CAMPUS_DATA_DIR": str(tmp_path / "data"),
        }


def words_of(command: str, workplace: dict[str, str]) -> list[str]:
    """The command with the addresses of the site in place of those in the documentation."""
    command = re.sub(r"https?://(127\.0\.0\.1:8000|learn\.example\.org)/", workplace["SITE"], command)
    preview = workplace["SITE"].replace("127.0.0.1", "localhost")  # the same site under another name
    return shlex.split(command.replace("https://pr-12.example.net/", preview))


def run(command: str, workplace: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = words_of(command, workplace)
    words[:1] = [sys.executable, "-m", "jobs.cli"]
    environment = {**workplace, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        words, cwd=workplace["FOLDER"], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture
def run_here(workplace: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], int]]:
    """Runs a `campus` command in this process, where all is imported already; its exit code."""
    monkeypatch.chdir(workplace["FOLDER"])
    for name, value in workplace.items():
        monkeypatch.setenv(name, value)

    def here(command: str) -> int:
        settings.cache_clear()
        program, *words = words_of(command, workplace)
        assert program in ("campus", ".venv/bin/campus")
        return main(words)

    yield here
    monkeypatch.undo()
    settings.cache_clear()


def test_every_documented_command_is_run_or_proven_elsewhere() -> None:
    run_here = {command for page in RUN_HERE for command in runnable(page)}
    assert {
        command for _, command in documented() if command.split()[0] not in ELSEWHERE and command not in run_here
    } == set()


RUN_HERE = ("README.md", "command-line.md", "development.md", "operations.md")


def test_the_commands_of_the_readme_for_platforms_and_pipelines_work(run_here: Callable[[str], int]) -> None:
    elsewhere = ("./bin/serve --demo", ".venv/bin/campus demo")  # below, and in tests/jobs/test_capacity_command.py
    commands = [command for command in runnable("README.md") if command not in elsewhere]
    assert [run_here(command) for command in commands] == [0, 0, 0]


def test_the_commands_of_the_command_line_page_work(run_here: Callable[[str], int]) -> None:
    commands = runnable("command-line.md")
    platform = "campus gate --platform learn.toml --write-baseline baseline.json"
    in_order = [*commands[:2], platform, *commands[2:]]
    assert [run_here(command) for command in in_order] == [0] * len(in_order)


def test_the_backup_of_the_operations_page_is_restored(workplace: dict[str, str]) -> None:
    """The two commands as they stand there, between them a new data folder with the old key."""
    back_up, restore = runnable("operations.md")
    file = str(Path(workplace["FOLDER"]) / "sample.backup")
    data = Path(workplace["CAMPUS_DATA_DIR"])
    person = ".venv/bin/campus person add sample@example.org --name Sample --role admin"
    assert run(person, workplace).returncode == 0
    assert run(back_up.replace("/var/backups/campus.backup", file), workplace).returncode == 0
    data.rename(data.with_name("lost"))
    done = run(restore.replace("/var/backups/campus.backup", file), workplace)
    assert done.returncode == 0, done.stderr
    assert run(".venv/bin/campus person password sample@example.org", workplace).returncode == 0


def test_coverage_tells_what_is_not_covered(workplace: dict[str, str]) -> None:
    folder = Path(workplace["FOLDER"])
    (folder / "sample.py").write_text("x = 1\n", encoding="utf-8")
    measure = [sys.executable, "-m", "coverage", "run", "--rcfile=/dev/null", "--data-file=.coverage", "sample.py"]
    plain = {name: value for name, value in workplace.items() if not name.startswith(("COV", "COVERAGE"))}
    subprocess.run(measure, cwd=folder, env=plain, check=True)
    (command,) = runnable("development.md")
    words = [sys.executable, "-m", *shlex.split(command)]
    words[2] = "coverage"
    subprocess.run(words, cwd=folder, env=plain, check=True, capture_output=True)


def test_serve_with_the_demo_starts_the_service(workplace: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment = {**workplace, "CAMPUS_PORT": str(port)}
    command = [str(ROOT / "bin" / "serve"), "--demo"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            said = ""
            while "Open http" not in said:
                line = service.stdout.readline()
                assert line, f"the service ended: {said}"
                said += line
            assert "password" in said
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
                assert answer.status == 200
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(START_SECONDS)
