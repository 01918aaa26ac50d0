"""Documents that the platform links. Their facts are read in `engine/documents`, and judged here.

An untagged PDF has one finding for all that tags would say: its headings, tables and alternative texts are looked at
once it has tags. A document is repaired as a whole and on its own, so its address is part of the component's name.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from accessibility.engine.checks.check import Judgement
from accessibility.engine.checks.documents import rules
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Profile, Rule
from accessibility.engine.documents.facts import DocumentFacts, Places
from accessibility.engine.finding import Outcome
from accessibility.engine.page import STATE_PAGE

LONG_WORDS = 1500  # words from which on a document without a heading is worth a question
LONG_PAGES = 21  # Acrobat asks for bookmarks from 21 pages on
FEW_WORDS = 20  # under which a document has hardly a language of its own
LANGUAGE = re.compile(r"^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$")
FILE_NAME = re.compile(
    r"\.(pdf|docx?|pptx?|indd|odt|tmp|qxd|xlsx?)$|^(microsoft (word|powerpoint) - |untitled|document\d*$)", re.I
)
PROGRAMS = {"pdf": "a PDF reader", "docx": "Word", "pptx": "PowerPoint"}
PROPERTIES = "Open the document's properties (File, Properties or Info)."
TAGS = "Open the tags (Acrobat: View, Show/Hide, Side panels, Accessibility tags)."
CHECKER = "Run the accessibility checker (Review, Check Accessibility)."


class DocumentCheck:
    """Looks in PDF, Word and presentations for missing tags, titles, languages, headings, names and texts."""

    name = "documents"
    own_rules: tuple[Rule, ...] = rules.ALL
    profile = Profile.DEEP

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules."""
        return frozenset(rule.id for rule in self.own_rules)

    def judge(self, facts: DocumentFacts, url: str) -> Judgement:
        """Pure: all findings of the document at this address."""
        return _Judge(facts, url).judgement()


