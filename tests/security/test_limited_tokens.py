"""A token over its scope: one that is limited to a platform finds nothing of another behind any route.

The routes are those of the interface itself, so that a new one is tried too. What a token without the scope may do is
asked in `tests/api/test_access.py`; lists are in `tests/api/rest/test_limited_tokens.py`.
"""

import re
from typing import Any

from accessibility.ledger.gates import actions as gates
from accessibility.ledger.gates.rules import Asked
from accessibility.ledger.platforms import queries as platforms
from tests.api import access_campus, access_feedback, access_works
from tests.api.access import REST
from tests.api.rest.conftest import ALL
from tests.api.rest.ledger import Ledger, settings

OF_THE_SERVICE = {
    "/api/v1/last-night",
    "/api/v1/platforms",
    "/api/v1/tickets",
    "/api/v1/tickets/bulk",
    "/api/v1/review",
    "/api/v1/jobs",
    "/api/v1/me",
}
OF_ALL = (  # no limited token can use them at all
    *("/api/v1/people", "/api/v1/state", "/api/v1/shared-components"),
    *(path for _method, path in access_campus.REST | access_works.REST | access_feedback.REST),
)
BODIES: dict[tuple[str, str], Any] = {
    ("PUT", "/api/v1/platforms/{slug}"): settings("beta"),
    ("PATCH", "/api/v1/platforms/{slug}"): {"name": "Taken over"},
    ("POST", "/api/v1/platforms/{slug}/rechecks"): {"url": "https://beta.example.org/"},
    ("POST", "/api/v1/platforms/{slug}/sections"): {"slug": "x", "name": "X", "patterns": ["/x"]},
    ("PATCH", "/api/v1/platforms/{slug}/sections/{section}"): {"name": "Taken over"},
    ("POST", "/api/v1/platforms/{slug}/gates"): {},
    ("POST", "/api/v1/platforms/{slug}/baselines"): {"audit": 1},
    ("PATCH", "/api/v1/tickets/{ticket_id}"): {"state": "fixed"},
    ("POST", "/api/v1/tickets/{ticket_id}/comments"): {"text": "Hello"},
    ("POST", "/api/v1/review/{component_id}/dismiss"): {"reason": "Not ours"},
}
LAST = {"DELETE": 1}  # what takes something away is asked for at the end


def test_on_every_route_of_a_platform_it_finds_nothing_of_another(ledger: Ledger) -> None:
    limited, lead = ledger.client(*ALL, platform="alpha"), ledger.client(*ALL)
    with ledger.database.write() as session:
        beta = platforms.get(session, "beta")
        gate = gates.request(session, beta, Asked(), {}, person_id=lead.person.id, actor="command").id
    assert lead.post("/api/v1/platforms/beta/baselines", json={"audit": 1}).status_code == 201
    parts = {
        "slug": "beta",
        "number": "1",
        "section": "about",
        "ticket_id": str(ledger.ticket("beta").id),
        "component_id": str(ledger.question("beta").id),
        "gate_id": str(gate),
    }
    routes = [one for one in REST if one[1] not in OF_THE_SERVICE and not one[1].startswith(OF_ALL)]
    found, missed = [], []
    for method, path in sorted(routes, key=lambda one: (LAST.get(one[0], 0), one)):
        address = re.sub(r"{(\w+)}", lambda part: parts[part[1]], path)
        platform = lead.get("/".join(address.split("/")[:5]))
        asked = {"json": BODIES.get((method, path)), "headers": {"If-Match": platform.headers.get("etag", '"v1"')}}
        if limited.request(method, address, **asked).status_code != 404:
            found.append((method, path))
        if lead.request(method, address, **asked).status_code in (403, 404, 422):
            missed.append((method, path))  # the other client must find it, or the answer above proves nothing
    assert found == []
    assert missed == []
