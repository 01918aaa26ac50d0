"""Keys that a page's text names: "press Ctrl+M to leave" gives `Control+m`, as Playwright names it."""

import re

MODIFIERS = {
    "Control": ("ctrl", "control", "strg", "^"),
    "Alt": ("alt", "option", "opt", "⌥"),
    "Shift": ("shift", "maj", "umschalt", "mayús", "maiusc", "⇧"),
    "Meta": ("cmd", "command", "meta", "⌘"),
}
NAMED = {
    "Escape": ("escape", "esc", "échap", "echap"),
    "Enter": ("enter", "return", "entrée", "eingabetaste", "intro", "invio"),
    "Home": ("home",),
    "End": ("end",),
    "Delete": ("delete", "del", "suppr", "entf"),
    "Tab": ("tab",),
}
MOST_COMBINATIONS = 6
NEVER = re.compile(r"^(Control|Meta)\+[wntqr]$|^Alt\+F4$|^F5$")  # the browser's own: they would close or load a page


def _any(names: dict[str, tuple[str, ...]]) -> str:
    return "|".join(re.escape(word) for words in names.values() for word in words)


FUNCTION = r"f(?:1[0-2]|[1-9])"
COMBINATION = re.compile(
    rf"(?<![\w])((?:(?:{_any(MODIFIERS)})\s*(?:\+|-|–|\s|plus|and)\s*)+)({_any(NAMED)}|{FUNCTION}|[a-z0-9])(?![\w])",
    re.I,
)
ALONE = re.compile(rf"(?<![\w+-])({_any(NAMED)}|{FUNCTION})(?![\w+-])", re.I)
PRESSED = re.compile(r"\b(?:press|hit|type|use)\s+(?:the\s+)?[“\"'‘]?([a-z0-9])[”\"'’]?\s+(?:key\s+)?to\b", re.I)


def named_keys(text: str) -> list[str]:
    """The keys and combinations in a text, each once, combinations first; a few at most."""
    found = [_combination(match[1], match[2]) for match in COMBINATION.finditer(text)]
    found += [_key(match[1]) for match in PRESSED.finditer(text)]
    found += [_key(match[1]) for match in ALONE.finditer(COMBINATION.sub(" ", text))]
    return [keys for keys in dict.fromkeys(found) if not NEVER.match(keys)][:MOST_COMBINATIONS]


def _combination(modifiers: str, key: str) -> str:
    words = [word for word in re.split(r"[\s+–-]+", modifiers.lower()) if word not in ("", "plus", "and")]
    return "+".join([*dict.fromkeys(_of(MODIFIERS, word) for word in words), _key(key)])


def _key(word: str) -> str:
    word = word.lower()
    return _of(NAMED, word) if len(word) > 2 else (word.upper() if len(word) > 1 else word)


def _of(names: dict[str, tuple[str, ...]], word: str) -> str:
    return next((name for name, words in names.items() if word in words), word.capitalize())
