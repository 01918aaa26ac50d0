"""The baseline that a lead approved on a server, for a gate that runs elsewhere."""

from urllib.parse import quote

import httpx2

from accessibility.engine.baseline import Baseline, parse_baseline
from accessibility.engine.typed_addresses import check_address
from core.errors import InvalidInput, Unavailable

SECONDS = 30
PLACE = "--server"
REFUSED = {401: "does not know the token in CAMPUS_TOKEN", 403: "does not let the token in CAMPUS_TOKEN read"}


def served_baseline(server: str, slug: str, token: str) -> Baseline:
    """The platform's approved baseline. `token` is a key with the scope `read`.

    Raises `InvalidInput` for an address or token that is wrong, `Unavailable` where the server does not answer or has
    no approved baseline: without one a gate must not go on as if it had been given none.
    """
    address = f"{check_address(server, place=PLACE).rstrip('/')}/api/v1/platforms/{quote(slug)}/baseline"
    try:
        # never redirected: the token is for this server
        answer = httpx2.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unavailable(f"{PLACE} {server}: no answer: {error}") from None
    if answer.status_code in REFUSED:
        raise InvalidInput(f"{server} {REFUSED[answer.status_code]}", place=PLACE)
    if answer.status_code == 404:
        raise Unavailable(f"{PLACE} {server}: no baseline of the platform {slug!r} was approved, or not for this token")
    if answer.status_code != 200:
        raise Unavailable(f"{PLACE} {server}: answered with {answer.status_code}")
    return parse_baseline(answer.text, f"{PLACE} {server}")
