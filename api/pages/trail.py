"""The trail of every change, for administrators."""

import json
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from api import actors
from api.dependencies import LARGEST_ID, Reading, require
from api.forms import Entered
from api.pages import page_router
from api.rendering import render
from api.words import ACTIONS, SUBJECTS
from core import trail
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
PAGE_SIZE = 50


@router.get("/settings/trail")
def entries(
    request: Request,
    _person: Annotated[Person, require("admin")],
    session: Reading,
    subject: str = "",
    number: str = "",
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """Who changed what, the newest first; `before` is the last id of the page before."""
    wanted, which = subject.strip() or None, number.strip() or None
    names = actors.names(session)
    found = trail.entries(session, wanted, which if wanted else None, before=before, limit=PAGE_SIZE + 1)
    return render(
        request,
        "trail.html",
        entered=Entered(start={"subject": subject, "number": number}),
        entries=[_shown(entry, names) for entry in found[:PAGE_SIZE]],
        older=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None,
        first_page=before is None,
        subjects=[("", _("Everything"))] + [(name, str(SUBJECTS.get(name, name))) for name in trail.subjects(session)],
    )


def _shown(entry: trail.TrailEntry, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": entry.at,
        "actor": names.get(entry.actor) or _numbered(entry.actor),
        "action": ACTIONS.get(entry.action, entry.action),
        "subject": SUBJECTS.get(entry.subject, entry.subject),
        "subject_name": entry.subject,
        "subject_id": entry.subject_id,
        "before": _plain(entry.before),
        "after": _plain(entry.after),
    }


def _plain(values: Any) -> list[str]:
    """What a change was from or to, in lines of `name: value`."""
    if values in (None, {}):
        return []
    if not isinstance(values, dict):
        return [json.dumps(values, ensure_ascii=False)]
    return [f"{name}: {_in_words(value)}" for name, value in values.items()]


def _in_words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _numbered(actor: str) -> str:
    """An actor without a name: `audit:7` is audit 7."""
    kind, _colon, number = actor.partition(":")
    return f"{SUBJECTS[kind]} {number}" if kind in SUBJECTS else actor
