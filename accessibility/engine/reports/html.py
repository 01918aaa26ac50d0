"""One HTML page that holds everything: for an artifact of a pipeline, a mail, an archive. It needs no other file.

It is accessible itself (the tests audit it), runs no script and loads nothing. Texts of audited pages are escaped.
"""

from functools import lru_cache
from pathlib import Path

import jinja2

from accessibility.engine import wcag
from accessibility.engine.gate import Verdict
from accessibility.engine.page import REASONS, Reason
from accessibility.engine.reports import told
from accessibility.engine.reports.run import Run, said_of

FOLDER = Path(__file__).parent
SHOWN = 500  # problems of a group, and pages not audited
PAGES_SHOWN = 50  # addresses of one problem


def html(run: Run, verdict: Verdict | None = None) -> str:
    """The whole page as text."""
    mark, words = told.headline(run, verdict).split(" ", 1)
    return _template().render(
        run=run,
        mark=mark,
        words=words,
        reasons=verdict.reasons if verdict else (),
        groups=told.groups(run, verdict),
        rows=[(row, *said_of(row)) for row in told.rows_left(run)],
        sentences={reason.value: REASONS[Reason(reason)] for reason in Reason},
        figures=list(told.figures(run)),
        heading=told.heading,
        element=told.element,
        criterion=wcag.title,
        shown=SHOWN,
        pages_shown=PAGES_SHOWN,
    )


@lru_cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = _shown
    return environment.get_template("report.html")


def _shown(text: str) -> str:
    """Text of a page with what cannot be seen, or no file can hold, made visible."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
