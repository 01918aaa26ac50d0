"""Proves one of the two commands on a bare Debian 12 with nothing but git and python3: `bin/check-bare test|serve`."""

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
AUDIT_SECONDS = 900.0
AUDITS = "SELECT state, planned, audited, error FROM audit ORDER BY id"


def main() -> int:
    """Make the root, run the command in it, and answer the exit code."""
    parser = argparse.ArgumentParser(prog="bin/check-bare", description=__doc__)
    parser.add_argument("command", choices=["test", "serve"])
    parser.add_argument("arguments", nargs="*", help="given to bin/test")
    chosen = parser.parse_args()
    try:
        with bare_root("git", "python3") as root:
            subprocess.run(["git", "clone", "--quiet", PROJECT, root.path / FOLDER[1:]], check=True)
            if chosen.command == "test":
                check_test(root, chosen.arguments)
            else:
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
