"""Scripts that ask what people see: texts, labels and fields, told apart from what only assistive technology meets."""

from functools import cache
from pathlib import Path

from accessibility.engine.checks.found import script_beside


@cache
def script_with_seen(file: str, *more: str) -> str:
    """The script of a check as `script_beside` gives it, with `seen` (see `seen.js`) in its reach.

    `more` are names of further helpers, which are `.js` files beside the check.
    """
    files = [Path(__file__).with_suffix(".js"), *(Path(file).with_name(f"{name}.js") for name in more)]
    helpers = "\n".join(one.read_text(encoding="utf-8") for one in files)
    return f"(given) => {{ {helpers}\nreturn (\n{script_beside(file)}\n)(given); }}"
