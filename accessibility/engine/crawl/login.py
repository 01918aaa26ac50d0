"""Logging in per role, once for all its contexts, and again when a session is lost."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import structlog
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, StorageState

from accessibility.engine import saved_state
from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.loading import Loader, NotLoaded, is_closed
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.world import ScriptError, enter
from accessibility.engine.login_recipe import BasicLogin, FormLogin, StateLogin
from accessibility.engine.page import Reason
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.engine.saved_state import SavedState
from core import clock

log = structlog.get_logger()

ATTEMPTS = 2  # a Moodle refuses a login submitted at once after load now and then
PAUSE = 1.0
PROOF_TIMEOUT = 10.0  # seconds from submit to a new page or the sentinel
REFUSAL_TIMEOUT = 2.0  # seconds that the new page has to show the sentinel
OF_A_VISITOR = frozenset({Reason.OUT_OF_SCOPE, Reason.REDIRECT_LOOP})  # sent to another site to log in, perhaps
MOST_FAILURES = 3  # in a row; then the role is given up for this run


@dataclass
class _Session:
    """What is known of one role's login. `number` counts its logins, from 1."""

    role: Role
    saved: SavedState | None = None  # what of a saved state belongs to the platform's hosts
    number: int = 0
    state: StorageState | None = None
    landing: str = ""
    failures: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    applied: dict[Any, int] = field(default_factory=dict)  # context -> number of the login it carries


class Logins:
    """The sessions of all roles of one run."""

    def __init__(self, settings: PlatformSettings, loader: Loader) -> None:
        self._base = settings.base[0]
        self._loader = loader
        self._sessions = {role.name: _Session(role, _saved(settings, role)) for role in settings.roles}

    def context_options(self, role: str) -> dict[str, Any]:
        """What a new context of this role needs."""
        session = self._sessions.get(role)
        if session is None:
            return {}
        if isinstance(login := session.role.login, BasicLogin):
            parts = urlsplit(self._base)
            return {
                "http_credentials": {
                    "username": login.username,
                    "password": login.password.get_secret_value(),
                    "origin": f"{parts.scheme}://{parts.netloc}",  # nobody else is told the password
                }
            }
        if session.state is None and session.saved is not None:  # its cookies follow with the login
            return {"state": session.saved.for_browser() | {"cookies": []}}
        return {"state": session.state}

    async def ensure(self, tab: Tab, watch: Watch, role: str) -> int:
        """See to it that the tab is logged in; the number of the login it carries. Raises `NotLoaded`."""
        session = self._sessions.get(role)
        if session is None or isinstance(session.role.login, BasicLogin):
            return 0
        async with session.lock:
            if session.applied.get(tab.page.context, 0) < session.number:
                await self._apply(session, tab)
            if session.number == 0:
                await self._log_in(session, tab, watch, Reason.LOGIN_FAILED)
            return session.number

    async def renew(self, tab: Tab, watch: Watch, role: str, number: int) -> None:
        """The session of login `number` is lost: log in again, unless another tab has. Raises `NotLoaded`."""
        session = self._sessions[role]
        async with session.lock:
            if isinstance(session.role.login, BasicLogin):
                raise NotLoaded(Reason.LOGIN_LOST, "the sentinel is missing")
            if session.number > number:
                await self._apply(session, tab)
            else:
                await self._log_in(session, tab, watch, Reason.LOGIN_LOST)

    def is_basic(self, role: str) -> bool:
        """Whether the role logs in by HTTP basic authentication, where 401 means: refused."""
        session = self._sessions.get(role)
        return session is not None and isinstance(session.role.login, BasicLogin)

    async def proven(self, tab: Tab, role: str) -> bool:
        """Whether the page in the tab shows the role's sentinel (always, for a role that needs none)."""
        session = self._sessions.get(role)
        if session is None or not session.role.login.sentinel:
            return True
        try:
            world = await enter(tab.session, tab.frame_id)
            return bool(await world.evaluate(f"campusAudit.holds({_js(session.role.login.sentinel)})"))
        except (PlaywrightError, ScriptError):
            return False

    async def alive(self, tab: Tab, watch: Watch, role: str) -> bool:
        """Whether the session lives, seen on the page that the login led to (always, without a sentinel)."""
        session = self._sessions.get(role)
        if session is None or not session.role.login.sentinel:
            return True
        try:
            await self._loader.load(tab, watch, session.landing or self._base)
        except NotLoaded:
            return False
        return await self.proven(tab, role)

    async def _apply(self, session: _Session, tab: Tab) -> None:
        """Take over the cookies of a login made in another context."""
        context = tab.page.context
        if session.state is not None:
            await context.clear_cookies()
            await context.add_cookies(session.state.get("cookies", []))  # type: ignore[arg-type]
        session.applied[context] = session.number

    async def _log_in(self, session: _Session, tab: Tab, watch: Watch, reason: Reason) -> None:
        if session.failures >= MOST_FAILURES:
            raise NotLoaded(reason, "given up after several attempts")
        problem = ""
        for attempt in range(ATTEMPTS):
            await asyncio.sleep(PAUSE * attempt)
            try:
                problem = await self._try(session, tab, watch)
            except NotLoaded as error:
                page = "login page" if isinstance(session.role.login, FormLogin) else "first page"
                problem = f"the {page}: {error.reason}"
                if error.hung:
                    session.failures += 1
                    raise NotLoaded(reason, problem, hung=True) from error
            except PlaywrightError as error:
                if is_closed(error):
                    raise  # the browser's end is no refusal
                problem = error.message.splitlines()[0][:120]
            if not problem:
                return
        session.failures += 1
        log.warning("login failed", role=session.role.name, problem=problem)
        raise NotLoaded(reason, problem)

    async def _try(self, session: _Session, tab: Tab, watch: Watch) -> str:
        """One attempt; what went wrong, or nothing."""
        login = session.role.login
        if isinstance(login, FormLogin):
            problem = await self._fill_in(session, login, tab, watch)
        else:
            problem = await self._look(session, tab, watch)
        if problem:
            return problem
        session.number += 1
        session.failures = 0
        session.landing = tab.page.url
        session.state = await tab.page.context.storage_state()
        session.applied[tab.page.context] = session.number
        return ""

    async def _fill_in(self, session: _Session, login: FormLogin, tab: Tab, watch: Watch) -> str:
        """Log in through the form."""
        watch.logging_in = True
        try:
            await self._loader.load(tab, watch, urljoin(self._base, login.address))
            if not await self.proven(tab, session.role.name):
                before = await _document(tab)
                await _submit(tab.page, login)
                if not await self._appears(tab, session.role.name, before):
                    return "the sentinel did not appear after the login"
                watch.logging_in = False  # what else the page wants to send is no part of the login
                await tab.page.wait_for_load_state("load")
        finally:
            watch.logging_in = False
        return ""

    async def _look(self, session: _Session, tab: Tab, watch: Watch) -> str:
        """See whether the headers or the saved state log in: the platform's first page shows it."""
        saved, now = session.saved, clock.now()
        if saved is not None:
            if saved_state.is_useless(saved, now):
                return _spent(saved)
            await tab.page.context.clear_cookies()
            await tab.page.context.add_cookies(saved.for_browser()["cookies"])  # type: ignore[arg-type]
        try:
            loaded = await self._loader.load(tab, watch, self._base)
        except NotLoaded as error:
            if saved is None or error.reason not in OF_A_VISITOR:
                raise
            seen = f"the first page: {error.reason}"
        else:
            if await self.proven(tab, session.role.name):
                return ""
            seen = f"the sentinel is not on the first page ({loaded.status})"
            if saved is None or loaded.status >= 500:
                return seen
        return _spent(saved) if saved_state.ran_out(saved, now) else f"{seen}, with the saved state: save a new one"

    async def _appears(self, tab: Tab, role: str, before: float) -> bool:
        """Whether the sentinel appears; a new page without it, calm for a while, is a refusal."""
        started = asyncio.get_running_loop().time()
        answered = started
        while not await self.proven(tab, role):
            now = asyncio.get_running_loop().time()
            if await _document(tab) == before:
                answered = now
                if now - started > PROOF_TIMEOUT:
                    return False
            elif now - answered > REFUSAL_TIMEOUT:
                return False
            await asyncio.sleep(0.1)
        return True


