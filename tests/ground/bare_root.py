"""A bare Debian 12 in a temporary folder, to prove what the project asks of a fresh machine.

Needs root and debootstrap.

Every command in it runs in mount and process namespaces of its own: its mounts, and whatever it leaves running, end
with it, however it ends. Where packages come from is this machine's configuration of apt and pip, copied when needed.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child")
SUITE = "bookworm"
ENTER = """
root=$1 user=$2; shift 2
mount --rbind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
cd "$root"
pivot_root . mnt  # and no chroot: in one of those no user may make namespaces, as Chromium's sandbox does
umount --lazy /mnt
if [ "$user" = root ]; then exec "$@"; fi
exec setpriv --reuid="$user" --regid="$(id --group "$user")" --init-groups "$@"
"""
CONFIGURATION = (
    "/etc/apt/apt.conf.d",
    "/etc/apt/sources.list",
    "/etc/apt/sources.list.d",
    "/etc/hosts",
    "/etc/pip.conf",
    "/etc/resolv.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/share/ca-certificates",
)
PASSED_ON = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
LEFT_OUT = {"PIP_FIND_LINKS"}  # folders of this machine
GRACE = 30.0


class CommandFailed(Exception):
    """A command in the root did not end well, as a sentence."""


@dataclass(frozen=True)
class BareRoot:
    """A Debian below `path`."""

    path: Path

    def run(self, argv: Sequence[str], *, user: str = "root", environment: Mapping[str, str] | None = None) -> None:
        """Run a command to its end. Raises `CommandFailed` when it does not end well."""
        done = subprocess.run(self._command(argv, user), env=_environment(user, environment))
        if done.returncode:
            raise CommandFailed(f"{' '.join(argv)} ended with exit code {done.returncode}")

    @contextmanager
    def running(
        self, argv: Sequence[str], *, user: str = "root", environment: Mapping[str, str] | None = None
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """A command that runs until the block ends; it is asked to stop, and killed when it does not."""
        process = subprocess.Popen(
            self._command(argv, user), env=_environment(user, environment), start_new_session=True
        )
        try:
            yield process
        finally:
            stop(process)

    def _command(self, argv: Sequence[str], user: str) -> list[str]:
        return [*NAMESPACES, "sh", "-euc", ENTER, "sh", str(self.path), user, *argv]


def stop(process: "subprocess.Popen[bytes]") -> int:
    """End the process group as an init system would: asked first, killed after `GRACE` seconds. Its exit code."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


@contextmanager
def bare_root(*packages: str) -> Iterator[BareRoot]:
    """Make a root with nothing but Debian's essential packages and `packages`; remove it afterwards."""
    signal.signal(signal.SIGTERM, lambda *_: exit(143))  # so that the folder is removed then too
    with tempfile.TemporaryDirectory(prefix="campus-root-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        options = ["--variant=minbase", *([f"--include={','.join(packages)}"] if packages else [])]
        made = subprocess.run(
            [*NAMESPACES, "debootstrap", *options, SUITE, folder, _mirror()], capture_output=True, text=True
        )
        if made.returncode:
            raise SystemExit(f"debootstrap failed:\n{made.stdout[-3000:]}{made.stderr}")
        (path / "etc/apt/sources.list").unlink()
        for name in CONFIGURATION:
            _copy_configuration(Path(name), path / name.removeprefix("/"))
        yield BareRoot(path)


def _mirror() -> str:
    """The mirror from which this machine's apt has its Debian."""
    form = ["--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages", "Component: main"]
    told = subprocess.run(["apt-get", "indextargets", *form], capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        codename, address = line.split(" ", 1)
        if codename == SUITE:
            return address
    raise SystemExit(f"apt on this machine knows no source of {SUITE}")


def _copy_configuration(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _environment(user: str, given: Mapping[str, str] | None) -> dict[str, str]:
    passed = {
        name: value for name, value in os.environ.items() if name.upper().startswith(PASSED_ON) and name not in LEFT_OUT
    }
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    home = "/root" if user == "root" else f"/home/{user}"
    return {"PATH": path, "HOME": home, "LANG": "C.UTF-8", **passed, **(given or {})}
