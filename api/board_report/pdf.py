"""The board report as a tagged PDF (PDF/UA-1), made in a process of its own: bounded in time and memory, and without
the service's settings. Call it outside of any transaction: it takes seconds.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from threading import BoundedSemaphore

import structlog

from api.board_report.parts import Section
from api.rendering import rendered
from core.errors import Unavailable
from core.i18n import gettext as _
from core.i18n import language
from core.settings import PREFIX

PROCESS = "api.board_report.pdf_process"
SECONDS = 60
WAIT = 30
_one_at_a_time = BoundedSemaphore(1)
log = structlog.get_logger()


def pdf_of(title: str, known_on: str, sections: Sequence[Section]) -> bytes:
    """The document in the language that is spoken. Raises `Unavailable` where it takes too long, or cannot be made."""
    return _made(
        rendered(
            "results/report_pdf.html",
            title=title,
            known_on=known_on,
            report=sections,
            language=language(),
        )
    )


@lru_cache(maxsize=4)
def _made(html: str) -> bytes:
    """The same text gives the same document, so the last few are kept."""
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise Unavailable(_("Other reports are being made. Try again in a minute."))
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", PROCESS],
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS,
            env={name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(_("The report took too long to make. Try again later.")) from None
    finally:
        _one_at_a_time.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        log.error(
            "the report could not be made", code=done.returncode, said=done.stderr.decode(errors="replace")[-2000:]
        )
        raise Unavailable(_("The report could not be made. The log says why."))
    return done.stdout
