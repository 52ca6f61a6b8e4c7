from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The board's profile and its version stamp."""

    name = "rostra.board"

    def ready(self) -> None:
        """Have every change stamp the board's version before it commits."""
        from rostra.board.actions import stamp
        from rostra.kernel.changes import before_commit

        before_commit(stamp)
