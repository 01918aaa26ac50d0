"""One whole audit with everything stored, in a process of its own; prints its speed and its peak memory as JSON."""

import asyncio
import json
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from accessibility.engine.audit import RunOptions, engines, run_audit
from accessibility.engine.platform import DESKTOP, PlatformSettings
from accessibility.ledger.audits.actions import BY_HAND, request_audit, take_audit
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.worklist import DatabaseWorkList
from accessibility.ledger.platforms.actions import save
from core import clock
from core.database import Database
from jobs.database import bring_up_to_date


def main(address: str, pages: int, tabs: int) -> dict[str, float]:
    """Audit the generated site at `address` into a new SQLite database."""
    settings = PlatformSettings(
        slug="generated",
        name="Generated site",
        base=(address,),
        allow_private=True,
        parallel=tabs,
        max_pages=pages,
        pattern_budget=pages,
        viewports=(DESKTOP,),
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/campus.sqlite")
        bring_up_to_date(database)
        with database.write() as session:
            platform = save(session, settings, "command", admin=True)
            stored = settings.model_dump(mode="json")
            audit_id = request_audit(session, platform.id, BY_HAND, None, stored, engines()).id
        with database.write() as session:
            take_audit(session, "benchmark", clock.now() + timedelta(hours=1))
        started = time.perf_counter()
        worklist = DatabaseWorkList(database, audit_id, Path(folder))
        asyncio.run(run_audit(settings, worklist, RunOptions(checks=("axe",))))
        with database.write() as session:
            audit = close_audit(session, audit_id)
            audited = audit.audited
        seconds = time.perf_counter() - started
    if audited != pages:
        raise RuntimeError(f"{audited} of {pages} pages were audited")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages_per_second": pages / seconds, "peak_mib": peak}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
