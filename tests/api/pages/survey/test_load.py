"""Five hundred guests answer at once: a real web process, real connections, and not one answer is lost."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections import Counter
from html import unescape
from pathlib import Path

import httpx2
import sqlalchemy as sa

from campus.feedback.responses import points
from campus.feedback.responses.models import Answer, Response
from core.database import Database
from tests.campus.books import TEST
from tests.campus.feedback import guests

ROOT = Path(__file__).parents[4]
GUESTS = 500
AT_ONCE = 50  # connections; the other guests wait for one
START_SECONDS = 30
SERVE = """
import sys, uvicorn
from api.app import create_app
from campus.feedback.responses import served
from core import logs
from core.database import Database
logs.configure("json")
served.SOONEST *= 0  # guests of a test read fast
config = uvicorn.Config(create_app(Database(sys.argv[1])), port=0, log_config=None, access_log=False, lifespan="off")
server = uvicorn.Server(config)
startup = server.startup
async def told(sockets=None):
    await startup(sockets)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
server.startup = told
server.run()
"""


async def _guest(client: httpx2.AsyncClient, turns: asyncio.Semaphore, address: str, number: int) -> float:
    """One guest: opens the page, goes through both steps. Seconds of the slowest answer."""
    slowest, fields = 0.0, {}
    sent = {"q-room_comfort": str(number % 5 + 1)}, {"q-recommend": str(number % 11), "q-improve": f"Sample {number}"}
    for step in (None, *sent):
        async with turns:
            began = time.monotonic()
            data = fields | step | {"go": "next"} if step else None
            answer = await (client.post(address, data=data) if data else client.get(address))
            slowest = max(slowest, time.monotonic() - began)
        assert answer.status_code == 200, answer.text
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
        fields = {name: unescape(value) for name, value in hidden}
    assert "have arrived" in answer.text
    return slowest


async def _all(address: str) -> list[float]:
    limits = httpx2.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx2.AsyncClient(limits=limits, timeout=60, trust_env=False) as client:
        turns = asyncio.Semaphore(AT_ONCE)
        return await asyncio.gather(*(_guest(client, turns, address, number) for number in range(GUESTS)))


def test_five_hundred_guests_at_once_lose_no_answer(database: Database, database_url: str, tmp_path: Path) -> None:
    with database.write() as session:
        version = guests.published(session)
        key = points.add(session, TEST, 1).key
    environment = os.environ | {"CAMPUS_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SERVE, database_url]
    with (tmp_path / "log").open("wb") as log:
        service = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log)
        try:
            assert service.stdout is not None
            port = int(next(line for line in service.stdout if line.strip().isdigit()))
            began = time.monotonic()
            slowest = asyncio.run(_all(f"http://127.0.0.1:{port}/survey/{key}"))
            seconds = time.monotonic() - began
        finally:
            service.terminate()
            service.wait(START_SECONDS)
    print(f"{database.engine.name}: {GUESTS} guests in {seconds:.1f} s, slowest answer {max(slowest):.2f} s")
    with database.read() as session:
        kept = session.scalars(sa.select(Response.version_id)).all()
        given = Counter(tuple(row) for row in session.execute(sa.select(Answer.question, Answer.value)))
    assert kept == [version] * GUESTS
    assert given == Counter(
        pair
        for number in range(GUESTS)
        for pair in (("room_comfort", str(number % 5 + 1)), ("recommend", str(number % 11)))
    )
