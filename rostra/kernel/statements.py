"""Reads of the hot pages as prepared SQL with typed rows.

Building a query with the ORM was the largest cost of a page (docs/performance.md). A `Statement` is written
once in a `queries.py`, runs on SQLite and PostgreSQL alike, and is known by name to the guard that reads its plan.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

from django.db import connection

from rostra.kernel.clock import from_database

Row = TypeVar("Row", bound=NamedTuple)
STATEMENTS: dict[str, "Statement[Any]"] = {}


class Statement(Generic[Row]):
    """One SELECT. `sample` holds parameters of the right types, for the guard that reads its plan."""

    def __init__(self, name: str, row: type[Row], sql: str, *, sample: Sequence[object] = ()) -> None:
        self.name, self.row, self.sql, self.sample = name, row, " ".join(sql.split()), tuple(sample)
        hints = get_type_hints(row)
        fields: tuple[str, ...] = row._fields
        self._times = [
            place for place, field in enumerate(fields) if hints[field] in (datetime, datetime | None)
        ]
        if name in STATEMENTS:
            raise ValueError(f"two statements are called {name}")
        STATEMENTS[name] = self

    def all(self, *parameters: Any) -> list[Row]:
        """Every row, in the statement's order."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [adapted(value) for value in parameters])
            rows = cursor.fetchall()
        make = self.row._make
        if not self._times:
            return [make(row) for row in rows]
        return [make(self._with_times(row)) for row in rows]

    def first(self, *parameters: Any) -> Row | None:
        """The first row, or None."""
        rows = self.all(*parameters)
        return rows[0] if rows else None

    def explain(self) -> str:
        """The database's plan for the sample parameters, as text."""
        words = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        with connection.cursor() as cursor:
            cursor.execute(f"{words} {self.sql}", [adapted(value) for value in self.sample])
            return "\n".join(str(row[-1]) for row in cursor.fetchall())

    def _with_times(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place in self._times:
            values[place] = from_database(values[place])
        return values


def adapted(value: Any) -> Any:
    """A time as the table holds it: on SQLite text without a zone, or two times would not compare."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
