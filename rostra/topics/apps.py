from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Topics, posts and revisions."""

    name = "rostra.topics"
