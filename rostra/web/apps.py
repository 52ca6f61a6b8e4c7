from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages. Puts the table of reactions in force, since it is the last of the board's own apps to be ready."""

    name = "rostra.web"

    def ready(self) -> None:
        """Connect what follows from what, and have the catalogues at hand before a page asks for them."""
        from rostra.moderation.timers import tell_by
        from rostra.web.catalogues import compile_stale
        from rostra.web.telling import tell_of_timed_case
        from rostra.wiring import connect

        connect()
        tell_by(tell_of_timed_case)
        compile_stale()
