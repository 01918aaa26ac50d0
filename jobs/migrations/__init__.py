"""The history of the database's tables, and the only place that knows the tables of every domain.

After a change of any `models.py`: `python -m jobs.migrations.make "what changed"`, read what it wrote, commit it.
"""

from pathlib import Path

from alembic.config import Config

FOLDER = Path(__file__).parent


def alembic_config() -> Config:
    """Alembic's configuration, without a file; whoever runs it puts a connection into its `attributes`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
