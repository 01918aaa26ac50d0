"""Earlier surveys: where a file is brought in, and which were."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, TheDatabase, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import RawReader
from api.rendering import redirect, render
from api.table_words import STATES
from campus.feedback.questionnaires import queries as questionnaires
from campus.surveys import actions, queries
from campus.surveys.rules import State
from campus.tables.actions import read_upload
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.settings import settings

router = page_router()
PAGE = "/feedback/surveys"
ONE = f"{PAGE}/{{import_id}}"


class Upload(BaseModel):
    """The form that begins an import."""

    questionnaire: str

    errors: ClassVar = {"questionnaire": lazy("Choose the questionnaire that its questions belong to.")}


@router.get(PAGE)
def surveys(request: Request, _person: RawReader, session: Reading) -> Response:
    """What was brought in, and a form for more."""
    return _page(request, session, Entered())


@router.post(PAGE)
def upload(request: Request, person: RawReader, database: TheDatabase, posted: Posted) -> Response:
    """Keep a file and go on to its columns. No answer is brought in yet."""
    entered = Entered(posted)

    def again() -> Response:
        with database.read() as session:
            return _page(request, session, entered)

    with entered.shown_again(again):
        wanted = entered.check(Upload)
        file = posted.get("file")
        if not isinstance(file, UploadFile) or not (content := entered.file("file")):
            raise InvalidInput(_("Choose a file that is not empty."), place="file")
        try:
            read = read_upload(file.filename or "", content)
        except InvalidInput as error:
            raise InvalidInput(
                _("%(place)s: %(problem)s", place=error.place, problem=error.message), place="file"
            ) from None
        with database.write() as session:
            found = questionnaires.questionnaire(session, wanted.questionnaire)
            version = questionnaires.published(session, found.id)
            if version is None:
                raise InvalidInput(_("Publish the questionnaire first."), place="questionnaire")
            made = actions.upload(session, version, read, content, actor(person)).id
    return redirect(request, f"{PAGE}/{made}/columns")


@router.get(f"{ONE}/undo")
def ask_undo(request: Request, import_id: Id, _person: RawReader, session: Reading) -> Response:
    """Ask before responses are deleted."""
    found = queries.get(session, import_id)
    n = found.counts.get("responses", 0)
    return render(
        request,
        "confirm.html",
        title=_("Undo the import of %(file)s?", file=found.file_name),
        consequences=[
            ngettext("%(n)s response is deleted for good.", "%(n)s responses are deleted for good.", n),
            _("You can import the file again."),
        ],
        button=_("Undo the import"),
        action=f"{PAGE}/{import_id}/undo",
        back=PAGE,
    )


@router.post(f"{ONE}/undo")
def undo(request: Request, import_id: Id, person: RawReader, session: Writing) -> Response:
    """Delete its responses again."""
    n = actions.undo(session, queries.get(session, import_id), actor(person))
    return redirect(request, PAGE, Flash(ngettext("%(n)s response is deleted.", "%(n)s responses are deleted.", n)))


@router.post(f"{ONE}/discard")
def discard(request: Request, import_id: Id, person: RawReader, session: Writing) -> Response:
    """Give up an import: the file is deleted."""
    actions.discard(session, queries.get(session, import_id), actor(person))
    return redirect(request, PAGE, Flash(_("The file is deleted. Nothing was imported.")))


def _page(request: Request, session: Session, entered: Entered) -> Response:
    there = [one for one in questionnaires.questionnaires(session) if questionnaires.published(session, one.id)]
    found = queries.imports(session)
    return render(
        request,
        "feedback/surveys.html",
        entered=entered,
        questionnaires=[("", _("Choose")), *((one.slug, one.name) for one in there)],
        imports=found,
        waiting=sum(one.state == State.UPLOADED for one in found),
        names=queries.questionnaire_names(session),
        states={state.value: words for state, words in zip(State, STATES.values(), strict=True)},
        who=actors.names(session),
        most=settings().import_mb,
    )
