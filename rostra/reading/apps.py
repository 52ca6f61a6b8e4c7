from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """What a reader has read."""

    name = "rostra.reading"
