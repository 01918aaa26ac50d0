"""The baseline from a server: taken with a token, and nothing else read as one."""

import socket
from datetime import timedelta
from typing import Any

import pytest

from accessibility.ledger.baselines import actions
from accessibility.ledger.platforms import queries as platforms
from core import clock
from core.errors import InvalidInput, Unavailable
from core.people import keys
from jobs.served_baseline import served_baseline
from tests.accessibility.reports.verdicts import baseline_of
from tests.accessibility.sample_run import finding, row, run
from tests.accessibility.site import Answer, redirect, tiny_site
from tests.api.people import add_person
from tests.browser.conftest import Service, live_service  # noqa: F401
from tests.jobs.platforms import SLUG, save

PAGE = row("a")


def token(service: Service, *scopes: str, platform: str | None = None) -> str:
    person = add_person(service.database, "accessibility")
    with service.database.write() as session:
        limits: dict[str, Any] = {"expires_at": clock.now() + timedelta(days=1), "platform_slug": platform}
        key, _ = keys.create_token(session, "command", person.id, name="CI", scopes=list(scopes), **limits)
        return key


def test_the_approved_baseline_is_taken_whole(live_service: Service) -> None:  # noqa: F811
    save(live_service.database)
    seen = baseline_of(run([PAGE], [(PAGE, finding("k1"))]), {"k1"})
    key = token(live_service, "read", platform=SLUG)
    with pytest.raises(Unavailable, match="no baseline"):
        served_baseline(live_service.address, SLUG, key)
    with live_service.database.write() as session:
        platform_id = platforms.get(session, SLUG).id
        actions.approve(session, platform_id, seen, source="audit", source_number=1, person_id=1, actor="person:1")
    assert served_baseline(f"{live_service.address}/", SLUG, key) == seen


def test_a_token_that_may_not_is_wrong_use(live_service: Service) -> None:  # noqa: F811
    save(live_service.database)
    for key, said in (("campus_nobodys", "does not know"), (token(live_service, "gates:run"), "does not let")):
        with pytest.raises(InvalidInput, match=said):
            served_baseline(live_service.address, SLUG, key)
    with pytest.raises(Unavailable, match="not for this token"):
        served_baseline(live_service.address, SLUG, token(live_service, "read", platform="other"))


def test_what_does_not_answer_with_a_baseline_is_none_and_the_token_follows_no_redirect() -> None:
    place = f"/api/v1/platforms/{SLUG}/baseline"
    pages = {place: redirect("{other}/elsewhere"), "/broken" + place: Answer(status=503), "/text" + place: "Hello"}
    with tiny_site(pages) as site:
        for server, error in ((site.base, Unavailable), (f"{site.base}/broken", Unavailable)):
            with pytest.raises(error, match="answered with"):
                served_baseline(server, SLUG, "secret")
        with pytest.raises(InvalidInput, match="is not JSON"):
            served_baseline(f"{site.base}/text", SLUG, "secret")
        assert "/elsewhere" not in site.paths()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Unavailable, match="no answer"):
        served_baseline(closed, SLUG, "secret")
    with pytest.raises(InvalidInput, match="--server"):
        served_baseline("ftp://example.org", SLUG, "secret")
