"""Places through the REST interface, on both databases."""

from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser, add_person
from tests.campus.sample_campus import add_campus
