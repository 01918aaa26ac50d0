"""The sample's funds are the published ones, with what happened invented and called so."""

from importlib.resources import files
from pathlib import Path

from campus.funds import facts, queries, report
from campus.sample.works_funds import FILE, INVENTED, write_funds
from core.database import Database
from tests.campus.books import TEST

PUBLISHED = Path(__file__).parents[1] / "funds" / "facts.toml"


def test_the_file_of_the_sample_says_what_the_published_one_says() -> None:
    ours = facts.read(files("campus.sample").joinpath(FILE).read_bytes())
    theirs = facts.read(PUBLISHED.read_bytes())
    assert ours.room_night_targets == theirs.room_night_targets
    assert ours.model_dump(exclude={"indicator"}) == theirs.model_dump(exclude={"indicator"})


def test_three_published_funds_reconcile_and_what_is_invented_says_so(database: Database) -> None:
    with database.write() as session:
        assert write_funds(session, TEST) == 4
        lines = report.lines(session, report.asked(session, None, None))
        assert [one.reconciles for one in lines] == [True, True, True, False]
        assert len(report.found(session)) == 4
        own = [one for one in queries.entries(session) if one.load_id is None]
    assert len(own) == len(INVENTED)
    assert all(one.what.startswith("Sample") for one in own)
