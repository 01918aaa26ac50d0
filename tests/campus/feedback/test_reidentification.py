"""Somebody who may see every figure tries to find out what a few guests answered.

The attacker has everything that any reader can get, knows in which groups each guest is (the worst case: a colleague of
all of them), and solves the linear system of the published figures for every one to four guests. The solver is another
one than that of the service: projections in floating point instead of exact elimination.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from inspect import signature
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import sqlalchemy as sa

import jobs.migrations.models as every_table
from api.app import create_app
from api.rest.feedback import figures
from campus.feedback.figures import answers, closing, queries, rules
from campus.feedback.figures.models import PublishedCell
from campus.feedback.figures.suppression import LEAST
from campus.feedback.quarters import Quarter, quarter_of
from campus.feedback.responses.models import Answer, Response
from campus.feedback.responses.queries import origins
from campus.feedback.responses.rules import IMPORT, POINT
from campus.places.models import Event
from campus.surveys import queries as surveys
from campus.surveys.raw import anonymised
from core.database import Base, Database
from core.settings import Settings
from core.trail import TrailEntry
from jobs.cli import main
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.feedback import guests

Groups = dict[tuple[str, str], frozenset[str]]
EXACT = 1 - 1e-9
SEEDS = (1, 2, 3)
READERS_OF_ANSWERS = {
    "campus/feedback/comments/nightly.py",  # the group that a comment names, and sentiment
    "campus/feedback/figures/answers.py",  # the closing
    "campus/feedback/responses/actions.py",
    "campus/feedback/responses/queries.py",  # whether one is there already
    "campus/feedback/retention.py",
    "campus/surveys/actions.py",  # undoes an import
    "campus/sample/feedback_invitations.py",  # invented answers of invented guests
    "campus/surveys/queries.py",  # the raw answers
    "jobs/guest_data.py",
}


def determined(rows: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """Every one to four guests of whom a combination of the rows tells.

    A set S is told of when a vector in the span of the rows is zero outside of S: when the projection onto the span has
    an eigenvalue of 1 within S. Leverages that do not add up to 1 cannot have one. Guests in the same groups are one.
    """
    everybody = sorted(frozenset().union(*rows)) if rows else []
    found: dict[tuple[bool, ...], list[str]] = defaultdict(list)
    for guest in everybody:
        found[tuple(guest in row for row in rows)].append(guest)
    atoms = [some for some in found.values() if len(some) < LEAST]
    scaled = np.array([np.array(where) * np.sqrt(len(some)) for where, some in found.items()], np.float64).T
    if not len(scaled):
        return set()
    projection = np.linalg.pinv(scaled) @ scaled
    small = [number for number, some in enumerate(found.values()) if len(some) < LEAST]
    inner = projection[np.ix_(small, small)]
    return {
        frozenset(guest for number in some for guest in atoms[number])
        for size in range(1, LEAST)
        for some in _told(inner, size)
        if sum(len(atoms[number]) for number in some) < LEAST
    }


def _told(inner: npt.NDArray[np.float64], size: int) -> Iterator[tuple[int, ...]]:
    sets = np.array(list(combinations(range(len(inner)), size)), int).reshape(-1, size)
    sets = sets[inner.diagonal()[sets].sum(axis=1) >= EXACT]
    if len(sets):
        largest = np.linalg.eigvalsh(inner[sets[:, :, None], sets[:, None, :]])[:, -1]
        yield from (tuple(int(one) for one in some) for some in sets[largest >= EXACT])


def small_groups(database: Database, seed: int, quarters: Sequence[Quarter], imported: float = 0) -> None:
    """Quarters of some forty guests in many overlapping groups, who leave questions out; a share were brought in."""
    chance = Random(seed)
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        events = [_event(campus, quarter, number) for quarter in quarters for number in range(4)]
        session.add_all(events)
        session.flush()
        for quarter in quarters:
            held = [one.id for one in events if quarter_of(one.first) == quarter]
            for number in range(44):
                answers = {key: value for key, value in guests.likely(chance).items() if chance.random() < 0.85}
                guests.respond(
                    session,
                    version,
                    quarter.first.replace(day=8 + number % 20),
                    answers,
                    language=chance.choices(guests.LANGUAGES, (50, 25, 12, 8, 5))[0],
                    pavilion_id=chance.choices([*campus.pavilions, None], (20, 18, 2))[0],
                    segment_id=chance.choices([*campus.segments, None], (25, 12, 3))[0],
                    event_id=chance.choices([*held, None], (10, 7, 5, 3, 9))[0],
                    origin=IMPORT if chance.random() < imported else POINT,
                )


def _event(campus: Campus, quarter: Quarter, number: int) -> Event:
    return Event(
        slug=f"sample-{str(quarter).lower()}-{number}",
        name="Sample event",
        segment_id=campus.segments[0],
        party_id=campus.party,
        first=quarter.first,
        until=quarter.until,
    )


def members(database: Database, quarter: Quarter) -> tuple[Groups, dict[str, frozenset[str]]]:
    """What the attacker knows: who is in which group, and who answered which question."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    asked: dict[str, set[str]] = defaultdict(set)
    columns = {"pavilion": Response.pavilion_id, "event": Response.event_id, "segment": Response.segment_id}
    with database.read() as session:
        slugs = {name: dict(session.execute(sa.text(f"SELECT id, slug FROM {name}")).all()) for name in columns}
        for one in session.scalars(sa.select(Response)):
            if quarter_of(one.week) != quarter:
                continue
            found["all", ""].add(one.id)
            found["language", one.language].add(one.id)
            for name, column in columns.items():
                if (number := getattr(one, column.key)) is not None:
                    found[name, slugs[name][number]].add(one.id)
        for answer in session.scalars(sa.select(Answer)):
            asked[answer.question].add(answer.response_id)
    return {name: frozenset(some) for name, some in found.items()}, {key: frozenset(s) for key, s in asked.items()}