def _saved(settings: PlatformSettings, role: Role) -> SavedState | None:
    """What of a role's saved state may be used: hosts may have been changed since it was stored."""
    if not isinstance(role.login, StateLogin):
        return None
    text = role.login.state.get_secret_value()
    hosts = settings.own_hosts(role.login)
    own, _others = saved_state.own_part(saved_state.stored(text) if text else SavedState(), hosts)
    return saved_state.bound(own, hosts)


def _spent(saved: SavedState) -> str:
    """That a saved state is of no use any more, and since when."""
    end = saved_state.ran_out(saved, clock.now())
    if end is None:
        return "the saved state holds nothing of the platform's hosts: save a new one"
    return f"the saved state has run out on {end:%Y-%m-%d %H:%M} UTC: save a new one"


async def _document(tab: Tab) -> float:
    """Tells one document from the next: the time when it began; 0 while it is being replaced."""
    try:
        world = await enter(tab.session, tab.frame_id)
        return float(await world.evaluate("performance.timeOrigin"))
    except (PlaywrightError, ScriptError):
        return 0.0


async def _submit(page: Page, login: FormLogin) -> None:
    last = ""
    for name, value in login.fields.items():
        last = f"[name={_js(name)}]" if name.replace("_", "").replace("-", "").isalnum() else name
        await page.locator(last).first.fill(value.get_secret_value(), timeout=5000)
    form = page.locator("form").filter(has=page.locator(last))
    default = form.locator("button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]")
    button = page.locator(login.submit) if login.submit else default
    await button.first.click(timeout=5000)


def _js(text: str) -> str:
    """A JavaScript string literal, which is a CSS one too."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
