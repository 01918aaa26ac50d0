"""What a message of an error says: whether it is one, and whether it tells more than that something is wrong."""

import re

ERROR = re.compile(
    r"\b(errors?|invalid|incorrect|wrong|required|mandatory|missing|must|cannot|can.t|not (a )?valid"
    r"|please (enter|fill|select|choose"
    r"|provide|check|correct)|enter (a|an|your)|select (a|an|your)|too (short|long|small|large)|at least|at most"
    r"|erreurs?|invalide|obligatoires?|requise?|manquante?|veuillez|doit|incorrecte?|trop (court|long)e?"
    r"|fehler\w*|ungültig\w*|erforderlich|pflichtfeld\w*|bitte|muss|müssen|falsch\w*"
    r"|errore?s?|inválid[oa]s?|obligatori[oa]s?|requerid[oa]s?|debe|falta|non valid[oa]|richiest[oa]|deve"
    r"|obbligatori[oa]"
    r"|obrigatóri[oa]s?|insira|preencha)\b|خطأ|مطلوب|غير صالح|يرجى",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")
# Words of messages that say that something is wrong, not what: with those of the label they leave nothing.
SAYING_NOTHING = frozenset(
    """a an the this that your is are was has have in for of with and it there
    error errors invalid incorrect wrong value values entry entries input data field fields please check correct fix
    validation failed
    erreur erreurs invalide incorrecte incorrect valeur saisie champ le la les un une ce cette est dans de du pour
    veuillez corriger vérifier
    fehler ungültig ungültige ungültiger ungültiges wert eingabe feld der die das ein eine dieser dieses ist im in für
    bitte prüfen korrigieren
    error inválido inválida valor campo el este esta es en para por favor corrija revise
    errore valore non valido valida campo il lo questo correggere
    erro o os valor corrigir verifique""".split()
)
# Those of them that call what was typed wrong: with the label alone, some take that for the cause.
WRONG = frozenset(
    "invalid incorrect wrong invalide incorrecte ungültig ungültige ungültiger ungültiges inválido inválida".split()
)
SHORT = 12  # words, at most, of such a message


def looks_like_error(text: str) -> bool:
    """Whether a text speaks of something wrong or missing."""
    return bool(ERROR.search(text))


def says_nothing(message: str, label: str) -> bool:
    """Whether a message only says that there is an error, perhaps in which field: “Invalid value for age.”"""
    words = _words(message)
    known = SAYING_NOTHING | set(_words(label))
    return 0 < len(words) <= SHORT and looks_like_error(message) and all(word in known for word in words)


def names_a_cause(message: str, label: str) -> bool:
    """Whether a message that says nothing more at least calls the very thing wrong: “Invalid email”."""
    rest = [word for word in _words(message) if word not in _words(label)]
    return any(word in WRONG for word in rest) and all(word in WRONG for word in rest)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]
