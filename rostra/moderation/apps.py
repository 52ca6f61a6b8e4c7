"""The Django app of moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Cases and appeals."""

    name = "rostra.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
