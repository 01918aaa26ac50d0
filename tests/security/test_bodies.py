"""Bodies that are too large, too many, too deep, packed or broken: refused in our own form, and never a failure.

Slow ones and those of no announced length are in `tests/api/test_body_limit.py` and `tests/api/test_answers.py`.
"""

import gzip
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from accessibility.ledger.sections.models import Section
from api.middleware import MAX_BODY
from core.database import Database
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

FORM = "application/x-www-form-urlencoded"
PLATFORM = "/accessibility/platforms/ecampus"
BOMB = gzip.compress(b"a" * 50_000_000)


def test_a_packed_body_is_not_unpacked(ledger: Ledger) -> None:
    client = ledger.client("read", "tickets:write", "platforms:write")
    for kind in ("gzip", "deflate", "br", "zstd"):
        headers = {"Content-Encoding": kind, "Content-Type": "application/json"}
        answer = client.post("/api/v1/platforms", content=BOMB, headers=headers)
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "content", [b"[" * 500_000, b'{"a":' * 150_000, b"[" * 500_000 + b"]" * 500_000, b"9" * MAX_BODY]
)
def test_json_of_any_depth_is_refused_by_every_route_that_takes_a_body(ledger: Ledger, content: bytes) -> None:
    client = ledger.client("read", "tickets:write", "platforms:write")
    for address in ("/api/v1/platforms", "/api/v1/tickets/bulk"):
        answer = client.post(address, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, address


def test_a_form_of_many_fields_is_refused(lead: Browser) -> None:
    many = "&".join(f"f{number}=" for number in range(5000))
    token = lead.token()
    for address in ("/language", f"{PLATFORM}/edit", "/accessibility/tickets/bulk"):
        answer = lead.post(address, content=f"csrf={token}&{many}", headers={"Content-Type": FORM})
        assert answer.status_code in (400, 422), address
        assert "</html>" in answer.text


def test_an_upload_of_many_parts_or_without_an_end_is_refused(lead: Browser) -> None:
    token, kind = lead.token(), {"Content-Type": "multipart/form-data; boundary=x"}
    head = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
    many = (
        head + "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n\r\n' for n in range(3000)) + "--x--"
    )
    files = head + "".join(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{n}"\r\n\r\n\r\n' for n in range(2000)
    )
    for body in (many, files + "--x--", head, "--x", "", head + "--x\r\n" + "A" * 100_000):
        answer = lead.post(f"{PLATFORM}/import-sections", content=body, headers=kind)
        assert 400 <= answer.status_code < 500, body[:60]
        assert "</html>" in answer.text


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/json", "", "multipart/form-data; boundary="]
)
def test_a_form_of_another_kind_is_refused(lead: Browser, kind: str) -> None:
    answer = lead.post("/language", content=b"language=fr", headers={"Content-Type": kind})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "text",
    [
        "slug,name,patterns,owner\n" + "a,b,/c,\n" * 60_000,
        "slug,name,patterns,owner\n" + "," * 400_000,
        '"' * 400_000,
        "\n" * 500_000,
    ],
    ids=["lines", "columns", "quotes", "empty lines"],
)
def test_a_large_file_of_sections_is_read_in_little_time_and_changes_nothing(
    lead: Browser, history: Database, text: str
) -> None:
    answer = lead.post_form(f"{PLATFORM}/import-sections", files={"file": ("s.csv", text.encode(), "text/csv")})
    assert answer.status_code in (200, 422)  # looked at, or refused
    assert len(answer.content) < 5_000_000
    with history.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Section)) == 2


def test_over_the_limit_is_refused_on_every_kind_of_address(browser_of: Callable[..., Browser]) -> None:
    admin = browser_of("admin")
    for address in ("/sign-in", f"{PLATFORM}/import-sections", "/api/v1/platforms", "/nowhere", "/static/x"):
        assert admin.post(address, content=b"x" * (MAX_BODY + 1)).status_code == 413, address
