"""Signs of life of workers for the tests."""

from core import clock
from core.heartbeats import WorkerHeartbeat


def worker(name: str = "host-1:7:ab") -> WorkerHeartbeat:
    """One that began just now on `sample-host`; `heartbeats.beat` makes its row."""
    now = clock.now()
    facts = {"browser": "Sample browser 1", "browser_error": "", "sandbox": True}
    return WorkerHeartbeat(worker=name, host="sample-host", version="1", started_at=now, seen_at=now, facts=facts)