def published(database: Database, quarter: Quarter) -> dict[str, list[tuple[str, str]]]:
    """The groups whose figures are told, by question."""
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with database.read() as session:
        for cell in queries.cells(session, quarter=quarter):
            if not cell.suppressed:
                told[cell.measure.partition(":")[0]].add((cell.dimension, cell.thing))
    return {key: sorted(some) for key, some in told.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_arithmetic_on_published_figures_tells_of_one_to_four_guests(sqlite_database: Database, seed: int) -> None:
    quarters = guests.past_quarters(2)
    small_groups(sqlite_database, seed, quarters)
    with sqlite_database.write() as session:
        guests_close(session, quarters)
    for quarter in quarters:
        groups, asked = members(sqlite_database, quarter)
        told = published(sqlite_database, quarter)
        assert told
        for question, shown in told.items():
            assert not determined([groups[group] & asked[question] for group in shown]), question
        # how many answered a question is a figure of all guests of a group, whichever question it is of
        assert not determined([groups[group] for group in sorted({one for shown in told.values() for one in shown})])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_attack_finds_guests_when_all_groups_of_five_are_published(sqlite_database: Database, seed: int) -> None:
    """Were suppression weakened to that, the test above would fail."""
    [quarter] = guests.past_quarters(1)
    small_groups(sqlite_database, seed, [quarter])
    groups, asked = members(sqlite_database, quarter)
    naive = [some for group in groups.values() if len(some := group & asked["food"]) >= LEAST]
    assert determined(naive)


def test_the_attack_finds_what_is_known_to_be_told() -> None:
    everybody = frozenset("abcdefghijklm")
    assert determined([everybody, everybody - {"a"}]) == {frozenset("a")}
    assert determined([everybody, frozenset("abcdef"), frozenset("ghijk")]) == {frozenset("lm")}
    assert frozenset("ab") in determined([frozenset("acdefg"), frozenset("bcdefg")])  # how the two differ
    assert not determined([everybody, frozenset("abcdef")])


def test_readers_get_nothing_but_published_cells_and_no_number_of_a_suppressed_one(
    sqlite_database: Database, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """With every answer deleted, scripts and commands say the same."""
    quarters = guests.past_quarters(2)
    small_groups(sqlite_database, 5, quarters)
    numbers = ("n", "value", "low", "high", "mean", "deviation")
    with sqlite_database.write() as session:
        guests_close(session, quarters)
        hidden = sa.select(*(getattr(PublishedCell, name) for name in numbers)).where(PublishedCell.suppressed)
        assert {tuple(row) for row in session.execute(hidden)} == {(None,) * len(numbers)}
    configure(database_url=sqlite_database.engine.url)
    script = client(create_app(sqlite_database, Settings()), sqlite_database, "feedback:read")
    before = everything(script, capsys)
    masked = [one for answer in before for one in objects(json.loads(answer)) if one.get("suppressed")]
    assert len(masked) > 20
    assert {one.get(name) for one in masked for name in numbers} == {None}
    with sqlite_database.write() as session:
        session.execute(sa.delete(Answer))
        session.execute(sa.delete(Response))
    assert everything(script, capsys) == before


def guests_close(session: Any, quarters: Sequence[Quarter]) -> None:
    for quarter in quarters:
        closing.close(session, quarter, TEST)


def everything(script: Browser, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """All that a reader gets, as text: REST of every group and measure, and the command."""
    base = "/api/v1/feedback"
    found = [script.get(f"{base}/quarters").text]
    quarters = [one["quarter"] for one in script.get(f"{base}/quarters").json() if one["closed"]]
    cells = []
    for quarter in quarters:
        page = f"{base}/figures?quarter={quarter}&per_page=200"
        while page:
            answer = script.get(page)
            assert answer.status_code == 200
            found.append(answer.text)
            cells += answer.json()
            page = answer.links.get("next", {}).get("url", "")
    groups = sorted({(one["dimension"], one["thing"]) for one in cells})
    for dimension, thing in groups:
        query = f"dimension={dimension}&thing={thing}"
        found += [script.get(f"{base}/areas?{query}").text, script.get(f"{base}/index?{query}").text]
        found += [script.get(f"{base}/trends?{query}&measure={one}").text for one in ("food", "recommend")]
    for pavilion in ("", "sample-north", "sample-south"):
        capsys.readouterr()
        assert main(["feedback", "figures", "--json", *(["--pavilion", pavilion] if pavilion else [])]) == 0
        found.append(capsys.readouterr().out)
    return found


def objects(found: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in an answer."""
    if isinstance(found, dict):
        yield found
    for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from objects(one)


@pytest.mark.parametrize("seed", SEEDS)
def test_raw_rows_and_published_figures_together_part_no_group_under_five(sqlite_database: Database, seed: int) -> None:
    """Neither do they for who brought in some of the rows."""
    [quarter] = guests.past_quarters(1)
    small_groups(sqlite_database, seed, [quarter], imported=0.3)
    with sqlite_database.write() as session:
        guests_close(session, [quarter])
        rows = [replace(row, answers={"guest": str(n)}) for n, row in enumerate(surveys.raw_rows(session, [quarter]))]
        shown, everybody = queries.published_groups(session, quarter), origins(session, quarter)
    told: dict[str, set[str]] = defaultdict(set)
    for row in anonymised(rows, {str(quarter): {thing for dimension, thing in shown if dimension == rules.PAVILION}}):
        told[row.pavilion].add(row.answers["guest"])
    figures = [
        {str(n) for n, one in enumerate(everybody) if dimension == rules.ALL or getattr(one, dimension) == thing}
        for dimension, thing in shown
    ]
    known = {row.answers["guest"] for row in rows if row.imported}
    assert len(told) > 1
    for subtracted in (set[str](), known):
        assert not determined([left for some in [*told.values(), *figures] if (left := frozenset(some - subtracted))])


@pytest.mark.parametrize("seed", SEEDS)
def test_who_brings_in_rows_cannot_subtract_them_from_the_figures(sqlite_database: Database, seed: int) -> None:
    [quarter] = guests.past_quarters(1)
    small_groups(sqlite_database, seed, [quarter], imported=0.5)
    with sqlite_database.write() as session:
        guests_close(session, [quarter])
        known = answers.imported(session, quarter)
    groups, asked = members(sqlite_database, quarter)
    for question, shown in published(sqlite_database, quarter).items():
        rest = [left for group in shown if (left := (groups[group] & asked[question]) - known)]
        assert not determined(rest), question


def test_invented_rows_beside_a_guest_make_no_figure_of_that_guest(sqlite_database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with sqlite_database.write() as session:
        version, day = guests.published(session), quarter.first.replace(day=10)
        for origin, n, language in ((POINT, 8, "en"), (POINT, 1, "ar"), (IMPORT, 9, "ar")):
            for _number in range(n):
                guests.respond(session, version, day, {"recommend": "9"}, origin=origin, language=language)
        guests_close(session, [quarter])
        assert queries.published_groups(session, quarter) == {(rules.ALL, "")}


def test_few_guests_beside_a_survey_that_was_brought_in_are_not_counted(sqlite_database: Database) -> None:
    """Its figures can be published all the same."""
    [quarter] = guests.past_quarters(1)
    with sqlite_database.write() as session:
        version, day = guests.published(session), quarter.first.replace(day=10)
        for origin, n in ((POINT, 3), (IMPORT, 20)):
            for _number in range(n):
                guests.respond(session, version, day, {"recommend": "9"}, origin=origin)
        guests_close(session, [quarter])
        assert [one.n for one in queries.cells(session, dimension=rules.ALL, measure="recommend")] == [20]
        assert len(anonymised(surveys.raw_rows(session, [quarter]), {})) == 20


def test_single_answers_are_read_nowhere_but_where_these_tests_look() -> None:
    """So pages, scripts, effects of actions and reminders can tell nothing that published cells don't."""
    code = Path(every_table.__file__).parents[2]
    found = {
        str(file.relative_to(code))
        for folder in ("api", "campus", "core", "jobs")
        for file in (code / folder).rglob("*.py")
        if "responses.models" in (text := file.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "campus.feedback.responses.models"
        if {one.name for one in node.names} & {"Answer", "Response"}
    }
    assert found == READERS_OF_ANSWERS


def test_no_two_ranges_can_be_subtracted(sqlite_database: Database) -> None:
    """Figures are asked for by whole quarters alone, and no answer counts in two of them."""
    for reads in (figures.list_figures, figures.list_areas, figures.get_index, figures.get_feedback_trend):
        asked = signature(reads).parameters.keys() - {"_caller", "session", "part", "response"}
        assert asked <= {"quarter", "dimension", "thing", "area", "measure"}
    quarters = guests.past_quarters(3)
    small_groups(sqlite_database, 7, quarters)
    with sqlite_database.write() as session:
        guests_close(session, quarters)
        whole = queries.cells(session, dimension=rules.ALL, measure="food")
        answered = sa.select(sa.func.count()).select_from(Answer).where(Answer.question == "food")
        assert sum(one.n or 0 for one in whole) == session.scalar(answered)


def test_no_join_leads_from_an_invitation_a_network_or_a_time_to_a_response() -> None:
    """By the tables themselves, as they are declared."""
    assert every_table
    of_responses = {"response"}
    while more := {table.name for table in _tables() if _points_at(table) & of_responses} - of_responses:
        of_responses |= more
    assert {"answer", "comment"} < of_responses
    for table in (one for one in _tables() if one.name in of_responses):
        others = _points_at(table) - of_responses
        assert others <= {"questionnaire_version", "pavilion", "event", "segment"}, table.name
        times = [column.name for column in table.columns if isinstance(column.type, sa.DateTime | sa.Time)]
        assert not times, table.name
        decorated = [one.name for one in table.columns if "DateTime" in type(one.type).__name__]
        assert not decorated, table.name
        dates = {column.name for column in table.columns if isinstance(column.type, sa.Date)}
        assert dates <= {"week", "shown_from"}, table.name
        names = " ".join(column.name for column in table.columns)
        assert not [word for word in ("address", "network", "agent", "email", "person", "invit") if word in names]
    for table in _tables():
        if table.name in ("response", "answer"):
            assert table.dialect_options["sqlite"]["with_rowid"] is False  # rows lie in the order of random ids
            keys = table.primary_key.columns
            assert all(isinstance(column.type, sa.String) for column in keys)


def test_a_response_leaves_no_row_of_the_trail(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        version = guests.published(session)
        count = sa.select(sa.func.count()).select_from(TrailEntry)
        before = session.scalar(count)
        guests.fill(session, version, quarter, 3, Random(1))
        assert session.scalar(count) == before
        assert {one.week.weekday() for one in session.scalars(sa.select(Response))} == {0}


def _tables() -> list[sa.Table]:
    return list(Base.metadata.tables.values())


def _points_at(table: sa.Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys}
