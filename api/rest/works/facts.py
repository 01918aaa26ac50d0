"""Facts files: loading them, and what each changed."""

from collections.abc import Iterable

from fastapi import Response

from api.dependencies import Id, Reading, TheDatabase
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.works.fund_schemas import ChangeOut, GivenFacts, LeftOutOut, LoadOut
from campus.funds import queries
from campus.funds.loading import LeftOut, changes_of, left_out_of
from campus.funds.models import FactsLoad
from campus.published import load_facts

router = rest_router("funds")


@router.get("/funds/facts")
def list_loads(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[LoadOut]:
    """The facts files that were loaded, the last one first."""
    found = queries.loads(session)
    tell_pages(response, part, len(found))
    return [_told(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/funds/facts")
def load(given: GivenFacts, caller: Keeper, database: TheDatabase) -> LoadOut:
    """Load a facts file, all of it or nothing; the file that was loaded last changes nothing."""
    with database.write() as session:
        loaded = load_facts(session, given.text.encode(), given.file_name, caller.actor)
        changes = [ChangeOut.model_validate(one, from_attributes=True) for one in loaded.changes]
        if loaded.load_id is not None and not given.preview:
            return _told(queries.load(session, loaded.load_id))
        session.rollback()
    return LoadOut(
        id=None, at=None, by=None, file_name=given.file_name, changes=changes, left_out=_left_out(loaded.left_out)
    )


@router.get("/funds/facts/{load_id}")
def get_load(load_id: Id, _caller: Reader, session: Reading) -> LoadOut:
    """One of them."""
    return _told(queries.load(session, load_id))


def _told(found: FactsLoad) -> LoadOut:
    changes = [ChangeOut.model_validate(one, from_attributes=True) for one in changes_of(found)]
    left_out = _left_out(left_out_of(found))
    return LoadOut(id=found.id, at=found.at, by=found.by, file_name=found.file_name, changes=changes, left_out=left_out)


def _left_out(lines: Iterable[LeftOut]) -> list[LeftOutOut]:
    return [LeftOutOut.model_validate(one, from_attributes=True) for one in lines]
