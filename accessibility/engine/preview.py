"""A platform that stands at another address this time: a preview of a release, visited there and reported as at home.

Addresses are mapped by their path below the two base addresses, so that results of a preview can be laid beside those
of the platform itself: `https://pr-12.example.net/course/7` is `https://learn.example.org/lms/course/7`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from pydantic import SecretStr

from accessibility.engine import saved_state
from accessibility.engine.crawl.addresses import DEFAULT_PORTS
from accessibility.engine.login_recipe import FormLogin, HeaderLogin, StateLogin
from accessibility.engine.page import Declined, Row
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.engine.reports.run import Run
from core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Preview:
    """The platform's own base address and the one it is visited at. Both are absolute http or https addresses."""

    home: str
    visited: str

    @property
    def is_home(self) -> bool:
        """Whether the two are one, so that nothing is to be mapped."""
        return self.there(self.home) == self.home

    def there(self, url: str) -> str:
        """Where a page of the platform is visited. Addresses of other hosts stay as they are."""
        return _moved(url, self.home, self.visited)

    def back(self, url: str) -> str:
        """The platform's own address of a visited page."""
        return _moved(url, self.visited, self.home)


def _moved(url: str, old: str, new: str) -> str:
    """The address below `new` as it is below `old`; one of the same host outside that folder keeps its path."""
    parts, before, after = urlsplit(url), urlsplit(old), urlsplit(new)
    if _origin(parts) != _origin(before):
        return url
    path, folder = parts.path or "/", _folder(before)
    if f"{path}/".startswith(folder):
        path = _folder(after) + path[len(folder) :]
    return urlunsplit((after.scheme, after.netloc, path, parts.query, parts.fragment))


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme)


def _folder(base: SplitResult) -> str:
    """The folder of a base address: `/lms/`, also for `/lms` and `/lms/index.php`."""
    head, _, last = base.path.rpartition("/")
    return f"{head}/" if not last or "." in last else f"{base.path}/"


def base_of(settings: PlatformSettings, place: str) -> str:
    """The one base address by which a platform's pages can be mapped. Raises `InvalidInput` where there are several."""
    if not settings.only_base:
        raise InvalidInput("pages cannot be mapped by path: the platform has several base addresses", place=place)
    return settings.only_base


def settings_there(settings: PlatformSettings, preview: Preview) -> PlatformSettings:
    """The platform's settings with every address of its own moved; the platform itself is then out of scope."""
    own = urlsplit(preview.home).netloc.lower()

    def moved(addresses: Iterable[str]) -> tuple[str, ...]:
        return tuple(preview.there(urljoin(settings.base[0], address)) for address in addresses)

    return settings.model_copy(
        update={
            "base": (preview.visited,),
            "hosts": tuple(host for host in settings.hosts if host.lower() != own),
            "start": moved(settings.start),
            "sitemaps": moved(settings.sitemaps),
            "roles": tuple(_role_there(role, preview, moved) for role in settings.roles),
        }
    )


def _role_there(role: Role, preview: Preview, moved: Callable[[Iterable[str]], tuple[str, ...]]) -> Role:
    """The role with a login that goes to the preview alone."""
    login = role.login
    if isinstance(login, FormLogin):
        (address,) = moved((login.address,))
        return _with_login(role, address=address)
    if isinstance(login, HeaderLogin):
        return _with_login(role, hosts=(urlsplit(preview.visited).netloc.lower(),))
    if isinstance(login, StateLogin) and login.state.get_secret_value():
        state = saved_state.moved(saved_state.stored(login.state.get_secret_value()), preview.home, preview.visited)
        return _with_login(role, state=SecretStr(state.as_text()))
    return role


def _with_login(role: Role, **changes: object) -> Role:
    return role.model_copy(update={"login": role.login.model_copy(update=changes)})


def run_at_home(run: Run, preview: Preview) -> Run:
    """The run with the platform's own addresses."""
    rows = {row.key: _row_at_home(row, preview) for row in run.rows}
    return replace(
        run,
        rows=list(rows.values()),
        findings=[(rows[row.key], finding) for row, finding in run.findings],
        declined=[Declined(one.role, preview.back(one.url), one.reason) for one in run.declined],
    )


def _row_at_home(row: Row, preview: Preview) -> Row:
    key = replace(row.key, url=preview.back(row.key.url))
    facts = row.facts and replace(row.facts, final_url=preview.back(row.facts.final_url))
    detail = preview.back(row.detail) if row.detail.startswith(("http://", "https://")) else row.detail
    return replace(row, planned=replace(row.planned, key=key), facts=facts, detail=detail)
