from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """The tree of categories and forums."""

    name = "rostra.forums"
