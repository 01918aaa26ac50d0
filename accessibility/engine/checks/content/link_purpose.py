"""Links whose purpose nobody can tell (2.4.4): the same words for different targets, and words that say nothing.

Links are heard with their programmatic context: sentence, paragraph, list item, cell with its headers, description, and
the heading before them. Different targets are only a question, as two addresses may show the same and some links are
ambiguous to everybody. "Click here" with nothing of that context, beside text that people can see, fails.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, ask_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SAME_NAME = Rule(
    "link-same-name",
    marked("Do links of the same name that lead to different places serve the same purpose?"),
    ("2.4.4",),
    Impact.MODERATE,
    Reach.ASKS,
    "link-purpose-in-context",
    act=("fd3a94",),
)
SAYS_NOTHING = Rule(
    "link-says-nothing",
    marked("A link must say, with what surrounds it, where it leads"),
    ("2.4.4",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "link-purpose-in-context",
    act=("5effbb",),
)
# in the languages of the platforms; without capitals and marks
SAYS_NOTHING_AT_ALL = (
    "click here|click|here|this|this link|this page|link|more|read more|learn more|see more|find out more|more info|"
    "ici|cliquez ici|cliquer ici|ce lien|lien|plus|en savoir plus|lire la suite|lire plus|voir plus|la suite|"
    "aquí|haga clic aquí|haz clic aquí|pulse aquí|enlace|más|leer más|ver más|saber más|más información|"
    "qui|clicca qui|clicca|questo link|di più|leggi|leggi tutto|leggi di più|scopri di più|vedi tutto|"
    "hier|hier klicken|klicken sie hier|klick|mehr|mehr lesen|weiterlesen|mehr erfahren|mehr dazu|"
    "aqui|clique aqui|clique|ligação|mais|ler mais|leia mais|saiba mais|saber mais|ver mais|"
    "هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد|رابط"
)
SAYS_LITTLE = (
    "go|details|continue|download|view|open|show|edit|info|html|pdf|epub|doc|docx|xml|csv|txt|zip|plain text|word|"
    "détails|continuer|télécharger|voir|ouvrir|modifier|texte brut|suite|"
    "detalles|continuar|descargar|ver|abrir|editar|texto|"
    "dettagli|continua|scarica|vedi|apri|modifica|testo|"
    "details|weiter|herunterladen|ansehen|öffnen|bearbeiten|text|"
    "detalhes|baixar|transferir|"
    "التفاصيل|تحميل|عرض|تعديل"
)
NOTHING = frozenset(SAYS_NOTHING_AT_ALL.split("|"))
LITTLE = frozenset(SAYS_LITTLE.split("|"))
WORD = re.compile(r"[^\W_]+")
NAMED = 4  # names, or addresses, in one question
PROSE = 2  # words beside the links that make a sentence of a line
IN_NAVIGATION = re.compile(r"\b(nav|navigation|menu|menubar|tablist|toolbar)\b")


class LinkPurposeCheck(OwnCheck):
    """Looks for links of one name that lead to different places, and for links that say nothing in any context."""

    name = "link-purpose"
    own_rules = (SAME_NAME, SAYS_NOTHING)

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{same: [[link]], nothing: [link], judged}`, groups and links to tell of; of those told `at`."""
        return await ask_frames(page, _look)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """One question a document and rule, and every certain failure."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            answer = frame["answer"]
            if answer["judged"]:
                tally.passed(SAME_NAME)
            if answer["same"] and (at := answer["same"][0][1]["at"]):
                tally.at(SAME_NAME, Outcome.NEEDS_REVIEW, _same_question(answer["same"]), frame, at)
            self._says_nothing(tally, frame, [link for link in answer["nothing"] if link["at"]])
        return tally.judgement(probed["missed"])

    @staticmethod
    def _says_nothing(tally: Tally, frame: Raw, links: list[Raw]) -> None:
        asked = [link for link in links if not link["certain"]]
        for link in links:
            if link["certain"]:
                message = f"Nothing that can be read together with the link “{link['name']}” says where it leads."
                steps = (
                    f"List the links of the page with a screen reader: one is “{link['name']}”.",
                    "Ask for its sentence, paragraph, list item, cell and headers, and for the heading before it: "
                    "none has other words.",
                )
                tally.at(SAYS_NOTHING, Outcome.FAILED, message, frame, link["at"], steps=steps)
        if asked:
            names = ", ".join(dict.fromkeys(f"“{link['name'][:60]}”" for link in asked[: 3 * NAMED]))
            question = f"Does anything that is read together with the links named {names} say where they lead?"
            tally.at(SAYS_NOTHING, Outcome.NEEDS_REVIEW, question, frame, asked[0]["at"])


async def _look(frame: LiveFrame) -> Raw:
    script, given = script_beside(__file__), {"nothing": sorted(NOTHING | LITTLE)}
    links: list[Raw] = await frame.world.call(script, given)
    for link in links:
        link["at"] = None
    same, nothing = ambiguous(links), list(silent(links))
    told = [group[1] for group in same[:1]] + nothing
    if told:
        places = await frame.world.call(script, given | {"point": [link["place"] for link in told]})
        for link, at in zip(told, places, strict=False):
            link["at"] = at
    return {"same": same, "nothing": nothing, "judged": bool(links)}


def ambiguous(links: Iterable[Raw]) -> list[list[Raw]]:
    """Groups of links with one name, one context and different targets, whose line says nothing else.

    Two such links in one sentence are either told apart by it or ambiguous to everybody, which the criterion excepts.
    """
    groups: dict[tuple[str, ...], dict[str, Raw]] = defaultdict(dict)
    for link in links:
        if link["target"]:
            key = (link["plain"], link["context"], link["heading"], link["part"], link["column"])
            groups[key].setdefault(link["target"], link)
    found = []
    for group in groups.values():
        lines: dict[int, list[Raw]] = defaultdict(list)
        for link in group.values():
            lines[link["block"]].append(link)
        told = [link for line in lines.values() for link in (line[:1] if _prose(line[0]) else line)]
        if len(told) > 1:
            found.append(told)
    return found


def _prose(link: Raw) -> bool:
    """Whether a link's line says more than the link."""
    return len([word for word in _words(link["run"]) if word not in set(_words(link["name"]))]) >= PROSE


def silent(links: Iterable[Raw]) -> Iterable[Raw]:
    """Links whose name says nothing or little and whose context adds no word; `certain` for those that surely fail.

    A certain one has a name that never says anything, no heading before it, and text before it that only eyes connect
    with it. In a table whose rows have no headers, headers of columns do not tell one row from another.
    """
    for link in links:
        if link["plain"] not in NOTHING | LITTLE or IN_NAVIGATION.search(link["part"]):
            continue
        own = set(_words(link["name"]))
        around = set(_words(" ".join((link["context"], link["run"])))) - own
        if link["rowOnly"] or not (around or link["heading"]):
            bare = not around and not link["heading"]
            link["certain"] = bare and link["before"] and link["plain"] in NOTHING
            yield link


def _same_question(groups: list[list[Raw]]) -> str:
    named = "; ".join(
        f"“{group[0]['name'][:60]}” ({', '.join(link['address'] for link in group[:NAMED])})"
        for group in groups[:NAMED]
    )
    return (
        "Links with the same name, and nothing read together with them that tells them apart, lead to different "
        f"addresses: {named}. Do they serve the same purpose?"
    )


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())
