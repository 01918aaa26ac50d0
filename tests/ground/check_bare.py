"""Proves the commands on a bare Debian 12: `bin/check-bare test|serve|user`.

`test` and `serve` find nothing but git and python3, and are root. `user` has no rights and finds what an administrator
would have installed: Python with its venv module, a Chromium, libatomic, Pango. Its PostgreSQL is that of a Python
package.
"""

import argparse
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.ground.bare_root import BareRoot, CommandFailed, bare_root
from tests.ground.checks import NotProven, await_health, end, free_port, phase

PROJECT = Path(__file__).parents[2]
FOLDER = "/root/campus"
ADMINISTRATORS_PACKAGES = ("git", "python3", "python3-venv", "libatomic1", "libpango-1.0-0", "libpangoft2-1.0-0")
ADMINISTRATORS_BROWSER = "apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium >/dev/null"
USER = "sample"
USERS_FOLDER = f"/home/{USER}/campus"
USERS_TESTS = (  # both databases, a browser with its sandbox, the command line, processes
    *("tests/core", "tests/jobs/test_migrations.py", "tests/jobs/test_upgrades.py", "tests/jobs/test_cli_audit.py"),
    *("tests/accessibility/crawl/test_chromium.py", "tests/ground/test_setup.py", "tests/ground/test_seccomp.py"),
)
AUDIT_SECONDS = 900.0
AUDITS = "SELECT state, planned, audited, error FROM audit ORDER BY id"


def main() -> int:
    """Make the root, run the command in it, and answer the exit code."""
    parser = argparse.ArgumentParser(prog="bin/check-bare", description=__doc__)
    parser.add_argument("command", choices=["test", "serve", "user"])
    parser.add_argument("arguments", nargs="*", help="given to bin/test, or to pytest of the user")
    chosen = parser.parse_args()
    packages = ADMINISTRATORS_PACKAGES if chosen.command == "user" else ("git", "python3")
    try:
        with bare_root(*packages) as root:
            if chosen.command == "user":
                check_user(root, chosen.arguments or list(USERS_TESTS))
            else:
                _clone(root, FOLDER)
            if chosen.command == "test":
                check_test(root, chosen.arguments)
            elif chosen.command == "serve":
                check_serve(root)
    except (NotProven, CommandFailed) as reason:
        print(f"check: NOT PROVEN: {reason}", file=sys.stderr)
        return 1
    print("check: proven")
    return 0


def check_test(root: BareRoot, arguments: list[str]) -> None:
    """`./bin/test` ends well; set-up is run before it to know the time of each."""
    with phase("bin/setup --test"):
        root.run(_in_project("./bin/setup", "--test"))
    with phase("bin/test"):
        root.run(_in_project("./bin/test", *arguments))


def check_user(root: BareRoot, tests: list[str]) -> None:
    """Somebody without rights sets everything up and runs tests, PostgreSQL and the browser's sandbox among them."""
    root.run(["sh", "-c", ADMINISTRATORS_BROWSER], environment={"DEBIAN_FRONTEND": "noninteractive"})
    root.run(["useradd", "--create-home", USER])
    _clone(root, USERS_FOLDER)
    root.run(["chown", "-R", f"{USER}:{USER}", USERS_FOLDER])
    in_project = ["env", f"--chdir={USERS_FOLDER}"]
    with phase("bin/setup --test as a user without rights"):
        root.run([*in_project, "./bin/setup", "--test"], user=USER)
    with phase("tests"):
        root.run([*in_project, ".venv/bin/pytest", *tests], user=USER)


def _clone(root: BareRoot, folder: str) -> None:
    subprocess.run(["git", "clone", "--quiet", PROJECT, root.path / folder[1:]], check=True)


def check_serve(root: BareRoot) -> None:
    """`./bin/serve --demo` answers, finishes the audit of the demo site, and stops when it is told to."""
    port = free_port()
    environment = {"CAMPUS_PORT": str(port)}
    with root.running(_in_project("./bin/serve", "--demo"), environment=environment) as serving:
        with phase("from nothing to an answer"):
            await_health(serving, port)
        with phase("the audit of the demo site"):
            print(f"check: {_await_audit(root, serving)}")
        with phase("stopping"):
            end(serving)


def _in_project(*argv: str) -> list[str]:
    return ["env", f"--chdir={FOLDER}", *argv]


def _await_audit(root: BareRoot, serving: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + AUDIT_SECONDS
    while time.monotonic() < deadline:
        if serving.poll() is not None:
            raise NotProven(f"bin/serve ended with exit code {serving.returncode} during the audit")
        audits = _audits(root)
        if audits and all(state not in ("queued", "running") for state, *_ in audits):
            state, planned, audited, error = audits[0]
            if state != "done" or not audited:
                raise NotProven(f"the audit ended as {state}, {audited} of {planned} rows audited: {error}")
            return f"{audited} of {planned} rows audited"
        time.sleep(1)
    raise NotProven(f"the audit did not end within {AUDIT_SECONDS:.0f} s")


def _audits(root: BareRoot) -> list[tuple[str, int, int, str]]:
    """The audits in the service's database; none before its tables are made."""
    for file in (root.path / FOLDER[1:] / "data").rglob("*.sqlite"):
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as connection:
            try:
                return connection.execute(AUDITS).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" not in str(error):
                    raise
    return []


if __name__ == "__main__":
    sys.exit(main())
