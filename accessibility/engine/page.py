"""What is planned for a page and what became of it: the vocabulary of the coverage ledger."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accessibility.engine.finding import Finding, RuleResult

ANONYMOUS = "anonymous"
STATE_PAGE = "page"
STATE_OVERLAY = "overlay open"


class RowState(StrEnum):
    """State of one row (page, role, viewport) of an audit."""

    PENDING = "pending"
    AUDITED = "audited"
    PARTLY = "partly audited"
    NOT_AUDITED = "not audited"
    EXCLUDED = "excluded"  # not planned after all, but counted and shown


class Reason(StrEnum):
    """Why a row was not, or only partly, audited. `REASONS` says each in a sentence."""

    # not audited: planned, so it lowers the coverage
    TIMEOUT = "timeout"
    HUNG = "hung"
    CRASHED = "crashed"
    SERVER_ERROR = "server error"
    CLIENT_ERROR = "client error"
    NETWORK_ERROR = "network error"
    REDIRECT_LOOP = "redirect loop"
    TOO_LARGE = "too large"
    LOGIN_FAILED = "login failed"
    LOGIN_LOST = "login lost"
    ADDRESS_REFUSED = "address refused"
    ROBOTS = "robots"
    PAGE_BUDGET = "page budget"
    TIME_LIMIT = "time limit"
    CANCELLED = "cancelled"
    CHECK_FAILED = "check failed"
    UNREADABLE = "unreadable document"
    # partly audited
    REQUEST_BLOCKED = "request blocked"
    FRAME_NOT_AUDITED = "frame not audited"
    OVERLAY_NOT_CLOSED = "overlay not closed"
    # excluded: rows that turned out not to be pages of the plan
    NOT_FOUND = "not found"
    GONE = "gone"
    REDIRECTED = "redirected onto another page"
    OUT_OF_SCOPE = "redirected out of scope"
    DUPLICATE = "same content as another page"
    DOCUMENT = "document"
    # declined addresses: seen in links, never rows
    FOLDED = "folded variant"
    PATTERN_BUDGET = "pattern budget"
    TOO_DEEP = "too deep"


REASONS: dict[Reason, str] = {
    Reason.TIMEOUT: "The page did not finish loading in time.",
    Reason.HUNG: "The page stopped answering; the browser was replaced.",
    Reason.CRASHED: "The page made the browser's tab crash.",
    Reason.SERVER_ERROR: "The server answered with an error (5xx).",
    Reason.CLIENT_ERROR: "The server refused the page (4xx other than 404 and 410).",
    Reason.NETWORK_ERROR: "No answer: the name, the connection or the encryption failed.",
    Reason.REDIRECT_LOOP: "The page redirects in a circle.",
    Reason.TOO_LARGE: "The page is larger than the platform's limit.",
    Reason.LOGIN_FAILED: "Nobody could be logged in for this role.",
    Reason.LOGIN_LOST: "The session was lost, again after a second login.",
    Reason.ADDRESS_REFUSED: "The address leads to a private, loopback or link-local network that is not permitted.",
    Reason.ROBOTS: "robots.txt forbids the page.",
    Reason.PAGE_BUDGET: "The platform's page budget was used up.",
    Reason.TIME_LIMIT: "The time for the run was used up.",
    Reason.CANCELLED: "The run was stopped.",
    Reason.CHECK_FAILED: "A check did not come to its end on this page.",
    Reason.UNREADABLE: "The document cannot be read: it is damaged, wants a password, or is too large to be unpacked.",
    Reason.REQUEST_BLOCKED: "The page tried to send something other than GET to the platform; it was not let through.",
    Reason.FRAME_NOT_AUDITED: "A frame of the page could not be audited.",
    Reason.OVERLAY_NOT_CLOSED: "A dialog hides the page and could not be closed.",
    Reason.NOT_FOUND: "There is no such page (404).",
    Reason.GONE: "The page was removed (410).",
    Reason.REDIRECTED: "The address leads to another page of the platform, which has its own row.",
    Reason.OUT_OF_SCOPE: "The address leads out of the platform.",
    Reason.DUPLICATE: "Another address of this audit shows the same content.",
    Reason.DOCUMENT: "Not a web page but a document.",
    Reason.FOLDED: "A variant (language, order) of an address that is in the plan.",
    Reason.PATTERN_BUDGET: "Enough addresses of the same pattern are in the plan.",
    Reason.TOO_DEEP: "More clicks away than the platform's depth.",
}


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """A row's identity within an audit; `url` is the address as given or planned, `viewport` its name."""

    url: str
    role: str
    viewport: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the work list before it was visited. `position` is its place in the plan, from 0, unique per audit."""

    key: RowKey
    depth: int
    position: int
    source: str  # "given", "start", "sitemap", "link", "redirect", "canonical", "document"
    state: RowState = RowState.PENDING
    reason: Reason | None = None  # set when it is planned and at once refused (robots, page budget)


@dataclass(frozen=True, slots=True)
class PageParts:
    """What a page shares with others of its platform. Targets are paths, with the origin where it is another one.

    `navigations` are (label, links), links (name, target); `controls` are (kind, name, target, hash of the icon), kind
    "link" or "button"; `blocks` are the first ones of the page: (hash, stops of the keyboard in it); `ways` are those
    past repeated blocks and to other pages: "skip link", "heading", "landmark", "named frame", "collapsible",
    "search", "site map".
    """

    navigations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    controls: tuple[tuple[str, str, str, str], ...] = ()
    blocks: tuple[tuple[str, int], ...] = ()
    ways: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, told: Any) -> "PageParts":
        """From lists: those of the page's script, or of the database."""
        return cls(
            tuple(
                (str(label), tuple((str(name), str(target)) for name, target in links))
                for label, links in told["navigations"]
            ),
            tuple((str(kind), str(name), str(target), str(icon)) for kind, name, target, icon in told["controls"]),
            tuple((str(block), int(stops)) for block, stops in told["blocks"]),
            tuple(map(str, told["ways"])),
        )


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of one loaded page; kept for planning, scoring and the platform checks. Plain data."""

    final_url: str
    status: int
    title: str = ""
    lang: str = ""
    canonical: str = ""
    links: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    template: str = ""  # hash of the landmark structure
    content: str = ""  # hash of structure and text, without addresses
    seconds: float = 0.0
    parts: PageParts | None = None  # None where an audit of earlier days did not look for them


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row."""

    state: RowState
    reason: Reason | None = None
    detail: str = ""  # e.g. "503", the blocked request, the frame's address
    facts: PageFacts | None = None
    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    states: tuple[str, ...] = (STATE_PAGE,)  # the states of the page that were audited in full
    crops: dict[str, bytes] = field(default_factory=dict)  # component key -> PNG
    blocked_elsewhere: int = 0  # requests to other hosts that were not let through, only counted


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the work list with what became of it; findings are kept apart."""

    planned: PlannedRow
    state: RowState
    reason: Reason | None = None
    detail: str = ""
    facts: PageFacts | None = None
    rules: tuple[RuleResult, ...] = ()
    states: tuple[str, ...] = ()

    @property
    def key(self) -> RowKey:
        """The row's identity."""
        return self.planned.key


@dataclass(frozen=True, slots=True, order=True)
class Declined:
    """An address that was seen and is not in the plan, with the reason."""

    role: str
    url: str
    reason: Reason
