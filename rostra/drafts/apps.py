from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Texts that are not posted yet."""

    name = "rostra.drafts"