class _Judge:
    def __init__(self, facts: DocumentFacts, url: str) -> None:
        self._facts = facts
        self._file = unquote(urlsplit(url).path.rpartition("/")[2]) or url
        self._subject = unquote(urlsplit(url).path)
        self._tally = Tally(DocumentCheck.name, STATE_PAGE)

    def judgement(self) -> Judgement:
        facts = self._facts
        self._title()
        self._language()
        self._scanned()
        if facts.tagged is False and facts.words >= FEW_WORDS:
            message = "The PDF has no tags: nothing says what is a heading, a list, a table or a picture."
            self._found(rules.UNTAGGED, Outcome.FAILED, message, [PROPERTIES, "“Tagged PDF” says No."])
        if facts.tagged is not False:
            self._structure()
        self._fields()
        self._long()
        return self._tally.judgement()

    def _scanned(self) -> None:
        """Certain of a document that is pictures throughout. A single one may be decoration, and one that is described
        may be a photograph; whether its text could be text is for a person to say."""
        facts = self._facts
        steps = ["Try to select a word on the page."]
        described = facts.figures > facts.figures_without_text.count
        if facts.scanned.count and not described and 2 * facts.scanned.count > facts.looked_at:
            message = "These pages are pictures without text, which nobody can hear: {places}."
            self._places(rules.SCANNED, Outcome.FAILED, message, facts.scanned, steps)
        elif facts.scanned.count:
            question = (
                "These pages are pictures: {places}. Do they show words that could be text, or that nobody hears?"
            )
            self._places(rules.SCANNED, Outcome.NEEDS_REVIEW, question, facts.scanned, steps)

    def _title(self) -> None:
        facts = self._facts
        if not facts.title:
            self._found(rules.TITLE, Outcome.FAILED, "The document has no title in its properties.", [PROPERTIES])
        elif FILE_NAME.search(facts.title):
            question = f"Does the title “{facts.title[:80]}” say what the document is about?"
            self._found(rules.TITLE, Outcome.NEEDS_REVIEW, question, [PROPERTIES])
        else:
            self._tally.passed(rules.TITLE)
        if facts.title and facts.title_shown is False:
            message = "Is the title shown? The PDF does not ask for it, so readers show the name of the file."
            self._found(rules.TITLE_NOT_SHOWN, Outcome.NEEDS_REVIEW, message, [PROPERTIES])

    def _language(self) -> None:
        facts = self._facts
        if not facts.language and facts.words >= FEW_WORDS:
            self._found(rules.LANGUAGE, Outcome.FAILED, "The document does not name its language.", [PROPERTIES])
        elif facts.language and not LANGUAGE.match(facts.language):
            message = f"“{facts.language[:35]}” is no language."
            self._found(rules.LANGUAGE, Outcome.FAILED, message, [PROPERTIES])
        elif facts.language:
            self._tally.passed(rules.LANGUAGE)

    def _structure(self) -> None:
        """What tags, styles and properties of shapes say."""
        facts = self._facts
        steps = [TAGS] if facts.kind == "pdf" else [CHECKER]
        message = "Pictures have no alternative text and are not marked as decoration: {places}."
        self._places(rules.FIGURES, Outcome.FAILED, message, facts.figures_without_text, steps, of=facts.figures)
        sure = facts.kind == "pdf"  # in a Word file or a slide, a table may well only lay something out
        message = "Tables have no header cells: {places}." if sure else "Do these tables need a header row? {places}."
        outcome = Outcome.FAILED if sure else Outcome.NEEDS_REVIEW
        self._places(rules.TABLES, outcome, message, facts.tables_without_headers, steps, of=facts.tables)
        message = "Text of these pages is in no tag, so it is not read out: {places}."
        self._places(rules.OUTSIDE_TAGS, Outcome.FAILED, message, facts.untagged, steps)
        question = "Pages are read in another order than they are drawn. Is it the right one? {places}."
        self._places(rules.ORDER, Outcome.NEEDS_REVIEW, question, facts.other_order, steps)
        question = "Links are in no tag. Can they be reached and heard with a screen reader? {places}."
        self._places(rules.LINKS, Outcome.NEEDS_REVIEW, question, facts.links_without_tag, steps)
        question = "Slides have no title. Can people tell them apart? {places}."
        self._places(rules.SLIDE_TITLES, Outcome.NEEDS_REVIEW, question, facts.untitled, steps)

    def _fields(self) -> None:
        message = "Form fields have no name that is read out (tooltip): {places}."
        steps = ["Open the form's fields (Acrobat: Prepare a form).", "Look at the field's tooltip."]
        unnamed, fields = self._facts.fields_without_name, self._facts.fields
        self._places(rules.FIELDS, Outcome.FAILED, message, unnamed, steps, of=fields)

    def _long(self) -> None:
        facts = self._facts
        if facts.kind != "pptx" and facts.tagged is not False and not facts.headings and facts.words >= LONG_WORDS:
            meant = _listed(facts.looks_like_heading)
            question = f"The document has about {facts.words} words and no heading. Should it have some?"
            if meant:
                question += f" These lines look like headings: {meant}."
            self._found(rules.HEADINGS, Outcome.NEEDS_REVIEW, question, [])
        elif facts.headings:
            self._tally.passed(rules.HEADINGS)
        if facts.bookmarks is False and facts.pages >= LONG_PAGES:
            question = f"The PDF has {facts.pages} pages and no bookmarks. Can people find their way otherwise?"
            self._found(rules.BOOKMARKS, Outcome.NEEDS_REVIEW, question, ["Open the bookmarks."])

    def _places(
        self, rule: Rule, outcome: Outcome, message: str, places: Places, steps: Sequence[str], *, of: int = 0
    ) -> None:
        """One finding that names the places, if there are any; else the rule passes where it had so many to look at."""
        if places.count:
            self._found(rule, outcome, message.format(places=_listed(places)), steps)
        elif of:
            self._tally.passed(rule)

    def _found(self, rule: Rule, outcome: Outcome, message: str, steps: Sequence[str]) -> None:
        open_it = f"Open “{self._file}” in {PROGRAMS[self._facts.kind]}."
        self._tally.page(rule, outcome, message, subject=self._subject, html=self._file, steps=[open_it, *steps])


def _listed(places: Places) -> str:
    more = places.count - len(places.named)
    return ", ".join(places.named) + (f" and {more} more" if more else "")
