"""Reads a Dockerfile, and carries out its steps in a root folder, as far as this project's Dockerfile goes.

An instruction or option that is not known here is refused, so that nothing is passed over in silence.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from string import Template

from tests.ground.bare_root import BareRoot

START_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class DockerfileError(ValueError):
    """The Dockerfile says something that is wrong or not understood."""


@dataclass(frozen=True)
class Instruction:
    """One instruction: `RUN`, what follows it on one line, and the options such as `--chown=…` before that."""

    keyword: str
    argument: str
    options: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The argument as a list, from either of its forms: `["a", "b"]` or shell."""
        if self.argument.startswith("["):
            return [str(word) for word in json.loads(self.argument)]
        return ["/bin/sh", "-c", self.argument]


@dataclass
class Image:
    """What the instructions have settled so far."""

    environment: dict[str, str] = field(default_factory=lambda: {"PATH": START_PATH})
    folder: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def expand(self, text: str) -> str:
        """`text` with `$NAME` replaced from the environment so far."""
        return Template(text).substitute(self.environment)

    def argv(self, words: list[str]) -> list[str]:
        """A command as it is started in the image's folder."""
        return ["env", f"--chdir={self.folder}", *words]


def parse(text: str) -> list[Instruction]:
    """The instructions in their order, comments and line breaks gone."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", "", lines)
    return [_instruction(line) for line in joined.splitlines() if line.strip()]


def _instruction(line: str) -> Instruction:
    keyword, _, rest = line.strip().partition(" ")
    options = []
    while rest.startswith("--"):
        option, _, rest = rest.partition(" ")
        options.append(option)
        rest = rest.lstrip()
    return Instruction(keyword.upper(), rest.strip(), tuple(options))


def build(instructions: Iterable[Instruction], root: BareRoot, context: Path, files: list[str]) -> Image:
    """Carry out the instructions in `root`; `files` are the files below `context` that may be copied."""
    image = Image()
    for instruction in instructions:
        _carry_out(instruction, image, root, context, files)
    return image


def _carry_out(step: Instruction, image: Image, root: BareRoot, context: Path, files: list[str]) -> None:
    if step.options and step.keyword != "HEALTHCHECK":
        raise DockerfileError(f"{step.keyword}: options not known here: {' '.join(step.options)}")
    match step.keyword:
        case "RUN":
            root.run(image.argv(step.words), user=image.user, environment=image.environment)
        case "COPY":
            *sources, target = image.expand(step.argument).split()
            place = root.path / PurePosixPath(image.folder, target).relative_to("/")
            for name, below in copies(sources, target, files):
                (place / below).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(context / name, place / below)
        case "ENV":
            image.environment |= environment(image, step.argument)
        case "WORKDIR":
            image.folder = str(PurePosixPath(image.folder, image.expand(step.argument)))
            (root.path / image.folder.removeprefix("/")).mkdir(parents=True, exist_ok=True)
        case "USER":
            image.user = step.argument
        case "CMD":
            image.command = step.words
        case "HEALTHCHECK":
            image.health = _instruction(step.argument).words
        case "FROM" | "VOLUME" | "EXPOSE":
            pass  # the root stands for the first; the others tell the container's host something
        case _:
            raise DockerfileError(f"not known here: {step.keyword}")


def environment(image: Image, argument: str) -> dict[str, str]:
    """The variables of an ENV instruction, values without spaces."""
    pairs = [pair.partition("=") for pair in argument.split()]
    return {name: image.expand(value) for name, _, value in pairs}


def copies(sources: list[str], target: str, files: list[str]) -> list[tuple[str, str]]:
    """What COPY copies: (file of the context, its path below the target; "" if the target is the file).

    A folder's content lands in the target itself, a file in it if the target ends with a slash.
    Raises `DockerfileError` when a source is not there.
    """
    found = []
    for source in sources:
        if source in files:
            found.append((source, PurePosixPath(source).name if target.endswith("/") else ""))
            continue
        below = [name for name in files if name.startswith(f"{source}/")]
        if not below:
            raise DockerfileError(f"COPY {source}: not in the build context")
        found += [(name, name.removeprefix(f"{source}/")) for name in below]
    return found


def context_files(context: Path, ignore: str) -> list[str]:
    """The committed files that the patterns of a .dockerignore let through; the last pattern that fits decides."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=context, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and not ignored(name, ignore)]


def ignored(name: str, ignore: str) -> bool:
    """Whether the patterns keep the file out of the build context."""
    out = False
    for line in ignore.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        if _fits(name, pattern.removeprefix("!")):
            out = not pattern.startswith("!")
    return out


def _fits(name: str, pattern: str) -> bool:
    """Whether the pattern names the file or a folder above it."""
    path = PurePosixPath(name)
    candidates = [str(path), *(str(parent) for parent in path.parents)]
    if pattern.startswith("**/"):
        return any(fnmatchcase(part, pattern[3:]) for part in path.parts)
    depth = pattern.count("/")
    return any(fnmatchcase(candidate, pattern) for candidate in candidates if candidate.count("/") == depth)
