"""Runs the benchmarks: every module `bench_NAME.py` of this folder, whose `run()` gives its figures.

Exit codes: 0 all ran, 1 one of them failed (named on stderr), 2 wrong use.
"""

import argparse
import importlib
import json
import sys
import traceback
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figure import Figure

PREFIX = "bench_"


def names(folder: Path = Path(__file__).parent) -> list[str]:
    """The benchmarks there are, sorted."""
    return sorted(file.stem.removeprefix(PREFIX) for file in folder.glob(f"{PREFIX}*.py"))


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks asked for, or all."""
    chosen = _parse(arguments)
    figures: list[dict[str, object]] = []
    failed = []
    for name in chosen.names or names():
        try:
            for figure in _run(name):
                print(f"{name}: {figure.line()}", flush=True)
                figures.append({"benchmark": name, **asdict(figure)})
        except Exception:
            traceback.print_exc()
            print(f"bench: {name} failed", file=sys.stderr)
            failed.append(name)
    if chosen.json:
        chosen.json.write_text(json.dumps({"figures": figures, "failed": failed}, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Runs the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.names if name not in names()]:
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}")
    if chosen.json and not chosen.json.absolute().parent.is_dir():
        parser.error(f"--json: there is no folder {chosen.json.parent}")
    return chosen


def _run(name: str) -> Iterable[Figure]:
    run = importlib.import_module(f"tests.benchmarks.{PREFIX}{name}").run
    figures: Iterable[Figure] = run()
    return figures


if __name__ == "__main__":
    sys.exit(main())
