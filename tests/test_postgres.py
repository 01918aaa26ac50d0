"""Where PostgreSQL cannot run, tests fail and say what is missing; none is left out."""

import pytest

from tests import postgres


def test_a_machine_without_postgresql_fails_the_tests_with_what_is_missing(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_found() -> None:
        raise postgres.Missing("PostgreSQL is missing: initdb and postgres were not found")

    monkeypatch.setattr(postgres, "find_binaries", nothing_found)
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile("def test_needs_it(postgres_server): pass")

    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*PostgreSQL is missing*"])


def test_a_server_that_was_started_is_gone_with_its_folder_afterwards() -> None:
    with postgres.running_server() as server:
        server.run("SELECT 1")

    with pytest.raises(Exception, match="refused"):
        server.run("SELECT 1")
