import sqlite3

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The board's profile and its version stamp."""

    name = "rostra.board"

    def ready(self) -> None:
        """Have every change stamp the board's version before it commits, and SQLite's times read as ours."""
        from django.db import connection

        from rostra.board.actions import refuse_when_closed, stamp
        from rostra.kernel.changes import before_commit, gate
        from rostra.kernel.clock import from_sqlite

        before_commit(stamp)
        gate(refuse_when_closed)
        if connection.vendor == "sqlite":  # after Django's own converter, which loading the backend registers
            sqlite3.register_converter("datetime", from_sqlite)
