"""What an occasion says to a person, in the language of the moment: what to do first, then why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accessibility.engine.rule_titles import rule_title
from accessibility.ledger.alerts.rules import Kind
from core.i18n import format_date, format_list, format_percent, ngettext
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket of a notice: what it is, and the path of its page."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One occasion in words. `todo` is what to do, `why` the reason, `link` the words of the link to `path`.

    Everything is plain text that may come from an audited page: whoever makes HTML of it escapes it.
    """

    todo: str
    why: str
    link: str
    path: str
    lines: tuple[Line, ...] = ()
    more: int = 0  # tickets beyond `lines`


def notice(kind: str, facts: dict[str, Any], slug: str, platform: str) -> Notice:
    """The words for an occasion at a platform (its slug and its name)."""
    platform = one_line(platform)
    if kind == Kind.OVERDUE:
        return _overdue(facts, slug, platform)
    if kind == Kind.CRITICAL_NEW:
        return _critical(facts, slug, platform)
    audit, path = facts["audit"], f"/accessibility/audits/{slug}/{facts['audit']}"
    link = _("Open audit %(n)s", n=audit)
    if kind == Kind.LOGIN_BROKE:
        return Notice(_("Mend the login of %(platform)s", platform=platform), _login_why(facts), link, path)
    if kind == Kind.COVERAGE_LOW:
        todo = _("Find out why %(platform)s could not be seen", platform=platform)
        return Notice(todo, _coverage_why(facts), link, path)
    why = _("Audit %(n)s failed, and no ticket has changed. The audit's page says why.", n=audit)
    return Notice(_("Look into the failed night of %(platform)s", platform=platform), why, link, path)


def _login_why(facts: dict[str, Any]) -> str:
    return ngettext(
        "The login of the role %(names)s broke in audit %(audit)s. Until it works again, no ticket is proven or "
        "closed.",
        "The logins of the roles %(names)s broke in audit %(audit)s. Until they work again, no ticket is proven or "
        "closed.",
        len(facts["roles"]),
        names=format_list(one_line(role) for role in facts["roles"]),
        audit=facts["audit"],
    )


def _coverage_why(facts: dict[str, Any]) -> str:
    if not facts["planned"]:
        return _("Audit %(n)s found no page at all. Without one there is no score.", n=facts["audit"])
    return _(
        "Audit %(n)s saw %(share)s of what was planned; the floor is %(floor)s. Under it there is no score.",
        n=facts["audit"],
        share=format_percent(facts["audited"] / facts["planned"]),
        floor=format_percent(facts["floor"]),
    )


def _critical(facts: dict[str, Any], slug: str, platform: str) -> Notice:
    todo = ngettext(
        "Repair a critical failure on %(platform)s",
        "Repair %(n)s critical failures on %(platform)s",
        facts["count"],
        platform=platform,
    )
    why = ngettext(
        "It is new since audit %(audit)s, or came back. People are shut out by it.",
        "They are new since audit %(audit)s, or came back. People are shut out by them.",
        facts["count"],
        audit=facts["audit"],
    )
    path = f"/accessibility/tickets?platform={slug}&impact=critical"
    return Notice(todo, why, _("Open the critical tickets"), path, *_lines(facts, slug))


def _overdue(facts: dict[str, Any], slug: str, platform: str) -> Notice:
    todo = ngettext(
        "Finish an overdue ticket of %(platform)s, or give it another date",
        "Finish %(n)s overdue tickets of %(platform)s, or give them other dates",
        facts["count"],
        platform=platform,
    )
    why = ngettext("Its due date has passed.", "Their due dates have passed.", facts["count"])
    path = f"/accessibility/tickets?platform={slug}&sort=due"
    return Notice(todo, why, _("Open the tickets by due date"), path, *_lines(facts, slug))


def _lines(facts: dict[str, Any], slug: str) -> tuple[tuple[Line, ...], int]:
    lines = tuple(_line(ticket, slug) for ticket in facts["tickets"])
    return lines, facts["count"] - len(lines)


def _line(ticket: dict[str, Any], slug: str) -> Line:
    title = rule_title(ticket.get("rule", "")) or one_line(ticket["title"])
    text = _("Ticket %(n)s: %(title)s", n=ticket["number"], title=title)
    if ticket["due"]:
        due = format_date(date.fromisoformat(ticket["due"]))
        text = _("Ticket %(n)s, due %(day)s: %(title)s", n=ticket["number"], day=due, title=title)
    return Line(text, f"/accessibility/tickets/{slug}/{ticket['number']}")


def one_line(text: str) -> str:
    """Names and titles come from outside: no line break, nothing invisible, in a subject or a list."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
