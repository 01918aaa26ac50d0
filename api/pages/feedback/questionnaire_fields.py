"""What the forms of a draft have in common: texts in every language side by side, and what to do when two edit at once.

Whoever saves after somebody else is told so: the form keeps what they typed, shows beside it what is stored now, and
saves theirs when they send it again.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api import questionnaire_words as words
from api.forms import Entered
from api.pages.feedback.questionnaires import LIST
from api.rendering import render
from campus.feedback.questionnaires.checking import KEY
from campus.feedback.questionnaires.content import Content, Texts
from campus.feedback.questionnaires.models import Questionnaire
from core import guest_texts
from core.errors import InvalidInput
from core.i18n import gettext as _


def texts(entered: Entered, name: str, languages: Collection[str]) -> Texts:
    """A text as typed, by language; without the languages where nothing is."""
    typed = {one: entered.value(f"{name}-{one}").replace("\r\n", "\n").strip() for one in languages}
    return {one: text for one, text in typed.items() if text}


def start_of(name: str, kept: Texts) -> dict[str, str]:
    """The fields of a text to start with."""
    return {f"{name}-{language}": text for language, text in kept.items()}


def key(entered: Entered, of_texts: Texts, taken: Collection[str], field: str = "key") -> str:
    """The key as typed, or one made of the text. Raises `InvalidInput`."""
    typed = entered.value(field).strip()
    if not typed:
        return made_key(next(iter(of_texts.values()), ""), taken)
    if not KEY.fullmatch(typed):
        raise InvalidInput(_("Use 1 to 40 lower-case letters, digits and underscores, a letter first."), place=field)
    if typed in taken:
        raise InvalidInput(_("The key “%(key)s” is taken: choose another one.", key=typed), place=field)
    return typed


def made_key(text: str, taken: Collection[str]) -> str:
    """A key made of a text: `Sí, una noche` becomes `si_una_noche`, and `si_una_noche_2` where that is taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = "_".join(re.findall("[a-z0-9]+", plain))[:30].strip("_")
    base = base if base[:1].isalpha() else f"k_{base}".strip("_")
    number = 1
    while (found := base if number == 1 else f"{base}_{number}") in taken:
        number += 1
    return found


@contextmanager
def in_the_fields() -> Iterator[None]:
    """What is wrong with a content stands beside the form's field of that place."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(error.message, place=words.field_of(error.place)) from error


def page(
    request: Request,
    template: str,
    questionnaire: Questionnaire,
    content: Content,
    entered: Entered,
    stored: dict[str, str],
    **more: Any,
) -> Response:
    """A form of the draft. `stored`: its fields as they are in the draft now."""
    late = entered.value("version") != "" and entered.version() != questionnaire.version
    languages = [(one, words.language(one), guest_texts.direction(one)) for one in content.languages]
    return render(
        request,
        template,
        questionnaire=questionnaire,
        content=content,
        entered=entered,
        theirs={name: text for name, text in stored.items() if late and entered.value(name).strip() != text},
        languages_of_guests=languages,
        words=words,
        base=f"{LIST}/{questionnaire.slug}/draft",
        **more,
    )
