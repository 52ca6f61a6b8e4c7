"""Reads of the hot pages as prepared SQL with typed rows.

Building a query with the ORM was the largest cost of a page (docs/performance.md). A `Statement` is written
once in a `queries.py`, runs on SQLite and PostgreSQL alike, and is known by name to the guard that reads its plan.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = TypeVar("Row", bound=NamedTuple)
STATEMENTS: dict[str, "Statement[Any]"] = {}


class Statement(Generic[Row]):
    """One SELECT. `sample` holds parameters of the right types, for the guard that reads its plan.

    `make` puts a row together from its columns, where they are not simply its fields in their order.

    A time must be a column as it is: SQLite knows the type of no other expression, and hands over text.
    """

    def __init__(
        self,
        name: str,
        row: type[Row],
        sql: str,
        *,
        sample: Sequence[object] = (),
        make: Callable[[tuple[Any, ...]], Row] | None = None,
    ) -> None:
        self.name, self.row, self.sql, self.sample = name, row, " ".join(sql.split()), tuple(sample)
        self._make: Callable[[tuple[Any, ...]], Row] = make or row._make
        self._for_sqlite = self.sql.replace("%s", "?").replace("%%", "%")
        if name in STATEMENTS:
            raise ValueError(f"two statements are called {name}")
        STATEMENTS[name] = self

    def all(self, *parameters: Any) -> list[Row]:
        """Every row, in the statement's order."""
        rows = self._rows([adapted(value) for value in parameters])
        return list(map(self._make, rows))

    def _rows(self, values: list[Any]) -> list[tuple[Any, ...]]:
        """The bare rows; on SQLite past Django's cursor, which takes longer than a row by its key does."""
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor == "sqlite" and database.connection is not None and not database.queries_logged:
            try:
                found: list[tuple[Any, ...]] = database.connection.execute(
                    self._for_sqlite, values
                ).fetchall()
            except sqlite3.Error:
                pass  # Django's way fails alike, with Django's errors
            else:
                return found
        with database.cursor() as cursor:
            cursor.execute(self.sql, values)
            return list(cursor.fetchall())

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


def listed(numbers: Iterable[int]) -> str:
    """Numbers as one parameter: `%s LIKE '%%,' || column || ',%%'` asks whether a column's value is among them."""
    return f",{','.join(map(str, numbers))},"


def adapted(value: Any) -> Any:
    """A time as the table holds it: on SQLite text without a zone, or two times would not compare."""
    if not isinstance(value, datetime):
        return value
    return connection.ops.adapt_datetimefield_value(value)
