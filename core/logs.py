"""Log lines of every process, for people or for machines, on the standard error; and nothing secret in them.

Whoever logs writes `log = structlog.get_logger()` and `log.info("what happened", name=value)`. Lines of the libraries
(through `logging`) take the same way.
"""

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from core import redaction
from core.errors import CampusError
from core.redaction import Redactor
from core.settings import settings

QUIET = ("alembic", "apscheduler", "asyncio", "httpx2", "httpcore2", "uvicorn.access")
ADDED = frozenset({"level", "timestamp"})


def configure(log_format: str = "auto", level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Set up this process's log. `auto` writes text to a terminal and JSON, one object a line, to anything else.

    The secrets of the settings as they are now appear in no line, whatever anybody logs.
    """
    target = stream or sys.stderr
    as_text = log_format == "text" or (log_format == "auto" and target.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(_formatter(as_text, target.isatty(), Redactor(_known_secrets())))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(as_text: bool, colors: bool, redactor: Redactor) -> logging.Formatter:
    last: Processor = structlog.dev.ConsoleRenderer(colors=colors) if as_text else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # plain: other renderers of tracebacks print local variables
            _without_secrets(redactor),
            last,
        ],
    )


def _without_secrets(redactor: Redactor) -> Processor:
    def hide(_logger: Any, _method: str, event: EventDict) -> EventDict:
        return {name: value if name in ADDED else redactor.value(name, value) for name, value in event.items()}

    return hide


def _known_secrets() -> list[str]:
    try:
        return redaction.secrets_of(settings())
    except CampusError:  # a setting is wrong, and whoever reads it next will say so: nothing was taken over from it
        return []
