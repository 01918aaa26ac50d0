"""Status messages (4.1.3): what a page says after something was done must reach people whose focus stays where it is.

A few buttons that add, save or copy are pressed and one filter is typed into, while nothing leaves the browser. A text
that then appears elsewhere must stand in a live region or take focus. What opens a dialog or a list is no status.
"""

from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.forms.storage import storage_kept
from accessibility.engine.checks.found import Raw, Tally
from accessibility.engine.checks.picture_sheet import beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import helpful_screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

STATUS = Rule(
    "status-message",
    marked("A message about what was done must be announced without taking focus"),
    ("4.1.3",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "status-messages",
)
DOES = (
    r"^(add|save|copy|apply|update|like|vote|follow|mark|bookmark|calculate|check|load more|show more|refresh|ajouter"
    r"|enregistrer|copier|appliquer|suivre|calculer|speichern|kopieren|hinzufügen|anwenden|in den warenkorb"
    r"|merken|berechnen"
    r"|añadir|guardar|copiar|aplicar|seguir|calcular|aggiungi|salva|copia|applica|calcola|adicionar|salvar|guardar|أضف|حفظ|نسخ)\b"
)
STATES = (
    r"\b(added|saved|copied|updated|applied|sent|removed|success(ful(ly)?)?|thank you|thanks for|in your (cart|basket)"
    r"|\d+ (results?|items?|matches|entries|products|courses)|no (results?|matches|items|entries)"
    r"|results? found|nothing found"
    r"|ajoutée?s?|enregistrée?s?|copiée?s?|mise? à jour|envoyée?s?|merci|(\d+|aucun) résultats?|hinzugefügt|gespeichert"
    r"|kopiert|aktualisiert|gesendet|danke|(\d+|keine) (ergebnisse|treffer)|añadid[oa]s?|guardad[oa]s?"
    r"|copiad[oa]s?|gracias"
    r"|(\d+|sin) resultados|aggiunt[oaie]|salvat[oaie]|copiat[oaie]|grazie|(\d+|nessun) risultat[oi]"
    r"|adicionad[oa]s?|salv[oa]s?"
    r"|obrigad[oa]|(\d+|nenhum) resultados?)\b|تمت|تم "
)
FILTERS = r"filter|search|filtrer|rechercher|suche|filtrar|buscar|cerca|filtra|pesquisar|بحث|تصفية"
NEVER = (
    r"\b(delete|remove|erase|log ?out|sign ?out|unsubscribe|pay|buy|order|supprimer|acheter|payer|löschen"
    r"|kaufen|eliminar"
    r"|comprar|pagar|elimina|acquista|paga|excluir)\b|حذف"
)
APPLIES = "!!document.querySelector('button, [role=\"button\"], input')"
TYPED = "zq"  # hardly in any list, so that a filter has something to say
QUIET_MS, LIMIT_MS = 200, 1200


class StatusMessagesCheck(OwnCheck):
    """Presses up to three buttons, types into one filter, and looks for messages that are not announced."""

    name = "status-messages"
    own_rules = (STATUS,)
    profile = Profile.DEEP
    conditions = Conditions(sealed=True, once=True)
    seconds = 15.0

    async def applies(self, page: LivePage) -> bool:
        """Where there is something to press, or to search in."""
        return bool(await page.evaluate(APPLIES))

    async def probe(self, page: LivePage) -> Any:
        """What each action led to: `[{kind, name, outcome: {text, clear, announced, at, picture} or None}]`."""
        given = {"does": DOES, "status": STATES, "filters": FILTERS, "destructive": NEVER}
        actions = await page.top.world.call(script_with_seen(__file__, "appeared"), given)
        address = page.page.url
        done: list[Raw] = []
        async with storage_kept(page):
            for index, action in enumerate(actions):
                outcome = await _do(page, index, action["kind"])
                done.append(action | {"outcome": outcome})
                if outcome is None or page.page.url != address:
                    break  # the page is no longer the one that was looked through
        return done

    def judge(self, probed: list[Raw], state: str) -> Judgement:
        """A failure where the text can be nothing but a status; one question about others."""
        tally = Tally(self.name, state)
        frame: Raw = {"path": [], "shape": [], "origin": [0, 0]}
        asked = False
        for action in probed:
            outcome = action["outcome"]
            if not outcome or (not outcome["at"] and not outcome["announced"]):
                continue
            if outcome["announced"]:
                tally.passed(STATUS)
                continue
            did = f"Press “{action['name']}”." if action["kind"] == "press" else f"Type into “{action['name']}”."
            steps = (did, "Look for what the page says of it.")
            if outcome["clear"]:
                message = f"“{outcome['text']}” appears, but focus stays, and no role or live region announces it."
                tally.at(STATUS, Outcome.FAILED, message, frame, outcome["at"], steps=steps, picture=outcome["picture"])
            elif not asked:
                asked = True
                question = f"“{outcome['text']}” appears. Is it a message about what was done? Nothing announces it."
                tally.at(STATUS, Outcome.NEEDS_REVIEW, question, frame, outcome["at"], steps=steps)
        return tally.judgement()


async def _do(page: LivePage, index: int, kind: str) -> Raw | None:
    """Press or type, and wait until the page is calm; None where it wanted to send something, or went on."""
    page.watch.attempts.clear()
    point = await page.evaluate(f"campusStatus.begin({index})")
    if point is None:
        return {"text": "", "clear": False, "announced": False, "at": None}  # something covers it
    before = await helpful_screenshot(page)
    await page.page.mouse.click(*point)
    if kind == "type":
        await page.page.keyboard.type(TYPED)
    await page.evaluate(f"campusAudit.calm({QUIET_MS}, {LIMIT_MS})")
    if any(attempt.kind != "Ping" for attempt in page.watch.attempts):
        return None
    outcome: Raw | None = await page.evaluate(f"campusStatus.outcome({index})")
    if outcome and outcome["clear"] and not outcome["announced"]:
        await page.evaluate("campusStatus.show()")
        outcome["picture"] = beside(before, await helpful_screenshot(page))
    return outcome
