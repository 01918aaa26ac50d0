"""The command line `campus`: the list of its commands, and what their endings mean as exit codes.

| code | meaning                                                                                       |
|------|-----------------------------------------------------------------------------------------------|
| 0    | done; the gate says pass                                                                      |
| 1    | the gate says fail: no other cause ends so                                                    |
| 2    | it could not be done or not be said: inconclusive, a page not audited, something missing here |
| 3    | wrong use: an option, an address, a file                                                      |
| 130  | stopped with Ctrl-C                                                                           |

A command is a module of `jobs/commands/` with a function `register(app)`, named in `COMMANDS`. Its functions return
their exit code (None is 0) and raise `core.errors` for what a person must act on.
"""

import gc
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module, metadata
from io import TextIOWrapper

import typer

from core.errors import CampusError, TooManyAttempts, Unavailable

# In the order of `campus --help`. Only the module that is asked for is imported: the gate of a pipeline needs neither
# database nor web framework, and a module that cannot be imported must not look like a verdict (Python would exit 1).
COMMANDS: tuple[str, ...] = (
    *("serve", "web", "worker", "health", "audit", "act", "gate", "platform", "section", "capacity", "facts"),
    *("funds", "discrepancies", "results", "feedback", "demo", "person", "token", "backup", "restore"),
)

COULD_NOT = 2
WRONG_USE = 3
STOPPED = 130


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code; every ending passes here."""
    given = list(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a page's text must not break a terminal of one alphabet
    try:
        command = typer.main.get_command(assemble(_needed(given)))
        code = command.main(given, prog_name="campus", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except typer.TyperException as error:
        return _say(f"{error.format_message()}\nTry 'campus --help' or 'campus COMMAND --help'.", WRONG_USE)
    except CampusError as error:
        return _say(str(error), COULD_NOT if isinstance(error, Unavailable | TooManyAttempts) else WRONG_USE)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except (Exception, SystemExit):  # SystemExit: what typer makes of a closed pipe
        traceback.print_exc()
        return COULD_NOT


def assemble(names: Iterable[str]) -> typer.Typer:
    """The application with these modules of `jobs/commands/`."""
    # Tracebacks that show local variables would show secrets.
    app = typer.Typer(name="campus", pretty_exceptions_enable=False, add_completion=False)
    app.callback()(_campus)
    with _no_search_for_garbage():
        modules = [import_module(f"jobs.commands.{name}") for name in names]
    for module in modules:
        module.register(app)
    return app


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """An import leaves next to none, and to look for it again and again takes a quarter of the start of `web`."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _needed(args: Sequence[str]) -> Sequence[str]:
    return args[:1] if args and args[0] in COMMANDS else COMMANDS


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"campus {metadata.version('campus')}")
        raise typer.Exit


def _campus(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Books and nightly accessibility audits of a residential training campus."""


def _say(message: str, code: int) -> int:
    print(f"campus: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
