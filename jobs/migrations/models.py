"""Every table of the service, in one place: whoever needs the whole schema imports `metadata` from here."""

import core.job_runs
import core.people.models
import core.trail  # noqa: F401  (each of these declares tables)
from core.database import Base

metadata = Base.metadata
