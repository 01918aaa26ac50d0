"""The runner of the benchmarks."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.figure import Figure


def _broken() -> Iterator[Figure]:
    yield Figure("before", 1234.5, "things/s", "nothing 1, ratio 1234.50")
    raise RuntimeError("it broke")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark `broken` and no other."""
    module = ModuleType("tests.benchmarks.bench_broken")
    module.__dict__["run"] = _broken
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(bench, "names", lambda: ["broken"])


def test_the_benchmarks_are_the_modules_of_the_folder() -> None:
    assert "database" in bench.names()


def test_an_unknown_name_is_answered_with_the_names_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(["no-such"])
    assert ended.value.code == 2
    assert "no such benchmark: no-such; there are: " in capsys.readouterr().err


@pytest.mark.usefixtures("broken")
def test_a_benchmark_that_fails_is_named_and_its_earlier_figures_are_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "figures.json"
    assert bench.main(["--json", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == "broken: before: 1,234 things/s (nothing 1, ratio 1234.50)\n"
    assert "bench: broken failed" in said.err
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "figures": [
            {
                "benchmark": "broken",
                "name": "before",
                "value": 1234.5,
                "unit": "things/s",
                "compared_with": "nothing 1, ratio 1234.50",
            }
        ],
        "failed": ["broken"],
    }


@pytest.mark.usefixtures("broken")
def test_a_file_that_cannot_be_written_is_refused_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(["--json", "no-such-folder/figures.json"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
