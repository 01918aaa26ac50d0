"""Carries out the Dockerfile on a bare Debian 12, with no container engine, and starts its service."""

import sys
from pathlib import Path

from tests.ground.bare_root import BareRoot, CommandFailed, bare_root
from tests.ground.checks import NotProven, await_health, end, free_port, phase
from tests.ground.dockerfile_steps import DockerfileError, Image, build, context_files, parse

PROJECT = Path(__file__).parents[2]


def main() -> int:
    """Build, start, ask for its health, audit its sign-in page with its browser, and stop. Answers the exit code."""
    instructions = parse((PROJECT / "Dockerfile").read_text(encoding="utf-8"))
    files = context_files(PROJECT, (PROJECT / ".dockerignore").read_text(encoding="utf-8"))
    try:
        with bare_root() as root:
            with phase("building"):
                image = build(instructions, root, PROJECT, files)
            _check_service(root, image)
    except (NotProven, DockerfileError, CommandFailed) as reason:
        print(f"check: NOT PROVEN: {reason}", file=sys.stderr)
        return 1
    print("check: proven")
    return 0


def _check_service(root: BareRoot, image: Image) -> None:
    port = free_port()
    given = {"CAMPUS_HOST": "127.0.0.1", "CAMPUS_PORT": str(port)}
    environment = {**image.environment, **given}
    with root.running(image.argv(image.command), user=image.user, environment=environment) as service:
        with phase("starting"):
            await_health(service, port)
        root.run(image.argv(image.health), user=image.user, environment=environment)
        with phase("auditing its own sign-in page"):
            (root.path / "tmp/addresses").write_text(f"http://127.0.0.1:{port}/sign-in\n", encoding="utf-8")
            audit = ["campus", "audit", "--urls", "/tmp/addresses"]
            root.run(image.argv(audit), user=image.user, environment=environment)
        with phase("stopping"):
            end(service)


if __name__ == "__main__":
    sys.exit(main())
