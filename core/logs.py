"""Log lines of every process, for people or for machines, on the standard error; and nothing secret in them.

Whoever logs writes `log = structlog.get_logger()` and `log.info("what happened", name=value)`. Lines of the libraries
(through `logging`) take the same way.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

HIDDEN = "[hidden]"
SECRET_NAME = re.compile(
    r"passw|secret|token|cookie|credential|authori[sz]ation|api_?key|session_?key|csrf", re.IGNORECASE
)
SECRET_IN_ADDRESS = re.compile(
    r"(?<=://)[^/@\s]*@|(?<=[?&])((?:token|key|password|sesskey|code)=)[^&#\s]+", re.IGNORECASE
)
QUIET = ("alembic", "apscheduler", "asyncio", "httpx2", "httpcore2", "uvicorn.access")
ADDED = frozenset({"event", "level", "logger", "timestamp"})


def configure(log_format: str = "auto", level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Set up this process's log. `auto` writes text to a terminal and JSON, one object a line, to anything else."""
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
    handler.setFormatter(_formatter(as_text, target.isatty()))
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


def _formatter(as_text: bool, colors: bool) -> logging.Formatter:
    last: Processor = structlog.dev.ConsoleRenderer(colors=colors) if as_text else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # plain: other renderers of tracebacks print local variables
            hide_secrets,
            last,
        ],
    )


def hide_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace values whose name says that they are secret, and credentials inside addresses, at any depth."""
    return {name: value if name in ADDED - {"event"} else _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: Any) -> Any:
    if SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, str):
        return SECRET_IN_ADDRESS.sub(lambda found: f"{found[1] or ''}{HIDDEN}{'' if found[1] else '@'}", value)
    if isinstance(value, Mapping):
        return {str(key): _hidden(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden("", inner) for inner in value]
    return value
