"""Keeps the forecast of each day: what was said stays, so that it can be held against what came."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from campus.forecast.models import Forecast
from campus.forecast.queries import latest_forecast
from core import clock


def keep(session: Session, day: date, content: dict[str, Any]) -> Forecast:
    """Store a day's forecast in place of an earlier one of the day."""
    before = latest_forecast(session, day - timedelta(days=1))
    forecast = session.get(Forecast, day) or Forecast(made_on=day)
    forecast.made_at = clock.now()
    forecast.content = content | {"since": since(before.content if before else {}, content, day)}
    session.add(forecast)
    session.flush()
    return forecast


def since(before: dict[str, Any], content: dict[str, Any], day: date) -> dict[str, str]:
    """`segment-first lead` → the day since which its method is used; carried on while it stays the same."""
    used, known = _used(before), before.get("since", {})
    now = _used(content)
    return {
        key: known.get(key, day.isoformat()) if used.get(key) == name else day.isoformat() for key, name in now.items()
    }


def _used(content: dict[str, Any]) -> dict[str, str]:
    return {
        f"{part['segment']}-{test['first']}": test["best"]
        for part in content.get("segments", ())
        for test in part["tests"]
        if test["scores"]
    }
