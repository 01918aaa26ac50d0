"""Benchmarks: figures of others, each with its source."""

from typing import Annotated

from fastapi import Path, Query, Response

from api import rest
from api.dependencies import LARGEST_ID, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper, FeedbackReader
from api.rest.feedback.schemas import BenchmarkOut, GivenBenchmark
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.figures import actions, queries
from campus.feedback.figures.actions import WantedBenchmark
from campus.feedback.figures.models import Benchmark
from core.i18n import today

router = rest_router("feedback", "/feedback")
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.get("/benchmarks")
def list_benchmarks(
    _caller: FeedbackReader,
    session: Reading,
    part: WantedPart,
    response: Response,
    measure: Annotated[str, Query(max_length=130)] = "",
) -> list[BenchmarkOut]:
    """Benchmarks by measure and first day, ended ones too."""
    found = queries.benchmarks(session, measure)
    tell_pages(response, part, len(found))
    return [_told(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/benchmarks", status_code=201)
def add_benchmark(given: GivenBenchmark, caller: FeedbackKeeper, session: Writing, response: Response) -> BenchmarkOut:
    """Add a benchmark of a measure that was published."""
    row = actions.add_benchmark(session, WantedBenchmark(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/feedback/benchmarks/{row.id}"
    return _told(row, response)


@router.get("/benchmarks/{benchmark_id}")
def get_benchmark(benchmark_id: Number, _caller: FeedbackReader, session: Reading, response: Response) -> BenchmarkOut:
    """One benchmark."""
    return _told(queries.benchmark(session, benchmark_id), response)


@router.put("/benchmarks/{benchmark_id}")
def put_benchmark(
    benchmark_id: Number,
    given: GivenBenchmark,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> BenchmarkOut:
    """Correct a benchmark; the trail keeps what it was."""
    row = queries.benchmark(session, benchmark_id)
    must_be(row.version, version)
    actions.change_benchmark(session, row, WantedBenchmark(**given.model_dump()), caller.actor)
    return _told(row, response)


@router.delete("/benchmarks/{benchmark_id}", status_code=204)
def end_benchmark(benchmark_id: Number, caller: FeedbackKeeper, session: Writing, version: ExpectedVersion) -> None:
    """End a benchmark: today is the last day on which it counts. It stays in reports of the time before."""
    row = queries.benchmark(session, benchmark_id)
    must_be(row.version, version)
    actions.end_benchmark(session, row, today(), caller.actor)


def _told(row: Benchmark, response: Response | None = None) -> BenchmarkOut:
    if response is not None:
        response.headers["ETag"] = etag(row.version)
    return BenchmarkOut.model_validate(row, from_attributes=True)
