"""Instructions that rely on senses alone (1.3.3): "press the round button", "the menu on the right".

Whether a sentence is an instruction, and whether it says enough for who cannot see, is a person's question: one for
each document. Where it also gives a name that something on the page has, there is nothing to ask. "Above" and "below"
tell the order of the content, too, and are no mere place.
"""

import re
from collections.abc import Iterable
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, ask_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SENSES = Rule(
    "instruction-by-senses",
    marked("Do instructions say more than shape, place, size or colour?"),
    ("1.3.3",),
    Impact.MODERATE,
    Reach.ASKS,
    "sensory-characteristics",
    act=("9bd38c",),
)
# per language: words for things on a page, words of the senses, and places that stand by themselves
_LANGUAGES = (
    (
        "button|link|icon|menu|box|field|area|panel|column|tab|image|navigation|circle|square|triangle|arrow|text",
        "round|square|circular|triangular|red|green|blue|yellow|orange|purple|grey|gray|big|large|small|larger|smaller",
        "(?:on|to|at) (?:the|your) (?:far )?(?:right|left)|(?:right|left)[- ]hand|(?:top|bottom)[- ](?:right|left)",
    ),
    (
        "bouton|lien|icône|menu|case|champ|zone|colonne|onglet|image|navigation|cercle|carré|triangle|flèche|texte",
        "ronde?|carrée?|triangulaire|rouge|verte?|bleue?|jaune|orange|violette?|grise?|grande?|gros|grosse|petite?",
        "à (?:votre )?(?:droite|gauche)|en haut à droite|en bas à gauche|de droite|de gauche",
    ),
    (
        "botón|enlace|icono|menú|cuadro|campo|zona|columna|pestaña|imagen|navegación|círculo|triángulo|flecha",
        "redond[oa]|cuadrad[oa]|triangular|roj[oa]|verde|azul|amarill[oa]|naranja|grande|pequeñ[oa]",
        "a (?:la|su|tu) (?:derecha|izquierda)|de la (?:derecha|izquierda)",
    ),
    (
        "pulsante|bottone|link|icona|menu|casella|campo|area|colonna|scheda|immagine|navigazione|cerchio|freccia",
        "rotond[oa]|quadrat[oa]|triangolare|ross[oa]|verde|blu|giall[oa]|arancione|grande|piccol[oa]",
        "(?:a|sulla) (?:destra|sinistra)|di (?:destra|sinistra)",
    ),
    (
        "schaltfläche|knopf|link|symbol|menü|feld|kasten|bereich|spalte|bild|navigation|kreis|dreieck|pfeil",
        "runde[nrms]?|eckige[nrms]?|rote[nrms]?|grüne[nrms]?|blaue[nrms]?|gelbe[nrms]?|große[nrms]?|kleine[nrms]?",
        "rechts|links|(?:rechten|linken) (?:seite|rand)",
    ),
    (
        "botão|ligação|link|ícone|menu|caixa|campo|área|coluna|separador|imagem|navegação|círculo|seta",
        "redond[oa]|quadrad[oa]|triangular|vermelh[oa]|verde|azul|amarel[oa]|laranja|grande|pequen[oa]",
        "à (?:sua )?(?:direita|esquerda)|da (?:direita|esquerda)",
    ),
    (
        "زر|الزر|رابط|الرابط|أيقونة|القائمة|قائمة|الحقل|حقل|العمود",
        "الدائري|المستدير|المربع|الأحمر|الأخضر|الأزرق|الأصفر|الكبير|الصغير",
        "على (?:اليمين|اليسار)|إلى (?:اليمين|اليسار)",
    ),
)
_COMMAND = (
    "click|press|tap|select|choose|find|use|go to|open|see|hit|look|look for|"
    "cliquez|cliquer|appuyez|sélectionnez|choisissez|trouvez|utilisez|ouvrez|allez|voir|voyez|"
    "haga clic|haz clic|pulse|pulsa|seleccione|elija|busque|utilice|abra|clique|fare clic|clicca|cliccare|premi|"
    "premere|seleziona|scegli|cerca|usa|apri|klicken|drücken|wählen|finden|benutzen|öffnen|nutzen|tippen|"
    "prima|carregue|selecione|escolha|procure|abra|انقر|اضغط|اختر|افتح|استخدم"
)


def _pattern() -> str:
    """A command, and within a few words a thing and a sense beside it, or a thing and a place."""
    parts = []
    for things, senses, places in _LANGUAGES:
        gap = r"[^.!?]{0,40}?"
        edge, end = r"(?<![\p{L}])", r"(?![\p{L}])"
        thing, sense, place = f"{edge}(?:{things}){end}", f"{edge}(?:{senses}){end}", f"{edge}(?:{places}){end}"
        parts += [f"{sense} {thing}", f"{thing} {sense}", f"{thing}{gap}{place}", f"{place}{gap}{thing}"]
    return rf"(?<![\p{{L}}])(?:{_COMMAND})(?![\p{{L}}])[^.!?]{{0,60}}?(?:{'|'.join(parts)})"


PATTERN = _pattern()
WORD = re.compile(r"[^\W_]+")
QUOTES = re.compile(r"[“\"«„‘'](.{2,60}?)[”\"»“’']")
FEWEST_LETTERS = 3
QUOTED = 200


class SensoryCheck(OwnCheck):
    """Looks for instructions that seem to rely on senses alone, and asks about the first of a document."""

    name = "sensory"
    own_rules = (SENSES,)

    async def probe(self, page: LivePage) -> Any:
        """Per frame None, or `{sentences, at}`: those that name nothing of the page, and where the first stands."""
        return await ask_frames(page, _look)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """One question a document."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]:
                sentences = frame["answer"]["sentences"]
                more = f" ({len(sentences) - 1} more on this page)" if len(sentences) > 1 else ""
                question = (
                    f"Does “{sentences[0][:QUOTED]}”{more} say enough for people who cannot see shape, place, size or "
                    "colour?"
                )
                tally.at(SENSES, Outcome.NEEDS_REVIEW, question, frame, frame["answer"]["at"])
        return tally.judgement(probed["missed"])


async def _look(frame: LiveFrame) -> Raw | None:
    script = script_beside(__file__)
    answer: Raw = await frame.world.call(script, {"pattern": PATTERN})
    asked = [place for place, sentence in enumerate(answer["found"]) if not says_name(sentence, answer["names"])]
    if not asked:
        return None
    described = await frame.world.call(script, {"pattern": PATTERN, "point": asked[0]})
    if not described:
        return None
    return {"sentences": [answer["found"][place] for place in asked], "at": described[0]}


def says_name(sentence: str, names: Iterable[str]) -> bool:
    """Whether a sentence quotes something, or says the whole name of something on the page."""
    if QUOTES.search(sentence):
        return True
    said = f" {_plain(sentence)} "
    return any(f" {plain} " in said for name in names if len(plain := _plain(name)) >= FEWEST_LETTERS)


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
