"""The demo site as the audit service must be told of it."""

from pathlib import Path

from jinja2 import Template

LOGIN = {"DEMO_USER": "student", "DEMO_PASSWORD": "demo-pass"}
"""The environment that the description refers to."""


def platform_toml(base: str) -> str:
    """The platform's description, for a site that answers at `base`, without a slash at its end."""
    text = Path(__file__).with_name("platform.toml.j2").read_text(encoding="utf-8")
    description: str = Template(text, keep_trailing_newline=True).render(base=base)
    return description
