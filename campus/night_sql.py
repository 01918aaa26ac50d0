"""Counting nights within SQL: SQLite and PostgreSQL spell three things differently, SQLAlchemy does not know them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class DaysBetween(FunctionElement[int]):
    """Days from the first date to the second."""

    type = sa.Integer()
    inherit_cache = True


class Earliest(FunctionElement[date]):
    """The earliest of some dates, or the least of some numbers of days."""

    type = sa.Date()
    inherit_cache = True


class Latest(FunctionElement[date]):
    """The latest of some dates, or the greatest of some numbers of days."""

    type = sa.Date()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _days_sqlite(element: DaysBetween, compiler: SQLCompiler, **how: Any) -> str:
    first, until = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(julianday({until}) - julianday({first}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _days_postgresql(element: DaysBetween, compiler: SQLCompiler, **how: Any) -> str:
    first, until = (compiler.process(one, **how) for one in element.clauses)
    return f"({until} - {first})"


@compiles(Earliest, "sqlite")
def _earliest_sqlite(element: Earliest, compiler: SQLCompiler, **how: Any) -> str:
    return f"min({compiler.process(element.clauses, **how)})"


@compiles(Earliest, "postgresql")
def _earliest_postgresql(element: Earliest, compiler: SQLCompiler, **how: Any) -> str:
    return f"least({compiler.process(element.clauses, **how)})"


@compiles(Latest, "sqlite")
def _latest_sqlite(element: Latest, compiler: SQLCompiler, **how: Any) -> str:
    return f"max({compiler.process(element.clauses, **how)})"


@compiles(Latest, "postgresql")
def _latest_postgresql(element: Latest, compiler: SQLCompiler, **how: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **how)})"
