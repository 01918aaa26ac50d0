"""${message}"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
% for line in (upgrades or "pass").splitlines():
% if not line.lstrip().startswith("# ###"):
    ${line.removeprefix("    ")}
% endif
% endfor
