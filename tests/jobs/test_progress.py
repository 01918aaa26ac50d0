"""How far long work has come, where the output is no terminal, and where it is one."""

import io
import sys
from types import SimpleNamespace

import pytest

from jobs import progress


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 1.0, 61.0, 62.0, 122.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(times)))  # threads have their own
    with progress.shown() as tell:
        for done in range(4):
            tell("pages", done, 9)
    assert capsys.readouterr().err == "pages: 1 of 9\npages: 3 of 9\n"


def test_a_terminal_gets_a_bar_for_each_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress.shown() as tell:
        tell("pages [all]", 0, 0)
        tell("pages [all]", 4, 9)
        tell("pictures", 1, 2)
    assert "pages [all]" in terminal.getvalue()
    assert "4/9" in terminal.getvalue()
    assert "1/2" in terminal.getvalue()
