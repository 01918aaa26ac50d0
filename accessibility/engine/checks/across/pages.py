"""The audited pages of a platform, one by one, as the checks across pages meet them."""

from collections.abc import Iterable, Iterator

from accessibility.engine.page import PageFacts, PageParts, Row, RowKey, RowState

Kind = tuple[str, str]  # role and viewport: pages are compared within one kind
MOST_NAMED = 3  # pages or names in one message


def pages(rows: Iterable[Row]) -> Iterator[tuple[RowKey, Kind, PageFacts, PageParts]]:
    """Each page once per role and viewport, in the order of the plan, of which its shared parts are known."""
    seen: set[tuple[Kind, str]] = set()
    for row in rows:
        facts = row.facts
        if row.state not in (RowState.AUDITED, RowState.PARTLY) or facts is None or facts.parts is None:
            continue
        kind = (row.key.role, row.key.viewport)
        if (kind, facts.final_url) not in seen:
            seen.add((kind, facts.final_url))
            yield row.key, kind, facts, facts.parts
