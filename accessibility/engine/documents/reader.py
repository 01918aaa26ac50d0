"""Reads a document from standard input and writes its facts as JSON to standard output.

A process of its own with limits: documents come from outside, and libraries that read them are large. What it cannot
read it says as `{"unreadable": why}`.
"""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 30  # of processor time
OPEN_FILES = 64
ZIP = b"PK\x03\x04"


def main() -> None:
    """Read, and answer."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to a pipe alone
    data = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(_answer(data)))


def _answer(data: bytes) -> dict[str, Any]:
    from accessibility.engine.documents.facts import Unreadable
    from accessibility.engine.documents.package import Package
    from accessibility.engine.documents.pdf import read_pdf
    from accessibility.engine.documents.slides import read_slides
    from accessibility.engine.documents.word import read_word

    try:
        if is_pdf(data):
            return asdict(read_pdf(data))
        if not data.startswith(ZIP):
            return {"other": True}
        package = Package(data)
        if package.names("word/document.xml", ""):
            return asdict(read_word(package))
        if package.names("ppt/presentation.xml", ""):
            return asdict(read_slides(package))
    except Unreadable as problem:
        return {"unreadable": str(problem)}
    except MemoryError:
        return {"unreadable": "it takes too much memory"}
    except RecursionError:
        return {"unreadable": "it is nested too deeply"}
    return {"other": True}


def is_pdf(data: bytes) -> bool:
    """Whether it begins as a PDF; some programs write a few lines before."""
    return b"%PDF-" in data[:1024]


if __name__ == "__main__":
    main()
