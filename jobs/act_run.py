"""Running the engine over ACT test cases: a folder is served on the loopback, an address is read where it stands."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx2

from accessibility.engine.act import ActCase, Called, call, read_cases
from accessibility.engine.audit import RunOptions
from accessibility.engine.checks.rule import Profile
from accessibility.engine.finding import Finding
from accessibility.engine.page import RowState
from accessibility.engine.reports.run import Run
from accessibility.engine.typed_addresses import check_address, private_networks, settings_for_addresses
from core.errors import InvalidInput
from core.loopback import address_of, served
from core.settings import settings as process_settings
from jobs.single_run import perform

LIST = "testcases.json"
LIST_TIMEOUT = 30.0


@contextmanager
def cases_at(place: str) -> Iterator[list[tuple[ActCase, str]]]:
    """The cases with the addresses of their pages. Raises `InvalidInput` where there are none."""
    if place.startswith(("http://", "https://")):
        address = check_address(place)
        listed = address if address.endswith(".json") else urljoin(address.rstrip("/") + "/", LIST)
        yield _placed(read_cases(_fetched(listed)), listed)
        return
    listing = _listing(Path(place))
    cases = read_cases(listing.read_text(encoding="utf-8"))
    root, below = _root(listing.parent, cases)
    with _served(root) as home:
        yield _placed(cases, f"{home}/{quote(below)}")


def _placed(cases: Sequence[ActCase], listed: str) -> list[tuple[ActCase, str]]:
    return [(case, urljoin(listed, quote(case.path))) for case in cases]


def _fetched(address: str) -> str:
    try:
        answer = httpx2.get(address, timeout=LIST_TIMEOUT, follow_redirects=True)
        answer.raise_for_status()
    except httpx2.HTTPError as error:
        raise InvalidInput(f"could not be read: {error}", place=address) from error
    return answer.text


def _listing(folder: Path) -> Path:
    if folder.is_file():
        return folder
    found = sorted(folder.rglob(LIST)) if folder.is_dir() else []
    if len(found) != 1:
        problem = f"holds several {LIST}" if found else f"holds no {LIST}"
        raise InvalidInput(problem, place=str(folder))
    return found[0]


def _root(folder: Path, cases: Sequence[ActCase]) -> tuple[Path, str]:
    """The folder to serve, so that absolute paths in the pages lead where they lead at home; the list's path in it."""
    official = urlsplit(cases[0].url).path.removesuffix(cases[0].path).strip("/") if cases else ""
    parts = official.split("/") if official else []
    if parts and list(folder.resolve().parts[-len(parts) :]) == parts:
        return folder.resolve().parents[len(parts) - 1], f"{official}/{LIST}"
    return folder.resolve(), LIST


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".html": "text/html; charset=utf-8"}  # as at home

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the browser went on to another page


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with served(partial(_Quiet, directory=str(folder))) as server:
        yield address_of(server)


def of_rules(placed: Sequence[tuple[ActCase, str]], rules: Collection[str] | None) -> list[tuple[ActCase, str]]:
    """The cases of these rules, all for None. Raises `InvalidInput` for a rule that has no case."""
    there = {case.rule.id for case, _ in placed}
    for rule in rules or ():
        if rule not in there:
            raise InvalidInput(f"there is no case of the rule {rule!r}", place="--rule")
    return [(case, at) for case, at in placed if rules is None or case.rule.id in rules]


def run_cases(
    placed: Sequence[tuple[ActCase, str]], checks: tuple[str, ...] | None, profile: Profile
) -> tuple[Run, list[tuple[ActCase, Called]]]:
    """The run over all pages, and what each case is called."""
    addresses = tuple(dict.fromkeys(address for _, address in placed))
    process = process_settings()
    settings = settings_for_addresses(addresses)
    options = RunOptions(
        given=addresses,
        viewports=(settings.viewports[0].name,),
        checks=checks,
        profile=profile,
        related=False,
        permitted_networks=private_networks(addresses),
        browser=process.browser,
        sandbox=process.browser_sandbox,
    )
    run = perform(settings, options, settings.coverage_floor)
    findings: dict[str, list[Finding]] = {}
    for row, finding in run.findings:
        findings.setdefault(row.key.url, []).append(finding)
    seen = {row.key.url for row in run.rows if row.state in (RowState.AUDITED, RowState.PARTLY)}
    return run, [(case, call(case, findings.get(address, ()), audited=address in seen)) for case, address in placed]
