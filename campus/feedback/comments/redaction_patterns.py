"""Patterns of `redaction.py`, for folded text: small letters, no accents, digits 0 to 9. Words in five languages."""

import re

_SIGN_WORDS = "arobase|arobas|arroba|chiocciola|chiocciolina|ات"  # of the sign in an address, and of nothing else
_DOT_WORDS = "dot|point|punto|ponto|نقطه|نقطة"
_BRACKETED_DOT = rf"\s*[(\[{{<]\s*(?:\.|{_DOT_WORDS})\s*[)\]}}>]\s*"
_DOT = rf"(?:[.｡。]|\s+\.\s+|{_BRACKETED_DOT}|\s+(?:{_DOT_WORDS})\s+)"
_SIGN = rf"(?:\s*@+\s*|\s*[(\[{{<]\s*(?:@|at|a|{_SIGN_WORDS})\s*[)\]}}>]\s*|\s+(?:{_SIGN_WORDS})\s+)"
_LOCAL = rf"(?:[\w.+-]{{1,64}}(?:{_BRACKETED_DOT}|\s+(?:{_DOT_WORDS})\s+)){{0,4}}[^\s@()\[\]{{}}<>,;:\"«»“”|]{{1,64}}"
_LABEL = r"[^\W_][\w-]{0,62}"
_TOP = r"(?=[^\W\d_])[\w-]{2,24}"
_PROVIDERS = r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|proton\w*|libero|orange|free|gmx|aol|yandex)"
EMAIL = re.compile(
    rf"(?<!\w){_LOCAL}{_SIGN}(?:{_LABEL}{_DOT})+{_TOP}"  # name @ example . org, name (at) example (dot) org
    rf"|(?<!\w){_LOCAL}\s+at\s+(?:{_LABEL}(?:\s+dot\s+|{_BRACKETED_DOT}))+{_TOP}"  # name at example dot org
    rf"|(?<!\w){_LOCAL}\s+at\s+{_PROVIDERS}\.{_TOP}"
    rf"|(?<!\w)[\w+-]{{1,64}}[._\d][\w.+-]{{0,64}}\s+at\s+(?:{_LABEL}\.)+{_TOP}"  # first.last at example.org
    r"|[^\s@]+@+[^\s@]+(?:@+[^\s@]*)*"  # whatever else has the sign within it
)

_SITES = "facebook|instagram|linkedin|twitter|tiktok|threads|vk|snapchat|youtube|github|t|wa|x|fb|paypal"
ADDRESS = re.compile(
    r"\b(?:https?://|ftp://|www\.)[^\s/?#]+[/?#][^\s]*[^\s.,;:!?)\]]"  # one with a path leads to more than a site
    rf"|\b(?:{_SITES})\.(?:com|me|net|org|be)/[^\s]*[^\s.,;:!?)\]]"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}/[^\s]*[^\s.,;:!?)\]]"
)
ACCOUNT = re.compile(r"(?:^|(?<=[\s(«“\"':]))(?P<account>@[\w.-]*\w)")

_MONEY = r"(?:€|eur(?:os?)?|\$|usd|£|gbp|chf)"
_BOUND = r"(?<![\d+])(?<!\d[./-])"
SPARED = re.compile(
    rf"{_BOUND}\d{{1,2}}([./-])\d{{1,2}}\1(?:19|20)?\d\d(?![\d]|[./ -]\d\d)"  # 12.05.2026
    rf"|{_BOUND}(?:19|20)\d\d-\d\d-\d\d(?!\d)"
    rf"|{_BOUND}\d{{1,2}}[:h]\d\d(?!\d)"  # a time of the day
    rf"|{_BOUND}\d{{1,2}}(?:[.,]\d)?\s*/\s*(?:5|10|20|100)(?!\d|/)"  # a rating
    rf"|{_BOUND}\d{{1,3}}(?:[.,]\d+)?\s*%"
    rf"|{_BOUND}\d{{1,3}}(?:[ .,']\d{{3}}){{0,2}}(?:[.,]\d\d?)?\s*{_MONEY}(?!\w)"
    rf"|{_MONEY}\s*\d{{1,3}}(?:[ .,']\d{{3}}){{0,2}}(?:[.,]\d\d?)?(?!\d)"
    rf"|{_BOUND}\d{{1,4}}[.,]\d{{1,2}}(?![\d]|[./ -]\d\d)"  # 4.5
)

YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
TELEPHONE = re.compile(r"(?<![\w+])(?:\+\s?|\(\s?\+?)?\d(?:[\s.()/‐‑‒–—−_-]{0,3}\d){5,}(?!\w)")
_TELEPHONE_WORDS = (
    "tel|telephone|phone|mobile|cell|cellphone|call me|call us|whatsapp|whats app|telegram|signal|fax|sms|"
    "telefono|telefonino|cellulare|chiamatemi|chiamami|movil|celular|llamame|llamenme|llameme|portable|"
    "appelez moi|appelez-moi|mon numero|my number|mi numero|il mio numero|هاتف|الهاتف|جوال|موبايل|واتساب|رقمي"
)
TELEPHONE_NAMED = re.compile(
    rf"(?<!\w)(?:{_TELEPHONE_WORDS})\b[^\d\n]{{0,20}}?(?P<number>[+(]?\d(?:[\s.()/‐‑‒–—−_-]{{0,3}}\d){{4,}})(?!\w)"
)

_ROOM_WORDS = (
    "bedrooms?|rooms?|rm|apartments?|apt|flat|chambres?|chb|ch|appartements?|appt|"
    "habitacion(?:es)?|hab|cuartos?|dormitorios?|camer[ae]|cam|stanz[ae]|appartament[oi]|"
    "(?:ال|لل|بال|و)?(?:غرفة|غرفه|غرف|حجره|حجرة|شقة|شقه)"
)
_NUMBER_WORDS = "number|numero|num|nr|no|n|n°|رقم|رقمها"
_LINKS = "la|le|el|il|the|is|was|est|etait|es|era|e|هي|كانت"  # the room was the 214: a short number there is a rating
_DOOR = r"(?:[a-z]{1,2}[-./]?)?\d{1,5}(?:[-./]?[a-z](?![a-z])|[-/]\d{1,4})?"
ROOM_WORD = re.compile(rf"(?<!\w)(?:{_ROOM_WORDS}|doors?|portes?|puertas?|port[ae]|باب)(?!\w)")
ROOM = re.compile(
    rf"(?<!\w)(?:{_ROOM_WORDS})\.?(?P<link>(?:[\s,.:#-]*(?:{_NUMBER_WORDS}|{_LINKS})(?![a-z]))*)"
    rf"(?P<gap>[\s:.°#(\"'-]*)(?P<number>{_DOOR})(?![\w]|[.,]\d)"
)
LOOSE = re.compile(rf"(?<!\w)(?:{_LINKS})(?!\w)")
ANOTHER = re.compile(rf"\s*(?:,|&|\+|/|(?:and|et|y|e|o|or|ou|و)\s)\s*(?P<number>{_DOOR})(?![\w]|[.,]\d)")
NUMBERED = re.compile(rf"(?<!\w)(?:n°|no\.?|nr\.|num\.|numero|number|رقم|#)\s*(?P<number>{_DOOR})(?![\w]|[.,]\d)")
NEAR = 40  # characters between a bare number and a word of rooms
BARE_NUMBER = re.compile(r"(?<![\w.,+])(?:[a-z]{1,2}[-./]?)?\d{3,5}[a-z]?(?!\w|[.,]\d)")
PLACED = re.compile(
    r"(?<!\w)(?:in|at|from|nella|nel|alla|al|della|dalla|en la|a la|de la|desde la|dans la|في)\s+(?:the\s+|la\s+)?"
    r"(?P<number>(?:[a-z]{1,2}[-./]?)?\d{3,5}[a-z]?)(?=\s*(?:[,;:!?)\n]|\.(?!\d)|$))"
)  # "noise in 214, all night"
CAMPUS_ROOM = re.compile(r"(?<![\w.,+-])[a-z]{1,2}[-./]?\d{2,4}[a-z]?(?!\w|[.,]\d)")
COUNTED = re.compile(
    r"\s*(?:[%€$£/*★☆⭐°]|(?:st|nd|rd|th)?\s*(?:x|nights?|days?|weeks?|months?|years?|hours?|minutes?|mins?|times?|"
    r"people|persons?|guests?|beds?|stars?|euros?|eur|degrees?|metres?|meters?|m2|sqm|km|am|pm|o'?clock|points?|"
    r"of us|others?|rooms?|windows?|towels?|"
    r"nuits?|jours?|semaines?|mois|ans?|annees?|heures?|fois|personnes?|lits?|etoiles?|degres?|autres?|serviettes?|"
    r"noches?|dias?|semanas?|meses|anos?|horas?|veces|personas?|camas?|estrellas?|grados?|otr[ao]s?|toallas?|"
    r"nott[ei]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|ore|volt[ae]|person[ae]|lett[oi]|stell[ae]|grad[oi]|"
    r"ospiti|posti|altr[aeio]|asciugaman[oi]|ليال|ليالي|ايام|اشخاص|سنوات|مرات|نجوم|يورو|اسره)\b)"
)
